// What the page's own link says when it is opened, and the file of a picture, which no link carries:
// this tab keeps it until the drawing is cleared.

import { forget, recall, remember } from '../../core/store.js';
import { EMPTY } from '../../input/strokes.js';
import { fromLink } from '../link.js';
import { INITIAL } from '../state.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { State } from '../state.js' */

const PICTURE = 'picture';

/**
 * @param {Pick<State, 'graph' | 'spec'>} network
 * @returns {Partial<State>}
 */
export function opened(network) {
  const { state, said } = fromLink(
    location.hash.slice(1),
    { ...INITIAL, ...network },
    recallPicture,
  );
  return { ...state, notice: said };
}

/**
 * @param {string} text of the image that was read of it, in the link
 * @returns {Drawing | null} null where another picture is kept, or none
 */
export function recallPicture(text) {
  try {
    const { of, type, data, ...more } = JSON.parse(recall(PICTURE, 'sessionStorage') ?? '{}');
    if (of !== text) return null;
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    return { ...EMPTY, ...more, file: new Blob([bytes], { type }) };
  } catch {
    return null;
  }
}

/**
 * @param {string} of the image that was read of it, in the link
 * @param {Drawing} drawing
 * @returns {Promise<boolean>} whether the browser takes it
 */
export async function keepPicture(of, { file, size, digit }) {
  if (!file) return true;
  const characters = Array.from(new Uint8Array(await file.arrayBuffer()), (byte) =>
    String.fromCharCode(byte),
  );
  const data = btoa(characters.join(''));
  const kept = JSON.stringify({ of, type: file.type, data, size, digit });
  return remember(PICTURE, kept, 'sessionStorage');
}

/**
 * The address may be a moment old when the page is left, and cannot be written any more: early.js puts
 * this into it when the page is only loaded anew.
 *
 * @param {string} link "" leaves the address as it is
 */
export function leaveLink(link) {
  if (link) remember('left', `#${link}`, 'sessionStorage');
  else forget('left', 'sessionStorage');
}

export function forgetPicture() {
  forget(PICTURE, 'sessionStorage');
}
