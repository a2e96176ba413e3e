// What came of it: the loss after one step, after one at ten times the rate, after many on this one
// drawing; and what became of other digits meanwhile.

import { answerText } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { own, short } from '../text/numbers.js';
import { percent } from '../text/shares.js';
import { pixel } from '../render/brush.js';
import { find, html, svg, tenth } from '../ui/dom.js';
import { createPlane } from '../ui/receipt/plane.js';
import { phaseAt } from './phases.js';

/** @import { Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Stage } from '../stage/stage.js' */
/** @import { Phase } from './phases.js' */
/** @import { LearnState, LearnStore } from './state.js' */

/** Of the curve, px. */
const CURVE = { width: 360, height: 132, left: 8, top: 8 };
/** Of the picture of a digit, px of a cell. */
const CELL = 2;

/** @param {LearnStore} store @param {Graph} graph @param {readonly Phase[]} phases @param {Stage} stage @param {HTMLElement} section */
export function openOutcome(store, graph, phases, stage, section) {
  const place = find('.outcome', HTMLElement, section);
  const body = html('div', { class: 'outcome-body' });
  place.append(body);
  /** @type {readonly unknown[]} */
  let built = [];
  return {
    /** @param {Readonly<LearnState>} state */
    show(state) {
      const { at, step, steps, theme } = state;
      place.hidden = phaseAt(phases, at).name !== 'after' || !step;
      const parts = [step, steps, theme];
      if (place.hidden || !step || parts.every((part, i) => part === built[i])) return;
      built = parts;
      const many = steps && lossTable(graph, state, step.tensors, steps.tensors);
      body.replaceChildren(
        ...(many ? [many, curveOf(numbers(steps.tensors, 'losses'))] : []),
        ...(steps ? othersOf(graph, steps.tensors, stage) : []),
      );
    },
  };
}

/** @param {number} count */
function stepsText(count) {
  return count ? message('learning.steps', { count }) : message('learning.none');
}

/** @param {Tensors} tensors @param {string} name */
function numbers(tensors, name) {
  return Array.from(tensors.get(name)?.data ?? [], Number);
}

/** @param {Graph} graph @param {Readonly<LearnState>} state @param {Tensors} one @param {Tensors} many */
function lossTable(graph, { wanted: { target, rate } }, one, many) {
  const losses = numbers(many, 'losses');
  const outputs = numbers(many, 'outputs');
  const classes = outputs.length / losses.length;
  /** @param {string} name @param {number} loss @param {string} [share] */
  const row = (name, loss, share) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, name),
      html('td', {}, own(loss)),
      html('td', {}, share ?? ''),
    );
  const after = (/** @type {number} */ count) => {
    const answer = outputs.slice(count * classes, (count + 1) * classes);
    return row(stepsText(count), losses[count] ?? NaN, answerText(graph, answer, target));
  };
  const counts = [0, 1, 10, 100].filter((count) => count < losses.length);
  const [first, second, ...more] = counts.map(after);
  const fast = row(
    message('learning.tenfold', { rate: short(rate * 10) }),
    numbers(one, 'tenfold')[0] ?? NaN,
  );
  const heads = ['steps', 'loss', 'share'].map((name) =>
    html('th', { scope: 'col' }, message(/** @type {any} */ (`learning.table.${name}`))),
  );
  const rows = [first, second, fast, ...more].filter((one) => one !== undefined);
  return html(
    'table',
    { class: 'losses' },
    html('caption', {}, message('learning.drawing')),
    html('thead', {}, html('tr', {}, ...heads)),
    html('tbody', {}, ...rows),
  );
}

/** The loss after each step. @param {readonly number[]} losses */
function curveOf(losses) {
  const finite = losses.filter(Number.isFinite);
  const most = Math.max(...finite) || 1;
  const { width, height, left, top } = CURVE;
  const x = (/** @type {number} */ i) => left + (i / (losses.length - 1)) * (width - 2 * left);
  const y = (/** @type {number} */ loss) => top + (1 - loss / most) * (height - 2 * top);
  const points = losses.flatMap((loss, i) =>
    Number.isFinite(loss) ? [`${tenth(x(i))},${tenth(y(loss))}`] : [],
  );
  const drawing = svg(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': message('learning.curve.label'),
    },
    svg('line', { class: 'axis', x1: left, x2: width - left, y1: y(0), y2: y(0) }),
    svg('polyline', { class: 'graph', points: points.join(' ') }),
  );
  const caption = message('learning.curve', { count: losses.length - 1, most: own(most) });
  return html('figure', { class: 'losses-curve' }, html('figcaption', {}, caption), drawing);
}

/** The share of its own class that each of ten other digits gets, after some steps and more. */
/** @param {Graph} graph @param {Tensors} many @param {Stage} stage @returns {HTMLElement[]} none where the server has no such digits */
function othersOf(graph, many, { painter }) {
  const images = many.get('others/images');
  const labels = numbers(many, 'others/labels');
  if (!images || !labels.length) return [];
  const moments = numbers(many, 'others/moments');
  const shares = numbers(many, 'others/shares');
  const [, rows = 1, columns = 1] = images.shape.slice(-3);
  const area = rows * columns;
  const digits = labels.map((label, i) => {
    const plane = createPlane(columns, rows, CELL);
    const span = { image: true, limit: 1, low: 0, high: 1 };
    const values = images.data.subarray(i * area, (i + 1) * area);
    plane.element.classList.add('plain');
    plane.paint((at) => pixel(painter.colours, Number(values[at]), span));
    const name = html('span', {}, graph.classes[label] ?? String(label));
    return html('th', { scope: 'col' }, plane.element, name);
  });
  const lines = moments.map((count, m) => {
    const name = stepsText(count);
    const cells = labels.map((_, i) => shareCell(shares[m * labels.length + i] ?? NaN));
    return html('tr', {}, html('th', { scope: 'row' }, name), ...cells);
  });
  const table = html(
    'table',
    { class: 'others' },
    html('caption', {}, message('learning.others')),
    html('thead', {}, html('tr', {}, html('td', {}, message('learning.others.of')), ...digits)),
    html('tbody', {}, ...lines),
  );
  return [
    html(
      'div',
      {
        class: 'others-scroll',
        tabindex: 0,
        role: 'group',
        'aria-label': message('learning.others'),
      },
      table,
    ),
  ];
}

/** @param {number} share */
function shareCell(share) {
  const bar = html('span', { class: 'share-bar', 'aria-hidden': true });
  bar.style.width = `${Math.round(100 * Math.min(1, Math.max(0, share)))}%`;
  return html('td', {}, bar, percent(share, { alone: false }));
}
