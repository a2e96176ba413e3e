// Which view shows a cell in which form: made once for a layer, kept, and told each cell anew.

import { html } from '../dom.js';
import { createCode } from './code.js';
import { createFormula } from './formula.js';
import { createConvPicture } from './picture/conv.js';
import { createDensePicture } from './picture/dense.js';
import { createInputPicture } from './picture/input.js';
import { createPartsPicture } from './picture/parts.js';
import { createPoolPicture } from './picture/pool.js';
import { createSoftmaxPicture } from './picture/softmax.js';
import { createTable } from './table.js';
import { createWords } from './words.js';

/** @import { Receipt } from '../../kinds/receipt.d.ts' */
/** @import { Form } from './forms.js' */
/** @import { FormView, Means, Told } from './types.d.ts' */

/** So many layers keep their pictures; beyond that the oldest is made anew when needed. */
const KEPT = 40;

/**
 * @param {Means} means
 * @param {string} label of the group
 */
export function createBody(means, label) {
  /** @type {Map<string, FormView>} */
  const views = new Map();
  const element = html('div', {
    class: 'body',
    tabindex: 0,
    role: 'group',
    'aria-label': label,
  });

  /**
   * @param {Form} form
   * @param {Receipt} receipt
   */
  function viewFor(form, receipt) {
    const key = form === 'picture' ? `${receipt.diagram} ${signature(receipt)}` : form;
    const known = views.get(key);
    if (known) return known;
    if (views.size >= KEPT) views.delete(views.keys().next().value ?? '');
    const made = form === 'picture' ? pictureOf(receipt, means) : FORMS[form](means);
    views.set(key, made);
    return made;
  }

  return {
    element,
    /**
     * @param {Form} form
     * @param {Told} told
     */
    show(form, told) {
      const view = viewFor(form, told.receipt);
      view.show(told);
      if (element.firstChild !== view.element) {
        const focused = element.contains(document.activeElement);
        element.replaceChildren(view.element);
        if (focused) element.focus(); // a jump by key must not end at the top of the page
      }
      element.dataset['form'] = form;
    },
  };
}

/** @type {Readonly<Record<Exclude<Form, 'picture'>, (means: Means) => FormView>>} */
const FORMS = {
  words: createWords,
  formula: createFormula,
  code: createCode,
  table: createTable,
};

/**
 * What a picture is built for: as long as this stays, only its numbers change.
 *
 * @param {Receipt} receipt
 */
function signature(receipt) {
  const { title, diagram } = receipt;
  if (diagram === 'filter') return [title, receipt.maps, receipt.rows, receipt.columns].join();
  if (diagram === 'terms') return [title, receipt.count, ...Object.values(receipt.folded)].join();
  if (diagram === 'window') return [title, receipt.rows, receipt.columns].join();
  if (diagram === 'scores') return [title, ...receipt.names].join();
  if (diagram === 'image') return [receipt.side.rows, receipt.side.columns].join();
  return [title, receipt.equation?.items.length ?? 0].join();
}

/**
 * @param {Receipt} receipt
 * @param {Means} means
 * @returns {FormView}
 */
function pictureOf(receipt, means) {
  switch (receipt.diagram) {
    case 'filter':
      return createConvPicture(receipt, means);
    case 'terms':
      return createDensePicture(receipt, means);
    case 'window':
      return createPoolPicture(receipt, means);
    case 'scores':
      return createSoftmaxPicture(receipt, means);
    case 'image':
      return createInputPicture(receipt, means);
    case 'message':
      return createMessage();
    default:
      return createPartsPicture(receipt, means);
  }
}

/** @returns {FormView} */
function createMessage() {
  const element = html('p', { class: 'words' });
  return {
    element,
    show({ receipt }) {
      element.textContent = receipt.check;
    },
  };
}
