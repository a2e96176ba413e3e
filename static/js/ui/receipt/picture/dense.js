// A unit: its weights folded back into the maps they read, what each gave, and the running total.

import { pixel } from '../../../render/colours.js';
import { message } from '../../../text/messages.js';
import { scaleText } from '../../../text/numbers.js';
import { html } from '../../dom.js';
import { createFolded } from '../folded.js';
import { own } from '../shade.js';
import { titled } from '../tiles.js';
import { createWaterfall } from '../waterfall.js';

/** @import { DenseReceipt } from '../../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

/**
 * @param {DenseReceipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createDensePicture(like, means) {
  const side = means.narrow ? 150 : 165;
  const weights = createFolded(like.folded, side);
  const products = createFolded(like.folded, side);
  const waterfall = createWaterfall(means.narrow, means.jump);
  const blocks = {
    weights: titled(weights.element),
    products: titled(products.element),
    total: titled(waterfall.element),
  };
  blocks.total.element.classList.add('running');
  const element = html(
    'div',
    { class: 'picture folds' },
    ...[blocks.weights.element, blocks.products.element, blocks.total.element],
  );
  /** @type {DenseReceipt | null} */
  let present = null;

  for (const block of [weights, products]) {
    block.element.addEventListener('click', (event) => {
      const term = block.termAt(event);
      if (present && term !== null) means.jump(present.originAt(term));
    });
  }

  /** @param {Told} told */
  function show({ receipt, colours }) {
    if (receipt.diagram !== 'terms' || !receipt.equation) return;
    present = receipt;
    const { largest, folded, source } = receipt;
    const weightScale = own(largest.weight);
    const productScale = own(largest.product);
    weights.paint((i) => pixel(colours, receipt.weights[i] ?? 0, weightScale));
    products.paint((i) => pixel(colours, receipt.products[i] ?? 0, productScale));
    blocks.weights.title(message('dense.weights'), scaleText(largest.weight));
    blocks.products.title(message('dense.products'), scaleText(largest.product));
    const units = folded.rows * folded.columns === 1;
    const place = units ? 'unit' : folded.channels > 1 ? 'map' : 'cell';
    const order = message(`dense.order.${place}`, { layer: folded.layer || source });
    blocks.total.title(message('total.running'), order);
    waterfall.show(receipt.equation);
  }

  return { element, show };
}
