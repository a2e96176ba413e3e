// Words that lead to the glossary: quietly underlined where they stand first, without a place in the
// order of keys for each of them; which of them is pointed at, and all that stand on the page.

/** @import { Place } from '../text/terms.js' */

/** What does something of its own when it is clicked, or is no running text. */
const LEAVE = 'button, a, label, input, select, summary, svg, math, code, kbd, [hidden], .unseen';
const NAME = 'term';

/**
 * @param {Element} place
 * @param {string} leave selector of what is left out
 * @returns {Generator<Text>}
 */
function* textsIn(place, leave) {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text && !node.parentElement?.closest(leave)) yield node;
}

/** @param {Element} place @returns {string} all that can be read there */
export function wordsIn(place) {
  const leave = '[hidden], template, script, style, noscript, .unseen';
  return [...textsIn(place, leave)].map(({ data }) => data).join('\n');
}

/** @param {EventTarget | null} target @returns {Element | null} the switch or button that it belongs to */
export function controlOf(target) {
  if (!(target instanceof Element)) return null;
  const control = target.closest('button, label, summary, a, input, select');
  return control instanceof HTMLInputElement ? (control.labels?.[0] ?? null) : control;
}

/** @param {Element} control @returns {string} the words on it; none where it leads to them itself */
export function saidBy(control) {
  if (control instanceof HTMLSelectElement || control.matches('[data-action=glossary]')) return '';
  return wordsIn(control);
}

/** @param {Element} target @returns {boolean} whether it is text that does nothing when it is clicked */
export function isRunning(target) {
  const says = [...target.childNodes].some((one) => one instanceof Text && one.data.trim());
  return says && !target.closest(LEAVE);
}

/**
 * @param {Element} element
 * @param {number} x in the window
 * @param {number} y
 * @param {(text: string) => Place[]} find
 * @returns {string | null} the entry of the word there
 */
export function termAt(element, x, y, find) {
  const inside = (/** @type {DOMRect} */ { left, right, top, bottom }) =>
    x >= left && x <= right && y >= top && y <= bottom;
  for (const node of textsIn(element, '[hidden], .unseen'))
    for (const place of find(node.data))
      if ([...rangeOf(node, place).getClientRects()].some(inside)) return place.term.id;
  return null;
}

/** @param {Text} node @param {Place} place */
function rangeOf(node, { start, end }) {
  const range = new Range();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range;
}

/** @param {HTMLElement} place whose words are underlined where they stand first */
export function createMarks(place) {
  let marked = false;

  return {
    /** @param {((text: string) => Place[]) | null} find null for no marks */
    show(find) {
      if (!find && !marked) return; // while one only points it is called with each change
      marked = find !== null;
      /** @type {Map<string, Range>} */
      const first = new Map();
      for (const node of find ? textsIn(place, LEAVE) : [])
        for (const found of find?.(node.data) ?? [])
          if (!first.has(found.term.id)) first.set(found.term.id, rangeOf(node, found));
      if ('highlights' in CSS) CSS.highlights.set(NAME, new Highlight(...first.values()));
    },
  };
}
