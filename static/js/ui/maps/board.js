// Blocks of cells as one thing to point at, with pointer and keys: tells which number is meant.

import { ARROWS } from '../../input/listening.js';

/** @import { BlockView } from './block.js' */

/** @typedef {'hover' | 'click' | 'walk' | 'enter'} How */

/**
 * @param {HTMLElement} element that holds the blocks
 * @param {readonly BlockView[]} blocks in reading order
 * @param {string} label
 * @param {number} across blocks that stand beside each other
 * @param {(term: number | null, how: How) => void} onPoint
 */
export function createBoard(element, blocks, label, across, onPoint) {
  const known = new Map(blocks.map((block) => [block.element, block]));
  let present = -1;
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  element.setAttribute('aria-label', label);

  /** @param {MouseEvent} event */
  function under(event) {
    const target = event.target instanceof Element ? event.target.closest('.block') : null;
    const block = target && known.get(/** @type {HTMLElement} */ (target));
    const term = block ? (block.terms[block.at(event)] ?? -1) : -1;
    return term < 0 ? null : term;
  }

  element.addEventListener('pointermove', (event) => {
    if (event.pointerType !== 'touch') onPoint(under(event), 'hover');
  });
  element.addEventListener('pointerleave', (event) => {
    if (event.pointerType !== 'touch') onPoint(null, 'hover');
  });
  element.addEventListener('click', (event) => {
    const term = under(event);
    if (term !== null) onPoint(term, 'click');
  });
  element.addEventListener('keydown', (event) => {
    const enters = event.key === 'Enter' && event.target === element && present >= 0;
    const arrow = ARROWS[event.key];
    if ((!arrow && !enters) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (arrow) walk(arrow);
    else onPoint(present, 'enter');
  });

  /** @param {readonly [number, number]} arrow */
  function walk(arrow) {
    const term = present < 0 ? first(blocks) : stepped(blocks, across, present, arrow);
    if (term === null) return;
    present = term; // keys may come faster than frames
    onPoint(term, 'walk');
    const home = blocks.find(({ terms }) => terms.includes(term));
    home?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  return {
    element,
    /** @param {number} term −1 for none */
    mark(term) {
      present = term;
      for (const block of blocks) block.mark(term < 0 ? -1 : block.terms.indexOf(term));
    },
  };
}

/** @param {readonly BlockView[]} blocks */
function first(blocks) {
  return blocks[0]?.terms.find((term) => term >= 0) ?? null;
}

/**
 * The next number in a direction: over gaps, then in the block beside it.
 *
 * @param {readonly BlockView[]} blocks
 * @param {number} across
 * @param {number} term
 * @param {readonly [number, number]} arrow
 */
function stepped(blocks, across, term, arrow) {
  const at = blocks.findIndex(({ terms }) => terms.includes(term));
  const block = blocks[at];
  if (!block) return null;
  const [dx, dy] = arrow;
  const place = block.terms.indexOf(term);
  const column = place % block.wide;
  const row = Math.floor(place / block.wide);
  const within = next(block, row + dy, column + dx, arrow);
  if (within !== null) return within;
  const beside = at + dx + dy * across;
  if (dx && Math.floor(beside / across) !== Math.floor(at / across)) return null;
  const other = blocks[beside];
  if (!other) return null;
  if (dx) return next(other, row, dx > 0 ? 0 : other.wide - 1, arrow);
  return next(other, dy > 0 ? 0 : other.high - 1, column, arrow);
}

/**
 * The first number from a place on.
 *
 * @param {BlockView} block
 * @param {number} row
 * @param {number} column
 * @param {readonly [number, number]} arrow
 * @returns {number | null} null where the block ends before there is one
 */
function next({ terms, wide, high }, row, column, [dx, dy]) {
  for (; row >= 0 && row < high && column >= 0 && column < wide; row += dy, column += dx) {
    const term = terms[row * wide + column] ?? -1;
    if (term >= 0) return term;
  }
  return null;
}
