// Paints strokes on the pad exactly as the server rasterises them: round caps, the same widths.

import { contained } from './strokes.js';

/** @import { Stroke } from './strokes.js' */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke} stroke
 * @param {number} side of the pad in the context's pixels
 * @param {string} colour
 * @param {number} [from] first point that is new; the segment that leads to it is drawn too
 */
export function paintStroke(context, stroke, side, colour, from = 0) {
  const { points } = stroke;
  const start = points[Math.max(0, from - 1)];
  if (!start) return;
  context.globalCompositeOperation = stroke.erase ? 'destination-out' : 'source-over';
  context.strokeStyle = colour;
  context.lineWidth = stroke.width * side;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.beginPath();
  context.moveTo(start[0] * side, start[1] * side);
  for (let i = Math.max(1, from); i < points.length; i++) {
    const point = points[i];
    if (point) context.lineTo(point[0] * side, point[1] * side);
  }
  if (points.length === 1) context.lineTo(start[0] * side, start[1] * side);
  context.stroke();
  context.globalCompositeOperation = 'source-over';
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Stroke[]} strokes
 * @param {ImageBitmap | null} image
 * @param {number} side
 * @param {string} colour
 */
export function paintPad(context, strokes, image, side, colour) {
  context.clearRect(0, 0, side, side);
  if (image) {
    const box = contained(image);
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, box.left * side, box.top * side, box.width * side, box.height * side);
  }
  for (const stroke of strokes) paintStroke(context, stroke, side, colour);
}
