// What stands beside the map: how much of the layer it shows, the image that is pointed at, and the
// images that are nearest to the drawing.

import { pictureOf } from '../../input/written.js';
import { message } from '../../text/messages.js';
import { grouped, number, unitsOf } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { button, html, say } from '../../ui/dom.js';
import { titleOf } from '../chosen.js';
import { SIDE } from '../inks.js';
import { linkOf } from '../links.js';

/** @import { Found, Layout } from '../../wire/map.js' */
/** @import { Readings } from '../../wire/readings.js' */
/** @import { Inks } from '../inks.js' */
/** @import { Shared } from '../page.js' */
/** @import { MapState, MapStore } from './state.js' */

/** @param {Readonly<MapState>} state @returns {string} how much of all variance the picture holds */
export function shareText({ map }) {
  if (!map) return '';
  const [first = 0, second = 0] = map.shares;
  const decimals = decimalsFor(first, second);
  const text = (/** @type {number} */ share) => percent(share, { decimals });
  const gaps = {
    ...{ layer: map.layer, cells: grouped(map.cells), both: text(first + second) },
    ...{ first: text(first), second: text(second) },
    rest: grouped(Math.max(0, map.cells - 2)),
  };
  return message('mistakes.map.share', gaps);
}

/** Of percent: so many that two shares add up as they are shown. @param {number} first @param {number} second */
function decimalsFor(first, second) {
  const agree = (/** @type {number} */ decimals) => {
    const [a = 0, b = 0, both] = [first, second, first + second].map((share) =>
      unitsOf(100 * share, { decimals, exponent: 0 }),
    );
    return a + b === both;
  };
  return [1, 2, 3, 4].find(agree) ?? 1;
}

/** The image that is pointed at, else the chosen one. @param {Shared} shared @param {MapStore} store @param {Inks} inks */
export function createCard({ model, of }, store, inks) {
  const canvas = html('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
  const title = html('p', { role: 'status' });
  const open = html('a', { class: 'see' }, message('mistakes.map.open'));
  /** @type {Uint8Array | null} */
  let pixels = null;
  const take = button(
    {
      class: 'action',
      onclick: () => pixels && store.set({ drawing: Object.freeze(pictureOf(pixels)) }),
    },
    message('mistakes.map.take'),
  );
  const acts = html('div', {}, take, open);
  const element = html('div', { class: 'map-card' }, canvas, html('div', {}, title, acts));
  /** @type {Uint8Array | null} */
  let painted = null;
  return {
    element,
    repaint: () => void (painted = null),
    /** @param {Readings} readings @param {number | null} image @param {boolean} chosen */
    show(readings, image, chosen) {
      say(
        title,
        image === null ? message('mistakes.map.point') : titleOf(readings, image, model.classes),
      );
      acts.hidden = image === null || !chosen;
      canvas.hidden = image === null;
      if (image === null) return;
      void inks.want(readings.set, [image]);
      pixels = inks.of(image) ?? null;
      if (!pixels || pixels === painted) return;
      inks.paint(canvas, pixels);
      painted = pixels;
      open.href = linkOf(model.id, pixels);
      open.hidden = Boolean(of['weights']);
    },
  };
}

/** @typedef {{ image: number, canvas: HTMLCanvasElement, element: HTMLElement, painted: boolean }} Tile */

/** @param {Shared} shared @param {Inks} inks @param {(image: number) => void} choose */
export function createNearest({ model }, inks, choose) {
  const { classes } = model;
  const says = html('p', { role: 'status' });
  const list = html('ol', { class: 'map-nearest' });
  /** @type {{ found: Found | null, tiles: readonly Tile[] }} */
  let shown = { found: null, tiles: [] };
  /** @param {Readings} readings @param {Layout} map @param {Found} found */
  function build({ truth }, map, found) {
    const tiles = found.numbers.map((image, k) => {
      const name = classes[truth[image] ?? 0] ?? '';
      return createTile(image, name, found.distances[k] ?? 0, () => choose(image));
    });
    list.replaceChildren(...tiles.map(({ element }) => html('li', {}, element)));
    say(says, nearText(truth, found.numbers, map, classes));
    shown = { found, tiles };
  }
  return {
    element: html('div', { class: 'map-near' }, says, list),
    repaint: () => shown.tiles.forEach((tile) => (tile.painted = false)),
    /** @param {Readings} readings @param {Readonly<MapState>} state */
    show(readings, { map, found }) {
      if (!found || !map) {
        list.replaceChildren();
        say(says, '');
        shown = { found: null, tiles: [] };
        return;
      }
      if (found !== shown.found) build(readings, map, found);
      void inks.want(readings.set, found.numbers);
      for (const tile of shown.tiles) {
        const pixels = tile.painted ? undefined : inks.of(tile.image);
        if (!pixels) continue;
        inks.paint(tile.canvas, pixels);
        tile.painted = true;
      }
    },
  };
}

/** @param {number} image @param {string} name of its class @param {number} far @param {() => void} onclick @returns {Tile} */
function createTile(image, name, far, onclick) {
  const canvas = html('canvas', { width: SIDE, height: SIDE });
  const distance = number(far, 2);
  const caption = message('mistakes.map.near.tile', { name, distance });
  const which = message('mistakes.map.near.one', { place: grouped(image) });
  const about = { class: 'tile', title: `${which} ${caption}`, onclick };
  const said = html('span', { class: 'unseen' }, which);
  const element = button(about, canvas, said, html('span', {}, caption));
  return { image, canvas, element, painted: false };
}

/** @param {Readings['truth']} truth @param {readonly number[]} numbers @param {{ layer: string, cells: number }} map @param {readonly string[]} classes */
function nearText(truth, numbers, { layer, cells }, classes) {
  const counts = classes.map((_, k) => numbers.filter((i) => truth[i] === k).length);
  const most = Math.max(...counts);
  const gaps = { layer, cells: grouped(cells), of: grouped(numbers.length) };
  const name = classes[counts.indexOf(most)] ?? '';
  return message('mistakes.map.near', { ...gaps, name, most: grouped(most) });
}
