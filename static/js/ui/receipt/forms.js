// The five forms of an account, as one group of radio buttons.

import { message } from '../../text/messages.js';
import { html } from '../dom.js';

/** @typedef {'picture' | 'words' | 'formula' | 'code' | 'table'} Form */

/** @type {readonly Form[]} */
export const FORMS = ['picture', 'words', 'formula', 'code', 'table'];

/**
 * @param {string | null} text
 * @returns {Form} the one of that name, else the picture
 */
export function formNamed(text) {
  return FORMS.find((form) => form === text) ?? 'picture';
}

/** @param {(form: Form) => void} onChoose */
export function createForms(onChoose) {
  const inputs = FORMS.map((value) => html('input', { type: 'radio', name: 'form', value }));
  const labels = inputs.map((input) => {
    const word = message(`form.${formNamed(input.value)}`);
    return html('label', {}, input, html('span', {}, word));
  });
  const legend = html('legend', { class: 'unseen' }, message('form.title'));
  const segments = html('span', { class: 'segments' }, ...labels);
  const element = html('fieldset', { class: 'forms' }, legend, segments);
  element.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) onChoose(formNamed(target.value));
  });

  return {
    element,
    /** @param {Form} form */
    show(form) {
      for (const input of inputs) input.checked = input.value === form;
    },
  };
}
