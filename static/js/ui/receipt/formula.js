// The account as a formula: MathML, built from plain data, line under line.

import { formula } from '../../scene/receipt/formula.js';
import { message } from '../../text/messages.js';
import { html, math } from '../dom.js';

/** @import { MathNode } from '../../kinds/receipt.d.ts' */
/** @import { FormView, Told } from './types.d.ts' */

/** @returns {FormView} */
export function createFormula() {
  const element = html('div', { class: 'formula' });
  return {
    element,
    /** @param {Told} told */
    show({ receipt }) {
      const lines = formula(receipt).map(({ role, math: root, text }) =>
        html('div', { class: 'formula-line', 'data-role': role }, nodeOf(root, text)),
      );
      const none = html('p', { class: 'words' }, message('formula.none', { why: receipt.check }));
      element.replaceChildren(...(lines.length ? lines : [none]));
    },
  };
}

/**
 * @param {MathNode} node
 * @param {string} [said] the whole line, for those who cannot see MathML
 * @returns {Element}
 */
function nodeOf({ tag, attrs = {}, children = [], text }, said) {
  const inner = children.map((child) => nodeOf(child));
  return math(tag, said ? { ...attrs, alttext: said } : attrs, ...inner, text ?? null);
}
