// Whatever has few parts: the values that are added, joined or passed on, and what they make.

import { html, say } from '../../dom.js';
import { createCurve } from '../curve.js';
import { createTiles, titled } from '../tiles.js';

/** @import { Cell, Receipt } from '../../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

const SIDE = 120;
const CURVE = 160;

/**
 * @param {Receipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createPartsPicture(like, means) {
  const items = like.equation?.items ?? [];
  const one = () => createTiles(1, 1, SIDE, SIDE, means.jump);
  const tiles = items.map(one);
  const result = one();
  const blocks = tiles.map(({ element }) => titled(element));
  const whole = titled(result.element);
  whole.element.classList.add('made');
  const curve = createCurve(CURVE, CURVE);
  const name = like.equation?.name ?? '';
  const row = blocks.flatMap(({ element }, i) => [i > 0 && sign('+'), element]);
  const sentence = html('p', { class: 'beside' });
  const sum = html('div', { class: 'sum-line' });
  const element = html(
    'div',
    { class: 'picture pooling' },
    ...row.filter((part) => part !== false),
    like.diagram === 'curve' && curve.element,
    ...[sign(name || '='), whole.element, sentence, sum],
  );

  /** @param {Told} told */
  function show(told) {
    const { receipt, colours, span } = told;
    const { equation } = receipt;
    equation?.items.forEach((item, i) => {
      const from = item.cell ?? sourceOf(receipt);
      const scale = span((from ?? receipt.cell).layer, (from ?? receipt.cell).channel);
      const value = item.value;
      const tile = { text: item.signedText, value, span: scale, cell: from, strong: false };
      tiles[i]?.show([tile], colours);
      blocks[i]?.title(item.label);
    });
    const scale = span(receipt.cell.layer, receipt.cell.channel);
    const made = { text: receipt.valueText, value: receipt.value, span: scale };
    result.show([{ ...made, cell: null, strong: false }], colours);
    whole.title(receipt.title);
    say(sum, equation?.text ?? '');
    if (receipt.diagram !== 'curve') return;
    const from = span(receipt.source.layer, receipt.source.channel);
    const point = { before: receipt.before, after: receipt.afterValue, strong: true };
    curve.show(receipt.curve, [point], colours, from);
    say(sentence, receipt.sentence);
  }

  return { element, show };
}

/** @param {string} text */
function sign(text) {
  return html('div', { class: text.length > 1 ? 'arrow' : 'arrow plain' }, text);
}

/**
 * @param {Receipt} receipt
 * @returns {Cell | null}
 */
function sourceOf(receipt) {
  return 'source' in receipt && typeof receipt.source === 'object' ? receipt.source : null;
}
