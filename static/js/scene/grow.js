// How large the cells of each shape are: one measure for all that fits, then what is left is used up.

import { gridFor, linesOf, mostIn } from './grids.js';

/** @import { Grid, Lines } from './grids.js' */
/** @import { Metrics } from './metrics.js' */
/** @import { Node } from './nodes.js' */
/** @import { Size, Sizes } from './sizes.js' */
/** @import { Cells } from './types.d.ts' */

/** @typedef {{ nodes: Node[], room: number }} Run room across, for cells */
/** @typedef {{ main: number, grids: Grid[] }} Pick of one segment: its length, a grid for each lane */

/** CSS px: the least of each kind that one can point at, and the largest that anybody needs. */
const LEAST = { map: 2, unit: 5, read: 14 };
const LARGEST = { map: 24, unit: 30, read: 39 };
/** Cells smaller than this may be drawn larger than pooling makes them. */
const SMALL = 4;
/** Times the size of a source's cells, in quarters. */
const QUARTERS = [6, 5];
/** One measure for all: times the size that one likes to look at. */
const MOST = 3;
/** No shape outgrows the others by more than this. */
const AHEAD = 1.5;
const STEPS = 9;

/**
 * Cells in device pixels, and the grids that they fit into.
 */
export class Growth {
  /** @type {Map<Size, number>} */
  #cells = new Map();
  /** @type {Lines[][][]} by segment and lane */
  #ways;

