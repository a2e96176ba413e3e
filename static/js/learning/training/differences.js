// In what runs differ, in words; and what each is called beside the others.

import { known, message } from '../../text/messages.js';
import { listed, short } from '../../text/numbers.js';
import { letterOf } from './drawn.js';

/** @import { Difference, Watched } from './state.js' */

/** @param {Difference} difference @param {unknown} value @returns {string} */
function valueText({ name }, value) {
  if (typeof value === 'number') return short(value);
  if (typeof value === 'boolean') return message(value ? 'training.yes' : 'training.no');
  if (value === null) return message('training.nothing');
  const key = known(`training.${name}.${String(value)}`);
  if (key) return message(key);
  return typeof value === 'string' && value.length < 30 && !/[([{]/.test(value) ? value : '';
}

/** @param {Difference} difference */
function nameText({ name }) {
  const key = known(`training.${name}`);
  return key ? message(key) : name;
}

/** @param {readonly Watched[]} watched @param {readonly Difference[] | null} differences between all of them */
export function differenceTexts(watched, differences) {
  const [one, other] = watched.map(({ run }) => run?.title);
  if (one === undefined || other === undefined || !differences) return '';
  const count = watched.length;
  if (!differences.length)
    return count > 2
      ? message('training.differ.none.all', { count })
      : message('training.differ.none', { one, other });
  const each = differences.map((difference) => {
    const values = difference.values.map((value) => valueText(difference, value));
    if (!values.every(Boolean)) return nameText(difference);
    const gaps = { one: listed(values.slice(0, -1)), other: values.at(-1) ?? '' };
    return message('training.differ.one', { name: nameText(difference), ...gaps });
  });
  return message('training.differ', { count: each.length, all: each.join('; ') });
}

/**
 * Runs of one title are told apart by the one thing in which they differ, or by a letter.
 *
 * @param {readonly Watched[]} watched
 * @param {readonly Difference[] | null} differences
 */
export function namesOf(watched, differences) {
  const titles = watched.map(({ run }) => run?.title ?? '');
  const [only, ...more] = differences ?? [];
  const values = only && !more.length ? only.values.map((one) => valueText(only, one)) : [];
  const apart = new Set(values).size === titles.length && values.every(Boolean);
  return titles.map((title, i) => {
    if (titles.filter((one) => one === title).length < 2) return title;
    const value = values[i];
    if (only && apart && value)
      return message('training.named', { title, name: nameText(only), value });
    return message('training.numbered', { title, letter: letterOf(i) });
  });
}
