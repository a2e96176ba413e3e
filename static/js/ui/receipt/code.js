// The account as NumPy code that makes the same number, to be copied and run beside its trace.

import { code } from '../../scene/receipt/code.js';
import { message } from '../../text/messages.js';
import { errorText } from '../../text/refusals.js';
import { html, say } from '../dom.js';

/** @import { FormView, Means, Told } from './types.d.ts' */

/** How long a button says what it did, ms. */
const SAID = 1600;

/**
 * @param {Means} means
 * @returns {FormView}
 */
export function createCode({ save }) {
  const source = html('code');
  const listing = html('pre', { tabindex: 0, 'aria-label': message('code.label') }, source);
  const said = html('span', { class: 'said', role: 'status' });
  const copy = actionOf(message('code.copy'), async () => {
    answer(message((await copied(source)) ? 'code.copied' : 'code.selected'));
  });
  const download = actionOf(message('code.download'), async () => {
    await save();
    answer(message('code.saved'));
  });
  const actions = html('div', { class: 'code-actions' }, copy, download, said);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {string} sentence */
  function answer(sentence) {
    say(said, sentence);
    clearTimeout(timer);
    timer = setTimeout(() => say(said, ''), SAID);
  }

  /**
   * @param {string} word
   * @param {() => Promise<void>} act
   */
  function actionOf(word, act) {
    const button = html('button', { type: 'button', class: 'action' }, word);
    button.addEventListener('click', () => void act().catch((error) => answer(errorText(error))));
    return button;
  }

  return {
    element: html('div', { class: 'code' }, actions, listing),
    /** @param {Told} told */
    show: ({ receipt }) => say(source, code(receipt)),
  };
}

/**
 * Selects the code as well, so that the keys still copy it where the clipboard is closed to pages.
 *
 * @param {HTMLElement} source
 * @returns {Promise<boolean>} whether it is in the clipboard
 */
async function copied(source) {
  const selected = document.getSelection();
  selected?.selectAllChildren(source);
  try {
    await navigator.clipboard.writeText(source.textContent);
    selected?.removeAllRanges();
    return true;
  } catch {
    return false;
  }
}
