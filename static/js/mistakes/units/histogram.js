// How numbers are spread, as bars with axes and as a table.

import { message } from '../../text/messages.js';
import { grouped, short } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { html, svg, tenth } from '../../ui/dom.js';

/** @import { Spread } from '../../wire/map.js' */

const WIDTH = 420;
const HEIGHT = 150;
const EDGE = { left: 82, right: 8, top: 14, bottom: 26 };
/** Px from one number below the bars to the next. */
const APART = 64;

/** @param {Spread} spread @param {string} name */
export function createHistogram(spread, name) {
  const { counts, width, first, zeros, odd } = spread;
  const most = Math.max(1, ...counts);
  const all = counts.reduce((sum, count) => sum + count, zeros + odd);
  const [left, right] = [EDGE.left, WIDTH - EDGE.right];
  const bottom = HEIGHT - EDGE.bottom;
  const wide = (right - left) / counts.length;
  const high = (/** @type {number} */ count) => (count / most) * (bottom - EDGE.top);
  const border = (/** @type {number} */ k) => short((first + k) * width);
  const bars = counts.map((count, k) =>
    svg('rect', {
      ...{ class: first + k < 0 ? 'below' : 'above', x: tenth(left + k * wide + 0.5) },
      ...{ y: tenth(bottom - high(count)), width: tenth(Math.max(0.5, wide - 1)) },
      height: tenth(high(count)),
    }),
  );
  const least = Math.max(1, (APART / (right - left)) * counts.length);
  const every = 2 ** Math.ceil(Math.log2(least)); // widths are halves of halves: these are short
  const marks = Array.from({ length: counts.length + 1 }, (_, k) => k)
    .filter((k) => (first + k) % every === 0)
    .flatMap((k) => {
      const x = tenth(left + k * wide);
      const line = svg('line', { x1: x, x2: x, y1: bottom, y2: bottom + 4 });
      return [line, svg('text', { x, y: bottom + 18 }, border(k))];
    });
  const side = [most, 0].flatMap((count) => {
    const y = bottom - high(count);
    const line = svg('line', { x1: left, x2: right, y1: y, y2: y });
    return [line, svg('text', { class: 'row', x: left - 6, y: y + 4 }, grouped(count))];
  });
  const box = { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' };
  const says = message(zeros ? 'mistakes.units.spread.zeros' : 'mistakes.units.spread', {
    ...{ name, count: all, numbers: grouped(all), width: short(width) },
    zeros: percent(zeros / (all || 1)),
  });
  return html(
    'figure',
    { class: 'units-histogram' },
    html('figcaption', {}, html('b', {}, name), ` ${says}`),
    svg('svg', box, ...side, ...bars, ...marks),
    createTable(counts, border, name),
  );
}

/** @param {readonly number[]} counts @param {(k: number) => string} border @param {string} name */
function createTable(counts, border, name) {
  const summary = html('summary', {}, message('mistakes.units.table', { name }));
  const details = html('details', {}, summary);
  const fill = () => {
    const rows = counts.map((count, k) =>
      html(
        'tr',
        {},
        html(
          'th',
          { scope: 'row' },
          message('mistakes.units.bin', { from: border(k), to: border(k + 1) }),
        ),
        html('td', {}, grouped(count)),
      ),
    );
    const heads = [message('mistakes.units.numbers'), message('mistakes.units.count')].map((text) =>
      html('th', { scope: 'col' }, text),
    );
    const head = html('thead', {}, html('tr', {}, ...heads));
    details.append(html('table', {}, head, html('tbody', {}, ...rows)));
  };
  details.addEventListener('toggle', fill, { once: true });
  return details;
}
