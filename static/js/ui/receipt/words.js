// The account in plain words: sentences whose numbers are coloured and whose cells can be visited.

import { words } from '../../scene/receipt/words.js';
import { html } from '../dom.js';

/** @import { Run } from '../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from './types.d.ts' */

/** @type {Readonly<Record<Run['tone'], string>>} */
const TONES = { plain: '', strong: 'strong', pos: 'above', neg: 'below' };

/**
 * @param {Means} means
 * @returns {FormView}
 */
export function createWords({ jump }) {
  const element = html('div', { class: 'words' });

  /** @param {Run} run */
  function runOf({ text, tone, cell }) {
    if (cell) {
      const button = html('button', { type: 'button', class: `jump ${TONES[tone]}` }, text);
      button.addEventListener('click', () => jump(cell));
      return button;
    }
    if (tone === 'plain') return text;
    return html(tone === 'strong' ? 'b' : 'span', { class: TONES[tone] }, text);
  }

  return {
    element,
    /** @param {Told} told */
    show({ receipt }) {
      const paragraphs = words(receipt).map(({ role, runs }) =>
        html('p', { 'data-role': role }, ...runs.map(runOf)),
      );
      element.replaceChildren(...paragraphs);
    },
  };
}
