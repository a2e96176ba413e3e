// The account of a value that is passed on: it is that of another cell.

import { regionOf } from '../../geometry/regions.js';
import { message, pieces } from '../../text/messages.js';
import { digitsFor, short } from '../../text/numbers.js';
import { cellName, channelNoun } from '../names.js';
import { passEquation } from './equation.js';
import { read } from './lines.js';
import { cellMath } from './mathml.js';
import { paragraph, strong } from './runs.js';
import { at, cellLabel, dataOf, totalDraft } from './shared.js';

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
      const { graph, trace } = asked;
      const source = sourceOf(asked);
      const value = at(dataOf(trace, source.layer), graph.offset(source));
      const item = { label: cellLabel(graph, source), value, cell: source };
      const part = { role: /** @type {const} */ ('part'), ...item, region: regionOf(source) };
      const equation = passEquation(part, totalDraft(asked), digitsFor(value));
      return {
        diagram: 'parts',
        ...{ source, sourceName: cellName(graph, source), equation, equations: [equation] },
        ...{ rounding: null, check: equation.text, why: null },
      };
    },

    words(receipt) {
      const { graph, cell, equation, source, sourceName, title } = receipt;
      const noun = channelNoun(graph, cell.layer);
      return [
        paragraph(
          'is',
          pieces(`passed.${noun}`, {
            ...{ cell: sourceName, layer: title, how: how(receipt), channel: short(cell.channel) },
            value: strong(equation?.total.signedText ?? '', source),
          }),
        ),
      ];
    },

    code: ({ graph, source, title }) => [
      `value = np.float64(${read(graph, source)})  # ${message('code.passes', { layer: title, kind: of })}`,
    ],

    symbols: ({ graph, source }) => [cellMath(graph, source)],
  };
}
