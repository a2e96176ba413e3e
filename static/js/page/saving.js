// Keeps the trace of the present drawing as a file, for the code that is shown beside it.

import { fetchFile } from '../wire/file.js';

/** @import { Network } from '../wire/questions.js' */
/** @import { State } from './state.js' */

const NAME = 'trace.npz';

/**
 * @param {Network} network
 * @param {Readonly<State>} state
 */
export async function saveTrace(network, { drawing, center, trace }) {
  const blob = await fetchFile({ network, what: 'trace', drawing, center, moved: trace?.moved });
  const place = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = place;
  link.download = NAME;
  link.click();
  URL.revokeObjectURL(place);
}
