// "Why 3?": scores, exponentials and shares of every class, as one chart that is made once.

import { message } from '../text/messages.js';
import { html, say, svg } from './dom.js';

/** @import { AnswerAccount, AnswerRow } from '../scene/types.d.ts' */

/** Lines of the chart, from above, in px. */
const ZERO = 66;
const EXPONENTIAL = 158;
const RULE = 178;
const SHARE = 200;
const HEIGHT = 212;
const LABELS = 118;
const LEAST = 84;
/** Of a letter of a class's name, beyond the few that there is room for. */
const LETTER = 9;
const FEW = 2;
const UP = 46;
const DOWN = 46;
const BAR = 34;
const LIKELY = 0.01;
const VISIBLE = 0.0005;

/** @param {number} count of classes */
function createColumns(count) {
  return Array.from({ length: count }, (_, i) => {
    const x = `${((i + 0.5) / count) * 100}%`;
    const middle = { x, 'text-anchor': 'middle' };
    const bar = svg('rect', { x, width: BAR, rx: 1.5, transform: `translate(${-BAR / 2} 0)` });
    const score = svg('text', { ...middle, class: 'strong' });
    const exponential = svg('text', { ...middle, y: EXPONENTIAL, 'data-softmax': true });
    const share = svg('text', { ...middle, y: SHARE });
    return { bar, score, exponential, share, all: [bar, score, exponential, share] };
  });
}

/** @typedef {ReturnType<typeof createColumns>[number]} Column */

/** What stands at the left of the rows. */
function createLabels() {
  const score = svg('text', { y: ZERO + 5 });
  const largest = svg('tspan', { dy: -6, 'font-size': 12 });
  const base = svg('tspan', { 'font-size': 18 }, 'e');
  const exponential = svg('text', { y: EXPONENTIAL - 7, 'data-softmax': true }, base, largest);
  const sum = svg('text', { y: EXPONENTIAL + 12, 'data-softmax': true });
  const share = svg('text', { y: SHARE, class: 'strong title' });
  const rule = svg('line', { x1: 0, x2: '100%', y1: RULE, y2: RULE });
  const all = [score, exponential, sum, share, rule];
  const element = svg('svg', { class: 'labels', width: LABELS, height: HEIGHT }, ...all);
  return { score, largest, exponential, sum, share, element };
}

/** As many columns as the answer has classes: made once, until there are others. */
export function createAnswerChart() {
  const labels = createLabels();
  const zero = svg('line', { x1: 0, x2: '100%', y1: ZERO, y2: ZERO, class: 'zero' });
  const rule = svg('line', { x1: 0, x2: '100%', y1: RULE, y2: RULE });
  const plot = svg('svg', { class: 'plot', height: HEIGHT });
  const element = html('div', { class: 'answer', role: 'img' }, labels.element, plot);
  /** @type {Column[]} */
  let columns = [];

  /** @param {AnswerAccount['rows']} rows */
  function fit(rows) {
    if (columns.length === rows.length) return;
    columns = createColumns(rows.length);
    plot.replaceChildren(zero, rule, ...columns.flatMap((column) => column.all));
    const longest = Math.max(...rows.map(({ name }) => name.length));
    const least = LEAST + LETTER * Math.max(0, longest - FEW);
    plot.style.minWidth = `${rows.length * least}px`; // many classes, or long names: the chart scrolls
  }

  /** @param {AnswerAccount} answer */
  function show(answer) {
    fit(answer.rows);
    const scores = answer.rows.map(({ score }) => score);
    const [up, down] = [Math.max(...scores, 1e-9), Math.max(-Math.min(...scores), 1e-9)];
    const unit = Math.min(UP / up, DOWN / down);
    answer.rows.forEach((row, i) => {
      const column = columns[i];
      if (column) showColumn(column, row, unit);
    });
    element.setAttribute('aria-label', answer.line);
    say(labels.score, message('answer.score', { layer: answer.scoreLayer ?? answer.softmaxLayer }));
    // a network that does not end in a softmax has scores, and that is all
    const plain = answer.scoreLayer === null;
    element.toggleAttribute('data-plain', plain);
    say(labels.share, message(plain ? 'answer.answer' : 'answer.probability'));
    say(labels.largest, message('answer.power', { less: answer.lessText }));
    const rounding = answer.roundingText ? `, ${answer.roundingText}` : '';
    say(labels.sum, message('answer.sum', { sum: answer.sumText }) + rounding);
  }

  return { element, show };
}

/**
 * @param {Column} column
 * @param {AnswerRow} row
 * @param {number} unit px of one score
 */
function showColumn({ bar, score, exponential, share }, row, unit) {
  const up = row.score >= 0;
  const tall = Math.abs(row.score) * unit;
  bar.setAttribute('y', String(up ? ZERO - tall : ZERO));
  bar.setAttribute('height', String(Math.max(1, tall)));
  bar.setAttribute('class', up ? 'up' : 'down');
  score.setAttribute('y', String(up ? ZERO - tall - 6 : ZERO + tall + 15));
  say(score, row.scoreText);
  exponential.setAttribute('class', row.exponential > VISIBLE ? 'strong' : 'weak');
  say(exponential, row.exponentialText);
  const leads = row.rank < 2;
  share.setAttribute('class', leads || row.probability > LIKELY ? 'strong' : 'weak');
  share.setAttribute('data-rank', String(Math.min(row.rank, 2)));
  say(share, `${row.name}: ${row.probabilityText}`);
}
