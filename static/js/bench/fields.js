// What a visitor gives to a section: kinds of values, each with what it is at first and how a link says
// it. A section's state is made of them, so nothing that can be given is missing from a link.

import { rowsOf } from '../geometry/matrix.js';
import { numberTyped, rowsTyped } from '../text/typed.js';

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Field } from './types.d.ts' */

/** @param {Matrix} first @param {number} most rows and columns @returns {Field<Matrix>} "1 0 1/0 1 0/1 0 1" */
export function matrix(first, most) {
  return {
    first,
    write: (value) =>
      rowsOf(value)
        .map((row) => row.join(' '))
        .join('/'),
    read(text) {
      const rows = rowsTyped(text.replaceAll('/', '\n'));
      const columns = rows?.[0]?.length ?? 0;
      if (!rows || rows.length > most || columns > most) throw new RangeError('No such matrix.');
      return { rows: rows.length, columns, values: rows.flat() };
    },
  };
}

/** @param {number} first @param {number} least @param {number} most @returns {Field<number>} */
export function number(first, least, most) {
  return {
    first,
    write: String,
    read(text) {
      const value = numberTyped(text) ?? NaN;
      if (!(value >= least && value <= most)) throw new RangeError('No such number.');
      return value;
    },
  };
}

/** @param {number} first @param {number} least @param {number} most @returns {Field<number>} without a fraction */
export function whole(first, least, most) {
  const any = number(first, least, most);
  return {
    ...any,
    read(text) {
      const value = any.read(text);
      if (!Number.isInteger(value)) throw new RangeError('No whole number.');
      return value;
    },
  };
}

/** @returns {Field<boolean>} off at first */
export function flag() {
  return {
    first: false,
    write: (on) => (on ? 'on' : ''),
    read(text) {
      if (text !== 'on') throw new RangeError('No such switch.');
      return true;
    },
  };
}

/**
 * @template {string} Word
 * @param {readonly Word[]} words
 * @param {readonly Word[]} first
 * @returns {Field<readonly Word[]>} one of them or more, in their order: "max.sum"
 */
export function some(words, first) {
  return {
    first,
    write: (value) => value.join('.'),
    read(text) {
      const said = new Set(text.split('.'));
      const found = words.filter((word) => said.delete(word));
      if (said.size || !found.length) throw new RangeError('No such choice.');
      return found;
    },
  };
}

/** @param {readonly string[]} words beside nothing, which it is at first @returns {Field<string>} */
export function choice(words) {
  return {
    first: '',
    write: (value) => value,
    read(text) {
      if (!words.includes(text)) throw new RangeError('No such choice.');
      return text;
    },
  };
}

/** @template T @param {T} first @param {(value: any) => value is T} fits @returns {Field<T>} as JSON */
export function json(first, fits) {
  return {
    first,
    write: (value) => JSON.stringify(value),
    read(text) {
      const value = JSON.parse(text);
      if (!fits(value)) throw new RangeError('No such value.');
      return value;
    },
  };
}
