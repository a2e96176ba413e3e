// Why convolution: the same maps by a fully connected layer, locality and sharing switched off one at a
// time; and what pooling saves behind it.

import { createColours, pixel } from '../render/brush.js';
import { resized } from '../geometry/matrix.js';
import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { html, say } from '../ui/dom.js';
import { createSlider } from '../ui/hands.js';
import { createMatrix } from '../ui/matrix.js';
import { createPlane } from '../ui/receipt/plane.js';
import { own } from '../ui/receipt/shade.js';
import { choice, matrix, whole } from './fields.js';
import { picture, sampleDigit } from './picture.js';
import { createPicture } from './picture/hand.js';
import { SOBEL } from './pictures.js';
import { CASES, countsIn, graphOf } from './why/graph.js';

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Tensors } from '../geometry/types.d.ts' */
/** @import { Shown } from '../stage/state.js' */
/** @import { Given } from './why/graph.js' */
/** @import { Asked, Section, SectionState, Stand } from './types.d.ts' */

/** Rows and columns of the kernel that is run. */
const LARGEST = 5;
/** The maps and the kernel of LeNet's first convolution, and what else they may be. */
const MAPS = { least: 1, first: 6, most: 8 };
const SIZE = { least: 3, first: 5, most: 9 };
/** So many times as many are many thousands. */
const MANY = 10_000;
const CELL = 16;

/** @type {Section<Given>} */
export const why = {
  name: 'why',
  fields: {
    drawing: picture(sampleDigit(3), { side: 28 }),
    kernel: matrix(SOBEL, LARGEST),
    maps: whole(MAPS.first, MAPS.least, MAPS.most),
    size: whole(SIZE.first, SIZE.least, SIZE.most),
    guess: choice(['ten', 'thousand', 'more']),
  },
  begins: { layer: 'local', channel: 36, row: 0, column: 0 },

  asks(given, prepared) {
    const input = /** @type {Asked['input']} */ (prepared.get('drawing'));
    return graphOf({ ...given, kernel: squared(given.kernel) }, input);
  },

  hands,

  verdict({ guess }, shown) {
    const counts = countsIn(shown);
    const [few, all] = [counts('shared').parameters, counts('all').parameters];
    if (!few) return null;
    const right = guess === (all > MANY * few ? 'more' : 'thousand');
    const gaps = { few: grouped(few), all: grouped(all), times: grouped(Math.round(all / few)) };
    return { right, says: message('bench.why.answer', gaps) };
  },
};

/** @param {Matrix} kernel @returns {Matrix} as many columns as rows, those that are missing of zeros */
function squared(kernel) {
  const side = Math.max(kernel.rows, kernel.columns);
  return resized(kernel, side, side);
}

/** @param {Stand<Given>} stand */
function hands({ give, page }) {
  const drawing = createPicture({ page, drawn: true, change: (drawing) => give({ drawing }) });
  const kernel = createMatrix({
    ...{ name: message('bench.kernel'), most: LARGEST, change: (kernel) => give({ kernel }) },
  });
  const sliders = /** @type {const} */ (['maps', 'size']).map((name) => {
    const { least, most } = name === 'maps' ? MAPS : SIZE;
    const label = message(`bench.why.${name}`);
    const change = (/** @type {number} */ value) => give({ [name]: value });
    return { name, slider: createSlider({ name: label, least, most, change }) };
  });
  const cases = createCases(page);
  const saved = createSaved();
  const settings = html('div', { class: 'hand' }, ...sliders.map(({ slider }) => slider.element));

  return {
    elements: [drawing.element, kernel.element, settings, cases.element, saved.element],
    /** @param {Readonly<SectionState<Given>>} state */
    show({ given, trace }) {
      drawing.show(given.drawing);
      kernel.show(given.kernel);
      for (const { name, slider } of sliders) slider.show(given[name]);
      if (!trace) return;
      cases.show(trace);
      saved.show(trace);
    },
  };
}

/** The four, each as it answers the drawing, with what it would have in full size. @param {Stand<Given>['page']} page */
function createCases({ theme }) {
  const words = {
    shared: message('bench.why.conv'),
    local: message('bench.why.local'),
    wide: message('bench.why.wide'),
    all: message('bench.why.all'),
  };
  const figures = CASES.map((name) => {
    const picture = html('div', { class: 'why-map', role: 'img', 'aria-label': words[name] });
    const count = html('span', { class: 'why-count', 'data-case': name });
    const caption = html('figcaption', {}, html('b', {}, words[name]), count);
    return { name, picture, count, element: html('figure', {}, picture, caption) };
  });
  /** @param {Shown} shown */
  function show(shown) {
    const colours = createColours(theme.current());
    const counts = countsIn(shown);
    for (const { name, picture, count } of figures) {
      const values = Array.from(shown.tensors.get(name)?.data ?? []);
      const side = Math.sqrt(values.length);
      if (!Number.isInteger(side) || !side) continue;
      const plane = createPlane(side, side, CELL);
      const span = own(Math.max(...values.map(Math.abs)));
      plane.paint((i) => pixel(colours, values[i] ?? 0, span));
      picture.replaceChildren(plane.element);
      const { parameters, multiplied } = counts(name);
      const gaps = { parameters: grouped(parameters), multiplied: grouped(multiplied) };
      say(count, message('bench.why.counts', gaps));
    }
  }
  return {
    element: html('div', { class: 'why-cases' }, ...figures.map((one) => one.element)),
    show,
  };
}

/** What the layers behind would have with pooling and without. */
function createSaved() {
  const rows = /** @type {const} */ (['next', 'units']).map((layer) => {
    const cells = [layer, `${layer}_whole`].map((name) => ({ name, cell: html('td') }));
    const head = html('th', { scope: 'row' }, message(`bench.why.${layer}`));
    return { cells, element: html('tr', {}, head, ...cells.map(({ cell }) => cell)) };
  });
  const heads = ['', message('bench.why.pooled'), message('bench.why.whole')];
  const top = html('tr', {}, ...heads.map((head) => html(head ? 'th' : 'td', {}, head)));
  const caption = html('caption', {}, message('bench.why.saved'));
  const body = html('tbody', {}, ...rows.map((row) => row.element));
  return {
    element: html('table', { class: 'why-saved' }, caption, html('thead', {}, top), body),
    /** @param {Shown} shown */
    show(shown) {
      const counts = countsIn(shown);
      for (const { name, cell } of rows.flatMap((row) => row.cells)) {
        const { parameters, multiplied } = counts(name);
        const gaps = { parameters: grouped(parameters), multiplied: grouped(multiplied) };
        say(cell, message('bench.why.counts', gaps));
      }
    },
  };
}
