// Tiles of images: each is a button with the image and what it was read as; arrow keys lead from one to
// the next.

import { ARROWS } from '../input/listening.js';
import { message } from '../text/messages.js';
import { grouped, number } from '../text/numbers.js';
import { percent } from '../text/shares.js';
import { button, html } from '../ui/dom.js';
import { SIDE } from './inks.js';
import { rowOf } from './list.js';

/** @import { Readings } from '../wire/readings.js' */
/** @import { Shared } from './page.js' */

/** @typedef {{ element: HTMLButtonElement, canvas: HTMLCanvasElement, image: number, painted: boolean }} Tile */

/** @param {Readings} readings @param {number} image @param {readonly string[]} classes @param {() => void} onclick @returns {Tile} */
export function createTile(readings, image, classes, onclick) {
  const { truth, said, loss, shares } = rowOf(readings, image);
  const right = truth === said;
  const canvas = html('canvas', { width: SIDE, height: SIDE });
  const names = { truth: classes[truth] ?? '', said: classes[said] ?? '' };
  const caption = message(right ? 'mistakes.tile.right' : 'mistakes.tile.wrong', names);
  const label = message(right ? 'mistakes.named.right' : 'mistakes.named.wrong', {
    ...{ place: grouped(image), ...names },
    share: percent(shares[said] ?? 0, { alone: false }),
    loss: number(loss, 3),
  });
  const about = { class: right ? 'tile' : 'tile misread', 'aria-label': label, title: label };
  const element = button({ ...about, onclick }, canvas, html('span', {}, caption));
  return { element, canvas, image, painted: false };
}

/** @param {readonly Tile[]} tiles @param {Tile | undefined} one that takes part in Tab */
export function rove(tiles, one) {
  const focused = tiles.find(({ element }) => element === document.activeElement);
  for (const tile of tiles) tile.element.tabIndex = tile === (focused ?? one) ? 0 : -1;
}

/**
 * @param {HTMLElement} grid
 * @param {() => readonly Tile[]} tilesOf
 * @param {Shared['viewport']} viewport
 * @param {(by: -1 | 1, to: -1 | 1) => void} turn to another page, and its first tile or the last
 */
export function listenToArrows(grid, tilesOf, viewport, turn) {
  grid.addEventListener('keydown', (event) => {
    const tiles = tilesOf();
    const at = tiles.findIndex(({ element }) => element === event.target);
    if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    const next = nextOf(event.key, at, tiles.length, () => columnsOf(tiles, viewport));
    if (next === null) return;
    event.preventDefault();
    if (next < 0) turn(-1, event.key === 'PageUp' ? 1 : -1);
    else if (next >= tiles.length) turn(1, 1);
    else tiles[next]?.element.focus();
  });
  grid.addEventListener('focusin', ({ target }) => {
    const tiles = tilesOf();
    rove(
      tiles,
      tiles.find(({ element }) => element === target),
    );
  });
}

/** @param {string} key @param {number} at @param {number} count @param {() => number} columns @returns {number | null} where it leads; beyond the ends to other pages */
function nextOf(key, at, count, columns) {
  const far = { Home: 0, End: count - 1, PageUp: -1, PageDown: count }[key];
  const way = ARROWS[key];
  if (far !== undefined || !way) return far ?? null;
  return at + way[0] + (way[1] && way[1] * columns());
}

/** @param {readonly Tile[]} tiles @param {Shared['viewport']} viewport @returns {number} tiles in a row */
function columnsOf(tiles, viewport) {
  const tops = tiles.map(({ element }) => viewport.place(element).top);
  return tops.filter((top) => top === tops[0]).length;
}
