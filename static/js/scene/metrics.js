// Room between what stands on a stage, in device pixels, for one reading direction; and rectangles.

/** @import { LayoutOptions, Measure, Point, Rect } from './types.d.ts' */

/**
 * Everything in whole device pixels. Main is the reading direction, cross the other.
 * @typedef {object} Metrics
 * @property {'x' | 'y'} axis
 * @property {number} dpr
 * @property {(css: number) => number} px
 * @property {number} mainStart @property {number} mainPx room for layers along the main axis
 * @property {number} crossStart @property {number} crossPx room across, captions included
 * @property {number} before caption along the cross axis (x) or along the main axis (y)
 * @property {number} after legend, likewise; 0 on y
 * @property {number} laneBefore @property {number} laneAfter the same where layers share a rank
 * @property {number} laneGap
 * @property {number} gap between maps @property {number} unitGap @property {number} blockGap
 * @property {number} gutter least between layers @property {number} elbow where lines turn
 * @property {number} gutterMost
 * @property {number} text
 * @property {boolean} few layers, whose cells are large enough for their numbers
 * @property {Measure} measure
 */

/** CSS pixels. On x captions stand above the layers and legends below; on y both in the gutters. */
export const ALONG = {
  x: {
    ...{ start: 20, end: 20, side: 0, gutter: 14, gutterMost: 56, elbow: 28 },
    ...{ before: 66, after: 44, laneBefore: 26, laneAfter: 24 },
  },
  y: {
    ...{ start: 1, end: 8, side: 12, gutter: 0, gutterMost: 17, elbow: 16 },
    ...{ before: 23, after: 0, laneBefore: 42, laneAfter: 0 },
  },
};

/** Room for one skip edge. */
const CHANNEL = 12;

/** Rough widths for tests and before fonts are there. */
/** @type {Measure} */
const estimate = (text, role) => text.length * (role.startsWith('name') ? 8.4 : 7);

/** @param {LayoutOptions} options @returns {'x' | 'y'} the reading direction that the stage's width asks for */
export function axisFor({ axis, width, few = false }) {
  return axis ?? (width > (few ? 440 : 700) ? 'x' : 'y');
}

/**
 * @param {LayoutOptions} options
 * @param {number} channels how many skip edges run beside each other
 * @returns {Metrics}
 */
export function metricsFor(options, channels) {
  const { width, height, dpr, text = 1, measure = estimate } = options;
  const axis = axisFor(options);
  const px = (/** @type {number} */ css) => Math.round(css * dpr);
  const whole = (/** @type {number} */ css) => Math.floor(css * dpr + 0.01);
  const [main, cross] = turned(axis, [whole(width), whole(height)]);
  const along = ALONG[axis];
  const block = (/** @type {number} */ css) => px(css * text);
  return {
    ...{ axis, dpr, px, text, measure, few: options.few ?? false },
    mainStart: px(along.start),
    mainPx: Math.max(1, main - px(along.start) - px(along.end)),
    crossStart: px(along.side),
    crossPx: Math.max(1, cross - 2 * px(along.side) - channels * px(CHANNEL)),
    before: block(along.before),
    after: block(along.after),
    laneBefore: block(along.laneBefore),
    laneAfter: block(along.laneAfter),
    laneGap: px(12),
    gap: px(4),
    unitGap: px(2),
    blockGap: px(10),
    gutter: px(along.gutter),
    elbow: px(along.elbow),
    gutterMost: px(along.gutterMost),
  };
}

// ---------------------------- rectangles, and how they lie to each other

/** @param {number} value @param {number} low @param {number} high */
export function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}

/** @param {Rect} a @param {Rect} b @returns {Rect} the least that holds both */
export function around(a, b) {
  return aroundPoints([corner(a), farCorner(a), corner(b), farCorner(b)]);
}

/** @param {readonly Point[]} points @param {number} [more] on each side @returns {Rect} */
export function aroundPoints(points, more = 0) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const [width, height] = [right - left + 2 * more, bottom - top + 2 * more];
  return { x: left - more, y: top - more, width, height };
}

/** @param {Rect} rect @returns {Point} */
function corner({ x, y }) {
  return [x, y];
}

/** @param {Rect} rect @returns {Point} */
function farCorner({ x, y, width, height }) {
  return [x + width, y + height];
}

/** @param {Rect} rect @returns {Point} */
export function middleOf({ x, y, width, height }) {
  return [x + width / 2, y + height / 2];
}

/** Whether they share more than an edge. @param {Rect} a @param {Rect} b */
export function meet(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Edges that meet but for a rounding are met, CSS px. */
const SLACK = 0.01;

/**
 * @param {Rect} rect
 * @param {Rect | undefined} sight all of the picture where it is not given
 */
export function inSight(rect, sight) {
  if (!sight) return true;
  const { x, y, width, height } = around(rect, sight);
  const more = Math.max(sight.x - x, sight.y - y, width - sight.width, height - sight.height);
  return more <= SLACK;
}

/**
 * In the order of the flow: along it, then across. It is its own inverse.
 * @param {'x' | 'y'} axis
 * @param {Point} point
 * @returns {Point}
 */
export function turned(axis, [x, y]) {
  return axis === 'x' ? [x, y] : [y, x];
}

/** @param {'x' | 'y'} axis @param {Rect} rect @returns {Rect} the same of a rectangle */
export function turnedRect(axis, rect) {
  const [x, y] = turned(axis, corner(rect));
  const [width, height] = turned(axis, [rect.width, rect.height]);
  return { x, y, width, height };
}
