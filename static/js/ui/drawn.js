// A pad on which any drawing is shown: what is drawn on it is a drawing of its own.

import { createEditor } from '../input/editor.js';
import { createLook } from '../input/look.js';
import { createPad } from '../input/pad.js';
import { message } from '../text/messages.js';
import { button, html, icon } from './dom.js';
import { carryPen } from './pen.js';

/** @import { Theme } from '../core/theme.js' */
/** @import { Viewport } from '../core/viewport.js' */
/** @import { Drawing, Editor } from '../input/editor.js' */
/** @import { Pad } from '../input/pad.js' */

/** Of the brush, as a share of the pad. */
const WIDTH = 0.07;

/** @param {{ viewport: Viewport, theme: { current: () => Theme } }} page @param {(drawing: Drawing) => void} change */
export function createDrawingPad({ viewport, theme }, change) {
  const canvas = html('canvas');
  const mark = html('span', { class: 'pen', hidden: true });
  const said = html('span', { class: 'unseen', role: 'status' });

  const editor = createEditor((drawing) => {
    enable();
    void look(drawing);
    change(drawing);
  });
  const pad = createPad({
    ...{ canvas, viewport, editor },
    tool: () => ({ width: WIDTH, erase: false }),
    colour: () => theme.current().tokens.ink,
    onTouch() {},
  });
  const look = createLook(pad.setImage);
  const [undo, clear] = [createTool('undo', editor, pad), createTool('clear', editor, pad)];
  function enable() {
    undo.disabled = !editor.canUndo();
    clear.disabled = editor.empty();
  }
  enable();
  viewport.measure(canvas, ({ deviceWidth }) => pad.resize(deviceWidth));
  carryPen({ canvas, mark, said, editor, pad });
  let inked = theme.current();

  return {
    element: html('div', { class: 'pad' }, canvas, mark, said),
    tools: [undo, clear],
    /** @param {Drawing} drawing frozen */
    async show(drawing) {
      editor.open(drawing);
      pad.repaint();
      await look(drawing);
    },
    /** The ink follows the theme. */
    renew() {
      if (inked === theme.current()) return;
      inked = theme.current();
      pad.repaint();
    },
  };
}

/** @param {'undo' | 'clear'} name @param {Editor} editor @param {Pad} pad */
function createTool(name, editor, pad) {
  const label = message(`tools.${name}`);
  const onclick = () => {
    editor[name]();
    pad.repaint();
  };
  return button({ class: 'button', 'aria-label': label, title: label, onclick }, icon(name));
}
