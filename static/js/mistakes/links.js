// Where an image leads: onto the stage of its network.

import { EMPTY } from '../input/strokes.js';
import { drawingText } from '../input/written.js';

/** The network's page with this image as the drawing. @param {string} id @param {Uint8Array} pixels */
export function linkOf(id, pixels) {
  const drawing = drawingText({ ...EMPTY, file: new Blob() }, pixels);
  return `./?model=${encodeURIComponent(id)}#v=1&drawing=${drawing}`;
}
