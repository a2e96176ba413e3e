// A gradient: what came back from above, what it is multiplied with, what each product adds; of a map as
// its numbers lie there, of few numbers one by one.

import { pixel } from '../../../render/brush.js';
import { largestOf } from '../../../kinds/parts/data.js';
import { known, message } from '../../../text/messages.js';
import { own as ownText, scaleText } from '../../../text/numbers.js';
import { html, say } from '../../dom.js';
import { cellFor, createPlane } from '../plane.js';
import { own } from '../shade.js';
import { createTiles, titled } from '../tiles.js';
import { createWaterfall } from '../waterfall.js';

/** @import { GradientReceipt } from '../../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

/** px */
const SIDE = 128;
const CELL = 26;
const TILE = 64;
/** So many terms are shown as tiles. */
const FEW = 2;

/** @param {GradientReceipt} like @param {Means} means @returns {FormView} */
export function createGradientPicture(like, means) {
  const parts = like.planes ? createPlanes(like.planes) : createProducts(like, means);
  const waterfall = createWaterfall(means.narrow, means.jump);
  const total = titled(waterfall.element);
  total.element.classList.add('running');
  total.element.hidden = like.terms.length < 2;
  const lines = html('div', { class: 'sum-line' });
  const element = html(
    'div',
    { class: 'picture gradient' },
    ...parts.elements,
    total.element,
    lines,
  );
  return {
    element,
    /** @param {Told} told */
    show(told) {
      const { receipt } = told;
      if (receipt.diagram !== 'gradient' || !receipt.equation) return;
      parts.show(receipt, told);
      total.title(message('total.running'));
      if (!total.element.hidden) waterfall.show(receipt.equation);
      if (!means.narrow) return; // it stands beside the picture
      say(
        lines,
        receipt.equations
          .slice(1)
          .map(({ text }) => text)
          .join('\n'),
      );
    },
  };
}

/** @param {string} factor @returns {string} what it is called */
function factorName(factor) {
  const key = known(`learning.factor.${factor}`);
  return key ? message(key) : factor;
}

/** @param {NonNullable<GradientReceipt['planes']>} like */
function createPlanes({ rows, columns }) {
  const cell = cellFor(columns, rows, SIDE, SIDE, CELL);
  const planes = [0, 1, 2].map(() => createPlane(columns, rows, cell));
  const blocks = planes.map(({ element }) => titled(element));
  const signs = ['×', '='].map((text) => html('div', { class: 'arrow plain' }, text));
  const [above, times, made] = blocks.map(({ element }) => element);
  const elements = [above, signs[0], times, signs[1], made].filter((one) => one !== undefined);
  /** @param {GradientReceipt} receipt @param {Told} told */
  function show({ planes: shown }, { colours }) {
    if (!shown) return;
    const names = [
      message('learning.above.of', { map: shown.map }),
      factorName(shown.factor),
      message('learning.product'),
    ];
    [shown.above, shown.times, shown.products].forEach((values, i) => {
      const largest = largestOf(values.map((value) => value || 0));
      const scale = own(largest);
      planes[i]?.paint((at) =>
        Number.isNaN(values[at]) ? 0 : pixel(colours, values[at] ?? 0, scale),
      );
      blocks[i]?.title(names[i] ?? '', scaleText(largest));
    });
  }
  return { elements, show };
}

/** @param {GradientReceipt} like @param {Means} means */
function createProducts({ terms }, means) {
  const rows = terms.slice(0, FEW).map(() => {
    const tiles = [0, 1, 2].map(() => createTiles(1, 1, TILE, TILE, means.jump));
    const blocks = tiles.map(({ element }) => titled(element));
    const sign = (/** @type {string} */ text) => html('div', { class: 'arrow plain' }, text);
    const [above, times, made] = blocks.map(({ element }) => element);
    const parts = [above, sign('×'), times, sign('='), made].filter((one) => one !== undefined);
    return { tiles, blocks, parts, element: html('div', { class: 'product' }, ...parts) };
  });
  const element = html('div', { class: 'products' }, ...rows.map((row) => row.element));
  /** @param {GradientReceipt} receipt @param {Told} told */
  function show(receipt, { colours, span }) {
    const strong = receipt.terms.toSorted((a, b) => Math.abs(b.product) - Math.abs(a.product));
    rows.forEach(({ tiles, blocks, parts }, i) => {
      const term = strong[i];
      if (!term) return;
      const { cell, above, times, product, label, factor } = term;
      const { layer, channel } = cell ?? receipt.cell;
      const scales = [
        span(layer, channel),
        own(Math.abs(times)),
        span(receipt.cell.layer, receipt.cell.channel),
      ];
      for (const part of parts.slice(0, -1)) part.hidden = !cell; // the loss itself is multiplied with nothing
      const names = [label, factorName(factor), cell ? message('learning.product') : label];
      [above, times, product].forEach((value, k) => {
        const lead = k ? null : cell;
        const tile = {
          text: ownText(value, 3),
          value,
          span: scales[k] ?? own(1),
          cell: lead,
          strong: false,
        };
        tiles[k]?.show([tile], colours);
        blocks[k]?.title(names[k] ?? '');
      });
    });
  }
  return { elements: [element], show };
}
