// Where the labels of layers stand on the screen: facing the reader, beside their layer, never on
// each other; from one that could not stay close a line leads to its layer.

import {
  apart,
  covered,
  crosses,
  edgeAt,
  outlineOf,
  outside,
  overlap,
  within,
} from './outlines.js';

/** @import { Rect } from '../types.d.ts' */
/** @import { Block } from './labels.js' */
/** @import { Leader, Outline } from './outlines.js' */
/** @import { Camera, Stand } from './types.d.ts' */

/**
 * @typedef {object} Label
 * @property {Block} block
 * @property {number} x @property {number} y its upper left corner
 * @property {Leader | null} leader
 */

/** @typedef {{ x: number, y: number, leader: Leader | null, cost: number, block: Block }} Place */

/** Above it stand the controls. */
const TOP = 42;
const EDGE = 6;
const NEAR = 9;
const STEP = 20;
const STEPS = 8;
/** A label further from its layer than this needs a line to it. */
const CLOSE = 20;
/** What it costs to be led to, to stand closer to another layer than to one's own, */
const LED = 60;
const MISREAD = 150;
/** that its line strikes through another label, */
const STRUCK = 1500;
/** to be brief, on a wide stage and on a phone. */
const BRIEF = { wide: 220, small: 30 };
/** to have no label at all. */
const LEFT_OUT = 2000;
/** Up to this, for each label, no other order is tried. */
const EASY = 60;
/** What is covered of a label's own layer, of another one, a square pixel. */
const OWN = 0.8;
const OTHER = 1.5;
/** On a phone a line longer than this crosses too much. */
const LONGEST = 90;
/** Stages narrower than this are a phone's. */
const SMALL = 700;

/**
 * Each label below its layer if there is room, else further down, above or beside it: the place that
 * costs least. And in which order the labels took their places.
 *
 * @param {readonly Block[]} blocks
 * @param {Camera} camera
 * @param {Stand} stand
 * @param {readonly Rect[]} taken
 * @param {number | null} [order] the one to keep; while the picture turns, trying others would make
 *   labels jump
 * @returns {{ labels: Label[], order: number }}
 */
export function placeLabels(blocks, camera, stand, taken, order = null) {
  const outlines = new Map(blocks.map((block) => [block, outlineOf(block.plane, camera)]));
  const seen = blocks.filter((block) => !outside(outlines.get(block), stand));
  const answers = seen.filter(({ plane }) => plane.look === 'bars');
  const others = seen.filter((block) => !answers.includes(block));
  // the answer first: with its names beside it, it has the fewest places to choose from
  const back = others.toReversed();
  const orders = [answers.concat(others), back.concat(answers), answers.concat(back)];
  let best = { labels: /** @type {Label[]} */ ([]), cost: Infinity, order: 0 };
  for (const [i, turn] of orders.entries()) {
    if (order !== null && order !== i) continue;
    const way = placeInTurn(turn, outlines, stand, taken);
    if (way.cost < best.cost) best = { ...way, order: i };
    if (i === 0 && way.cost < EASY * seen.length) break;
  }
  return best;
}

/**
 * @param {readonly Block[]} blocks
 * @param {ReadonlyMap<Block, Outline>} seen
 * @param {Stand} stand
 * @param {readonly Rect[]} taken
 * @returns {{ labels: Label[], cost: number }}
 */
function placeInTurn(blocks, seen, stand, taken) {
  const outlines = [...seen.values()];
  /** @type {Rect[]} */
  const placed = [...taken];
  /** @type {Leader[]} */
  const leaders = [];
  let cost = 0;
  // a sheet leaves the stage of a phone no room for more
  const low = stand.width <= SMALL && stand.width > stand.height;
  const labels = blocks.flatMap((block) => {
    const own = /** @type {Outline} */ (seen.get(block));
    const asked = { own, outlines, stand, placed, leaders };
    const best = chosen((low && block.brief) || block, asked);
    cost += best?.cost ?? LEFT_OUT;
    if (!best) return [];
    placed.push(rectOf(best.block, best.x, best.y));
    if (best.leader) leaders.push(best.leader);
    return [{ block: best.block, x: best.x, y: best.y, leader: best.leader }];
  });
  return { labels, cost };
}

