// Equations that add up as they are shown: their items, the line that closes them, their text.

import { message } from '../../text/messages.js';
import {
  MINUS,
  digitsFor,
  finer,
  listed,
  own,
  shownOf,
  times as timesText,
  unitsOf,
  written,
} from '../../text/numbers.js';
import { sentences } from '../../text/sentences.js';
import { mapLabel, shortMap } from './labels.js';

/** @import { Digits, Equation, Factors, Item, ReceiptAsked } from '../receipt.d.ts' */
/** @typedef {Pick<Item, 'role' | 'label' | 'value'> & Partial<Item> & { digits?: Digits }} Draft */
/** @typedef {{ role: Equation['role'], name?: string, times?: Equation['times'], symbols?: Equation['symbols'], items: readonly Draft[], total: Draft }} Asked */

/**
 * A number of an equation before its digits are known; with digits of its own where it has any.
 * @param {Item['role']} role
 * @param {string} label
 * @param {number} value
 * @param {Partial<Draft>} [more]
 * @returns {Draft}
 */
export function draft(role, label, value, more = {}) {
  return { ...more, role, label, value };
}

/** @param {Pick<ReceiptAsked, 'graph' | 'cell' | 'value'>} asked @returns {Draft} the cell itself */
export function totalDraft({ graph, cell, value }) {
  const { layer, channel } = cell;
  const more = { short: shortMap(graph, layer, channel), cell, strong: true };
  return draft('total', mapLabel(graph, layer, channel), value, more);
}

/**
 * @param {number} count
 * @param {'map' | 'unit' | ''} noun
 * @param {number} value
 * @returns {Draft} "76 more maps"
 */
export function moreDraft(count, noun, value) {
  const said = sentences();
  const short = /** @type {const} */ ([said.more(count, ''), noun ? message(`noun.${noun}`) : '']);
  return draft('more', said.more(count, noun), value, { short, count });
}

/**
 * Many numbers: all when they are few, else the strongest, in their own order, and the others in
 * one step.
 * @param {ArrayLike<number>} values
 * @param {{ few: number, most: number, must?: number, noun?: 'map' | 'unit' }} limits must: one
 *   that is shown in any case; noun: what the others are called
 * @param {(index: number) => Draft | null} draftOf null for what is no number of the equation
 * @returns {Draft[]}
 */
export function oneByOne(values, { few, most, must = -1, noun }, draftOf) {
  const all = Array.from(values, (value, index) => ({ value, index, draft: draftOf(index) }));
  const weight = (/** @type {typeof all[number]} */ { value, index }) =>
    index === must ? Infinity : Math.abs(value);
  const listed =
    all.length <= few ? all : all.toSorted((a, b) => weight(b) - weight(a)).slice(0, most);
  const shown = new Set(listed);
  const items = all.flatMap((one) => (shown.has(one) && one.draft ? [one.draft] : []));
  const others = all.filter((one) => !shown.has(one) && one.draft);
  if (!others.length) return items;
  const rest = others.reduce((sum, { value }) => sum + value, 0);
  return [...items, moreDraft(others.length, noun ?? '', rest)];
}

/**
 * @param {Draft} draft
 * @param {Digits} shared
 * @param {number} [before] running total in units
 * @returns {Item}
 */
function itemOf({ digits: own, ...draft }, shared, before = 0) {
  const digits = own ?? shared;
  const units = draft.units ?? unitsOf(draft.value, digits);
  return {
    short: [draft.label, ''],
    ...{ cell: null, region: null, index: -1, factors: null, strong: false, count: 1 },
    ...draft,
    units,
    shown: shownOf(units, digits),
    signedText: written(units, digits),
    sign: units < 0 ? MINUS : '+',
    text: written(Math.abs(units), digits),
    from: shownOf(before, digits),
    to: shownOf(before + units, digits),
  };
}

/** @param {number} units @param {Digits} digits @param {number} [before] @returns {Item} what closes an equation */
function closingItem(units, digits, before) {
  const short = /** @type {const} */ ([message('rounding.of'), message('rounding.short')]);
  const closing = draft('rounding', message('rounding'), shownOf(units, digits), { short, units });
  return itemOf(closing, digits, before);
}

/**
 * Items, a line "rounding" when what is shown does not add up to the shown total, the total.
 * @param {Asked} asked
 * @param {Digits} digits of all lines
 * @returns {Equation}
 */
export function sumEquation({ role, items: drafts, total: draft }, digits) {
  let sum = 0;
  const items = drafts.map((one) => {
    const item = itemOf(one, digits, sum);
    sum += item.units;
    return item;
  });
  const total = itemOf(draft, digits);
  if (total.units !== sum) items.push(closingItem(total.units - sum, digits, sum));
  const text = `${joined(items)} = ${total.signedText}`;
  return { how: 'sum', role, name: '', items, total, digits, text };
}

