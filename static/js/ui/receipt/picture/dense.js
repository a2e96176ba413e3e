// A unit: its weights folded back into the maps they read, what each gave, and the running total.

import { foldedBlock } from '../../../kinds/parts/weights.js';
import { pixel } from '../../../render/brush.js';
import { message } from '../../../text/messages.js';
import { scaleText } from '../../../text/numbers.js';
import { html } from '../../dom.js';
import { createPlane } from '../plane.js';
import { own } from '../shade.js';
import { titled } from '../tiles.js';
import { createWaterfall } from '../waterfall.js';

/** @import { Colours } from '../../../render/brush.js' */
/** @import { DenseReceipt } from '../../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

/** Cells at most, px. */
const MOST = 14;

/**
 * @param {DenseReceipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createDensePicture(like, means) {
  /** @type {DenseReceipt | null} */
  let present = null;
  const follow = (/** @type {number} */ term) => present && means.jump(present.originAt(term));
  const side = means.narrow ? 150 : 165;
  const weights = createFolded(like.folded, side, follow);
  const products = createFolded(like.folded, side, follow);
  const waterfall = createWaterfall(means.narrow, means.jump);
  const total = titled(waterfall.element);
  total.element.classList.add('running');
  const blocks = [weights.element, products.element, total.element];
  const element = html('div', { class: 'picture folds' }, ...blocks);

  /** @param {Told} told */
  function show({ receipt, colours }) {
    if (receipt.diagram !== 'terms' || !receipt.equation) return;
    present = receipt;
    const { largest, folded, source } = receipt;
    weights.show(message('dense.weights'), receipt.weights, largest.weight, colours);
    products.show(message('dense.products'), receipt.products, largest.product, colours);
    const units = folded.rows * folded.columns === 1;
    const place = units ? 'unit' : folded.channels > 1 ? 'map' : 'cell';
    const order = message(`dense.order.${place}`, { layer: folded.layer || source });
    total.title(message('total.running'), order);
    waterfall.show(receipt.equation);
  }

  return { element, show };
}

/**
 * Numbers of a unit's terms, folded back into the maps they read: one block of cells, gaps between.
 *
 * @param {DenseReceipt['folded']} folded
 * @param {number} side px of the square that it should keep to
 * @param {(term: number) => void} follow
 */
function createFolded(folded, side, follow) {
  const { wide, high, terms } = foldedBlock(folded);
  const cell = Math.max(2, Math.min(MOST, Math.floor(side / Math.max(wide, high))));
  const plane = createPlane(wide, high, cell);
  const { element, title } = titled(plane.element);
  plane.element.classList.add('jumps');
  plane.element.addEventListener('click', (event) => {
    const term = terms[plane.at(event)] ?? -1;
    if (term >= 0) follow(term);
  });

  /**
   * @param {string} name
   * @param {ArrayLike<number>} values by term
   * @param {number} largest
   * @param {Colours} colours
   */
  function show(name, values, largest, colours) {
    const scale = own(largest);
    plane.paint((i) => {
      const term = terms[i] ?? -1;
      return term < 0 ? 0 : pixel(colours, values[term] ?? 0, scale);
    });
    title(name, scaleText(largest));
  }

  return { element, show };
}
