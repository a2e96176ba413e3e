// Where the labels of layers stand on the screen: facing the reader, beside their layer, never on
// each other. Each takes the first place that is free, brief where there is no room for all of it:
// close to its layer, or further away, with a line that leads there.

import { aroundPoints, clamp, meet } from '../metrics.js';
import { isSmall, project } from './camera.js';

/** @import { Point, Rect } from '../types.d.ts' */
/** @import { Block } from './labels.js' */
/** @import { Camera, Plane, Stand } from './types.d.ts' */

/** @typedef {readonly [x0: number, y0: number, x1: number, y1: number]} Leader from the label to its layer */

/**
 * @typedef {object} Label
 * @property {Block} block
 * @property {number} x @property {number} y its upper left corner
 * @property {Leader | null} leader
 */

/**
 * How a plane is seen: two slanted edges, and two upright sides from above to below, 0..1.
 *
 * @typedef {object} Edges
 * @property {(x: number) => number} top @property {(x: number) => number} bottom
 * @property {(share: number) => Point} left @property {(share: number) => Point} right
 * @typedef {Rect & Edges} Outline
 */

/**
 * @typedef {object} Asked
 * @property {Outline} own
 * @property {readonly Outline[]} others
 * @property {readonly Rect[]} taken where labels, their lines and names of classes stand
 * @property {Stand} stand
 */

/** Above it stand the controls. */
const TOP = 42;
const EDGE = 6;
/** From a layer to its label; further labels have a line. */
const NEAR = 9;
const STEP = 20;
/** Between two labels, so that the ends of their scales are not read as one number. */
const APART = 6;
/** As much of the stage's shorter side a line may be long. */
const LONGEST = 0.25;
/** So far onto its layer it leads. */
const INTO = 2;
/** As much of a label may lie on another layer, or its own: at first, and where there is no room. */
const CLEAR = 0.1;
const CROWDED = 0.3;

/**
 * Against the flow, so that the answer chooses first: with its names beside it, it has the fewest
 * places to choose from, and the layers near it are small.
 *
 * @param {readonly Block[]} blocks
 * @param {Camera} camera
 * @param {Stand} stand
 * @param {readonly Rect[]} names of classes
 * @returns {Label[]}
 */
export function placeLabels(blocks, camera, stand, names) {
  const outlines = new Map(blocks.map((block) => [block, outlineOf(block.plane, camera)]));
  const taken = [...names];
  // a sheet leaves the stage of a phone no room for more
  const low = isSmall(stand) && stand.width > stand.height;
  return [...outlines].toReversed().flatMap(([block, own]) => {
    if (!meet(own, { ...stand, x: 0, y: 0 })) return [];
    const others = [...outlines.values()].filter((other) => other !== own);
    const whole = (low && block.brief) || block;
    const label = firstFree(whole, { own, others, taken, stand });
    if (!label) return [];
    taken.push(grown({ ...label.block, x: label.x, y: label.y }, APART, 2));
    if (label.leader) taken.push(stripOf(label.leader));
    return [label];
  });
}

/** The first place that is clear, or else the first that is no worse than crowded. */
/** @param {Block} whole @param {Asked} asked @returns {Label | null} */
function firstFree(whole, asked) {
  const { own, stand } = asked;
  const furthest = NEAR + LONGEST * Math.min(stand.width, stand.height);
  /** @type {Label | null} */
  let crowded = null;
  for (let block = /** @type {Block | null} */ (whole); block; block = block.brief)
    for (let off = NEAR; off < furthest; off += STEP)
      for (const { x, y, to } of placesAt(off, own, block, stand.height > stand.width)) {
        const rect = { x, y, width: block.width, height: block.height };
        const leader = off > NEAR ? leaderOf(rect, to) : null;
        const most = isFree(rect, leader, asked) ? mostCovered(rect, leader, asked) : 1;
        if (most <= CLEAR) return { block, x, y, leader };
        if (most <= CROWDED) crowded ??= { block, x, y, leader };
      }
  return crowded;
}

