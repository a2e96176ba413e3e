// What the weights are before any training: by which rule, from which seed, how large.

import { message } from '../../text/messages.js';
import { html, say } from '../../ui/dom.js';
import { createChoice, createNumber, createSlider } from '../../ui/hands.js';

/** @import { FirstValues } from '../../wire/types.d.ts' */

/** @typedef {{ rule: string, seed: number, size: number }} First as it is given: size of weights */

/** The first one is what is taken where nothing else is said. @type {readonly FirstValues['method'][]} */
export const RULES = ['he', 'glorot', 'normal', 'zeros', 'equal'];
export const SEEDS = { least: 0, most: 9999 };
/** Of σ, or of the one value of all weights. */
export const SIZES = { least: 0.01, first: 0.05, most: 1, step: 0.01 };

/** @param {string} rule @returns {FirstValues['method']} */
function ruleOf(rule) {
  return RULES.find((one) => one === rule) ?? 'he';
}

/** @param {First} given @returns {FirstValues} */
export function firstOf({ rule, seed, size }) {
  return { method: ruleOf(rule), seed, deviation: size, value: size, graded: true };
}

/** @param {() => First} now @param {(patch: Partial<First>) => void} give */
export function createFirst(now, give) {
  const words = RULES.map((rule) => [rule, message(`bench.network.rule.${rule}`)]);
  const rules = createChoice(message('bench.network.rules'), Object.fromEntries(words), (rule) =>
    give({ rule: rule === RULES[0] ? '' : rule }),
  );
  const seed = createNumber({
    ...{ name: message('bench.network.seed'), ...SEEDS },
    change: (value) => give({ seed: Math.round(value) }),
  });
  const again = createChoice(
    message('bench.network.seed'),
    { next: message('bench.network.again') },
    () => give({ seed: (now().seed + 1) % (SEEDS.most + 1) }),
  );
  const sizes = [
    { rule: 'normal', name: message('bench.network.deviation') },
    { rule: 'equal', name: message('bench.network.value') },
  ].map(({ rule, name }) => {
    const change = (/** @type {number} */ size) => give({ size });
    return { rule, slider: createSlider({ name, ...SIZES, change }) };
  });
  const told = html('p', { class: 'told', role: 'status' });
  const draws = html('div', { class: 'choice' }, seed.element, again.element);
  const sliders = sizes.map(({ slider }) => slider.element);

  return {
    element: html('div', { class: 'hand first-weights' }, rules.element, draws, ...sliders, told),
    /** @param {First} given */
    show(given) {
      const used = ruleOf(given.rule);
      rules.show(used);
      seed.show(given.seed);
      draws.hidden = used === 'zeros' || used === 'equal';
      for (const { rule, slider } of sizes) {
        slider.element.hidden = rule !== used;
        slider.show(given.size);
      }
      say(told, message(`bench.network.rule.${used}.says`));
    },
  };
}
