// Files from outside on their way to the pad: made ready one after the other, the latest wins.

import { prepare } from '../input/prepare.js';

/** @import { Editor } from '../input/editor.js' */
/** @import { Progress } from './progress.js' */
/** @import { PageStore } from './state.js' */

const UNREADABLE =
  'This file cannot be opened: it may be a folder, or have been moved. Choose a picture file.';

/**
 * @param {object} options
 * @param {Editor} options.editor
 * @param {PageStore} options.store
 * @param {Progress} options.progress
 * @param {() => void} options.wake
 * @returns {(file: File) => Promise<void>}
 */
export function createBringing({ editor, store, progress, wake }) {
  let latest = 0;

  return async (file) => {
    const mine = ++latest;
    const sequence = progress.deliver();
    try {
      const { file: sent, size } = await prepare(file);
      if (mine === latest) editor.setFile(sent, size);
    } catch {
      if (mine === latest) store.set({ notice: UNREADABLE });
    }
    progress.answer(sequence);
    wake();
  };
}