/** @param {readonly Item[]} items @returns {string} "0.470 − 0.145 + 0.417" */
function joined(items) {
  return items
    .map(({ sign, text, signedText }, i) => (i ? ` ${sign} ${text}` : signedText))
    .join('');
}

/** @param {Asked} asked @param {Digits} digits @returns {Equation} max(a, b, c) = c */
export function maxEquation({ role, items: drafts, total: draft }, digits) {
  const items = drafts.map((one) => itemOf(one, digits));
  const total = itemOf(draft, digits);
  const list = items.map(({ role: of, label, signedText }) => (of === 'more' ? label : signedText));
  const text = `max(${listed(list)}) = ${total.signedText}`;
  return { how: 'max', role, name: 'max', items, total, digits, text };
}

/** @param {Draft} draft @param {Draft} result @param {Digits} digits @returns {Equation} a = a */
export function passEquation(draft, result, digits) {
  const items = [itemOf(draft, digits)];
  const total = itemOf(result, digits);
  const text = `${draft.label} = ${total.signedText}`;
  return { how: 'pass', role: 'value', name: '', items, total, digits, text };
}

/**
 * A function or quotient, of numbers with digits of their own: enough that what is shown gives what
 * is shown (see `agreeing`). Where no number of digits does, a line "rounding" closes it.
 * @param {Asked & { how: 'function' | 'quotient' }} asked
 * @param {Digits} digits of the total
 * @param {(...shown: number[]) => number} compute
 * @returns {Equation}
 */
export function appliedEquation(
  { how, role, name = '', times = [1, 1], symbols, items: drafts, total: draft },
  digits,
  compute,
) {
  const items = drafts.map((one) => itemOf(one, digits));
  const total = itemOf(draft, digits);
  const [first, second] = items.map(({ signedText }) => signedText);
  const left =
    how === 'function'
      ? `${timesText(times[0])}${name}(${timesText(times[1])}${first})`
      : `${first} ÷ ${second}`;
  const lacking = total.units - unitsOf(compute(...items.map(({ shown }) => shown)), digits);
  const closing = lacking ? [closingItem(lacking, digits)] : [];
  const rest = closing.map(({ sign, text }) => ` ${sign} ${text}`).join('');
  const text = `${left}${rest} = ${total.signedText}`;
  items.push(...closing);
  return { how, role, name, times, ...(symbols && { symbols }), items, total, digits, text };
}

/**
 * The fewest digits with which numbers as shown make a total as shown.
 * @param {number} total
 * @param {readonly number[]} numbers
 * @param {(...shown: number[]) => number} compute
 * @returns {{ digits: Digits, numbers: Digits[] }}
 */
export function agreeing(total, numbers, compute) {
  const least = digitsFor(total);
  for (let more = 0; more < 3; more++)
    for (let significant = 4; significant < 10; significant++) {
      const digits = finer(least, more);
      const each = numbers.map((value) => digitsFor(value, 0, significant));
      const shown = numbers.map((value, i) => rounded(value, /** @type {Digits} */ (each[i])));
      if (unitsOf(compute(...shown), digits) === unitsOf(total, digits))
        return { digits, numbers: each };
    }
  return { digits: least, numbers: numbers.map((value) => digitsFor(value)) };
}

/** @param {number} value @param {Digits} digits @returns {number} as it is shown */
export function rounded(value, digits) {
  return shownOf(unitsOf(value, digits), digits);
}

/**
 * Texts of the factors of products, with the fewest digits that make each product as shown.
 * @param {readonly (readonly [input: number, weight: number])[]} pairs
 * @param {Digits} digits of the products
 * @param {number} [least] significant digits
 * @returns {Factors[]}
 */
export function factorsOf(pairs, digits, least = 4) {
  const agree = (/** @type {number} */ significant) =>
    pairs.every(([a, b]) => {
      const product =
        rounded(a, digitsFor(a, 0, significant)) * rounded(b, digitsFor(b, 0, significant));
      return unitsOf(product, digits) === unitsOf(a * b, digits);
    });
  let significant = least;
  while (significant < 10 && !agree(significant)) significant++;
  return pairs.map(([input, weight]) => ({
    ...{ input: own(input, significant), weight: own(weight, significant) },
    negative: { input: input < 0, weight: weight < 0 },
  }));
}

/**
 * A product by itself where room is scarce: two significant digits, and so many of its factors
 * that they make them.
 * @param {number} input
 * @param {number} weight
 */
export function productTexts(input, weight) {
  const wanted = digitsFor(input * weight, 0, 2, 2);
  // Beside a power of ten there is room for one decimal only.
  const digits = wanted.exponent === 0 ? wanted : { ...wanted, decimals: 1 };
  const [factors] = factorsOf([[input, weight]], digits, 2);
  const product = written(unitsOf(input * weight, digits), digits);
  return { input: '', weight: '', ...factors, product };
}
