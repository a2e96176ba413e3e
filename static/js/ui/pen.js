// A pen that keys carry over a pad: a mark shows where it is, and what it does is said.

import { createPen } from '../input/pen.js';
import { message } from '../text/messages.js';
import { say } from './dom.js';

/** @import { Drawing, Editor } from '../input/editor.js' */
/** @import { Pad } from '../input/pad.js' */
/** @import { Point } from '../input/strokes.js' */

/**
 * @param {object} options
 * @param {HTMLCanvasElement} options.canvas of the pad
 * @param {HTMLElement} options.mark
 * @param {HTMLElement} options.said
 * @param {Editor} options.editor
 * @param {Pad} options.pad
 */
export function carryPen({ canvas, mark, said, editor, pad }) {
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', message('pad.role'));
  canvas.setAttribute('aria-label', message('pad.label.keys'));
  /** What the pen drew last: a drawing that changed otherwise is not drawn on. @type {Drawing | null} */
  let drawn = null;

  createPen(canvas, {
    place([x, y], down) {
      mark.hidden = false;
      mark.style.left = `${100 * x}%`;
      mark.style.top = `${100 * y}%`;
      mark.classList.toggle('down', down);
      const where = { x: Math.round(100 * x), y: Math.round(100 * y) };
      say(said, message(down ? 'pen.down' : 'pen.up', { ...where }));
    },
    begin,
    extend(point, time) {
      if (drawn !== editor.drawing()) return begin(point, time);
      editor.extend([point], time);
      pad.repaint();
      drawn = editor.drawing();
    },
    leave: () => void (mark.hidden = true),
  });

  /** @param {Point} point @param {number} time */
  function begin(point, time) {
    pad.begin(point, time);
    drawn = editor.drawing();
  }
}
