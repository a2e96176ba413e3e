// A value that is passed on: it is that of another cell, and so is its account.

import { regionOf } from '../../geometry/regions.js';
import { message, pieces } from '../../text/messages.js';
import { digitsFor, short } from '../../text/numbers.js';
import { cellName, channelNoun } from '../traits.js';
import { valueAt } from './data.js';
import { draft, passEquation, totalDraft } from './equation.js';
import { cellRun, says, together } from './gist.js';
import { cellLabel } from './labels.js';
import { read } from './lines.js';
import { cellMath } from './mathml.js';
import { cellByCell, oneCell } from './reading.js';
import { paragraph, strong } from './runs.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { KindOnPage } from '../kind.d.ts' */
/** @import { Account, PassReceipt } from '../receipt.d.ts' */
/** @import { Asked } from '../types.d.ts' */

/**
 * @param {string} of its kind, as in "concat passes it on"
 * @param {(asked: Asked) => Cell} sourceOf
 * @param {(receipt: PassReceipt) => string} how it passes values on
 * @returns {Pick<KindOnPage, 'contributions' | 'influences' | 'account'>}
 */
export function passing(of, sourceOf, how) {
  /** @type {Account<PassReceipt>} */
  const account = {
    receipt(asked) {
      const source = sourceOf(asked);
      const value = valueAt(asked, source);
      const more = { cell: source, region: regionOf(source) };
      const part = draft('part', cellLabel(asked.graph, source), value, more);
      const equation = passEquation(part, totalDraft(asked), digitsFor(value));
      return { diagram: 'parts', source, equations: [equation] };
    },

    gist(receipt) {
      const { graph, source, title } = receipt;
      const cell = cellRun(graph, source);
      return together(
        says(receipt),
        pieces('passed.from', { layer: title, how: how(receipt), cell }),
      );
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
  const { influences } = cellByCell;
  return { contributions: (asked) => oneCell(asked, sourceOf(asked)), influences, account };
}
