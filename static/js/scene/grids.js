// The ways to lay out a run of layers in lines, and how long each is for cells of given sizes.

/** @import { Node } from './nodes.js' */
/** @import { Metrics } from './metrics.js' */

/**
 * One grid for all layers of a run, so that map k stays beside map k.
 * @typedef {object} Lines
 * @property {number} long tiles along the flow
 * @property {number} wide tiles across
 * @property {number} emptiness of the last line, 0..1
 */

/**
 * @typedef {object} Grid
 * @property {number} long @property {number} wide
 * @property {number[]} mains length along the main axis, one a layer
 */

const FILLED = 0.65; // of the last line, at least
/** Units above each other. */
const TALLEST = 32;
/** Lines of units that read well: not one long one, not many short ones. */
const WELL = { x: 24, y: 30 };

/**
 * Those with a well filled last line and no line too long, where one of them has room for the least
 * cells; else all.
 * @param {readonly Node[]} nodes a run that shares one grid
 * @param {Metrics} metrics
 * @param {number} room across
 * @returns {Lines[]}
 */
export function linesOf(nodes, metrics, room) {
  const [first] = nodes;
  if (!first) return [];
  const count = first.channels.length;
  if (nodes.some(({ look }) => look === 'bars')) return [{ long: 1, wide: count, emptiness: 0 }];
  const x = metrics.axis === 'x';
  /** @type {Lines[]} */
  const all = [];
  let last = 0;
  for (let across = 1; across <= count; across++) {
    const down = first.blocks.reduce((sum, block) => sum + Math.ceil(block / across), 0);
    if (down === last) continue; // the same lines with more room in them
    last = down;
    const emptiness = Math.max(...first.blocks.map((n) => Math.ceil(n / across) - n / across));
    all.push(x ? { long: across, wide: down, emptiness } : { long: down, wide: across, emptiness });
  }
  const well = all.filter(
    ({ emptiness, wide }) =>
      emptiness <= 1 - FILLED && (first.look !== 'units' || !x || wide <= TALLEST),
  );
  const fits = well.some((lines) =>
    nodes.every((node) => mostIn(node, metrics, room, lines) >= node.size.least),
  );
  return fits ? well : all;
}

/** The largest cell of a layer in a grid that fits across. */
/** @param {Node} node @param {number} room @param {Lines} lines */
function mostAcross({ gap, wide, between }, room, lines) {
  return Math.floor(((room - between.across + gap) / lines.wide - gap) / wide);
}

/**
 * The same where it is to be no longer than the stage, either.
 * @param {Node} node
 * @param {Metrics} metrics
 * @param {number} room across
 * @param {Lines} lines
 */
export function mostIn(node, { mainPx }, room, lines) {
  const across = mostAcross(node, room, lines);
  const { gap, long, between, look } = node;
  if (look === 'bars') return across;
  return Math.min(across, Math.floor(((mainPx - between.along + gap) / lines.long - gap) / long));
}

/**
 * The shortest grid that fits across, or the one that reads best among those of at most a length.
 * @param {readonly Node[]} nodes
 * @param {Metrics} metrics
 * @param {number} room across
 * @param {readonly Lines[]} ways
 * @param {number} bars length of the answer
 * @param {number} [longest] device pixels; the shortest where it is not given
 * @returns {{ grid: Grid, main: number } | null} null where none fits across
 */
export function gridFor(nodes, metrics, room, ways, bars, longest = 0) {
  /** @type {{ grid: Grid, main: number, price: number } | null} */
  let best = null;
  for (const lines of ways) {
    if (nodes.some((node) => node.size.cell > mostAcross(node, room, lines))) continue;
    const mains = nodes.map((node) => mainOf(node, lines, bars));
    const main = mains.reduce((a, b) => a + b, 0);
    const price = main <= longest ? priceOf(nodes, metrics, lines) : main + 10;
    if (!best || price < best.price || (price === best.price && main < best.main))
      best = { grid: { long: lines.long, wide: lines.wide, mains }, main, price };
  }
  return best;
}

/** Length of a layer along the main axis. */
/** @param {Node} node @param {Lines} lines @param {number} bars */
function mainOf({ look, gap, long, between, caption, size }, lines, bars) {
  if (look === 'bars') return bars;
  return Math.max(lines.long * (long * size.cell + gap) - gap + between.along, caption);
}

/** How badly a grid reads, 0..10. */
/** @param {readonly Node[]} nodes @param {Metrics} metrics @param {Lines} lines */
function priceOf(nodes, { axis }, { wide, emptiness }) {
  const units = nodes.every(({ look }) => look === 'units');
  const far = units ? Math.abs(Math.log2(wide / WELL[axis])) : 0;
  return Math.min(10, far + 1.5 * emptiness);
}
