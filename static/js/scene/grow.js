// How large the cells of each shape are: one measure for all that fits, then what is left is used up.

import { gridFor, linesOf, mostIn } from './nodes.js';
import { clamp } from './metrics.js';

/** @import { Grid, Lines, Node } from './nodes.js' */
/** @import { Metrics } from './metrics.js' */
/** @import { Pooling, Size, Sizes } from './sizes.js' */
/** @import { Cells } from './types.d.ts' */

/** @typedef {{ nodes: Node[], room: number }} Run room across, for cells */
/** @typedef {{ main: number, grids: Grid[] }} Pick of one segment: its length, a grid for each lane */

/** CSS px: the least of each kind that one can point at, and the largest that anybody needs. */
const LEAST = { map: 2, unit: 5, read: 14 };
const LARGEST = { map: 24, unit: 30, read: 39 };
/** The same where there are few layers: each cell says its number. */
const WRITTEN = { map: 48, unit: 48, read: 48 };
/** Cells smaller than this may be drawn larger than pooling makes them. */
const SMALL = 4;
/** Times the size of a source's cells, in quarters; many only where much is pooled into one cell. */
const QUARTERS = [64, 48, 32, 24, 16, 12, 8, 6, 5];
/** One measure for all: times the size that one likes to look at. */
const MOST = 3;
/** No shape outgrows the others by more than this. */
const AHEAD = 1.5;
const STEPS = 9;

/**
 * Chooses the cells of all sizes, and the grids that they fit into.
 */
export class Growth {
  #metrics;
  #sizes;
  #poolings;
  #bars;
  /** @type {(Run & { ways: Lines[] })[][]} by segment and lane */
  #segments;

  /**
   * @param {readonly (readonly Run[])[]} segments lanes of each
   * @param {Metrics} metrics
   * @param {Sizes} sizes
   * @param {readonly Pooling[]} poolings
   * @param {number} bars length of the answer
   */
  constructor(segments, metrics, sizes, poolings, bars) {
    this.#metrics = metrics;
    this.#sizes = [...sizes.values()];
    this.#poolings = poolings;
    this.#bars = bars;
    for (const size of this.#sizes) {
      // of few layers all are seen at once, where pixels are that fine
      const fine = metrics.few && metrics.dpr >= 2 && size.kind === 'map';
      size.least = fine ? 1 : metrics.px(LEAST[size.kind]);
      const most = metrics.few ? WRITTEN[size.kind] * metrics.text : LARGEST[size.kind];
      size.most = metrics.px(most);
      size.liked = metrics.few ? size.most / MOST : this.#liked(size);
    }
    this.#segments = segments.map((lanes) =>
      lanes.map(({ nodes, room }) => ({ nodes, room, ways: linesOf(nodes, metrics, room) })),
    );
    this.#bound(sizes);
    for (const size of this.#leaders) this.#set(size, size.least);
  }

  /** @returns {Cells} what was chosen last */
  get cells() {
    return new Map(this.#sizes.map(({ key, cell }) => [key, cell]));
  }

  /** Shapes whose cells are not those of what they are pooled from. */
  get #leaders() {
    return this.#sizes.filter(({ key, leader }) => leader === key);
  }

  /**
   * As large as the length allows.
   * @param {number} length device pixels
   * @param {number} [high] the largest measure
   * @returns {Pick[] | null} one a segment; null where not even the least cells fit
   */
  fill(length, high = MOST) {
    const shortest = this.length();
    if (shortest > length || shortest === Infinity) return null;
    let [low, top] = [0, high];
    for (let i = 0; i < STEPS; i++) {
      const measure = (low + top) / 2;
      this.#measure(measure);
      if (this.length() <= length) low = measure;
      else top = measure;
    }
    this.#measure(low);
    this.#useUp(length, Math.max(low, 0.5));
    this.#enlargePooled(length);
    return this.#arranged(length);
  }

  /** With the shortest grids; infinite where a run does not fit across. */
  length() {
    return this.#segments.reduce((sum, lanes) => sum + this.#shortest(lanes), 0);
  }

  /** @param {number} measure times the size that one likes to look at */
  #measure(measure) {
    for (const size of this.#leaders) this.#set(size, Math.round(size.liked * measure));
  }

