// Images from outside: chosen, dropped, or pasted.

import { listening } from './listening.js';

/**
 * @param {object} options
 * @param {HTMLInputElement} options.chooser
 * @param {HTMLElement} options.target shows that it would take what is dragged over the place
 * @param {Document | HTMLElement} [options.place] where it is dropped or pasted
 * @param {(file: File) => void} options.onFile
 */
export function createFiles({ chooser, target, place = document, onFile }) {
  /** @param {DataTransfer | null} transfer */
  function take(transfer) {
    const file = [...(transfer?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    const any = file ?? transfer?.files[0];
    if (any) onFile(any);
    return Boolean(any);
  }

  chooser.addEventListener('change', () => {
    const file = chooser.files?.[0];
    if (file) onFile(file);
    chooser.value = ''; // the same file again is news again
  });

  const listen = listening(place);
  listen('paste', (/** @type {ClipboardEvent} */ event) => {
    if (take(event.clipboardData)) event.preventDefault();
  });

  listen('dragover', (/** @type {DragEvent} */ event) => {
    event.preventDefault(); // otherwise the browser would leave the page for the file
    target.dataset['dropping'] = 'true';
  });
  listen('dragleave', (/** @type {DragEvent} */ { relatedTarget: next }) => {
    if (!(next instanceof Node && place.contains(next))) delete target.dataset['dropping'];
  });
  listen('drop', (/** @type {DragEvent} */ event) => {
    event.preventDefault();
    delete target.dataset['dropping'];
    take(event.dataTransfer);
  });

  return { choose: () => chooser.click() };
}
