// Loss and accuracy of one run or of a few side by side: of each batch, of images learnt from and of
// images held out, and the gap between those two.

import { message } from '../../text/messages.js';
import { html } from '../../ui/dom.js';
import { choiceOf } from '../../ui/effect.js';
import { drawnOf, nameOf } from './drawn.js';
import { createTable, figuresText, tellingOf } from './figures.js';
import { createPlot, listenToPlot, onceAFrame, pressable, sayAll } from './plot.js';
import { FIGURES } from './series.js';

/** @import { RunLine } from '../../wire/types.d.ts' */
/** @import { Shared } from './plot.js' */

/** @typedef {{ title: string, lines: readonly RunLine[], steps: number }} RunShown */
/** @typedef {{ by: 'step' | 'epoch', early: boolean, near: boolean, at: number | null }} Look at: the place that is pointed at, in steps or epochs */

/** @param {Shared} page @param {{ early?: boolean, go?: (step: number) => void }} [how] `early`: the first steps have more room at first; `go` leads to a step that is clicked */
export function createCurves(page, { early = false, go } = {}) {
  /** @type {readonly RunShown[]} */
  let runs = [];
  /** @type {Look} */
  let look = { by: 'step', early, near: false, at: null };
  /** The step that is marked while nothing is pointed at. @type {number | null} */
  let rest = null;
  const plots = FIGURES.map((figure) => ({
    figure,
    plot: createPlot(page, message(`training.curves.${figure}`)),
  }));
  const hands = createHands(look, (next) => {
    look = { ...look, ...next };
    draw();
  });
  const legend = html('ul', { class: 'plot-legend' });
  const said = html('div', { class: 'plot-said' });
  const told = html('div', { class: 'plot-told' });
  const table = createTable();

  function point(/** @type {number | null} */ at) {
    if (at === look.at) return;
    look = { ...look, at };
    mark();
  }
  for (const { plot } of plots)
    listenToPlot(plot, () => ({ ...stopsOf(runs, look.by), at: look.at }), point);
  listenToGoing(plots, () => {
    const line = runs.flatMap(({ lines }) => lines).find((one) => one[look.by] === look.at);
    if (line) go?.(line.step);
  });

  function mark() {
    const at = look.at ?? placeOf(runs, rest, look.by);
    const texts = runs.map((run, i) => figuresText(run, nameOf(runs, i), { ...look, at }));
    sayAll(said, texts);
    const last = Math.max(0, ...runs.map(({ lines }) => lines.at(-1)?.[look.by] ?? 0));
    for (const { plot } of plots) plot.mark(at, texts.join(' '), last);
  }
  const draw = onceAFrame(page, () => {
    for (const { figure, plot } of plots) plot.draw(drawnOf(runs, figure, look));
    legend.replaceChildren(...legendOf(runs));
    sayAll(
      told,
      runs.flatMap((run, i) => tellingOf(run.lines, nameOf(runs, i))),
    );
    table.show(runs);
    mark();
  });
  const figures = html('div', { class: 'plots' }, ...plots.map(({ plot }) => plot.element));
  const parts = [hands, legend, figures, said, told, table.element];
  return {
    element: html('div', { class: 'curves-of-runs' }, ...parts),
    /** @param {readonly RunShown[]} next the first is drawn solid @param {number | null} [step] that is marked while nothing is pointed at */
    show(next, step = null) {
      const same = next.length === runs.length && next.every((run, i) => alike(run, runs[i]));
      [runs, rest] = [next, step];
      if (same) mark();
      else draw();
    },
  };
}

/** A click or Enter goes to the place that is pointed at. @param {readonly { plot: ReturnType<typeof createPlot> }[]} plots @param {() => void} go */
function listenToGoing(plots, go) {
  for (const { plot } of plots) {
    plot.sheet.addEventListener('click', go);
    plot.sheet.addEventListener('keydown', ({ key }) => void (key === 'Enter' && go()));
  }
}

/** @param {RunShown} one @param {RunShown | undefined} other */
function alike(one, other) {
  const keys = /** @type {const} */ (['title', 'lines', 'steps']);
  return keys.every((key) => one[key] === other?.[key]);
}

/** Where a step stands on the plots. @param {readonly RunShown[]} runs @param {number | null} step @param {Look['by']} by */
function placeOf([run], step, by) {
  const last = run?.lines.at(-1);
  return step === null || by === 'step' || !last?.step ? step : (step * last.epoch) / last.step;
}

/** @param {Look} look @param {(look: Partial<Look>) => void} change */
function createHands(look, change) {
  const by = choiceOf(
    { step: message('training.curves.steps'), epoch: message('training.curves.epochs') },
    (by) => change({ by: by === 'epoch' ? 'epoch' : 'step', at: null }),
  );
  by.choose(look.by);
  const early = pressable('early', (early) => change({ early }), look.early);
  const near = pressable('near', (near) => change({ near }));
  return html('div', { class: 'plot-hands' }, by.element, early, near);
}

/** All that can be pointed at, and where evaluations are. @param {readonly RunShown[]} runs @param {Look['by']} by */
function stopsOf(runs, by) {
  const all = (/** @type {(line: RunLine) => boolean} */ takes) => [
    ...new Set(runs.flatMap(({ lines }) => lines.filter(takes).map((line) => line[by]))),
  ];
  const sorted = (/** @type {number[]} */ stops) => stops.sort((a, b) => a - b);
  return {
    stops: sorted(all(() => true)),
    walked: sorted(all(({ kind }) => kind === 'evaluation')),
  };
}

/** @param {readonly RunShown[]} runs */
function legendOf(runs) {
  const sample = (/** @type {string} */ kind) =>
    html('i', { class: `sample-line ${kind}`, 'aria-hidden': 'true' });
  const roles = /** @type {const} */ (['batches', 'training', 'validation']);
  const all = roles.map((role) =>
    html('li', {}, sample(role), message(`training.curves.${role}.long`)),
  );
  if (runs.length < 2) return all;
  const named = runs.map(({ title }, i) => {
    const name = nameOf(runs, i);
    return html('li', {}, sample(`run run-${i}`), name === title ? name : `${name}: ${title}`);
  });
  return [...named, ...all];
}
