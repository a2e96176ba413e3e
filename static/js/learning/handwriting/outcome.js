// What a training has changed: how many are read right before and after it, part by part.

import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { button, html } from '../../ui/dom.js';

/** @import { HandwritingFigure, HandwritingFigures, Run } from '../../wire/types.d.ts' */
/** @import { HandState } from './state.js' */

/** @typedef {{ run: Run, title: string }} Shown a run that is looked at, and what it is called */

/** @param {(run: Run) => void} save what it learnt from */
export function createOutcome(save) {
  const element = html('div', { class: 'hand-outcome', role: 'status' });
  let built = '';
  return {
    element,
    /** @param {readonly Shown[]} runs @param {HandState['figures']} figures */
    show(runs, figures) {
      const there = runs.filter(({ run }) => figures[run.id]);
      const next = there.map(({ run, title }) => run.id + title).join();
      if (next === built) return;
      built = next;
      element.replaceChildren(
        ...there.flatMap(({ run, title }) => partOf(run, title, figures[run.id], save)),
      );
    },
  };
}

/** @param {Run} run @param {string} name @param {HandwritingFigures | undefined} found @param {(run: Run) => void} save */
function partOf(run, name, found, save) {
  if (!found) return [];
  const [own, ...rest] = found.figures;
  const mnist = rest.find(({ part }) => part === 'mnist');
  const heads = /** @type {const} */ (['part', 'before', 'after']).map((head) =>
    html('th', { scope: 'col' }, message(`handwriting.figures.${head}`)),
  );
  return [
    html(
      'section',
      { 'data-run': run.id },
      html('h3', {}, name),
      html('p', {}, [own ? ownText(own) : '', mnist ? mnistText(mnist) : ''].join(' ')),
      html(
        'table',
        {},
        html('thead', {}, html('tr', {}, ...heads)),
        html('tbody', {}, ...found.figures.map(rowOf)),
      ),
      html(
        'p',
        {},
        button({ class: 'link', onclick: () => save(run) }, message('handwriting.save.run')),
      ),
    ),
  ];
}

/** @param {HandwritingFigure} figure */
function rowOf({ part, before, after, total }) {
  const cells = [before, after].map((count) => html('td', {}, shareText(count, total)));
  return html(
    'tr',
    { 'data-part': part },
    html('th', { scope: 'row' }, nameOf(part, total)),
    ...cells,
  );
}

/** "12 of 15, 80 %" @param {number} count @param {number} total */
function shareText(count, total) {
  const share = percent(count / total, { decimals: total > 1000 ? 2 : 0 });
  return message('handwriting.figures.share', {
    right: grouped(count),
    total: grouped(total),
    share,
  });
}

/** @param {string} part @param {number} total */
function nameOf(part, total) {
  if (part === 'drawings') return message('handwriting.figures.drawings', { count: total });
  if (part === 'mnist') return message('handwriting.figures.mnist');
  const writer = message(/** @type {any} */ (`handwriting.writer.${part}`));
  return message('handwriting.figures.writer', { writer });
}

/** @param {HandwritingFigure} figure */
function ownText({ before, after, total }) {
  const gaps = { before: grouped(before), after: grouped(after) };
  return message('handwriting.own', { count: total, ...gaps });
}

/** @param {HandwritingFigure} figure */
function mnistText({ before, after }) {
  if (after >= before) return message('handwriting.not.forgotten');
  return message('handwriting.forgotten', { count: before - after });
}
