// The pad of a section, on which any picture is shown: drawn on it becomes a drawing.

import { createEditor } from '../../input/editor.js';
import { createPad } from '../../input/pad.js';
import { message } from '../../text/messages.js';
import { button, html, icon } from '../../ui/dom.js';
import { carryPen } from '../../ui/pen.js';
import { untilAnswered } from '../../wire/ask.js';
import { drawingFor } from '../picture.js';

/** @import { Drawing, Editor } from '../../input/editor.js' */
/** @import { Pad } from '../../input/pad.js' */
/** @import { BenchPage, Picture } from '../types.d.ts' */

/** Of the brush, as a share of the pad. */
const WIDTH = 0.07;

/** @param {Pick<BenchPage, 'viewport' | 'theme'>} page @param {(picture: Picture) => void} change */
export function createDrawn({ viewport, theme }, change) {
  const canvas = html('canvas');
  const mark = html('span', { class: 'pen', hidden: true });
  const said = html('span', { class: 'unseen', role: 'status' });
  /** Which picture a drawing is: one that was given, or else the drawing itself. @type {WeakMap<Drawing, Picture>} */
  const pictures = new WeakMap();
  /** What the pad shows, or will soon. @type {Picture | null} */
  let shown = null;

  const editor = createEditor((drawing) => {
    enable();
    const picture = pictures.get(drawing) ?? { from: 'drawing', strokes: drawing.strokes };
    pictures.set(drawing, picture);
    if (picture === shown) return;
    shown = picture;
    void look(drawing.file);
    change(picture);
  });
  const pad = createPad({
    ...{ canvas, viewport, editor },
    tool: () => ({ width: WIDTH, erase: false }),
    colour: () => theme.current().tokens.ink,
    onTouch() {},
  });
  const look = createLook(pad);
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
    /** @param {Picture} picture */
    async show(picture) {
      if (picture === shown) return;
      shown = picture;
      const drawing = Object.freeze(await untilAnswered(() => drawingFor(picture)));
      if (picture !== shown) return;
      pictures.set(drawing, picture);
      editor.open(drawing);
      pad.repaint();
      await look(drawing.file);
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

/** The image of a drawing that is a file. @param {Pad} pad */
function createLook(pad) {
  /** @type {Blob | null} */
  let file = null;
  return async (/** @type {Blob | null} */ next) => {
    if (next === file) return;
    file = next;
    const image = next ? await createImageBitmap(next).catch(() => null) : null;
    if (next === file) pad.setImage(image);
    else image?.close();
  };
}
