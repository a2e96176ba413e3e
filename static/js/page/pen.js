// Drawing by keys: the pad takes the focus, a mark shows the pen, and what it does is said.

import { createPen as createKeys } from '../input/pen.js';
import { message } from '../text/messages.js';
import { find, say } from '../ui/dom.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { Feature, Page } from './types.d.ts' */

/** @type {Feature} */
export const pen = { name: 'pen', open };

/** @param {Page} page */
function open({ editor, pad }) {
  const canvas = find('#pad', HTMLCanvasElement);
  const mark = find('.pen', HTMLElement);
  const said = find('#pen-said', HTMLElement);
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'application');
  canvas.setAttribute('aria-roledescription', message('pad.role'));
  canvas.setAttribute('aria-label', message('pad.label.keys'));
  /** What the pen drew last: a drawing that changed otherwise is not drawn on. @type {Drawing | null} */
  let drawn = null;

  createKeys(canvas, {
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

  /**
   * @param {import('../input/strokes.js').Point} point
   * @param {number} time
   */
  function begin(point, time) {
    pad.begin(point, time);
    drawn = editor.drawing();
  }
}
