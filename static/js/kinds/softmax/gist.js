// What matters of a share: its score, how far that is from the highest, what a point more would do.

import { sentences } from '../../text/sentences.js';
import { isAlone, percent } from '../../text/shares.js';
import { at } from '../parts/data.js';
import { together } from '../parts/gist.js';
import { strong } from '../parts/runs.js';

/** @import { Paragraph, SoftmaxReceipt } from '../receipt.d.ts' */

/** @param {SoftmaxReceipt} receipt @returns {Paragraph[]} */
export function softmaxGist(receipt) {
  const { equations, whatIf, value, probabilities, scores, unit } = receipt;
  const [{ items, total }] = equations;
  const most = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const nameOf = (/** @type {number} */ i) => receipt.names[i] ?? '';
  const shareWith = (/** @type {number} */ delta) =>
    whatIf.find((one) => one.delta === delta)?.probabilityText ?? '';
  const [score = total] = items;
  const said = sentences();
  return [
    ...together(
      said.shareGets({
        name: nameOf(unit),
        share: strong(percent(value, { alone: isAlone(probabilities) })),
        score: strong(score.signedText, score.cell),
        behind: at(scores, unit) < most ? total.text : '',
        highest: nameOf(scores.indexOf(most)),
        ties: scores.filter((one) => one === most).length,
        of: scores.length,
      }),
    ),
    ...together([said.oneMore(shareWith(1), shareWith(-1))]),
  ];
}
