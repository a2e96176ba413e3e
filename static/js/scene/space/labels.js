// Where the names of layers and classes stand on the screen: facing the reader, beside their layer,
// never on each other.

import { captionText } from '../captions.js';
import { project } from './camera.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { BarValue, FontRole, Measure, Rect, StillValues, Tone } from '../types.d.ts' */
/** @import { Camera, Plane, Space, Stand, Vec3 } from './types.d.ts' */

/**
 * @typedef {object} Word
 * @property {string} text
 * @property {FontRole} font
 * @property {Tone} tone
 * @property {number} x of its left end, from the label's corner
 * @property {number} y of its baseline
 */

/**
 * @typedef {object} Block what is written for a layer, before it has a place
 * @property {Plane} plane
 * @property {readonly Word[]} words
 * @property {Rect | null} legend its bar, from the label's corner
 * @property {number} width
 * @property {number} height
 */

/**
 * @typedef {object} Label
 * @property {Block} block
 * @property {number} x @property {number} y its upper left corner
 * @property {readonly [x0: number, y0: number, x1: number, y1: number] | null} leader to its layer
 */

/**
 * @typedef {object} UnitName
 * @property {string} text
 * @property {FontRole} font
 * @property {Tone} tone
 * @property {number} x @property {number} y middle of its left or right end
 * @property {'left' | 'right'} align
 */

const LEGEND = { width: 64, height: 6 };

/**
 * @param {Space} space
 * @param {Graph} graph
 * @param {Measure} measure
 * @param {boolean} small a phone: one line less, and no legend
 * @returns {Block[]}
 */
export function blocksFor(space, graph, measure, small) {
  return space.planes.map((plane) => blockOf(plane, graph, measure, small));
}

/** @param {Plane} plane @param {Graph} graph @param {Measure} measure @param {boolean} small @returns {Block} */
function blockOf(plane, graph, measure, small) {
  const { fold, shape } = captionText(graph, plane.layer, plane.fold);
  const more = plane.hidden ? `+ ${plane.hidden} more` : '';
  const name = small ? 'nameSmall' : 'name';
  /** @type {[string, FontRole, Tone][][]} */
  const rows = [
    [[plane.layer, name, 'ink'], ...(small ? [] : [entry(fold, 'fold', 'ink3')])],
    [[[shape, more].filter(Boolean).join(' '), 'shape', 'ink2']],
  ];
  const widths = rows.map((row) =>
    row.reduce((sum, [text, font]) => sum + (text ? measure(text, font) + 5 : 0), -5),
  );
  const bar = !small && plane.look !== 'bars';
  const width = Math.ceil(Math.max(...widths, bar ? LEGEND.width : 0));
  const words = rows.flatMap((row, line) => {
    let x = (width - (widths[line] ?? 0)) / 2;
    return row.flatMap(([text, font, tone]) => {
      if (!text) return [];
      const word = { text, font, tone, x, y: 14 + 17 * line };
      x += measure(text, font) + 5;
      return [word];
    });
  });
  const legend = bar ? { x: (width - LEGEND.width) / 2, y: 40, ...LEGEND } : null;
  return { plane, words, legend, width, height: bar ? 62 : 35 };
}

/** @param {string} text @param {FontRole} font @param {Tone} tone @returns {[string, FontRole, Tone]} */
function entry(text, font, tone) {
  return [text, font, tone];
}

/** Above it stand the controls. */
const TOP = 42;
const EDGE = 6;
const NEAR = 10;
const STEP = 20;
const STEPS = 9;
const LEADER = 26;

/**
 * Each label below its layer if there is room, else further down, above or beside it: the place that
 * covers least. Labels never cover each other.
 *
 * @param {readonly Block[]} blocks
 * @param {Camera} camera
 * @param {Stand} stand
 * @param {readonly Rect[]} taken
 * @returns {Label[]}
 */
export function placeLabels(blocks, camera, stand, taken) {
  const outlines = blocks.map(({ plane }) => outlineOf(plane, camera));
  /** @type {Rect[]} */
  const placed = [...taken];
  return blocks.flatMap((block, i) => {
    const outline = /** @type {Rect} */ (outlines[i]);
    if (outside(outline, stand)) return [];
    let best = { cost: Infinity, x: 0, y: 0 };
    for (const [x, y, away] of candidates(outline, block, stand)) {
      const inside = Math.max(EDGE, Math.min(stand.width - EDGE - block.width, x));
      const rect = { x: inside, y, width: block.width, height: block.height };
      const moved = Math.abs(inside - x);
      const cost = away + moved + costOf(rect, placed, outlines, stand);
      if (cost < best.cost) best = { cost, x: inside, y };
    }
    const { x, y } = best;
    const rect = { x, y, width: block.width, height: block.height };
    // no place at all: rather no label than two that cannot be read
    if (placed.some((other) => overlap(rect, other, 0) > 0)) return [];
    placed.push(rect);
    return [{ block, x, y, leader: leaderOf(outline, block, x, y) }];
  });
}

