// The words of a cue as elements; their numbers are filled by what is shown.

import { html, say } from '../ui/dom.js';
import { numberText } from './numbers.js';

/** @import { LessonBlock, LessonRun } from '../wire/types.d.ts' */
/** @import { Found } from './numbers.js' */

/** Until a number is here. */
const UNKNOWN = '…';

/** @param {readonly LessonBlock[]} blocks */
export function createWords(blocks) {
  /** @type {{ element: Element, asked: readonly string[] }[]} */
  const numbers = [];

  /** @param {LessonRun} run */
  function runOf({ text, strong = false, number: asked = [] }) {
    if (!asked.length) return strong ? html('b', {}, text) : text;
    const element = html(strong ? 'b' : 'span', { 'data-asked': asked.join(' ') }, UNKNOWN);
    numbers.push({ element, asked });
    return element;
  }
  const elements = blocks.map(({ kind, items }) =>
    kind === 'list'
      ? html('ul', {}, ...items.map((item) => html('li', {}, ...item.map(runOf))))
      : html('p', {}, ...items.flat().map(runOf)),
  );
  return {
    elements,
    /** @returns {Readonly<Record<string, string>>} those that are here, by how they are asked for */
    numbers: () =>
      Object.fromEntries(
        numbers
          .map(({ element, asked }) => [asked.join(' '), element.textContent ?? ''])
          .filter(([, text]) => text !== UNKNOWN),
      ),
    /** @param {Found | null} found @returns {boolean} whether all are here */
    fill(found) {
      let whole = true;
      for (const { element, asked } of numbers) {
        const text = found && numberText(asked, found);
        whole &&= text !== null;
        say(element, text ?? UNKNOWN);
      }
      return whole;
    },
  };
}
