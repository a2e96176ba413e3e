// All ways to lay out a run of layers in a given room across, and which of them are worth keeping.

/** @import { Node } from './nodes.js' */
/** @import { Metrics } from './metrics.js' */

/**
 * What the layout tries: targets times `scale`, cells of at least these CSS pixels.
 * @typedef {object} Attempt
 * @property {number} scale
 * @property {number} map least cell of a map
 * @property {number} unit least cell of a unit
 * @property {number} longest no layer may be longer than this, device pixels
 */

/**
 * One way to lay out a run: the grid and a cell for each layer.
 * @typedef {object} Grid
 * @property {number} across tiles side by side, left to right
 * @property {number} down
 * @property {number[]} cells one a layer
 * @property {number[]} mains length along the main axis, one a layer
 */

/**
 * @typedef {object} Candidate
 * @property {number} main whole length, without gutters
 * @property {number} loss
 * @property {boolean} ok every layer gets at least 0.8 of its target
 * @property {Grid[]} grids one a lane
 */

/** @typedef {{ main: number, loss: number, ok: boolean, cells: number[], mains: number[] }} Partial */

const FILLED = 0.65; // of the last line, at least
const LARGEST = { map: 12, unit: 14, read: 26, readDown: 34 };

/**
 * @param {Node[]} nodes a run that shares one grid
 * @param {Metrics} metrics
 * @param {number} room across, for cells
 * @param {Attempt} attempt
 * @param {number} bars length of the answer, device pixels
 * @returns {Candidate[]} Pareto front, shortest first; [] when nothing fits
 */
export function candidates(nodes, metrics, room, attempt, bars) {
  if (nodes.some(({ look }) => look === 'bars'))
    return readout(nodes, metrics, room, attempt, bars);
  const front = gridCandidates(nodes, metrics, room, attempt, FILLED);
  return front.length ? front : gridCandidates(nodes, metrics, room, attempt, 0);
}

/** @param {Node[]} nodes @param {Metrics} metrics @param {number} room @param {Attempt} attempt @param {number} filled */
function gridCandidates(nodes, metrics, room, attempt, filled) {
  const [first] = nodes;
  if (!first) return [];
  /** @type {Candidate[]} */
  const all = [];
  let before = 0;
  for (let across = 1; across <= first.channels.length; across++) {
    const down = first.blocks.reduce((sum, count) => sum + Math.ceil(count / across), 0);
    if (down === before) continue; // the same lines with more room in them
    before = down;
    const emptiness = lastLine(first.blocks, across);
    if (emptiness > 1 - filled) continue;
    for (const { main, loss, ok, cells, mains } of sized(
      nodes,
      metrics,
      room,
      attempt,
      across,
      down,
    ))
      all.push({
        main,
        loss: loss + 1.5 * emptiness,
        ok,
        grids: [{ across, down, cells, mains }],
      });
  }
  return pareto(all);
}

/** @param {number[]} blocks @param {number} across @returns {number} emptiest last line, 0..1 */
function lastLine(blocks, across) {
  return Math.max(...blocks.map((n) => Math.ceil(n / across) - n / across));
}

/**
 * Cells for a given grid. Each layer must fit across by itself, so the sizes are independent and
 * the fronts of the layers add up.
 * @param {Node[]} nodes
 * @param {Metrics} metrics
 * @param {number} room
 * @param {Attempt} attempt
 * @param {number} across
 * @param {number} down
 */
function sized(nodes, metrics, room, attempt, across, down) {
  /** @type {Partial[]} */
  let front = [{ main: 0, loss: 0, ok: true, cells: [], mains: [] }];
  for (const node of nodes) {
    const options = cellOptions(node, metrics, room, attempt, across, down);
    front = pareto(
      front.flatMap((a) =>
        options.map((b) => ({
          main: a.main + b.main,
          loss: a.loss + b.loss,
          ok: a.ok && b.ok,
          cells: [...a.cells, b.cell],
          mains: [...a.mains, b.main],
        })),
      ),
    );
  }
  return front;
}

