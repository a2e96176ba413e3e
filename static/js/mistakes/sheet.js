// Tiles of images, a page of them at a time: each is a button; one of them takes part in Tab, the arrow
// keys lead to the others.

import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { button, html, icon, say } from '../ui/dom.js';
import { createTile, listenToArrows, rove } from './tiles.js';

/** @import { Readings } from '../wire/readings.js' */
/** @import { Listed } from './gallery.js' */
/** @import { Inks } from './inks.js' */
/** @import { Shared } from './page.js' */
/** @import { Tile } from './tiles.js' */

/** So many tiles stand on a page. */
const PAGE = 100;

/** @param {Shared} shared @param {Inks} inks @param {(image: number) => void} choose */
export function createSheet({ model, viewport }, inks, choose) {
  const grid = html('div', {
    class: 'sheet',
    role: 'group',
    'aria-label': message('mistakes.sheet'),
  });
  /** @type {{ images: readonly number[], image: number | null, page: number, tiles: readonly Tile[] }} */
  let shown = { images: [], image: null, page: -1, tiles: [] };
  /** @type {{ readings: Readings, list: Listed } | null} */
  let last = null;
  /** Which tile of a new page gets the focus: the first, the last, or none. @type {-1 | 0 | 1} */
  let focus = 0;
  let page = 0;
  const pager = createPager((by) => turn(by, 0));

  /** @param {-1 | 1} by @param {-1 | 0 | 1} to */
  function turn(by, to) {
    const next = page + by;
    if (!last || next < 0 || next * PAGE >= last.list.images.length) return;
    [page, focus] = [next, to];
    show(last.readings, last.list);
  }

  listenToArrows(grid, () => shown.tiles, viewport, turn);
  return {
    element: html('div', { class: 'gallery-sheet' }, grid, pager.element),
    show,
    /** In the colours of another theme. */
    repaint() {
      for (const tile of shown.tiles) tile.painted = false;
      paint(shown.tiles, inks);
    },
  };

  /** @param {Readings} readings @param {Listed} list */
  function show(readings, list) {
    const { images, image, at } = list;
    last = { readings, list };
    if (images !== shown.images || (image !== shown.image && at >= 0))
      page = Math.max(0, Math.floor(at / PAGE));
    if (images !== shown.images || page !== shown.page) build(readings, images);
    shown = { ...shown, images, image, page };
    const on = images.slice(page * PAGE, (page + 1) * PAGE);
    for (const { element, image: own } of shown.tiles) element.ariaPressed = String(own === image);
    rove(shown.tiles, shown.tiles.find((one) => one.image === image) ?? shown.tiles[0]);
    pager.show(page, images.length);
    void inks.want(readings.set, on);
    paint(shown.tiles, inks);
  }

  /** @param {Readings} readings @param {readonly number[]} images */
  function build(readings, images) {
    const tiles = images
      .slice(page * PAGE, (page + 1) * PAGE)
      .map((image) => createTile(readings, image, model.classes, () => choose(image)));
    grid.replaceChildren(...tiles.map(({ element }) => element));
    shown = { ...shown, tiles };
    if (focus) tiles.at(focus > 0 ? 0 : -1)?.element.focus();
    focus = 0;
  }
}

/** Those whose images are here. @param {readonly Tile[]} tiles @param {Inks} inks */
function paint(tiles, inks) {
  for (const tile of tiles) {
    const pixels = tile.painted ? undefined : inks.of(tile.image);
    if (!pixels) continue;
    inks.paint(tile.canvas, pixels);
    tile.painted = true;
  }
}

/** @param {(by: -1 | 1) => void} turn */
function createPager(turn) {
  const [back, forth] = /** @type {const} */ ([-1, 1]).map((by) => {
    const label = message(by < 0 ? 'mistakes.page.back' : 'mistakes.page.forth');
    const named = { class: 'button', 'aria-label': label, title: label };
    return button({ ...named, onclick: () => turn(by) }, icon(by < 0 ? 'back' : 'forth'));
  });
  const where = html('span', { role: 'status' });
  const element = html('div', { class: 'gallery-pager' }, back ?? null, where, forth ?? null);
  return {
    element,
    /** @param {number} page @param {number} count of all images */
    show(page, count) {
      element.hidden = count <= PAGE;
      const [first, last] = [page * PAGE + 1, Math.min(count, (page + 1) * PAGE)];
      const gaps = { first: grouped(first), last: grouped(last), count: grouped(count) };
      say(where, message('mistakes.page', gaps));
      if (back) back.disabled = page === 0;
      if (forth) forth.disabled = last === count;
    },
  };
}
