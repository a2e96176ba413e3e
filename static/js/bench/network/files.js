// Keeps a network of blocks as a file that `convlens train` takes, and opens one. Both ways it goes
// through the server, which holds it to what can be trained; what cannot be opened changes nothing.

import { message } from '../../text/messages.js';
import { errorText } from '../../text/refusals.js';
import { button, html, saveFile, say } from '../../ui/dom.js';
import { Away } from '../../wire/refusal.js';
import { leaveSpec, writeSpec } from '../../wire/specs.js';
import { placeIn } from '../asking.js';

/** @import { NetworkFile } from '../../wire/types.d.ts' */
/** @import { Refused } from '../answers.js' */

/**
 * @param {() => NetworkFile} now
 * @param {(network: NetworkFile) => void} give
 * @param {(refused: Refused) => void} refuse one of its blocks
 */
export function createFiles(now, give, refuse) {
  const told = html('p', { class: 'told', role: 'status' });
  const field = html('input', { type: 'file', accept: '.json,application/json', hidden: true });
  const open = button(
    { class: 'action', onclick: () => field.click() },
    message('bench.network.open'),
  );
  const save = button(
    { class: 'action', onclick: () => void written(keep) },
    message('bench.network.save'),
  );
  const train = button(
    { class: 'action', onclick: () => void written(leave) },
    message('bench.network.train'),
  );
  const keep = (/** @type {Blob} */ file, /** @type {NetworkFile} */ { id }) =>
    say(told, message('bench.network.saved', { file: saveFile(file, `${id}.json`) }));

  /** The page of learning takes it from here. @param {Blob} file */
  async function leave(file) {
    await leaveSpec(file);
    location.assign('learning#training');
  }

  /** @param {(file: Blob, network: NetworkFile) => unknown} use */
  async function written(use) {
    const network = now();
    try {
      const { file } = await writeSpec(network);
      await use(file, network);
    } catch (error) {
      const says = sentenceOf(error);
      const place = placeIn(error);
      if (place !== null) refuse({ refused: says, place });
      say(told, message('bench.network.unsaved', { says }));
    }
  }

  field.addEventListener('change', () => {
    const [file] = field.files ?? [];
    field.value = ''; // the same one may be opened again
    if (file) void take(file);
  });

  /** @param {File} file */
  async function take(file) {
    try {
      const { network } = await writeSpec(file);
      give(network);
      say(told, message('bench.network.opened', { file: file.name }));
    } catch (error) {
      say(told, message('bench.network.unopened', { file: file.name, says: sentenceOf(error) }));
    }
  }

  return html(
    'div',
    { class: 'hand' },
    html('div', { class: 'choice' }, save, open, train, field),
    told,
  );
}

/** @param {unknown} error */
function sentenceOf(error) {
  return error instanceof Away ? message('bench.away') : errorText(error);
}
