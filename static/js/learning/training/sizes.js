// How large the gradient of each layer is over the steps of a training: whether anything comes back to
// the first layers.

import { message } from '../../text/messages.js';
import { about, brief, grouped, listed, roughly, short } from '../../text/numbers.js';
import { html } from '../../ui/dom.js';
import { axisAcross, nameOf } from './drawn.js';
import { createPlot, listenToPlot, onceAFrame, pressable, sayAll } from './plot.js';
import { logarithm, powersOf, scaleOf } from './series.js';

/** @import { RunLine } from '../../wire/types.d.ts' */
/** @import { RunShown } from './curves.js' */
/** @import { Axis, Shared } from './plot.js' */

/** So many times smaller than the last layer's, the first layer's gradient has vanished. */
const VANISHED = 100;
/** Hues of layers, first to last. */
const HUES = 6;
/** Arrow keys take about so many stops from end to end. */
const STOPS = 40;

/** @param {Shared} page */
export function createSizes(page) {
  /** @type {readonly RunShown[]} */
  let runs = [];
  let early = false;
  /** @type {number | null} */
  let at = null;
  const plots = html('div', { class: 'plots' });
  const said = html('div', { class: 'plot-said' });
  /** @type {ReturnType<typeof createPlot>[]} */
  let all = [];

  function add() {
    const plot = createPlot(page, '', message('training.sizes.what'));
    const i = all.length;
    const where = () => ({ ...stopsOf(measuredOf(runs[i])), at });
    listenToPlot(plot, where, (to) => {
      at = to;
      mark();
    });
    return plot;
  }
  function mark() {
    const texts = runs.map((run, i) => figuresText(run, nameOf(runs, i), at));
    sayAll(said, texts);
    for (const [i, plot] of all.entries())
      plot.mark(at, texts[i] ?? '', runs[i]?.lines.at(-1)?.step ?? 0);
  }
  const draw = onceAFrame(page, () => {
    for (const { end } of all.slice(runs.length)) end();
    all = all.slice(0, runs.length);
    while (all.length < runs.length) all = [...all, add()];
    if (plots.children.length !== all.length)
      plots.replaceChildren(...all.map(({ element }) => element));
    for (const [i, run] of runs.entries()) {
      all[i]?.title(runs.length > 1 ? run.title : '');
      all[i]?.draw(drawnOf(run, early));
    }
    mark();
  });
  const toggle = pressable('early', (on) => {
    early = on;
    draw();
  });
  const what = html('p', {}, message('training.sizes.what'));
  return {
    element: html(
      'div',
      { class: 'sizes-of-runs' },
      what,
      html('div', { class: 'plot-hands' }, toggle),
      plots,
      said,
    ),
    /** @param {readonly RunShown[]} next a plot for each */
    show(next) {
      runs = next;
      draw();
    },
  };
}

/** @param {RunShown | undefined} run @returns {readonly RunLine[]} its lines with gradients */
const measuredOf = (run) => run?.lines.filter(({ gradients }) => gradients) ?? [];

/** @param {readonly RunLine[]} measured */
function stopsOf(measured) {
  const stops = measured.map(({ step }) => step);
  const far = Math.ceil(stops.length / STOPS);
  return { stops, walked: stops.filter((_, i) => i % far === 0) };
}

/** @param {RunShown} run @param {string} name @param {number | null} at */
function figuresText(run, name, at) {
  const lines = measuredOf(run);
  const line = at === null ? lines.at(-1) : lines.findLast(({ step }) => step <= at);
  const text = line ? sizesText(line) : message('training.curves.nothing');
  return name ? `${name}: ${text}` : text;
}

/** @param {RunShown} run @param {boolean} early */
function drawnOf(run, early) {
  const measured = measuredOf(run);
  const layers = Object.keys(measured.at(-1)?.gradients ?? {});
  const hue = (/** @type {number} */ i) =>
    Math.round((i * (HUES - 1)) / Math.max(1, layers.length - 1));
  const lines = layers.map((name, i) => ({
    ...{ kind: `layer layer-${hue(i)}`, name, mean: true },
    points: measured.map(
      ({ step, gradients }) => /** @type {const} */ ([step, gradients?.[name] ?? NaN]),
    ),
  }));
  const ends = 3 + Math.max(0, ...layers.map(({ length }) => length));
  const x = axisAcross([run], { by: 'step', early, near: false, at: null });
  return { x, y: sizeAxis(lines.flatMap(({ points }) => points.map(([, y]) => y))), lines, ends };
}

/** @param {readonly number[]} sizes @returns {Axis} */
function sizeAxis(sizes) {
  const above = sizes.filter((size) => size > 0 && size < Infinity);
  const [low, high] = above.length
    ? [above.reduce((a, b) => Math.min(a, b)) / 1.5, above.reduce((a, b) => Math.max(a, b)) * 1.5]
    : [0.1, 1];
  return {
    scale: (from, to) => scaleOf(logarithm, [low, high], [from, to]),
    ticks: () => powersOf(low, high),
    write: (size) => (size < 1 ? roughly(size) : short(size)),
  };
}

/** @param {RunLine} line with gradients @returns {string} */
export function sizesText({ step, gradients }) {
  const all = Object.entries(gradients ?? {});
  const texts = all.map(([name, size]) => `${name} ${size === null ? '–' : brief(size, 3)}`);
  const at = message('training.sizes.at', { step: grouped(step), all: listed(texts) });
  return [at, ...meaningOf(all)].join(' ');
}

/** What comes back to the first layer. @param {[name: string, size: number | null][]} all @returns {string[]} none where there is nothing to say */
function meaningOf(all) {
  if (all.some(([, size]) => size === null)) return [message('training.sizes.lost')];
  if (all.every(([, size]) => size === 0)) return [message('training.sizes.none')];
  const [[first, start], [last, end]] = /** @type {[[string, number], [string, number]]} */ ([
    ...[all[0], all.at(-1)],
  ]);
  if (start === 0) return [message('training.sizes.gone', { first })];
  const times = end / start;
  if (times <= VANISHED) return [];
  return [message('training.sizes.vanished', { first, last, times: about(times) })];
}
