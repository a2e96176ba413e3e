// How each frame looks, by what it says of its cells: flat and in space alike.

/** @import { FrameMark, FrameRole, FrameStyle, Marks, Part } from '../types.d.ts' */

/** Clear of the frame of a cell, which may stand inside. */
const AWAY = 5;
/** Above this many cells apart from each other only the frame around all is drawn. */
export const MOST_APART = 400;
/** Seen through whatever stands before it. */
const FRONT = /** @type {const} */ ({ opacity: 1, halo: true, line: 'solid', front: true });

/**
 * What is selected has a solid line, what it reads and reaches a tone of its own and a double, thin
 * or dashed line, and the place of the keyboard a neutral ring around the rest.
 * @satisfies {Record<string, FrameStyle>}
 */
export const FRAMES = {
  cell: { ...FRONT, width: 3, tone: 'accent' },
  /** Three pixels would cover the neighbours of cells of two. */
  smallCell: { ...FRONT, width: 2, tone: 'accent' },
  window: { width: 3, opacity: 1, halo: true, tone: 'window', line: 'double' },
  field: { width: 1, opacity: 0.9, halo: true, tone: 'window', line: 'solid' },
  /** The field in the image. */
  image: { ...FRONT, width: 1.5, tone: 'window' },
  winner: { width: 1, opacity: 1, halo: false, tone: 'window', line: 'solid' },
  reached: { width: 1, opacity: 0.9, halo: false, tone: 'window', line: 'dashed' },
  reachedCell: { width: 1.5, opacity: 1, halo: false, tone: 'window', line: 'dashed' },
  /** The map that a weight helps to make. */
  made: { width: 2, opacity: 1, halo: true, tone: 'window', line: 'dashed' },
  compare: { ...FRONT, width: 2, tone: 'ink' },
  path: { ...FRONT, width: 1.5, tone: 'ink' },
  focus: { ...FRONT, width: 2, tone: 'focus', away: AWAY },
};

/** @type {Marks} */
export const NO_MARKS = { frames: [], lines: [], wedges: [], lit: null, cells: [] };

/** @param {FrameRole} role @param {FrameStyle} style @param {Part} part @returns {FrameMark} */
export function framed(role, style, { region, whole = false }) {
  return { role, style, region, whole };
}
