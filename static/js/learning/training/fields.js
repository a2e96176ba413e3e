// The fields of the form: what each choice of a training is called, and what may stand in it.

import { known, message } from '../../text/messages.js';
import { short } from '../../text/numbers.js';
import { numberTyped } from '../../text/typed.js';
import { html } from '../../ui/dom.js';

/** @import { Key } from '../../text/messages.js' */
/** @import { RunRecipe } from '../../wire/types.d.ts' */

/** @typedef {keyof RunRecipe} Name */

/**
 * @typedef {object} Field
 * @property {HTMLElement} element
 * @property {(value: unknown) => void} show
 * @property {(wrong: boolean) => void} mark what was refused
 */

/** Of choices among words, which the server has. @type {Readonly<Partial<Record<Name, readonly string[]>>>} */
const WORDS = {
  optimiser: ['sgd', 'momentum', 'adam', 'adamw'],
  schedule: ['constant', 'cosine'],
  loss: ['cross_entropy', 'squared_error', 'hinge'],
  initial: ['he', 'glorot', 'zeros', 'equal'],
};
/** What everybody chooses; those who know why choose more. @type {readonly Name[]} */
export const FEW = ['epochs', 'optimiser', 'rate', 'batch_size'];

/** @param {Name} name @param {unknown} usual what stands in it at first @param {(value: string | number | boolean) => void} change @returns {Field} */
export function createField(name, usual, change) {
  const words = WORDS[name];
  if (words) return createChoice(name, words, change);
  return typeof usual === 'boolean' ? createSwitch(name, change) : createNumber(name, change);
}

/** @param {Name | 'network' | 'data'} name @param {HTMLElement} control */
export function fieldOf(name, control) {
  const hint = known(`training.${name}.hint`);
  control.setAttribute('name', name);
  return {
    element: html(
      'label',
      { class: 'training-field' },
      html('span', {}, message(/** @type {Key} */ (`training.${name}`))),
      control,
      hint ? html('small', {}, message(hint)) : null,
    ),
    mark: (/** @type {boolean} */ wrong) => void (control.ariaInvalid = String(wrong)),
  };
}

/** @param {Name} name @param {readonly string[]} words @param {(value: string) => void} change */
function createChoice(name, words, change) {
  const options = words.map((word) =>
    html('option', { value: word }, message(/** @type {Key} */ (`training.${name}.${word}`))),
  );
  const select = html('select', { onchange: () => change(select.value) }, ...options);
  const show = (/** @type {unknown} */ value) => void (select.value = String(value));
  return { ...fieldOf(name, select), show };
}

/** @param {Name} name @param {(value: boolean) => void} change */
function createSwitch(name, change) {
  const box = html('input', { type: 'checkbox', onchange: () => change(box.checked) });
  const show = (/** @type {unknown} */ value) => void (box.checked = value === true);
  return { ...fieldOf(name, box), show };
}

/** @param {Name} name @param {(value: number) => void} change */
function createNumber(name, change) {
  let shown = '';
  const typed = html('input', {
    ...{ type: 'text', inputmode: 'decimal', autocomplete: 'off', size: 8, class: 'typed' },
    onchange() {
      const value = numberTyped(typed.value);
      if (value === null) typed.value = shown;
      else change(value);
    },
  });
  const show = (/** @type {unknown} */ value) => {
    const next = typeof value === 'number' ? short(value) : '';
    if (next !== shown) typed.value = next;
    shown = next;
  };
  return { ...fieldOf(name, typed), show };
}