/** @param {Node} node @param {Metrics} metrics @param {number} room @param {Attempt} attempt @param {number} across @param {number} down */
function cellOptions(node, metrics, room, attempt, across, down) {
  const { axis, px, blockGap } = metrics;
  const { gap, rows, columns, look } = node;
  const kind = look === 'units' ? 'unit' : 'map';
  const extra = (node.blocks.length - 1) * (blockGap - gap); // between blocks, downwards
  const x = axis === 'x';
  const side = (/** @type {number} */ n, /** @type {number} */ cells, /** @type {number} */ c) =>
    n * (cells * c + gap) - gap;
  const most = Math.min(
    px(LARGEST[kind] * attempt.scale),
    x
      ? Math.floor(((room - extra + gap) / down - gap) / rows)
      : Math.floor(((room + gap) / across - gap) / columns),
  );
  const target = targetOf(node) * metrics.dpr * attempt.scale;
  const whisper = look === 'units' ? 0.012 * Math.abs((x ? down : across) - (x ? 24 : 30)) : 0;
  const options = [];
  for (let cell = Math.max(1, px(attempt[kind])); cell <= most; cell++) {
    const length = x ? side(across, columns, cell) : side(down, rows, cell) + extra;
    if (length > attempt.longest) break;
    const main = Math.max(length, node.caption);
    options.push({ cell, main, loss: loss(cell, target) + whisper, ok: cell >= 0.8 * target });
  }
  return options;
}

/** Side of a cell that one likes to look at, CSS pixels. */
/** @param {Node} node */
function targetOf({ look, rows }) {
  return look === 'units' ? 11 : Math.max(4, Math.min(10, 26 / Math.sqrt(rows)));
}

/** Squared, so that the want is shared evenly; above the target it hurts less. */
/** @param {number} cell @param {number} target */
function loss(cell, target) {
  const octaves = Math.log2(cell / target);
  return octaves * octaves * (octaves > 0 ? 0.35 : 1);
}

/**
 * The answer, and the scores beside it if they are there: one line, one size for both.
 * @param {Node[]} nodes
 * @param {Metrics} metrics
 * @param {number} room
 * @param {Attempt} attempt
 * @param {number} bars
 * @returns {Candidate[]}
 */
function readout(nodes, metrics, room, { scale }, bars) {
  const { px, dpr, unitGap } = metrics;
  const along = metrics.axis === 'x';
  const count = nodes[0]?.channels.length ?? 0;
  const grow = along ? Math.min(scale, 1.5) : 1;
  const most = Math.min(
    px((along ? LARGEST.read : LARGEST.readDown) * grow),
    Math.floor((room + unitGap) / count) - unitGap,
  );
  const target = along ? 24 * dpr * scale : 34 * dpr;
  const grid = along ? { across: 1, down: count } : { across: count, down: 1 };
  /** @type {Candidate[]} */
  const all = [];
  for (let cell = Math.min(px(14), most); cell <= most; cell++) {
    const mains = nodes.map(({ look, caption }) =>
      look === 'bars' ? bars : Math.max(cell, caption),
    );
    all.push({
      main: mains.reduce((a, b) => a + b, 0),
      loss: loss(cell, target) * (nodes.length - 0.5), // the answer has half the say
      ok: !along || nodes.length === 1 || cell >= 0.8 * target,
      grids: [{ ...grid, cells: nodes.map(() => cell), mains }],
    });
  }
  return pareto(all);
}

/**
 * Drops whatever is longer than another and no better.
 * @template {{ main: number, loss: number }} T
 * @param {T[]} all
 * @returns {T[]} shortest first
 */
export function pareto(all) {
  all.sort((a, b) => a.main - b.main || a.loss - b.loss);
  let best = Infinity;
  return all.filter(({ loss: own }) => {
    if (own >= best - 1e-9) return false;
    best = own;
    return true;
  });
}

/**
 * Lanes of one rank: as long as the longest, the losses add up.
 * @param {Candidate[][]} lanes fronts
 * @returns {Candidate[]}
 */
export function sideBySide(lanes) {
  if (lanes.length === 1) return lanes[0] ?? [];
  const lengths = new Set(lanes.flat().map(({ main }) => main));
  /** @type {Candidate[]} */
  const all = [];
  for (const main of lengths) {
    const best = lanes.map((front) => front.findLast((candidate) => candidate.main <= main));
    const found = best.filter((candidate) => candidate !== undefined);
    if (found.length < lanes.length) continue;
    all.push({
      main,
      loss: found.reduce((sum, candidate) => sum + candidate.loss, 0),
      ok: found.every(({ ok }) => ok),
      grids: found.flatMap(({ grids }) => grids),
    });
  }
  return pareto(all);
}
