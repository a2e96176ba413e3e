// A running total as a chart: one bar an item, from the total before it to the total after it.

import { message } from '../../text/messages.js';
import { html, say, svg, tenth } from '../dom.js';
import { createRoving } from './roving.js';

/** @import { Cell, Equation, Item } from '../../kinds/receipt.d.ts' */

const HEIGHT = 196;
const TOP = 22;
const BOTTOM = 48;
/** A column, px; where the chart scrolls, one with long amounts. */
const LEAST = 39;
const LEAST_LONG = 48;
/** Of a letter of a name below a bar, beyond those that there is room for, px. */
const LETTER = 6;
const FEW = 8;
/** Part of a column that its bar takes. */
const BAR = 0.84;
/** Amounts with more signs than that touch the next one below: then it stands a line lower, px. */
const SHORT = 6;
const LINE = 12;
const SAME_LINE = 11;

/**
 * @param {boolean} narrow it scrolls inside its own box
 * @param {(cell: Cell) => void} jump
 */
export function createWaterfall(narrow, jump) {
  const zero = svg('line', { class: 'axis', x1: 0, x2: '100%' });
  const bars = svg('g');
  const label = { role: 'group', 'aria-label': message('total.running') };
  const plot = svg('svg', { class: 'waterfall', height: HEIGHT, ...label }, zero, bars);
  const element = html('div', { class: 'scroller', tabindex: narrow ? 0 : -1 }, plot);
  /** @type {ReturnType<typeof createBar>[]} */
  let columns = [];
  /** @type {readonly Item[]} */
  let shown = [];

  const stops = () => columns.map((column) => column.element);
  const roving = createRoving(plot, 0, stops, (i) => shown[i]?.cell, jump);

  /** @param {Equation} equation */
  function show({ items, total }) {
    shown = [...items, total];
    if (columns.length !== shown.length) {
      columns = shown.map((_, i) => createBar(i, shown.length));
      bars.replaceChildren(...columns.map((column) => column.element));
    }
    const ends = items.flatMap(({ from, to }) => [from, to]);
    const high = Math.max(0, total.shown, ...ends);
    const low = Math.min(0, total.shown, ...ends);
    const unit = (HEIGHT - TOP - BOTTOM - 16) / (high - low || 1);
    const y = (/** @type {number} */ value) => TOP + (high - value) * unit;
    zero.setAttribute('y1', String(tenth(y(0))));
    zero.setAttribute('y2', String(tenth(y(0))));
    const longest = Math.max(...items.map(({ signedText }) => signedText.length));
    const least = narrow && longest >= SHORT ? LEAST_LONG : LEAST;
    plot.style.minWidth = `${shown.length * (least + widening(shown))}px`;
    const long = longest > SHORT;
    let last = NaN;
    items.forEach((item, i) => {
      // the total's amount is large: the one beside it stands on the other side
      const above = i === items.length - 1 ? total.shown < 0 : item.to >= item.from;
      const foot = Math.max(y(item.from), y(item.to));
      const drop = !above && long && Math.abs(foot - last) < SAME_LINE ? last + LINE - foot : 0;
      last = above ? NaN : foot + drop;
      columns[i]?.show(item, item.from, item.to, y, { above, drop });
    });
    columns.at(-1)?.show(total, 0, total.shown, y, { above: total.shown >= 0, drop: 0 });
    roving.refresh();
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
  // all of its column can be hit, not just the bar and its words
  const target = svg('rect', { x: `${left}%`, width: `${step}%`, height: HEIGHT, class: 'target' });
  const element = svg('g', {}, rect, link, amount, name, place, target);

  /**
   * @param {Item} item
   * @param {number} from
   * @param {number} to
   * @param {(value: number) => number} y
   * @param {{ above: boolean, drop: number }} amountAt drop: of an amount that stands below, px
   */
  function show(item, from, to, y, { above, drop }) {
    const up = to >= from;
    const top = Math.min(y(from), y(to));
    const tall = Math.max(1.5, Math.abs(y(from) - y(to)));
    rect.setAttribute('y', String(tenth(top)));
    rect.setAttribute('height', String(tenth(tall)));
    const total = item.role === 'total';
    element.setAttribute(
      'class',
      total ? 'total' : `${up ? 'up' : 'down'}${item.cell ? ' jumps' : ''}`,
    );
    tell(element, item);
    link.setAttribute('y1', String(tenth(y(to))));
    link.setAttribute('y2', String(tenth(y(to))));
    amount.setAttribute('y', String(tenth(above ? top - 5 : top + tall + 14 + drop)));
    say(amount, item.signedText);
    say(name, item.short[0]);
    say(place, item.short[1]);
  }

  return { element, show };
}

/** @param {readonly Item[]} items @returns {number} px that the longest name, or two beside each other, need beyond a column */
function widening(items) {
  const lengths = items.map(({ short }) => short.map((line) => line.length));
  const longest = Math.max(...lengths.flat());
  const pairs = lengths.slice(1).flatMap((after, i) => {
    const before = lengths[i] ?? [];
    return after.map((length, line) => (before[line] ? (length + (before[line] ?? 0)) / 2 : 0));
  });
  return Math.max(0, LETTER * (longest - FEW), LETTER * Math.max(...pairs) - LEAST);
}

/**
 * A bar that leads to its cell is a button, named by what stands on it.
 *
 * @param {SVGGElement} bar
 * @param {Item} item
 */
function tell(bar, { cell }) {
  if (cell) bar.setAttribute('role', 'button');
  else for (const name of ['role', 'tabindex']) bar.removeAttribute(name);
}
