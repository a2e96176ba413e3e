// The account of a value that is passed on: it is that of another cell.

import { regionOf } from '../../geometry/regions.js';
import { message, pieces } from '../../text/messages.js';
import { digitsFor, short } from '../../text/numbers.js';
import { cellName, channelNoun } from '../names.js';
import { valueAt } from './data.js';
import { draft, passEquation, totalDraft } from './equation.js';
import { cellLabel } from './labels.js';
import { read } from './lines.js';
import { cellMath } from './mathml.js';
import { paragraph, strong } from './runs.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { Account, PassReceipt, ReceiptAsked } from '../receipt.d.ts' */

/**
 * @param {string} of its kind, as in "concat passes it on"
 * @param {(asked: ReceiptAsked) => Cell} sourceOf
 * @param {(receipt: PassReceipt) => string} how it passes values on
 * @returns {Account<PassReceipt>}
 */
export function passing(of, sourceOf, how) {
  return {
    receipt(asked) {
      const source = sourceOf(asked);
      const value = valueAt(asked, source);
      const more = { cell: source, region: regionOf(source) };
      const part = draft('part', cellLabel(asked.graph, source), value, more);
      const equation = passEquation(part, totalDraft(asked), digitsFor(value));
      return { diagram: 'parts', source, equations: [equation] };
    },

    words(receipt) {
      const { graph, cell, equation, source, title } = receipt;
      const value = strong(equation?.total.signedText ?? '', source);
      const told = pieces(`passed.${channelNoun(graph, cell.layer)}`, {
        ...{ cell: cellName(graph, source), layer: title, how: how(receipt) },
        ...{ channel: short(cell.channel), value },
      });
      return [paragraph('is', told)];
    },

    code: ({ graph, source, title }) => [
      `value = np.float64(${read(graph, source)})  # ${message('code.passes', { layer: title, kind: of })}`,
    ],

    symbols: ({ graph, source }) => [cellMath(graph, source)],
  };
}
