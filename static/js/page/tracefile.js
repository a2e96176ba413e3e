// The numbers of a drawing's trace as a file.

import { saveFile } from '../ui/dom.js';
import { fetchFile } from '../wire/file.js';

/** @import { Network } from '../wire/questions.js' */
/** @import { State } from './state.js' */

/** The media types of a trace. @type {Readonly<Record<string, string>>} */
export const NUMBERS = {
  safetensors: 'application/vnd.safetensors',
  NPZ: 'application/x-npz',
  CSV: 'text/csv',
  JSON: 'application/json',
};

/**
 * @param {Network} network
 * @param {Readonly<State>} state
 * @param {string} [form]
 * @returns {Promise<string>} name of the file
 */
export async function saveTrace(network, { drawing, center, trace }, form = 'NPZ') {
  const asked = { network, what: 'trace', drawing, center, moved: trace?.moved };
  return saveFile(await fetchFile(asked, NUMBERS[form] ?? ''), `trace.${form.toLowerCase()}`);
}
