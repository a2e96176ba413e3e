// The pad: what is drawn or dropped on it becomes the drawing, and is asked about.

import { createEditor } from '../input/editor.js';
import { createFiles } from '../input/files.js';
import { createLook } from '../input/look.js';
import { createLoupe } from '../input/loupe.js';
import { createPad } from '../input/pad.js';
import { prepare } from '../input/prepare.js';
import { message } from '../text/messages.js';
import { find } from '../ui/dom.js';
import { enable } from '../ui/tools.js';

/** @import { Drawing, Editor } from '../input/editor.js' */
/** @import { Opened } from './types.d.ts' */
/** @import { Progress } from './progress.js' */
/** @import { PageStore } from './state.js' */

/**
 * @param {Opened} page
 * @param {object} options
 * @param {Progress} options.progress
 * @param {(time: number | null) => void} options.ask about the drawing in the store
 */
export function createDrawing({ store, loop, viewport, theme }, { progress, ask }) {
  const canvas = find('#pad', HTMLCanvasElement);
  const frame = find('#pad-frame', HTMLElement);
  const look = createLook((bitmap) => {
    pad.setImage(bitmap);
    loop.wake();
  });
  const editor = createEditor((drawing, time) => {
    store.set({ drawing, notice: '' });
    follow(time);
  }, store.get().drawing);
  /** @param {number | null} time */
  function follow(time) {
    showEditable(editor);
    frame.dataset['empty'] = String(editor.empty());
    void look(editor.drawing());
    if (time === null) pad.repaint();
    ask(time);
  }
  const loupe = createLoupe({
    ...{ canvas: find('#loupe', HTMLCanvasElement), pad: canvas },
    box: () => viewport.box(canvas),
    colour: () => theme.current().tokens.accent,
  });
  const pad = createPad({
    ...{ canvas, viewport, editor },
    tool: () => toolOf(store),
    colour: () => theme.current().tokens.ink,
    onTouch: loupe.follow,
  });
  const files = createFiles({
    chooser: find('#file', HTMLInputElement),
    target: frame,
    onFile: createBringing({ editor, store, progress, wake: loop.wake }),
  });

  viewport.measure(canvas, (box) => pad.resize(box.deviceWidth));
  store.subscribe((_, changed) => {
    if ('theme' in changed) pad.repaint();
  });
  follow(null);
  return { editor, pad, files };
}

/**
 * What the next stroke is drawn with.
 *
 * @param {PageStore} store
 * @returns {import('../input/pad.js').Tool}
 */
function toolOf(store) {
  const { brush: width, erase } = store.get();
  return { width, erase };
}

/** @param {Editor} editor */
function showEditable(editor) {
  enable('undo', editor.canUndo());
  enable('redo', editor.canRedo());
  enable('clear', !editor.empty());
}

/**
 * Files on their way to the pad: made ready one after the other, the latest wins.
 *
 * @param {object} options
 * @param {Editor} options.editor
 * @param {PageStore} options.store
 * @param {Progress} options.progress
 * @param {() => void} options.wake
 * @returns {(file: File) => Promise<void>}
 */
function createBringing({ editor, store, progress, wake }) {
  let latest = 0;

  return async (file) => {
    const mine = ++latest;
    const sequence = progress.deliver();
    try {
      const { file: sent, size } = await prepare(file);
      if (mine === latest) editor.setFile(sent, size);
    } catch {
      if (mine === latest) store.set({ notice: message('file.unreadable') });
    }
    progress.answer(sequence);
    wake();
  };
}