/** Whole, or where that pays brief, or briefer still. */
/** @param {Block} block @param {Asked} asked @param {number} [below] what it may cost @returns {Place | null} */
function chosen(block, asked, below = Infinity) {
  const saved = asked.stand.width > SMALL ? BRIEF.wide : BRIEF.small;
  const full = servingPlace(block, asked, below);
  if (!block.brief) return full;
  const brief = chosen(block.brief, asked, (full?.cost ?? below) - saved);
  return brief ? { ...brief, cost: brief.cost + saved } : full;
}

/** @param {Block} block @param {Asked} asked @param {number} below @returns {Place | null} */
function servingPlace(block, asked, below) {
  const best = bestPlace(block, asked, below);
  return best && serves(best, asked) ? best : null;
}

/**
 * Rather no label than two that cannot be read, one under the controls or cut by the stage's end, or
 * on a phone one that hides another layer.
 *
 * @param {Place} place
 * @param {Asked} asked
 */
function serves({ block, x, y, leader }, { own, outlines, placed, stand }) {
  const rect = rectOf(block, x, y);
  if (y < TOP || y + block.height > stand.height) return false;
  if (placed.some((other) => overlap(rect, other) > 0)) return false;
  if (stand.width > SMALL) return true;
  if (leader && Math.hypot(leader[2] - leader[0], leader[3] - leader[1]) > LONGEST) return false;
  const most = (block.width * block.height) / 6;
  return outlines.every((outline) => outline === own || covered(rect, outline) < most);
}

/**
 * @typedef {object} Asked
 * @property {Outline} own
 * @property {readonly Outline[]} outlines
 * @property {Stand} stand
 * @property {readonly Rect[]} placed
 * @property {readonly Leader[]} leaders
 */

/** @param {Block} block @param {Asked} asked @param {number} below what it may cost @returns {Place | null} */
function bestPlace(block, asked, below) {
  const { width } = asked.stand;
  /** @type {Place | null} */
  let best = null;
  let least = below;
  /** @param {number} wanted @param {number} y @param {number} away */
  const consider = (wanted, y, away) => {
    if (away >= least) return;
    const x = Math.max(EDGE, Math.min(width - EDGE - block.width, wanted));
    const rect = rectOf(block, x, y);
    const cost = crowd(rect, asked, away + Math.abs(x - wanted), least);
    if (cost >= least) return;
    const misread = closerToOther(rect, asked);
    const far = misread || apart(rect, asked.own) > CLOSE;
    const leader = far ? leaderOf(rect, asked) : null;
    const whole = cost + (misread ? MISREAD : 0) + (leader ? LED + crossed(leader, asked) : 0);
    if (whole >= least) return;
    least = whole;
    best = { x, y, leader, cost: whole, block };
  };
  tryPlaces(asked.own, block, asked.stand, consider);
  return best;
}

/** @param {Block} block @param {number} x @param {number} y @returns {Rect} */
function rectOf({ width, height }, x, y) {
  return { x, y, width, height };
}

/**
 * The cheapest first.
 *
 * @param {Outline} outline
 * @param {Block} block
 * @param {Stand} stand
 * @param {(x: number, y: number, cost: number) => void} consider
 */
