// Fully connected and softmax: scores, made of features or by hand, and what becomes of them: shares in
// three ways, and what an SVM says of the same scores.

import { matrixOf, resized, withValue } from '../geometry/matrix.js';
import { message } from '../text/messages.js';
import { listed, number as written, short } from '../text/numbers.js';
import { html, say } from '../ui/dom.js';
import { createChoice, createNumber, createSwitch } from '../ui/hands.js';
import { createMatrix } from '../ui/matrix.js';
import { choice, flag, matrix, number, whole } from './fields.js';
import {
  BY_SQUARES,
  BY_SUM,
  LEAST,
  LOSS,
  MARGIN,
  MOST,
  SOFTMAX,
  countOf,
  graphOf,
  otherGraphOf,
} from './softmax/graph.js';
import { createScores } from './softmax/table.js';

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Given } from './softmax/graph.js' */
/** @import { Section, SectionState, Stand } from './types.d.ts' */
/** @import { Tensors } from '../geometry/types.d.ts' */

const DECIMALS = 3;
/** What the other scores gave, by what was given. @type {WeakMap<object, Tensors>} */
const OTHERS = new WeakMap();
const WARMTHS = [0.5, 1, 2, 5];
/** By so much, as a part of the larger, may float32 round two numbers that are the same. */
const ROUNDING = 1e-5;
const column = (/** @type {number[]} */ ...scores) => matrixOf(scores.map((score) => [score]));

/** @type {Readonly<Record<string, Matrix>>} */
const SCORES = {
  plain: column(2, 1, 0.1),
  negative: column(2, 1, -1),
  zero: column(2, -1.5, -0.5),
  ten: column(-3, 1, 0, 9, -6, 4, -8, 0, 2, 3),
};
/** Three features of a picture, three classes. */
const FEATURES = matrixOf([[1, 0.5, 0]]);
const WEIGHTS = matrixOf([
  [2, -1, 0],
  [-1, 2, 1],
  [0, 1, 2],
]);

/** @type {Section<Given>} */
export const softmax = {
  name: 'softmax',
  fields: {
    scores: matrix(/** @type {Matrix} */ (SCORES['plain']), MOST),
    made: flag(),
    features: matrix(FEATURES, MOST),
    weights: matrix(WEIGHTS, MOST),
    temperature: number(1, 0.1, 100),
    target: whole(0, 0, MOST - 1),
    also: choice(['add', 'double']),
    guess: choice(['powers', 'sum', 'both']),
  },
  begins: { layer: SOFTMAX, channel: 0, row: 0, column: 0 },
  shows: { also: 'add' },
  prepares: otherGraphOf,

  asks(given, prepared) {
    OTHERS.set(given, prepared);
    return graphOf(given);
  },

  hands,

  verdict(given, { tensors }) {
    const others = OTHERS.get(given);
    if (!others?.size) return null;
    const { guess } = given;
    const [shares, divided] = [SOFTMAX, BY_SUM].map((layer) => changes(tensors, others, layer));
    const says = `bench.softmax.${shares ? 'moved' : divided ? 'stays' : 'neither'}`;
    const right = guess === (divided ? (shares ? 'both' : 'sum') : shares ? 'powers' : '');
    return { right, says: message(/** @type {'bench.softmax.stays'} */ (says)) };
  },
};

/** @param {Tensors} tensors @param {Tensors} others @param {string} layer @returns {boolean} whether it has other numbers there */
function changes(tensors, others, layer) {
  const [own, other] = [tensors, others].map((one) => one.get(layer)?.data);
  if (!own || !other) return false;
  return [...own].some((value, i) => {
    const after = other[i] ?? 0;
    const near = ROUNDING * Math.max(1, Math.abs(value), Math.abs(after));
    return !(Object.is(value, after) || Math.abs(value - after) <= near);
  });
}

/** @param {Stand<Given>} stand */
function hands({ give, store }) {
  const now = () => store.get().given;
  const named = createChoice(
    message('bench.softmax.scores'),
    {
      plain: message('bench.softmax.plain'),
      negative: message('bench.softmax.negative'),
      zero: message('bench.softmax.zero'),
      ten: message('bench.softmax.ten'),
      fewer: message('bench.softmax.fewer'),
      more: message('bench.softmax.more'),
    },
    (name) => give({ made: false, scores: SCORES[name] ?? grown(now().scores, name) }),
  );
  const table = createScores(
    (row, score) => give({ scores: withValue(now().scores, row, 0, score) }),
    (target) => give({ target }),
  );
  const source = createSource(now, give);
  const settings = createSettings(give);
  const note = html('p', { class: 'told', role: 'status' });
  const svm = html('p', { class: 'told', role: 'status' });
  const which = html('p', { class: 'told', role: 'status' });
  const parts = [named.element, source.element, table.element, note, svm, settings.element, which];

  return {
    elements: [html('div', { class: 'hand' }, ...parts)],
    /** @param {Readonly<SectionState<Given>>} state */
    show({ given, trace }) {
      const count = countOf(given);
      const target = Math.min(given.target, count - 1);
      const shown = answerTo(count, trace?.tensors);
      const others = answerTo(count, shown && OTHERS.get(given));
      table.show(given.scores.values, { made: given.made, count, target, shown, others });
      for (const part of [source, settings]) part.show(given);
      say(note, shown ? noteText(shown) : '');
      say(svm, shown ? svmText(shown, target) : '');
      say(which, shown && others ? changesText(shown, others) : '');
    },
  };
}

