// A sample digit: a small button with its picture.

import { message } from '../text/messages.js';
import { button, strokeLine, svg } from './dom.js';

/** @import { Sample } from '../wire/model.js' */

/** @param {Sample} sample @param {() => void} take */
export function createSample({ digit, strokes }, take) {
  const label = message('samples.one', { digit });
  const lines = strokes.map((stroke) => strokeLine(stroke, 0.08));
  const picture = svg('svg', { viewBox: '0 0 1 1', 'aria-hidden': true }, ...lines);
  return button({ class: 'sample', 'aria-label': label, title: label, onclick: take }, picture);
}
