// A receipt in plain words: complete, with this cell's numbers, and adding up as it is read.

import { paragraph, strong } from '../../kinds/parts/runs.js';
import { traitsOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { field, goes } from '../sentences.js';

/** @import { Paragraph, Receipt } from '../../kinds/receipt.d.ts' */

/**
 * @param {Receipt} receipt
 * @returns {Paragraph[]}
 */
export function words(receipt) {
  const before = receipt.origin ? words(receipt.origin) : [];
  const origin = before.filter(({ role }) => role !== 'why' && role !== 'field');
  const own = receipt.account.words(receipt);
  const after = receipt.after.map(({ sentence }) => sentence).join(' ');
  const why = receipt.why && [strong(receipt.why.title), ` ${receipt.why.text}`];
  return [
    ...origin,
    ...own,
    ...(receipt.rounding ? [paragraph('rounding', roundingPieces(receipt))] : []),
    ...(after ? [paragraph('after', [after])] : []),
    ...reach(receipt),
    ...(why ? [paragraph('why', why)] : []),
  ];
}

/** What it sees of the image, and who reads it. */
/** @param {Receipt} receipt @returns {Paragraph[]} */
function reach({ graph, cell, after }) {
  const seen = cell.layer === graph.input ? null : field(graph, cell);
  const read = goes(graph, after.at(-1)?.cell ?? cell);
  const said = [seen, read].filter((text) => text !== null).join(' ');
  return said ? [paragraph('field', [said])] : [];
}

/** @param {Receipt} receipt */
function roundingPieces({ rounding, graph, cell }) {
  const { bends } = traitsOf(graph.layer(cell.layer));
  const does = bends ? 'works' : 'adds';
  if (!rounding?.value) return [message(`rounding.${does}.exact`)];
  return [message(`rounding.${does}`, { difference: rounding.text })];
}
