// The sizes of LOOK.md "Space" in device pixels, for one stage and one reading direction.

import { turned } from './rects.js';

/** @import { LayoutOptions, Measure } from './types.d.ts' */

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
export function axisFor({ axis, width }) {
  return axis ?? (width > 700 ? 'x' : 'y');
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
    ...{ axis, dpr, px, text, measure },
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
