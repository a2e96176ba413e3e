// How far the numbers of a layer are spread, beside those of the picture: a bar that grows to the
// right where they are spread more, to the left where less, and says by powers of ten how much.

import { brief } from '../../text/numbers.js';
import { html, say, svg, tenth } from '../../ui/dom.js';

/** Units of the drawing; half of it is that many powers of ten. */
const SIZE = { width: 88, height: 12 };
const POWERS = 3;

/** @typedef {'dead' | 'alike' | 'dying' | 'holding' | 'exploding'} Fate */

/** Mean, standard deviation, share of zeros, as the server says them: null for what is not finite. @typedef {readonly (number | null)[]} Spread */

/** Of numbers whose deviation is a smaller share of their mean, only rounding tells one from another. */
const ROUNDING = 1e-5;

/** So many times more or less than the picture's is no longer like it. */
const FAR = 10;

/**
 * @param {number} first standard deviation of the picture
 * @param {Spread} spread of a layer
 * @returns {Fate}
 */
export function fateOf(first, [mean = null, last = null, zeros]) {
  if (zeros === 1) return 'dead';
  if (last === null || mean === null || last > first * FAR) return 'exploding';
  if (last <= ROUNDING * Math.abs(mean)) return 'alike';
  return last < first / FAR ? 'dying' : 'holding';
}

export function createSpread() {
  const bar = svg('rect', { y: 2, height: SIZE.height - 4 });
  const middle = SIZE.width / 2;
  const line = svg('path', { d: `M${middle} 0v${SIZE.height}M0 ${SIZE.height / 2}h${SIZE.width}` });
  const box = { viewBox: `0 0 ${SIZE.width} ${SIZE.height}`, 'aria-hidden': true };
  const drawing = svg('svg', { ...box, class: 'spread-bar', ...SIZE }, line, bar);
  const written = html('span');
  const element = html('span', { class: 'spread' }, drawing, written);

  /** @param {number | null} first standard deviation of the picture @param {Spread | null} spread of this layer; null while it is not known */
  function show(first, spread) {
    element.hidden = !first || !spread;
    if (!first || !spread) return;
    const [, last = null] = spread;
    const share = Math.log10((last ?? Infinity) / first) / POWERS;
    const reach = middle * Math.max(-1, Math.min(1, share));
    bar.setAttribute('x', String(tenth(middle + Math.min(0, reach))));
    bar.setAttribute('width', String(tenth(Math.abs(reach))));
    element.dataset['fate'] = fateOf(first, spread);
    say(written, brief(last ?? Infinity));
  }
  return { element, show };
}