/** @param {Plane} plane @param {Camera} camera @returns {Rect} */
function outlineOf({ x, thickness, bounds }, camera) {
  let [x0, x1, y0, y1] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const along of [x, x - thickness])
    for (const up of [bounds.y0, bounds.y1])
      for (const out of [bounds.z0, bounds.z1]) {
        const seen = project(camera, [along, up, out]);
        x0 = Math.min(x0, seen[0]);
        x1 = Math.max(x1, seen[0]);
        y0 = Math.min(y0, seen[1]);
        y1 = Math.max(y1, seen[1]);
      }
  return { x: x0, y: y0, width: x1 - x0, height: y1 - y0 };
}

/** @param {Rect} rect @param {Stand} stand */
function outside({ x, y, width, height }, stand) {
  return x + width < 0 || y + height < 0 || x > stand.width || y > stand.height;
}

/**
 * @param {Rect} outline @param {Block} block @param {Stand} stand
 * @returns {[x: number, y: number, cost: number][]}
 */
function candidates({ x, y, width, height }, block, stand) {
  const centred = x + width / 2 - block.width / 2;
  const beside = y + height / 2 - block.height / 2;
  /** @type {[number, number, number][]} */
  const found = [];
  // on an upright stage layers climb to the right: below each one's right corner there is room
  if (stand.height > stand.width) {
    const corner = y + height - block.height;
    for (let i = 0; i < STEPS; i++) found.push([x + width + 6, corner - i * 10, 20 * i - 100]);
  }
  for (let i = 0; i < STEPS; i++) {
    const off = NEAR + i * STEP;
    found.push([centred, y + height + off, 2 * off]);
    found.push([centred, y - block.height - off, 2 * off + 30]);
    found.push([x - block.width - off, beside, 2 * off + 45]);
    found.push([x + width + off, beside, 2 * off + 45]);
  }
  return found;
}

/** @param {Rect} rect @param {readonly Rect[]} placed @param {readonly Rect[]} outlines @param {Stand} stand */
function costOf(rect, placed, outlines, stand) {
  let cost = 0;
  for (const other of placed) cost += 60 * overlap(rect, other, 4);
  for (const outline of outlines) cost += 1.5 * overlap(rect, outline, 2);
  const { y, height } = rect;
  const out = Math.max(0, TOP - y) + Math.max(0, y + height + EDGE - stand.height);
  return cost + 400 * out;
}

/** @param {Rect} a @param {Rect} b @param {number} margin @returns {number} the area that they share */
function overlap(a, b, margin) {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x) + margin;
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y) + margin;
  return width > 0 && height > 0 ? width * height : 0;
}

/** @param {Rect} outline @param {Block} block @param {number} x @param {number} y @returns {Label['leader']} */
function leaderOf(outline, block, x, y) {
  const bottom = outline.y + outline.height;
  if (y - bottom < LEADER) return null;
  const middle = x + block.width / 2;
  return [middle, bottom + 4, middle, y - 1];
}

/** Rows closer than this carry the first guess alone. */
const ROW = 15;

/**
 * The names of classes beside the units of the answer, and how likely each is.
 *
 * @param {Space} space
 * @param {Graph} graph
 * @param {Camera} camera
 * @param {StillValues} values
 * @returns {UnitName[]}
 */
export function unitNames(space, graph, camera, values) {
  return space.planes.flatMap((plane) => {
    if (plane.look !== 'bars') return [];
    const bars = values.bars.get(plane.layer);
    const first = unitEnd(plane, 0, camera);
    const second = unitEnd(plane, Math.min(1, plane.channels.length - 1), camera);
    const close = Math.abs(first.y - second.y) < ROW;
    return Array.from(plane.channels).flatMap((channel, tile) => {
      const bar = bars?.[channel];
      if (close && !bar?.strong) return [];
      return [nameOf(graph.classes[channel] ?? '', bar, unitEnd(plane, tile, camera))];
    });
  });
}

/** @param {string} name @param {BarValue | undefined} bar @param {{ x: number, y: number, align: 'left' | 'right' }} end @returns {UnitName} */
function nameOf(name, bar, end) {
  const said = bar && bar.text !== '0' ? `${name}  ${bar.text}` : name;
  if (bar?.strong) return { ...end, text: said, font: 'classStrong', tone: 'ink' };
  return { ...end, text: said, font: 'shape', tone: bar?.tone ?? 'ink2' };
}

/** The end of a unit that lies to the right on the screen, where it reads on. */
/** @param {Plane} plane @param {number} tile @param {Camera} camera @returns {{ x: number, y: number, align: 'left' | 'right' }} */
function unitEnd({ x, y, z, cell, thickness }, tile, camera) {
  const middle = (y[tile] ?? 0) - cell / 2;
  const left = z[tile] ?? 0;
  const ends = [left, left + cell].flatMap((out) =>
    [x, x - thickness].map((along) => project(camera, /** @type {Vec3} */ ([along, middle, out]))),
  );
  const end = ends.reduce((most, one) => (one[0] > most[0] ? one : most));
  return { x: end[0] + 8, y: end[1], align: 'left' };
}
