// What one step makes of a weight, as equations that add up: of plain descent, with momentum, of Adam.

import { agreeing, appliedEquation, draft, sumEquation } from '../../kinds/parts/equation.js';
import { message } from '../../text/messages.js';
import { digitsFor, short } from '../../text/numbers.js';

/** @import { Equation } from '../../kinds/receipt.d.ts' */
/** @import { Digits } from '../../text/numbers.js' */
/** @import { ToldGradient as Told } from '../../kinds/gradient.d.ts' */

/** Of what is added to a weight. */
const FIGURES = 3;
const MOST = 12;

/** @param {Told} told @returns {Equation[]} none of a cell */
export function updateEquations(told) {
  const { update, said } = told;
  const [before = 0, after] = update['weight'] ?? [];
  if (after === undefined) return [];
  const rate = Number(said['rate']);
  const decay = first(update, 'decay');
  const adam = said['optimiser'] === 'adam';
  const lines = adam ? means(told) : velocity(told);
  const taken = after - before + (adam ? decay : 0);
  const by = adam ? 'adam' : lines.length ? 'velocity' : 'plain';
  const parts = [
    draft('part', message('learning.weight'), before),
    draft('part', message(`learning.taken.${by}`, { rate: short(rate) }), taken),
    ...(adam && decay ? [draft('part', message('learning.decay'), -decay)] : []),
  ];
  const total = draft('total', message('learning.weight.new'), after, { strong: true });
  const digits = digitsWith(before, after - before);
  return [...lines, named(sumEquation({ role: 'sum', items: parts, total }, digits), 'new')];
}

/** @param {Told['update']} update @param {string} name */
function first(update, name) {
  return update[name]?.[0] ?? 0;
}

/** So many decimals that what is added is seen. @param {number} weight @param {number} change @returns {Digits} */
function digitsWith(weight, change) {
  const least = digitsFor(weight);
  if (!change || least.exponent) return least;
  const wanted = FIGURES - 1 - Math.floor(Math.log10(Math.abs(change)));
  return { decimals: Math.min(MOST, Math.max(least.decimals, wanted)), exponent: 0 };
}

/** @param {Told} told @returns {Equation[]} none where it is the gradient itself */
function velocity({ update, said, value }) {
  const momentum = Number(said['momentum']);
  const decay = first(update, 'decay');
  if (!momentum && !decay) return [];
  const items = [
    draft(
      'part',
      message('learning.kept', { share: short(momentum) }),
      momentum * first(update, 'velocity.before'),
    ),
    draft('part', message('gradient'), value),
    ...(decay ? [draft('part', message('learning.decay'), decay)] : []),
  ];
  const now = first(update, 'velocity');
  const total = draft('total', message('learning.velocity'), now);
  return [
    named(sumEquation({ role: 'sum', items, total }, digitsFor(now, Math.abs(value))), 'velocity'),
  ];
}

/** Both running means, and what they are once they are made up for their start at 0. @param {Told} told @returns {Equation[]} */
function means({ update, said, value }) {
  const shares = { first: Number(said['momentum']), second: 0.999 };
  return /** @type {const} */ (['first', 'second']).flatMap((name) => {
    const share = shares[name];
    const comes = name === 'first' ? value : value * value;
    const now = first(update, name);
    const before = share * first(update, `${name}.before`);
    const items = [
      draft('part', message('learning.kept', { share: short(share) }), before),
      draft(
        'part',
        message(`learning.comes.${name}`, { share: short(1 - share) }),
        (1 - share) * comes,
      ),
    ];
    const total = draft('total', message(`learning.mean.${name}`), now);
    const sum = sumEquation({ role: 'sum', items, total }, digitsFor(now));
    return [named(sum, name), named(corrected(name, now, 1 - share, update), `corrected-${name}`)];
  });
}

/** A running mean ÷ its share of all that it would hold without its start at 0. */
/** @param {'first' | 'second'} name @param {number} now @param {number} share @param {Told['update']} update */
function corrected(name, now, share, update) {
  const value = first(update, `${name}.corrected`);
  const over = (/** @type {number[]} */ ...[above = 0, below = 1]) => above / below;
  const { digits, numbers } = agreeing(value, [now, share], over);
  const items = [
    draft('argument', message(`learning.mean.${name}`), now, { digits: numbers[0] ?? digits }),
    draft('divisor', message('learning.start'), share, { digits: numbers[1] ?? digits }),
  ];
  const total = draft('total', message(`learning.corrected.${name}`), value);
  return appliedEquation({ how: 'quotient', role: 'sum', items, total }, digits, over);
}

/** @param {Equation} equation @param {string} name @returns {Equation} said to be what it is where it stands in a line of text */
function named(equation, name) {
  const what = message(/** @type {any} */ (`learning.line.${name}`));
  return { ...equation, text: message('learning.line', { what, text: equation.text }) };
}