  /**
   * @param {readonly (readonly Run[])[]} segments lanes of each
   * @param {Metrics} metrics
   * @param {Sizes} sizes
   * @param {number} bars length of the answer
   */
  constructor(segments, metrics, sizes, bars) {
    this.segments = segments;
    this.metrics = metrics;
    this.sizes = sizes;
    this.bars = bars;
    this.least = this.#limits(LEAST);
    const leastOf = (/** @type {Node} */ { name }) => {
      const size = sizes.of.get(name);
      return (size && this.least.get(size)) ?? 1;
    };
    this.#ways = segments.map((lanes) =>
      lanes.map(({ nodes, room }) => linesOf(nodes, metrics, room, leastOf)),
    );
    this.most = this.#limits(LARGEST);
    this.#bound();
    for (const size of this.leaders) this.#set(size, this.least.get(size) ?? 1);
  }

  /** @returns {Cells} what was chosen last */
  get cells() {
    return new Map([...this.#cells].map(([{ key }, cell]) => [key, cell]));
  }

  /** Shapes whose cells are not those of what they are pooled from. */
  get leaders() {
    return this.sizes.sizes.filter((size) => size.leader === size);
  }

  /**
   * As large as the length allows.
   * @param {number} length device pixels
   * @param {number} [high] the largest measure
   * @returns {Pick[] | null} one a segment; null where not even the least cells fit
   */
  fill(length, high = MOST) {
    const shortest = this.#length();
    if (shortest > length || shortest === Infinity) return null;
    let [low, top] = [0, high];
    for (let i = 0; i < STEPS; i++) {
      const measure = (low + top) / 2;
      this.#measure(measure);
      if (this.#length() <= length) low = measure;
      else top = measure;
    }
    this.#measure(low);
    this.#useUp(length, Math.max(low, 0.5));
    this.#enlargePooled(length);
    return this.#arranged(length);
  }

  /** @returns {number} with the least cells */
  shortest() {
    return this.#length();
  }

  /** @param {number} measure times the size that one likes to look at */
  #measure(measure) {
    for (const size of this.leaders) this.#set(size, Math.round(this.#target(size) * measure));
  }

  /** One pixel after the other, to the shape that is furthest behind, while there is room. */
  /** @param {number} length @param {number} measure */
  #useUp(length, measure) {
    const growing = new Set(this.leaders);
    const share = (/** @type {Size} */ size) => this.#cell(size) / this.#target(size);
    while (growing.size) {
      const [size] = [...growing].sort((a, b) => share(a) - share(b));
      if (!size) return;
      const before = new Map(this.#cells);
      this.#set(size, this.#cell(size) + 1);
      const ahead = share(size) > Math.max(AHEAD * measure, 1);
      if (this.#cell(size) !== before.get(size) && !ahead && this.#length() <= length) continue;
      this.#cells = before;
      growing.delete(size);
    }
  }

  /** Where the cells are small, pooled maps are drawn larger than half, but never as large as their source. */
  /** @param {number} length */
  #enlargePooled(length) {
    for (const { from, to } of this.sizes.poolings) {
      const source = this.#cell(from);
      const free = to.kind === 'map' && to.given === undefined && this.#cell(to) === source;
      if (!free || source >= this.metrics.px(SMALL)) continue;
      const before = new Map(this.#cells);
      for (const quarters of QUARTERS) {
        this.#cells.set(to, (quarters * source) / 4);
        if (this.#sound() && this.#length() <= length) break;
        this.#cells = new Map(before);
      }
    }
  }

  /** Cells are whole pixels, and every pooled map is smaller than its source, no more than its stride makes it. */
  #sound() {
    const whole = [...this.#cells].every(
      ([size, cell]) => Number.isInteger(cell) && cell <= (this.most.get(size) ?? cell),
    );
    return (
      whole &&
      this.sizes.poolings.every(({ from, to, most }) => {
        const times = this.#cell(to) / this.#cell(from);
        return times === 1 || (times > 1 && times <= most);
      })
    );
  }

  /** @param {number} length @returns {Pick[]} the lines that read best in what is left */
  #arranged(length) {
    let left = length - this.#length();
    return this.segments.map((lanes, i) => {
      const shortest = this.#segment(i);
      const longest = shortest + left;
      const found = lanes.map((run, lane) => this.#grid(run, i, lane, longest));
      const main = Math.max(...found.map((one) => one?.main ?? 0));
      left -= main - shortest;
      return { main, grids: found.flatMap((one) => one?.grid ?? []) };
    });
  }

  /** With the shortest grids; infinite where a run does not fit across. */
  #length() {
    return this.segments.reduce((sum, _, i) => sum + this.#segment(i), 0);
  }

  /** @param {number} i */
  #segment(i) {
    const lanes = this.segments[i] ?? [];
    return Math.max(...lanes.map((run, lane) => this.#grid(run, i, lane)?.main ?? Infinity));
  }

  /** @param {Run} run @param {number} i @param {number} lane @param {number} [longest] */
  #grid({ nodes, room }, i, lane, longest) {
    const ways = this.#ways[i]?.[lane] ?? [];
    return gridFor(nodes, this.metrics, room, ways, this.#cellOf, this.bars, longest);
  }

  #cellOf = (/** @type {Node} */ node) => {
    const size = this.sizes.of.get(node.name);
    return size ? this.#cell(size) : 1;
  };

  /** @param {Size} size */
  #cell(size) {
    return this.#cells.get(size) ?? 1;
  }

  /** A shape and all that follow it, within what each may be. */
  /** @param {Size} leader @param {number} cell */
  #set(leader, cell) {
    const most = this.most.get(leader) ?? cell;
    const within = Math.max(this.least.get(leader) ?? 1, Math.min(most, cell));
    for (const size of this.sizes.sizes)
      if (size.leader === leader || size === leader) this.#cells.set(size, size.given ?? within);
    for (const { from, to, most: times } of this.sizes.poolings)
      if (to.kind !== 'map' && to.given === undefined)
        this.#cells.set(
          to,
          Math.max(1, Math.min(this.#cell(to), Math.floor(times * this.#cell(from)))),
        );
  }

  /** Side of a cell that one likes to look at, device pixels. */
  /** @param {Size} size */
  #target({ kind, leader }) {
    const { dpr, axis } = this.metrics;
    if (kind === 'unit') return 11 * dpr;
    if (kind === 'read') return (axis === 'x' ? 24 : 34) * dpr;
    const likes = this.sizes.sizes
      .filter((size) => size.leader === leader && size.kind === 'map')
      .map(({ rows }) => Math.max(4, Math.min(10, 26 / Math.sqrt(rows))));
    return dpr * (likes.reduce((sum, like) => sum + like, 0) / likes.length);
  }

  /** @param {typeof LEAST} of @returns {Map<Size, number>} device pixels */
  #limits(of) {
    const { px } = this.metrics;
    return new Map(this.sizes.sizes.map((size) => [size, px(of[size.kind])]));
  }

  /**
   * No larger than fits across in the flattest grid, than lets a leader's followers fit, and than
   * cells that are given.
   */
  #bound() {
    this.segments.forEach((lanes, i) =>
      lanes.forEach(({ nodes, room }, lane) => {
        const ways = this.#ways[i]?.[lane] ?? [];
        for (const node of nodes) {
          const size = this.sizes.of.get(node.name);
          if (!size) continue;
          const fits = ways.map((lines) => mostIn(node, this.metrics, room, lines));
          const most = Math.max(1, ...fits);
          for (const bound of [size, size.leader])
            this.most.set(bound, Math.min(this.most.get(bound) ?? most, most));
        }
      }),
    );
    for (const { given, leader } of this.sizes.sizes)
      if (given !== undefined)
        this.most.set(leader, Math.min(this.most.get(leader) ?? given, given));
    for (const [size, most] of this.most)
      this.least.set(size, size.given ?? Math.min(this.least.get(size) ?? 1, most));
  }
}
