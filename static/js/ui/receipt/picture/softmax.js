// Softmax: each score, its exponential, the sum, the quotient; and what another score would do.

import { message } from '../../../text/messages.js';
import { html, say } from '../../dom.js';
import { signOf } from '../shade.js';

/** @import { SoftmaxReceipt, SoftmaxRow, WhatIf } from '../../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

/**
 * @param {SoftmaxReceipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createSoftmaxPicture(like, means) {
  const labels = ['', '', '', '', ''].map(() => html('div', { class: 'row-label' }));
  const columns = like.names.map(() => createColumn());
  const parts = [...labels, ...columns.flatMap(({ elements }) => elements)];
  const grid = html('div', { class: 'shares' }, ...parts);
  const worked = html('div', { class: 'sum-line' });
  const left = html('div', { class: 'shares-part' }, grid, worked);
  const wonder = createWonder(like.whatIf.length);
  const element = html('div', { class: 'picture' }, left, wonder.element);
  /** @type {readonly SoftmaxRow[]} */
  let rows = [];

  columns.forEach((column, i) =>
    column.head.addEventListener('click', () => {
      const cell = rows[i]?.cell;
      if (cell) means.jump(cell);
    }),
  );

  /** @param {Told} told */
  function show({ receipt }) {
    if (receipt.diagram !== 'scores') return;
    rows = receipt.rows();
    const { source, largestText: largest, equations } = receipt;
    const [, power, sum, share] = equations;
    const names = [
      '',
      message('answer.score', { layer: source }),
      message('softmax.largest', { largest }),
      message('softmax.sum', { sum: sum.total.signedText }),
      message('softmax.probability'),
    ];
    labels.forEach((label, i) => say(label, names[i] ?? ''));
    rows.forEach((row, i) => columns[i]?.show(row, row.unit === receipt.unit));
    say(worked, [power.text, sum.text, share.text].join('\n'));
    const name = receipt.names[receipt.unit] ?? '';
    wonder.show(name, receipt.whatIf);
  }

  return { element, show };
}

function createColumn() {
  const head = html('button', { type: 'button', class: 'share-name' });
  const shares = ['', '', '', ' strong'].map((more) => html('div', { class: `share${more}` }));
  const elements = [head, ...shares];

  /**
   * @param {SoftmaxRow} row
   * @param {boolean} marked
   */
  function show({ name, scoreText, differenceText, exponentialText, probabilityText }, marked) {
    const texts = [name, scoreText, differenceText, exponentialText, probabilityText];
    elements.forEach((element, i) => {
      say(element, texts[i] ?? '');
      element.classList.toggle('marked', marked);
    });
  }

  return { elements, head, show };
}

/** @param {number} count */
function createWonder(count) {
  const title = html('h2');
  const lines = Array.from({ length: count }, () => {
    const delta = html('dt');
    const share = html('b');
    const change = html('span');
    return { delta, share, change, element: html('div', {}, delta, html('dd', {}, share, change)) };
  });
  const list = html('dl', {}, ...lines.map(({ element }) => element));
  const element = html('div', { class: 'wonder' }, title, list);

  /**
   * @param {string} name
   * @param {readonly WhatIf[]} whatIf
   */
  function show(name, whatIf) {
    say(title, message('softmax.if', { class: name }));
    whatIf.forEach(({ deltaText, probabilityText, changeText, change }, i) => {
      const line = lines[i];
      if (!line) return;
      say(line.delta, deltaText);
      say(line.share, probabilityText);
      say(line.change, ` ${changeText}`);
      line.change.className = signOf(change);
    });
  }

  return { element, show };
}