  /** One pixel after the other, to the shape that is furthest behind, while there is room. */
  /** @param {number} length @param {number} measure */
  #useUp(length, measure) {
    const growing = new Set(this.#leaders);
    const share = (/** @type {Size} */ { cell, liked }) => cell / liked;
    while (growing.size) {
      const [size] = [...growing].sort((a, b) => share(a) - share(b));
      if (!size) return;
      const { cell } = size;
      const ahead = () => share(size) > Math.max(AHEAD * measure, 1);
      const grown = this.#attempt(
        () => this.#set(size, cell + 1),
        () => size.cell !== cell && !ahead() && this.length() <= length,
      );
      if (!grown) growing.delete(size);
    }
  }

  /** Where the cells are small, pooled maps are drawn larger than half, but never as large as their source. */
  /** @param {number} length */
  #enlargePooled(length) {
    for (const { from, to } of this.#poolings) {
      const free = to.kind === 'map' && to.given === undefined && to.cell === from.cell;
      if (!free || from.cell >= this.#metrics.px(SMALL)) continue;
      QUARTERS.some((quarters) =>
        this.#attempt(
          () => (to.cell = (quarters * from.cell) / 4),
          () => this.#sound() && this.length() <= length,
        ),
      );
    }
  }

  /** Changes cells, and changes them back where the result is not good. */
  /** @param {() => void} change @param {() => boolean} good */
  #attempt(change, good) {
    const before = this.#sizes.map(({ cell }) => cell);
    change();
    if (good()) return true;
    for (const [i, size] of this.#sizes.entries()) size.cell = before[i] ?? 1;
    return false;
  }

  /** Cells are whole pixels, and every pooled map is smaller than its source, no more than its stride makes it. */
  #sound() {
    const whole = this.#sizes.every(({ cell, most }) => Number.isInteger(cell) && cell <= most);
    return (
      whole &&
      this.#poolings.every(({ from, to, most }) => {
        const times = to.cell / from.cell;
        return times === 1 || (times > 1 && times <= most);
      })
    );
  }

  /** @param {number} length @returns {Pick[]} the lines that read best in what is left */
  #arranged(length) {
    let left = length - this.length();
    return this.#segments.map((lanes) => {
      const shortest = this.#shortest(lanes);
      const found = lanes.map((run) => this.#grid(run, shortest + left));
      const main = Math.max(...found.map((one) => one?.main ?? 0));
      left -= main - shortest;
      return { main, grids: found.flatMap((one) => one?.grid ?? []) };
    });
  }

  /** @param {readonly (Run & { ways: Lines[] })[]} lanes of a segment */
  #shortest(lanes) {
    return Math.max(...lanes.map((run) => this.#grid(run)?.main ?? Infinity));
  }

  /** @param {Run & { ways: Lines[] }} run @param {number} [longest] */
  #grid({ nodes, room, ways }, longest) {
    return gridFor(nodes, this.#metrics, room, ways, this.#bars, longest);
  }

  /** A shape and all that follow it, within what each may be. */
  /** @param {Size} leader @param {number} cell */
  #set({ key, least, most }, cell) {
    for (const size of this.#sizes)
      if (size.leader === key) size.cell = size.given ?? clamp(cell, least, most);
    for (const { from, to, most: times } of this.#poolings)
      if (to.kind !== 'map' && to.given === undefined)
        to.cell = clamp(Math.floor(times * from.cell), 1, to.cell);
  }

  /** Side of a cell that one likes to look at, device pixels; of maps as their followers like it, too. */
  /** @param {Size} size */
  #liked({ kind, leader }) {
    const { dpr, axis } = this.#metrics;
    if (kind === 'unit') return 11 * dpr;
    if (kind === 'read') return (axis === 'x' ? 24 : 34) * dpr;
    const likes = this.#sizes
      .filter((size) => size.leader === leader && size.kind === 'map')
      .map(({ rows }) => Math.max(4, Math.min(10, 26 / Math.sqrt(rows))));
    return dpr * (likes.reduce((sum, like) => sum + like, 0) / likes.length);
  }

  /**
   * No larger than fits across in the flattest grid, than lets a leader's followers fit, and than
   * cells that are given.
   * @param {Sizes} sizes
   */
  #bound(sizes) {
    const bound = (/** @type {Size | undefined} */ size, /** @type {number} */ most) => {
      if (size) size.most = Math.min(size.most, most);
    };
    for (const { nodes, room, ways } of this.#segments.flat())
      for (const node of nodes) {
        const fits = ways.map((lines) => mostIn(node, this.#metrics, room, lines));
        const most = Math.max(1, ...fits);
        for (const size of [node.size, sizes.get(node.size.leader)]) bound(size, most);
      }
    for (const { given, leader } of this.#sizes) bound(sizes.get(leader), given ?? Infinity);
    for (const size of this.#sizes) size.least = size.given ?? Math.min(size.least, size.most);
  }
}

/** @param {readonly Pick[]} picks */
export function total(picks) {
  return picks.reduce((sum, { main }) => sum + main, 0);
}
