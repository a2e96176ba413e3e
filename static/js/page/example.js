// An example digit that draws itself on an empty pad, once, while the network reads it. It ends for good
// at the first touch; the drawing, its history and the link know nothing of it.

import { isStill } from '../core/viewport.js';
import { message } from '../text/messages.js';
import { find, html, strokeLine } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchSamples } from '../wire/model.js';
import { EMPTY, gridded } from '../input/strokes.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { Stroke } from '../input/strokes.js' */
/** @import { Question } from '../wire/questions.js' */
/** @import { Feature, Page } from './types.d.ts' */

const DIGIT = 3;
/** From one point to the next, ms, and after how many the network is asked again. */
const PACE = 70;
const ASKED = 3;

/** @type {Feature} */
export const example = {
  name: 'example',
  open(page) {
    const { embed, lesson, hide = '' } = page.root.dataset; // who leads the visitor in another way
    const named = [embed, lesson].some((one) => one !== undefined);
    const led = named || page.store.get().lesson !== null || hide.split(' ').includes('pad');
    if (!led && !page.touched.aborted) void showExample(page);
  },
};

/** @param {Page} page */
async function showExample({ store, editor, painted, reader, network, touched }) {
  const digits = await untilAnswered(fetchSamples);
  await painted();
  const free = () => editor.empty() && !store.get().comparison && !touched.aborted;
  const strokes = digits.find(({ digit }) => digit === DIGIT)?.strokes.map(gridded);
  if (!strokes || !free()) return;

  /** @type {import('../wire/reader.js').Asker<Question & { example: Drawing }>} */
  const asker = reader.asker({
    onAnswer: (trace, { example }) => store.set({ trace: { ...trace, example } }),
    onRefused: () => end(),
  });
  const onPad = showOnPad();
  const stop = growing(strokes, (grown, ask) => {
    onPad.show(grown);
    const drawn = { ...EMPTY, strokes: grown };
    const question = { network, what: 'trace', drawing: drawn, center: store.get().center };
    if (ask) asker.ask({ ...question, example: drawn });
  });
  const unsubscribe = store.subscribe(() => void (free() || end()));
  touched.addEventListener('abort', end);

  function end() {
    touched.removeEventListener('abort', end);
    unsubscribe();
    stop();
    asker.end();
    onPad.end();
    if (store.get().trace?.example) store.set({ trace: null });
  }
}

/**
 * @param {readonly Stroke[]} strokes
 * @param {(strokes: readonly Stroke[], ask: boolean) => void} show
 * @returns {() => void} stops it
 */
function growing(strokes, show) {
  const all = strokes.reduce((sum, { points }) => sum + points.length, 0);
  if (isStill()) show(strokes, true);
  else {
    let count = 0;
    const timer = setInterval(() => {
      count += 1;
      show(firstOf(strokes, count), count % ASKED === 0 || count === all);
      if (count === all) clearInterval(timer);
    }, PACE);
    return () => clearInterval(timer);
  }
  return () => {};
}

/** @param {readonly Stroke[]} strokes @param {number} count of points @returns {Stroke[]} */
function firstOf(strokes, count) {
  let left = count;
  return strokes.flatMap((stroke) => {
    const points = stroke.points.slice(0, Math.max(0, left));
    left -= stroke.points.length;
    if (points.length === 0) return [];
    return [left >= 0 ? stroke : { ...stroke, points }];
  });
}

/** In the place of the digit that an empty pad hints at. */
function showOnPad() {
  const frame = find('#pad-frame', HTMLElement);
  const ghost = find('.ghost', SVGElement, frame);
  const hint = [...ghost.childNodes];
  const mark = html('p', { class: 'example', 'aria-hidden': true }, message('pad.example'));
  frame.dataset['example'] = '';
  frame.append(mark);
  return {
    /** @param {readonly Stroke[]} strokes */
    show: (strokes) => ghost.replaceChildren(...strokes.map((stroke) => strokeLine(stroke))),
    end() {
      delete frame.dataset['example'];
      mark.remove();
      ghost.replaceChildren(...hint);
    },
  };
}
