// The curve of an activation with the cells on it: where they were, and where it takes them.

import { css, pixel } from '../../render/brush.js';
import { brief, grouped } from '../../text/numbers.js';
import { html, say, svg, tenth } from '../dom.js';

/** @import { Colours, Span } from '../../render/brush.js' */
/** @import { ActivationReceipt, Curve } from '../../kinds/receipt.d.ts' */
/** @import { Told } from './types.d.ts' */

/** @typedef {{ before: number, after: number, strong: boolean }} Point */

const LABELS = 20;
const MARGIN = 8;
/** Below the formula. */
const TOP = 20;
/** For the number over a bar. */
const OVER = 14;

/**
 * @param {number} width
 * @param {number} height
 */
export function createCurve(width, height) {
  const path = svg('path', { class: 'graph' });
  const axes = svg('path', { class: 'axis' });
  const low = svg('text', { x: 2, y: height - 4 });
  const high = svg('text', { x: width - 2, y: height - 4, 'text-anchor': 'end' });
  const formula = svg('text', { x: 2, y: 12 });
  const points = svg('g');
  const bars = svg('g');
  const element = svg(
    'svg',
    { class: 'curve', width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': true },
    ...[bars, axes, path, points, low, high, formula],
  );
  /** @type {Curve | null} */
  let drawn = null;

  const scalesOf = (/** @type {Curve} */ curve) => scales(curve, width, height);

  /** @param {Curve} curve */
  function draw(curve) {
    const { x, y } = scalesOf(curve);
    const steps = [...curve.x].map((z, i) => `${tenth(x(z))} ${tenth(y(curve.y[i] ?? 0))}`);
    path.setAttribute('d', `M${steps.join('L')}`);
    const zero = tenth(y(0));
    axes.setAttribute('d', `M0 ${zero}H${width}M${width / 2} 18V${height - LABELS}`);
    say(low, brief(-curve.limit));
    say(high, brief(curve.limit));
    say(formula, curve.formula);
    drawn = curve;
  }

  /**
   * @param {Curve} curve
   * @param {readonly Point[]} cells
   * @param {Colours} colours
   * @param {Span} span
   */
  function show(curve, cells, colours, span) {
    if (drawn?.limit !== curve.limit || drawn.name !== curve.name) draw(curve);
    while (points.childElementCount < cells.length) points.append(pointOf());
    while (points.childElementCount > cells.length) points.lastElementChild?.remove();
    const { x, y } = scalesOf(curve);
    cells.forEach(({ before, after, strong }, i) => {
      const [across, up] = [tenth(x(before)), tenth(y(after))];
      const [line, dot] = points.children[i]?.children ?? [];
      if (!line || !dot) return;
      line.setAttribute('d', `M${across} ${tenth(y(0))}V${up}`);
      dot.setAttribute('cx', String(across));
      dot.setAttribute('cy', String(up));
      dot.setAttribute('r', strong ? '6' : '4.5');
      dot.setAttribute('fill', css(pixel(colours, before, span)));
      dot.classList.toggle('strong', strong);
    });
  }

  return {
    element,
    show,
    /**
     * Draws the curve over a histogram of the numbers that it is given.
     *
     * @param {Curve} curve
     * @param {readonly number[]} counts of bins, from the left end of the curve to its right one
     * @param {Tell} tell
     */
    count(curve, counts, tell) {
      if (drawn?.limit !== curve.limit || drawn.name !== curve.name) draw(curve);
      const { x } = scalesOf(curve);
      bars.replaceChildren(...barsOf(counts, curve.limit, x, height - LABELS, tell));
    },
  };
}

/** @param {Curve} curve @param {number} width @param {number} height */
function scales({ limit, low, high }, width, height) {
  const bottom = height - LABELS - MARGIN;
  const reach = high - low || 1;
  return {
    x: (/** @type {number} */ z) => width / 2 + (z / (limit || 1)) * (width / 2 - MARGIN),
    y: (/** @type {number} */ v) => bottom - ((v - low) / reach) * (bottom - TOP),
  };
}

/** What a bar says: from and to which number it counts, and how many there are. @typedef {(from: number, to: number, count: number) => string} Tell */

/**
 * @param {readonly number[]} counts
 * @param {number} limit
 * @param {(z: number) => number} x
 * @param {number} bottom
 * @param {Tell} tell
 */
function barsOf(counts, limit, x, bottom, tell) {
  const most = Math.max(1, ...counts);
  const edge = (/** @type {number} */ i) => ((2 * i) / counts.length - 1) * limit;
  return counts.flatMap((count, i) => {
    const [from, to] = [edge(i), edge(i + 1)];
    const tall = tenth((count / most) * (bottom - TOP - OVER));
    const place = { x: tenth(x(from)) + 0.5, y: tenth(bottom - tall), height: tall };
    const bar = { class: to > 0 ? 'bar-above' : 'bar-below', width: tenth(x(to) - x(from) - 1) };
    const rect = svg('rect', { ...place, ...bar }, svg('title', {}, tell(from, to, count)));
    if (!count) return [rect];
    const middle = { x: tenth((x(from) + x(to)) / 2), y: tenth(bottom - tall - 3) };
    return [rect, svg('text', { class: 'bar-count', ...middle }, grouped(count))];
  });
}

function pointOf() {
  return svg('g', {}, svg('path', { class: 'axis' }), svg('circle'));
}

/** What the activations folded into a layer make of its cell: curve, point, before and after. */
/** @param {boolean} narrow */
export function createFollowing(narrow) {
  const name = html('h2');
  const curve = createCurve(100, narrow ? 110 : 150);
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
