// The two switches of the derivatives: values or influence of a pinned cell, and which lines are drawn.

import { html, say } from './dom.js';

/**
 * @typedef {object} Effect
 * @property {boolean} on
 * @property {string} text what stands in the cells meanwhile, or the influence that is pointed at
 * @property {string} formula the same for those who know derivatives
 * @property {(on: boolean) => void} choose
 */

let made = 0;

/** For an account's head: hidden while nothing is pinned. */
export function createEffectSwitch() {
  /** @type {Effect | null} */
  let present = null;
  const name = `effect-${++made}`;
  const choices = choiceOf(name, { values: 'values', effect: 'influence' }, (value) =>
    present?.choose(value === 'effect'),
  );
  const legend = html('legend', { class: 'unseen' }, 'The cells show');
  const element = html('fieldset', { class: 'effect', hidden: true }, legend, choices.element);
  const text = html('span', { class: 'effect-text' });

  return {
    element,
    text,
    /** @param {Effect | null} effect */
    show(effect) {
      present = effect;
      element.hidden = !effect;
      text.hidden = !effect?.text;
      if (!effect) return;
      choices.choose(effect.on ? 'effect' : 'values');
      element.title = effect.formula;
      say(text, effect.text);
    },
  };
}

/**
 * For the rail: which connections are drawn, and a sentence that says what they are.
 *
 * @param {(links: 'all' | 'guess') => void} onChoose
 */
export function createLinksSwitch(onChoose) {
  const words = { all: 'pointed cell', guess: 'first guess' };
  const choices = choiceOf('links', words, (value) => onChoose(value === 'guess' ? value : 'all'));
  const legend = html('legend', {}, 'Lines');
  const says = html('p', { class: 'links-say' });
  const row = html('fieldset', { class: 'row links-row' }, legend, choices.element);
  const element = html('div', { class: 'links' }, row, says);

  return {
    element,
    /**
     * @param {'all' | 'guess'} links
     * @param {string} sentence
     */
    show(links, sentence) {
      choices.choose(links);
      say(says, sentence);
      says.hidden = sentence === '';
    },
  };
}

/**
 * @param {string} name
 * @param {Readonly<Record<string, string>>} words by value
 * @param {(value: string) => void} onChoose
 */
function choiceOf(name, words, onChoose) {
  const inputs = Object.keys(words).map((value) => html('input', { type: 'radio', name, value }));
  const labels = inputs.map((input) =>
    html('label', {}, input, html('span', {}, words[input.value] ?? '')),
  );
  const element = html('span', { class: 'segments' }, ...labels);
  element.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) onChoose(target.value);
  });
  return {
    element,
    /** @param {string} value */
    choose(value) {
      for (const input of inputs) input.checked = input.value === value;
    },
  };
}
