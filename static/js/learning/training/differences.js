// In what two runs differ, in words; and what each is called beside the others.

import { known, message } from '../../text/messages.js';
import { short } from '../../text/numbers.js';
import { letterOf } from './drawn.js';

/** @import { RunDifference } from '../../wire/types.d.ts' */
/** @import { Watched } from './state.js' */

/** @param {RunDifference} difference @param {unknown} value @returns {string} */
function valueText({ name }, value) {
  if (typeof value === 'number') return short(value);
  if (typeof value === 'boolean') return message(value ? 'training.yes' : 'training.no');
  if (value === null) return message('training.nothing');
  const key = known(`training.${name}.${String(value)}`);
  if (key) return message(key);
  return typeof value === 'string' && value.length < 30 && !/[([{]/.test(value) ? value : '';
}

/** @param {RunDifference} difference */
function nameText({ name }) {
  const key = known(`training.${name}`);
  return key ? message(key) : name;
}

/** @param {readonly Watched[]} watched @param {readonly RunDifference[] | null} differences between the first two */
export function differenceTexts(watched, differences) {
  const [one, other] = watched;
  if (!one?.run || !other?.run || !differences) return '';
  const titles = { one: one.run.title, other: other.run.title };
  if (!differences.length) return message('training.differ.none', titles);
  const each = differences.map((difference) => {
    const [mine, theirs] = [difference.one, difference.other].map((v) => valueText(difference, v));
    if (!mine || !theirs) return nameText(difference);
    const gaps = { name: nameText(difference), one: mine, other: theirs };
    return message('training.differ.one', gaps);
  });
  return message('training.differ', { count: each.length, all: each.join('; ') });
}

/**
 * Runs of one title are told apart by the one thing in which they differ, or by a letter.
 *
 * @param {readonly Watched[]} watched
 * @param {readonly RunDifference[] | null} differences
 */
export function namesOf(watched, differences) {
  const titles = watched.map(({ run }) => run?.title ?? '');
  const [only, ...more] = differences ?? [];
  return titles.map((title, i) => {
    if (titles.filter((one) => one === title).length < 2) return title;
    const value = only && !more.length && i < 2 && valueText(only, i ? only.other : only.one);
    if (value && only) return message('training.named', { title, name: nameText(only), value });
    return message('training.numbered', { title, letter: letterOf(i) });
  });
}
