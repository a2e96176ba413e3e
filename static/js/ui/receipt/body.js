// Which view shows a cell in which form: made once for a layer, kept, and told each cell anew.

import { html } from '../dom.js';
import { createConvPicture } from './picture/conv.js';
import { createDensePicture } from './picture/dense.js';
import { createGradientPicture } from './picture/gradient.js';
import { createInputPicture } from './picture/input.js';
import { createSoftmaxPicture } from './picture/softmax.js';
import { createPartsPicture, createPoolPicture } from './picture/tiled.js';
import { createCode, createFormula, createTable, createWords } from './texts.js';

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

  /** @type {Receipt['graph'] | null} whose pictures are kept */
  let graph = null;

  /**
   * @param {Form} form
   * @param {Receipt} receipt
   */
  function viewFor(form, receipt) {
    if (graph !== receipt.graph) views.clear();
    graph = receipt.graph;
    const key = form === 'picture' ? pictureKey(receipt) : form;
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

/** What a picture is built for: as long as this stays, only its numbers change. */
/** @param {Receipt} receipt */
function pictureKey(receipt) {
  const { diagram, title, equation } = receipt;
  if (diagram === 'gradient')
    return `${diagram} ${receipt.planes?.rows} ${receipt.planes?.columns} ${receipt.terms.length}`;
  if (diagram === 'filter') return `${diagram} ${title} ${receipt.maps}`;
  const parts = PICTURES[diagram] === createPartsPicture ? equation?.items.length : '';
  return `${diagram} ${title} ${parts}`;
}

/**
 * @param {Receipt} receipt
 * @param {Means} means
 */
function pictureOf(receipt, means) {
  return PICTURES[receipt.diagram](/** @type {any} */ (receipt), means);
}

/** @type {{ [Kind in Receipt as Kind['diagram']]: (like: Kind, means: Means) => FormView }} */
const PICTURES = {
  filter: createConvPicture,
  terms: createDensePicture,
  window: createPoolPicture,
  scores: createSoftmaxPicture,
  image: createInputPicture,
  message: createMessage,
  curve: createPartsPicture,
  parts: createPartsPicture,
  gradient: createGradientPicture,
};

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