/** @param {number} count of scores @param {Tensors | null} [tensors] @returns {Tensors | null} null where they are about others, or not here */
function answerTo(count, tensors) {
  return tensors?.get(SOFTMAX)?.data.length === count ? tensors : null;
}

/** @param {Matrix} scores @param {string} how 'more' or 'fewer' */
function grown(scores, how) {
  const rows = scores.rows + (how === 'more' ? 1 : -1);
  return resized(scores, Math.min(MOST, Math.max(LEAST, rows)), 1);
}

/** What else is done with scores. @param {Stand<Given>['give']} give */
function createSettings(give) {
  const temperature = createNumber({
    ...{ name: message('bench.softmax.temperature'), least: 0.1, most: 100 },
    change: (temperature) => give({ temperature }),
  });
  const warmth = createChoice(
    message('bench.softmax.temperature'),
    Object.fromEntries(WARMTHS.map((one) => [`T${one}`, short(one)])),
    (name) => give({ temperature: WARMTHS.find((one) => `T${one}` === name) ?? 1 }),
  );
  const also = createChoice(
    message('bench.softmax.also'),
    {
      none: message('bench.softmax.also.none'),
      add: message('bench.softmax.also.add'),
      double: message('bench.softmax.also.double'),
    },
    (also) => give({ also: also === 'none' ? '' : also }),
  );
  const warm = html('div', { class: 'scores-warm' }, temperature.element, warmth.element);
  return {
    element: html('div', { class: 'hand' }, warm, also.element),
    /** @param {Readonly<Given>} given */
    show(given) {
      temperature.show(given.temperature);
      warmth.show(`T${given.temperature}`);
      also.show(given.also || 'none');
    },
  };
}

/**
 * Features and weights that scores are made of, where they are not given by hand.
 *
 * @param {() => Readonly<Given>} now
 * @param {Stand<Given>['give']} give
 */
function createSource(now, give) {
  const made = createSwitch(message('bench.softmax.made'), (made) => give({ made }));
  const features = createMatrix({
    ...{ name: message('bench.softmax.features'), most: MOST },
    change: (features) => {
      const { weights } = now();
      const row = resized(features, 1, features.columns);
      give({ features: row, weights: resized(weights, weights.rows, row.columns) });
    },
  });
  const weights = createMatrix({
    ...{ name: message('bench.softmax.weights'), most: MOST },
    change: (weights) => {
      const rows = resized(weights, Math.max(LEAST, weights.rows), weights.columns);
      give({ weights: rows, features: resized(now().features, 1, weights.columns) });
    },
  });
  const both = html('div', { class: 'scores-made' }, features.element, weights.element);
  return {
    element: html('div', { class: 'hand' }, made.element, both),
    /** @param {Readonly<Given>} given */
    show(given) {
      made.show(given.made);
      both.hidden = !given.made;
      features.show(given.features);
      weights.show(given.weights);
    },
  };
}

/** Why scores divided by their sum may be no shares. @param {Tensors} tensors */
function noteText(tensors) {
  const parts = [...(tensors.get(BY_SUM)?.data ?? [])];
  if (parts.some(Number.isNaN)) return message('bench.softmax.undefined');
  return parts.some((part) => part < 0) ? message('bench.softmax.below') : '';
}

/** What an SVM says: by how much the target is ahead of the best of the others, and what that costs. @param {Tensors} tensors @param {number} target */
function svmText(tensors, target) {
  const read = (/** @type {string} */ layer) => [...(tensors.get(layer)?.data ?? [])];
  const text = (/** @type {number} */ value) => written(value, DECIMALS);
  const [margin, loss] = [Math.min(...read(MARGIN)), read(LOSS)[0] ?? NaN];
  const gaps = { target, margin: text(Math.abs(margin)), loss: text(loss) };
  return message(margin < 0 ? 'bench.softmax.behind' : 'bench.softmax.ahead', gaps);
}

/** Which numbers the other scores change. @param {Tensors} tensors @param {Tensors} others */
function changesText(tensors, others) {
  const ways = {
    [SOFTMAX]: message('bench.softmax.way.softmax'),
    [BY_SUM]: message('bench.softmax.way.by_sum'),
    [BY_SQUARES]: message('bench.softmax.way.by_squares'),
    [MARGIN]: message('bench.softmax.way.margin'),
    [LOSS]: message('bench.softmax.way.loss'),
  };
  const names = (/** @type {boolean} */ changed) => {
    const found = Object.entries(ways).filter(
      ([layer]) => changes(tensors, others, layer) === changed,
    );
    return found.length ? listed(found.map(([, way]) => way)) : message('bench.softmax.nothing');
  };
  return message('bench.softmax.changes', { changed: names(true), same: names(false) });
}
