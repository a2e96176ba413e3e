// The ways to lay out a run of layers in lines, and how long each is for cells of given sizes.

/** @import { Node } from './nodes.js' */
/** @import { Metrics } from './metrics.js' */

/**
 * One grid for all layers of a run, so that map k stays beside map k.
 * @typedef {object} Lines
 * @property {number} across tiles side by side, left to right
 * @property {number} down
 * @property {number} emptiness of the last line, 0..1
 */

/**
 * @typedef {object} Grid
 * @property {number} across @property {number} down
 * @property {number[]} cells one a layer, device pixels
 * @property {number[]} mains length along the main axis, one a layer
 */

/** @typedef {(node: Node) => number} CellOf device pixels */

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
 * @param {CellOf} leastOf
 * @returns {Lines[]}
 */
export function linesOf(nodes, metrics, room, leastOf) {
  const { axis } = metrics;
  const [first] = nodes;
  if (!first) return [];
  const count = first.channels.length;
  if (nodes.some(({ look }) => look === 'bars'))
    return [
      axis === 'x'
        ? { across: 1, down: count, emptiness: 0 }
        : { across: count, down: 1, emptiness: 0 },
    ];
  /** @type {Lines[]} */
  const all = [];
  for (let across = 1; across <= count; across++) {
    const down = first.blocks.reduce((sum, block) => sum + Math.ceil(block / across), 0);
    if (down === all.at(-1)?.down) continue; // the same lines with more room in them
    const emptiness = Math.max(...first.blocks.map((n) => Math.ceil(n / across) - n / across));
    all.push({ across, down, emptiness });
  }
  const well = all.filter(
    ({ emptiness, down }) =>
      emptiness <= 1 - FILLED && (first.look !== 'units' || axis === 'y' || down <= TALLEST),
  );
  const fits = well.some((lines) =>
    nodes.every((node) => mostIn(node, metrics, room, lines) >= leastOf(node)),
  );
  return fits ? well : all;
}

/**
 * The largest cell of a layer in a grid that fits across.
 * @param {Node} node
 * @param {Metrics} metrics
 * @param {number} room across
 * @param {Lines} lines
 */
export function mostAcross(node, { axis, blockGap }, room, { across, down }) {
  const { gap, rows, blocks, look } = node;
  if (look === 'bars' || axis === 'y')
    return Math.floor(
      ((room + gap) / (axis === 'x' ? down : across) - gap) / columnsOf(node, axis),
    );
  const between = (blocks.length - 1) * (blockGap - gap);
  return Math.floor(((room - between + gap) / down - gap) / rows);
}

/** The same where it is to be no longer than the stage, either. @type {typeof mostAcross} */
export function mostIn(node, metrics, room, lines) {
  const across = mostAcross(node, metrics, room, lines);
  if (node.look === 'bars') return across;
  const { gap, rows, columns, blocks } = node;
  const { axis, blockGap, mainPx } = metrics;
  const [count, cells] = axis === 'x' ? [lines.across, columns] : [lines.down, rows];
  const between = axis === 'x' ? 0 : (blocks.length - 1) * (blockGap - gap);
  return Math.min(across, Math.floor(((mainPx - between + gap) / count - gap) / cells));
}

/** @param {Node} node @param {'x' | 'y'} axis */
function columnsOf({ look, columns }, axis) {
  return look === 'bars' && axis === 'x' ? 1 : columns;
}

/**
 * @param {readonly Node[]} nodes
 * @param {Metrics} metrics
 * @param {Lines} lines
 * @param {CellOf} cellOf
 * @param {number} bars length of the answer
 * @returns {number[]} of each layer along the main axis
 */
export function mainsOf(nodes, { axis, blockGap }, { across, down }, cellOf, bars) {
  return nodes.map((node) => {
    const { look, gap, rows, columns, blocks, caption } = node;
    if (look === 'bars') return bars;
    const [count, cells] = axis === 'x' ? [across, columns] : [down, rows];
    const between = axis === 'x' ? 0 : (blocks.length - 1) * (blockGap - gap);
    return Math.max(count * (cells * cellOf(node) + gap) - gap + between, caption);
  });
}

/**
 * The shortest grid that fits across, or the one that reads best among those of at most a length.
 * @param {readonly Node[]} nodes
 * @param {Metrics} metrics
 * @param {number} room across
 * @param {readonly Lines[]} ways
 * @param {CellOf} cellOf
 * @param {number} bars
 * @param {number} [longest] device pixels; the shortest where it is not given
 * @returns {{ grid: Grid, main: number } | null} null where none fits across
 */
export function gridFor(nodes, metrics, room, ways, cellOf, bars, longest = 0) {
  /** @type {{ lines: Lines, mains: number[], main: number, price: number } | null} */
  let best = null;
  for (const lines of ways) {
    if (nodes.some((node) => cellOf(node) > mostAcross(node, metrics, room, lines))) continue;
    const mains = mainsOf(nodes, metrics, lines, cellOf, bars);
    const main = mains.reduce((a, b) => a + b, 0);
    const price = main <= longest ? priceOf(nodes, metrics, lines) : main + 10;
    if (!best || price < best.price || (price === best.price && main < best.main))
      best = { lines, mains, main, price };
  }
  if (!best) return null;
  const { across, down } = best.lines;
  return { grid: { across, down, cells: nodes.map(cellOf), mains: best.mains }, main: best.main };
}

/** How badly a grid reads, 0..10. */
/** @param {readonly Node[]} nodes @param {Metrics} metrics @param {Lines} lines */
function priceOf(nodes, { axis }, { across, down, emptiness }) {
  const units = nodes.every(({ look }) => look === 'units');
  const far = units ? Math.abs(Math.log2((axis === 'x' ? down : across) / WELL[axis])) : 0;
  return Math.min(10, far + 1.5 * emptiness);
}
