// The sentences and numbers of a question, in the language of the page.

import { known, message } from '../text/messages.js';
import { grouped, number } from '../text/numbers.js';
import { numberTyped } from '../text/typed.js';

/** @import { QuizFigure, QuizItem, QuizOption, QuizWords } from '../wire/types.d.ts' */

const A = 65;

/** @param {number} at from 0 @returns {string} "A", "B" */
export const letter = (at) => String.fromCharCode(A + at);

/** @param {QuizWords} words @returns {string} */
export function said({ key, gaps, text }) {
  const own = known(key);
  return own ? message(own, filled(gaps)) : text;
}

/** @param {QuizWords['gaps']} gaps */
function filled(gaps) {
  return Object.fromEntries(
    Object.entries(gaps).map(([name, gap]) => [name, name === 'count' ? Number(gap) : shown(gap)]),
  );
}

/** @param {string | number | QuizFigure} gap */
function shown(gap) {
  if (typeof gap === 'object') return number(gap.value, gap.decimals);
  return typeof gap === 'number' ? grouped(gap) : gap;
}

/**
 * What a number that was typed is taken for: it counts as it would be displayed.
 *
 * @param {QuizItem} item
 * @param {string} typed
 * @returns {{ option: QuizOption | null } | null} null where it is no number
 */
export function recognised({ options }, typed) {
  const value = numberTyped(typed.replace(/\s/g, ''));
  if (value === null) return null;
  const decimals = (/** @type {QuizOption} */ { says }) => {
    const gap = says.gaps['value'];
    return typeof gap === 'object' ? gap.decimals : 0;
  };
  const same = (/** @type {QuizOption} */ option) => {
    const gap = option.says.gaps['value'] ?? '';
    if (typeof gap === 'number') return gap === value;
    return typeof gap === 'object' && number(value, decimals(option)) === shown(gap);
  };
  return { option: options.find(same) ?? null };
}
