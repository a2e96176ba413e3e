// The drawing as a document: strokes begin and grow, files replace them, steps are undone.

import { createHistory } from '../core/history.js';
import { fresh } from './strokes.js';

/** @import { Point, Stroke } from './strokes.js' */

/**
 * @typedef {object} Drawing
 * @property {readonly Stroke[]} strokes
 * @property {Blob | null} file an image from outside, shown and read instead of strokes
 */

/** @type {Drawing} */
export const EMPTY = Object.freeze({ strokes: Object.freeze([]), file: null });

/** @typedef {ReturnType<typeof createEditor>} Editor */

/** @param {(drawing: Drawing, time: number | null) => void} onChange */
export function createEditor(onChange) {
  let drawing = EMPTY;
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
      put({ strokes: [...drawing.strokes, stroke], file: null }, time);
    },
    /**
     * @param {readonly Point[]} points in the order they were reached
     * @param {number} time
     * @returns {boolean} whether the stroke grew
     */
    extend(points, time) {
      const stroke = drawing.strokes.at(-1);
      if (!stroke) return false;
      const more = fresh(stroke.points, points);
      if (more.length === 0) return false;
      const grown = { ...stroke, points: [...stroke.points, ...more] };
      put({ strokes: [...drawing.strokes.slice(0, -1), grown], file: null }, time);
      return true;
    },
    undo() {
      const before = history.undo(drawing);
      if (before) put(before);
    },
    redo() {
      const after = history.redo(drawing);
      if (after) put(after);
    },
    clear() {
      if (drawing !== EMPTY) replace(EMPTY);
    },
    /** @param {readonly Stroke[]} strokes */
    setStrokes(strokes) {
      replace({ strokes: Object.freeze([...strokes]), file: null });
    },
    /** @param {Blob} file */
    setFile(file) {
      replace({ strokes: EMPTY.strokes, file });
    },
    /** Takes back a file that the server refused; what was drawn before stands again. */
    refuseFile() {
      if (drawing.file === null) return;
      put(history.withdraw() ?? EMPTY);
    },
  };
}