function tryPlaces(outline, { width, height }, stand, consider) {
  const { x0, x1, top, bottom } = outline;
  const beside = (top[0] + top[1] + bottom[0] + bottom[1]) / 4 - height / 2;
  // on an upright stage layers climb to the right: below each one's right corner there is room
  if (stand.height > stand.width)
    for (let i = 0; i < STEPS; i++) consider(x1 + 6, bottom[1] - height - i * 10, 20 * i - 100);
  /** @param {number} x @param {number} off @param {number} cost */
  const aboveAndBelow = (x, off, cost) => {
    const end = x + width;
    const under = Math.max(edgeAt(outline, 'bottom', x), edgeAt(outline, 'bottom', end));
    const over = Math.min(edgeAt(outline, 'top', x), edgeAt(outline, 'top', end));
    consider(x, under + off, cost);
    consider(x, over - height - off, cost + 30);
  };
  for (let i = 0; i < STEPS; i++) {
    const off = NEAR + i * STEP;
    aboveAndBelow((x0 + x1 - width) / 2, off, 2 * off);
    aboveAndBelow(i ? x1 - 4 : x0, off, 2 * off + 14);
    aboveAndBelow(i ? x0 + 4 - width : x1 - width, off, 2 * off + 14);
    consider(x0 - width - off, beside, 2 * off + 45);
    consider(x1 + off, beside, 2 * off + 45);
  }
}

/** What stands where the label would, or is led across it; no further than `least`. */
/** @param {Rect} rect @param {Asked} asked @param {number} away @param {number} least */
function crowd(rect, { own, placed, outlines, leaders, stand }, away, least) {
  const { y, height } = rect;
  let cost = away + 400 * (Math.max(0, TOP - y) + Math.max(0, y + height + EDGE - stand.height));
  for (const other of placed) {
    if (cost >= least) return cost;
    cost += 60 * overlap(rect, other, 4);
  }
  for (const outline of outlines) {
    if (cost >= least) return cost;
    cost += (outline === own ? OWN : OTHER) * covered(rect, outline);
  }
  for (const leader of leaders) if (crosses(leader, rect)) cost += STRUCK;
  return cost;
}

/** What a line to the layer would cross. */
/** @param {Leader} leader @param {Asked} asked */
function crossed(leader, { placed, own, outlines }) {
  const [x0, y0, x1, y1] = leader;
  let cost = 0.8 * Math.hypot(x1 - x0, y1 - y0);
  for (const other of placed) if (crosses(leader, other)) cost += STRUCK;
  for (const outline of outlines)
    if (outline !== own)
      for (const t of [0.25, 0.5, 0.75, 1])
        if (within(outline, x0 + (x1 - x0) * t, y0 + (y1 - y0) * t)) cost += 25;
  return cost;
}

/** @param {Rect} rect @param {Asked} asked */
function closerToOther(rect, { own, outlines }) {
  const off = Math.min(12, apart(rect, own));
  return off > 0 && outlines.some((other) => other !== own && apart(rect, other) < off);
}

/**
 * To a place of the layer that is seen, if there is one.
 *
 * @param {Rect} rect
 * @param {Asked} asked
 * @returns {Leader | null}
 */
function leaderOf(rect, { own, outlines }) {
  const middle = (own.x0 + own.x1) / 2;
  /** @type {Leader | null} */
  let best = null;
  let least = Infinity;
  for (const px of [own.x0 + 2, middle, own.x1 - 2])
    for (const side of /** @type {const} */ (['bottom', 'top'])) {
      const py = edgeAt(own, side, px) + (side === 'top' ? 2 : -2);
      const hidden = outlines.some((other) => other.depth < own.depth && within(other, px, py));
      const [x, y] = startOf(rect, px, py);
      const cost = Math.hypot(px - x, py - y) + (hidden ? 500 : 0);
      if (cost >= least) continue;
      least = cost;
      best = [x, y, px, py];
    }
  return best;
}

/** From which edge of a label a line to a point begins. */
/** @param {Rect} rect @param {number} px @param {number} py @returns {readonly [x: number, y: number]} */
function startOf({ x, y, width, height }, px, py) {
  const across = Math.max(x + 4, Math.min(x + width - 4, px));
  if (py < y) return [across, y + 1];
  if (py > y + height) return [across, y + height - 1];
  return [px < x ? x - 3 : x + width + 3, y + height / 2];
}
