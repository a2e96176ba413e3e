// The drawing as a document: strokes begin and grow, files replace them, steps are undone. Whoever
// draws, its points come onto the grid here.

import { createHistory } from '../core/history.js';
import { EMPTY, fresh, gridded } from './strokes.js';

/** @import { Size } from './prepare.js' */
/** @import { Point, Stroke } from './strokes.js' */

/**
 * @typedef {object} Drawing
 * @property {readonly Stroke[]} strokes
 * @property {Blob | null} file an image from outside, shown and read instead of strokes
 * @property {Size | null} size of that image in pixels; null where it cannot be drawn
 * @property {Uint8Array} [pixels] what the network read of that image, 28×28, where a link brought it
 * @property {number} [digit] which of several was chosen to be read; a new stroke forgets it
 */

/** @typedef {ReturnType<typeof createEditor>} Editor */

/**
 * @param {(drawing: Drawing, time: number | null) => void} onChange
 * @param {Drawing} [drawing] that it begins with
 */
export function createEditor(onChange, drawing = EMPTY) {
  /** The drawing whose last stroke is being drawn. @type {Drawing | null} */
  let growing = null;
  /** @type {ReturnType<typeof createHistory<Drawing>>} */
  const history = createHistory();

  /**
   * @param {Drawing} next
   * @param {number | null} time of the pointer event that made it
   */
  function put(next, time = null) {
    drawing = Object.freeze(next);
    onChange(drawing, time);
  }

  /** @param {Drawing | null} next */
  function step(next) {
    if (next) put(next);
  }

  /** @param {Drawing} next */
  function replace(next) {
    history.remember(drawing);
    put(next);
  }

  return {
    drawing: () => drawing,
    empty: () => drawing.file === null && drawing.strokes.length === 0,
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    /**
     * @param {Stroke} stroke its first point
     * @param {number} time
     */
    begin(stroke, time) {
      history.remember(drawing);
      put({ ...EMPTY, strokes: [...drawing.strokes, gridded(stroke)] }, time);
      growing = drawing;
    },
    /**
     * @param {readonly Point[]} points in the order they were reached
     * @param {number} time
     * @returns {boolean} whether the stroke grew; one that was undone or replaced meanwhile does not
     */
    extend(points, time) {
      const stroke = drawing.strokes.at(-1);
      if (!stroke || drawing !== growing) return false;
      const more = fresh(stroke.points, points);
      if (more.length === 0) return false;
      const grown = { ...stroke, points: [...stroke.points, ...more] };
      put({ ...EMPTY, strokes: [...drawing.strokes.slice(0, -1), grown] }, time);
      growing = drawing;
      return true;
    },
    /** Takes back the stroke that is being drawn, as if it had never been there. */
    takeBack() {
      if (drawing === growing) put(history.withdraw() ?? EMPTY);
    },
    undo: () => step(history.undo(drawing)),
    redo: () => step(history.redo(drawing)),
    clear() {
      if (drawing !== EMPTY) replace(EMPTY);
    },
    /** @param {readonly Stroke[]} strokes */
    setStrokes(strokes) {
      replace({ ...EMPTY, strokes: Object.freeze(strokes.map(gridded)) });
    },
    /** Another drawing stands there. @param {Drawing} next */
    open: replace,
    /**
     * @param {Blob} file
     * @param {Size | null} [size]
     */
    setFile(file, size = null) {
      replace({ ...EMPTY, file, size });
    },
    /** Takes back a file that the server refused; what was drawn before stands again. */
    refuseFile() {
      if (drawing.file === null) return;
      put(history.withdraw() ?? EMPTY);
    },
  };
}
