// Shows a link, selected, and what there is to say of it.

import { find } from './dom.js';

/**
 * @param {string} link
 * @param {string} sentences
 */
export function showLink(link, sentences) {
  const dialog = find('#link-dialog', HTMLDialogElement);
  const field = find('input', HTMLInputElement, dialog);
  find('.link-said', HTMLElement, dialog).textContent = sentences;
  field.value = link;
  dialog.showModal();
  field.select();
}
