// A magnified view of the spot under a finger, beside a small pad; never over the network.

/** @import { Stroke } from './strokes.js' */

/** A pad smaller than this, in CSS pixels, hides under a fingertip. */
const SMALL = 160;
const MAGNIFIED = 2.2;

/**
 * @param {object} options
 * @param {HTMLCanvasElement} options.canvas
 * @param {HTMLCanvasElement} options.pad
 * @param {() => { width: number } | undefined} options.box of the pad, CSS pixels
 * @param {() => string} options.colour of the brush's outline
 */
export function createLoupe({ canvas, pad, box, colour }) {
  const context = canvas.getContext('2d');

  /** @param {PointerEvent | null} event */
  function wantedFor(event) {
    const width = box()?.width ?? SMALL;
    return event?.pointerType === 'touch' && width < SMALL;
  }

  /**
   * @param {PointerEvent | null} event
   * @param {Stroke | null} stroke
   */
  function follow(event, stroke) {
    const wanted = wantedFor(event);
    if (canvas.hidden === wanted) canvas.hidden = !wanted;
    const spot = stroke?.points.at(-1);
    if (wanted && stroke && spot) paint(spot[0], spot[1], stroke.width);
  }

  /**
   * @param {number} x pad units
   * @param {number} y
   * @param {number} width of the brush
   */
  function paint(x, y, width) {
    if (!context) return;
    const side = pad.width;
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const seen = side / MAGNIFIED;
    const left = Math.min(side - seen, Math.max(0, x * side - seen / 2));
    const top = Math.min(side - seen, Math.max(0, y * side - seen / 2));
    context.clearRect(0, 0, side, side);
    context.drawImage(pad, left, top, seen, seen, 0, 0, side, side);
    context.strokeStyle = colour();
    context.lineWidth = Math.max(1, side / 110);
    context.beginPath();
    const radius = (width * side * MAGNIFIED) / 2;
    context.arc(
      (x * side - left) * MAGNIFIED,
      (y * side - top) * MAGNIFIED,
      radius,
      0,
      2 * Math.PI,
    );
    context.stroke();
  }

  return { follow };
}
