// The pad: pointer events become strokes, and strokes become ink at once, without the server.

import { followPointer } from './follow.js';
import { paintPad, paintStroke } from './ink.js';

/** @import { Viewport } from '../core/viewport.js' */
/** @import { Editor } from './editor.js' */
/** @import { Point, Stroke } from './strokes.js' */

/** The eraser is a little wider than the brush, so that one pass takes a line away. */
const ERASER = 1.6;

/**
 * @typedef {object} Tool
 * @property {number} width of the brush, as a fraction of the pad
 * @property {boolean} erase
 */

/**
 * @typedef {object} PadOptions
 * @property {HTMLCanvasElement} canvas
 * @property {Viewport} viewport
 * @property {Editor} editor
 * @property {() => Tool} tool
 * @property {() => string} colour of ink
 * @property {(event: PointerEvent | null, stroke: Stroke | null) => void} onTouch follows a
 *   drawing pointer; null when it is up
 */

/** @typedef {ReturnType<typeof createPad>} Pad */

/** @param {PadOptions} options */
export function createPad({ canvas, viewport, editor, tool, colour, onTouch }) {
  const context = contextOf(canvas);
  /** @type {ImageBitmap | null} */
  let image = null;

  function repaint() {
    const { strokes, file } = editor.drawing();
    paintPad(context, strokes, file ? image : null, canvas.width, colour());
  }

  /**
   * @param {Point} point
   * @param {number} time
   * @param {boolean} [eraser] whatever the tool is
   */
  function begin(point, time, eraser = false) {
    const { width, erase } = tool();
    const wipes = erase || eraser;
    const stroke = { points: [point], width: wipes ? width * ERASER : width, erase: wipes };
    const replaces = editor.drawing().file !== null;
    editor.begin(stroke, time);
    if (replaces) repaint();
    else paintStroke(context, stroke, canvas.width, colour());
    return stroke;
  }

  followPointer(canvas, viewport, {
    onDown: (point, event, eraser) => onTouch(event, begin(point, event.timeStamp, eraser)),
    onMove(points, event) {
      const before = editor.drawing().strokes.at(-1)?.points.length ?? 0;
      if (!editor.extend(points, event.timeStamp)) return;
      const stroke = editor.drawing().strokes.at(-1);
      if (!stroke) return;
      paintStroke(context, stroke, canvas.width, colour(), before);
      onTouch(event, stroke);
    },
    onUp: () => onTouch(null, null),
    onTakenBack() {
      editor.takeBack();
      repaint();
    },
  });

  return {
    begin,
    repaint,
    /** @param {ImageBitmap | null} picture shown while the drawing is a file */
    setImage(picture) {
      image?.close();
      image = picture;
      repaint();
    },
    /** @param {number} pixels of the square */
    resize(pixels) {
      canvas.width = pixels;
      canvas.height = pixels;
      repaint();
    },
  };
}

/** @param {HTMLCanvasElement} canvas */
function contextOf(canvas) {
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser cannot draw: it has no canvas of two dimensions.');
  return context;
}
