// What the activations folded into a layer make of its cell: curve, point, before and after.

import { html, say } from '../../dom.js';
import { createCurve } from '../curve.js';

/** @import { ActivationReceipt } from '../../../kinds/receipt.d.ts' */
/** @import { Told } from '../types.d.ts' */

const WIDTH = 100;
const HEIGHT = 150;
const SHORT = 110;

/** @param {boolean} narrow */
export function createFollowing(narrow) {
  const name = html('h2');
  const curve = createCurve(WIDTH, narrow ? SHORT : HEIGHT);
  const result = html('b');
  const amount = html('div', { class: 'amount' }, '→ ', result);
  const element = html('div', { class: 'following' }, name, curve.element, amount);

  /**
   * @param {Told} told
   * @param {readonly ActivationReceipt[]} after
   */
  function show({ colours, span, receipt }, after) {
    const [first] = after;
    element.hidden = !first;
    if (!first) return;
    const point = { before: first.before, after: first.afterValue, strong: true };
    say(name, first.title);
    curve.show(first.curve, [point], colours, span(receipt.cell.layer, receipt.cell.channel));
    say(result, first.valueText);
  }

  return { element, show };
}