/** The best first. @param {number} off @param {Outline} own @param {Block} block @param {boolean} upright */
function placesAt(off, own, { plane, width, height }, upright) {
  // what is below the answer reaches below its names
  const shares = plane.look === 'bars' ? [0.15, 0.5, 0.85] : [0.5, 0.15, 0.85];
  const ends = [0.5, 0.1, 0.9].map((share) => own.x + share * own.width);
  const spots = ends.flatMap((at) => shares.map((share) => ({ at, x: at - share * width })));
  const under = spots.map(({ at, x }) => {
    const y = Math.max(own.bottom(x), own.bottom(x + width)) + off;
    return { x, y, to: /** @type {Point} */ ([at, own.bottom(at) - INTO]) };
  });
  const over = spots.map(({ at, x }) => {
    const y = Math.min(own.top(x), own.top(x + width)) - off - height;
    return { x, y, to: /** @type {Point} */ ([at, own.top(at) + INTO]) };
  });
  /** @param {number} x @param {Outline['left']} side @param {readonly number[]} downs */
  const beside = (x, side, downs) =>
    downs.map((share) => ({ x, y: side(share)[1] - share * height, to: side(share) }));
  const after = beside(own.x + own.width + off, own.right, [0.9, 0.1]);
  const before = beside(own.x - off - width, own.left, [0.1, 0.9]);
  // on an upright stage layers climb to the right: beside each one's lower corner there is room
  return upright
    ? [...after, ...over, ...under, ...before]
    : [...under, ...over, ...after, ...before];
}

/** @param {Rect} rect @param {Leader | null} leader @param {Asked} asked */
function isFree(rect, leader, { taken, stand }) {
  const { x, y, width, height } = rect;
  if (x < EDGE || x + width > stand.width - EDGE || y < TOP || y + height > stand.height)
    return false;
  const strip = leader && stripOf(leader);
  return !taken.some((other) => meet(rect, other) || (strip && meet(strip, other)));
}

/** How much of it lies on one layer, 0..1. A label without a line is close to no other. */
/** @param {Rect} rect @param {Leader | null} leader @param {Asked} asked */
function mostCovered(rect, leader, { own, others }) {
  const seen = leader ? rect : grown(rect, NEAR - 1);
  let most = covered(rect, own);
  for (const other of others) most = Math.max(most, covered(seen, other));
  return most / (rect.width * rect.height);
}

/** Straight from the label to a point of its layer. @param {Rect} label @param {Point} to @returns {Leader} */
function leaderOf({ x, y, width, height }, [toX, toY]) {
  return [clamp(toX, x, x + width), clamp(toY, y, y + height), toX, toY];
}

/** @param {Leader} leader @returns {Rect} */
function stripOf([x0, y0, x1, y1]) {
  return aroundPoints([
    [x0, y0],
    [x1, y1],
  ]);
}

/** @param {Rect} rect @param {number} by @param {number} [up] and down, where it is another @returns {Rect} */
function grown({ x, y, width, height }, by, up = by) {
  return { x: x - by, y: y - up, width: width + 2 * by, height: height + 2 * up };
}

/** @param {Plane} plane @param {Camera} camera @returns {Outline} */
function outlineOf({ x, bounds: { y0, y1, z0, z1 } }, camera) {
  const seen = (/** @type {number} */ y, /** @type {number} */ z) => project(camera, [x, y, z]);
  const [left, right] = seen(y1, z0)[0] < seen(y1, z1)[0] ? [z0, z1] : [z1, z0];
  const edge = (/** @type {number} */ y) => {
    const [[fromX, fromY], [toX, toY]] = [seen(y, left), seen(y, right)];
    return (/** @type {number} */ at) =>
      fromY + (toY - fromY) * clamp((at - fromX) / (toX - fromX || 1), 0, 1);
  };
  const corners = [seen(y0, z0), seen(y0, z1), seen(y1, z0), seen(y1, z1)];
  const side = (/** @type {number} */ z) => {
    const [[fromX, fromY], [toX, toY]] = [seen(y1, z), seen(y0, z)];
    return (/** @type {number} */ share) =>
      /** @type {Point} */ ([fromX + (toX - fromX) * share, fromY + (toY - fromY) * share]);
  };
  return {
    ...aroundPoints(corners),
    ...{ top: edge(y1), bottom: edge(y0), left: side(left), right: side(right) },
  };
}

/** Asked some thousand times a frame: nothing is allocated. */
/** @param {Rect} rect @param {Outline} outline @returns {number} about the area that they share */
function covered(rect, outline) {
  if (!meet(rect, outline)) return 0;
  const from = Math.max(rect.x, outline.x);
  const to = Math.min(rect.x + rect.width, outline.x + outline.width);
  const ends = Math.max(shared(rect, outline, from), shared(rect, outline, to));
  return Math.max(0, ends, shared(rect, outline, (from + to) / 2)) * (to - from);
}

/** How much of a line that stands upright both share. @param {Rect} rect @param {Outline} outline @param {number} x */
function shared({ y, height }, { top, bottom }, x) {
  return Math.min(y + height, bottom(x)) - Math.max(y, top(x));
}
