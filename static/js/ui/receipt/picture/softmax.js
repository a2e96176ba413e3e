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
  const grid = html(
    'div',
    { class: 'shares' },
    ...[...labels, ...columns.flatMap(({ elements }) => elements)],
  );
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
    const sum = receipt.equations.find(({ role }) => role === 'sum');
    const { source, largestText: largest } = receipt;
    [
      '',
      message('answer.score', { layer: source }),
      message('softmax.largest', { largest }),
    ].forEach((text, i) => {
      if (labels[i]) say(labels[i], text);
    });
    if (labels[3]) say(labels[3], message('softmax.sum', { sum: sum?.total.signedText ?? '' }));
    if (labels[4]) say(labels[4], message('softmax.probability'));
    rows.forEach((row, i) => columns[i]?.show(row, row.unit === receipt.unit));
    const lines = receipt.equations.filter(({ role }) => role !== 'difference');
    say(worked, lines.map(({ text }) => text).join('\n'));
    const name = receipt.names[receipt.unit] ?? '';
    wonder.show(name, receipt.whatIf);
  }

  return { element, show };
}

function createColumn() {
  const head = html('button', { type: 'button', class: 'share-name' });
  const cells = [0, 1, 2].map(() => html('div', { class: 'share' }));
  const share = html('div', { class: 'share strong' });
  const elements = [head, ...cells, share];

  /**
   * @param {SoftmaxRow} row
   * @param {boolean} marked
   */
  function show(row, marked) {
    say(head, row.name);
    [row.scoreText, row.differenceText, row.exponentialText].forEach((text, i) => {
      if (cells[i]) say(cells[i], text);
    });
    say(share, row.probabilityText);
    for (const element of elements) element.classList.toggle('marked', marked);
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
