// A running total as a chart: one bar an item, from the total before it to the total after it.

import { html, say, svg } from '../dom.js';

/** @import { Cell, Equation, Item } from '../../scene/receipt/types.d.ts' */

const HEIGHT = 222;
const TOP = 22;
const BOTTOM = 48;
const LEAST = 43;
/** Part of a column that its bar takes. */
const BAR = 0.84;

/**
 * @param {boolean} narrow it scrolls inside its own box
 * @param {(cell: Cell) => void} jump
 */
export function createWaterfall(narrow, jump) {
  const zero = svg('line', { class: 'axis', x1: 0, x2: '100%' });
  const bars = svg('g');
  const plot = svg('svg', { class: 'waterfall', height: HEIGHT, 'aria-hidden': true }, zero, bars);
  const element = html('div', { class: 'scroller', tabindex: narrow ? 0 : -1 }, plot);
  /** @type {ReturnType<typeof createBar>[]} */
  let columns = [];
  /** @type {readonly Item[]} */
  let shown = [];

  plot.addEventListener('click', ({ target }) => {
    const at = columns.findIndex((bar) => target instanceof Node && bar.element.contains(target));
    const cell = shown[at]?.cell;
    if (cell) jump(cell);
  });

  /** @param {Equation} equation */
  function show({ items, total }) {
    shown = [...items, total];
    if (columns.length !== shown.length) {
      columns = shown.map((_, i) => createBar(i, shown.length));
      bars.replaceChildren(...columns.map((column) => column.element));
      plot.style.minWidth = `${shown.length * LEAST}px`;
    }
    const ends = items.flatMap(({ from, to }) => [from, to]);
    const high = Math.max(0, total.shown, ...ends);
    const low = Math.min(0, total.shown, ...ends);
    const unit = (HEIGHT - TOP - BOTTOM - 16) / (high - low || 1);
    const y = (/** @type {number} */ value) => TOP + (high - value) * unit;
    zero.setAttribute('y1', y(0).toFixed(1));
    zero.setAttribute('y2', y(0).toFixed(1));
    items.forEach((item, i) => columns[i]?.show(item, item.from, item.to, y));
    columns.at(-1)?.show(total, 0, total.shown, y);
  }

  return { element, show };
}

/**
 * @param {number} index
 * @param {number} count
 */
function createBar(index, count) {
  const step = 100 / count;
  const left = index * step;
  const middle = { x: `${left + (step * BAR) / 2}%`, 'text-anchor': 'middle' };
  const rect = svg('rect', { x: `${left}%`, width: `${step * BAR}%`, rx: 1.5 });
  const link = svg('line', {
    ...{ class: 'link-line', x1: `${left + step * BAR}%`, x2: `${left + step}%` },
  });
  const amount = svg('text', { ...middle, class: 'amount' });
  const name = svg('text', { ...middle, y: HEIGHT - 20, class: 'bar-name' });
  const place = svg('text', { ...middle, y: HEIGHT - 4, class: 'bar-place' });
  const element = svg('g', {}, rect, link, amount, name, place);

  /**
   * @param {Item} item
   * @param {number} from
   * @param {number} to
   * @param {(value: number) => number} y
   */
  function show(item, from, to, y) {
    const up = to >= from;
    const top = Math.min(y(from), y(to));
    const tall = Math.max(1.5, Math.abs(y(from) - y(to)));
    rect.setAttribute('y', top.toFixed(1));
    rect.setAttribute('height', tall.toFixed(1));
    const total = item.role === 'total';
    element.setAttribute(
      'class',
      total ? 'total' : `${up ? 'up' : 'down'}${item.cell ? ' jumps' : ''}`,
    );
    link.setAttribute('y1', y(to).toFixed(1));
    link.setAttribute('y2', y(to).toFixed(1));
    amount.setAttribute('y', (up ? top - 5 : top + tall + 14).toFixed(1));
    say(amount, item.signedText);
    say(name, total ? (item.short[0].split(' ')[0] ?? '') : item.short[0]);
    say(place, item.short[1]);
  }

  return { element, show };
}
