// The slider through the moments of a training, what plays them, and the mark of the network that is served.

import { isStill } from '../../core/viewport.js';
import { message } from '../../text/messages.js';
import { grouped } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { button, html, icon, say } from '../../ui/dom.js';
import { choiceOf } from '../../ui/effect.js';
import { goTo, judgedAt, lookedAt, PACES } from './state.js';

/** @import { Model, Run, RunLine } from '../../wire/types.d.ts' */
/** @import { HistoryState, HistoryStore } from './state.js' */

/** Labels below the slider. */
const TICKS = 7;
/** Half of the slider's thumb, px. */
const HALF = 8;

/** @param {HistoryStore} store */
export function createPlayer(store) {
  const label = { 'aria-label': message('history.slider') };
  const slider = html('input', { type: 'range', min: 0, max: 0, ...label });
  slider.addEventListener('input', () => goTo(store, Number(slider.value), { runs: false }));
  const step = (/** @type {number} */ by) => {
    const { place, last } = lookedAt(store.get());
    goTo(store, Math.min(last, place + by), { runs: false });
  };
  const play = openPlaying(store);
  const hands = createHands({ toggle: play, step });
  const pace = choiceOf(Object.fromEntries(PACES.map((one) => [one, String(one)])), (one) =>
    store.set({ pace: Number(one) }),
  );
  const paces = html('legend', {}, message('history.pace'));
  const where = html('p', { class: 'history-where' });
  const ticks = html('div', { class: 'history-ticks', 'aria-hidden': true });
  const served = button({
    ...{ class: 'action history-served', 'aria-pressed': 'false' },
    onclick: () => store.set({ away: !store.get().away, runs: false }),
  });
  /** @type {unknown} */
  let drawn = null;
  return {
    element: html(
      'div',
      { class: 'history-player', role: 'group', 'aria-label': message('history.player') },
      ...[hands.element, html('div', { class: 'history-slider' }, slider, ticks), served],
      ...[where, html('fieldset', { class: 'play-pace' }, paces, pace.element)],
    ),
    ...{ play, step },
    /** @param {Readonly<HistoryState>} state */
    show(state) {
      const { first, place, last } = lookedAt(state);
      hands.show(place, last, state.runs);
      pace.choose(String(state.pace));
      showServed(served, state);
      if (!first) return;
      if (drawn !== first.run) drawTicks(ticks, first.run.history);
      drawn = first.run;
      slider.max = String(last);
      slider.value = String(place);
      const text = whereText(state);
      slider.ariaValueText = text;
      say(where, text);
    },
  };
}

/** Lets the moments follow each other. @param {HistoryStore} store @returns {() => void} starts or stops */
function openPlaying(store) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  function on() {
    const { place, last } = lookedAt(store.get());
    goTo(store, place + 1, { runs: place + 1 < last });
  }
  store.subscribe(({ runs, pace }, changed) => {
    if (!('runs' in changed || 'step' in changed || 'pace' in changed)) return;
    clearTimeout(timer);
    if (runs) timer = setTimeout(on, 1000 / pace);
  });
  return () => {
    const { place, last } = lookedAt(store.get());
    if (store.get().runs) return store.set({ runs: false });
    const from = place >= last ? 0 : place + 1;
    goTo(store, from, { runs: !isStill() && from < last });
  };
}

/** @param {{ toggle: () => void, step: (by: -1 | 1) => void }} does */
function createHands({ toggle, step }) {
  const tool = (/** @type {string} */ shape, /** @type {'history.back' | 'history.on'} */ key) => {
    const text = message(key);
    const onclick = () => step(shape === 'back' ? -1 : 1);
    return button({ class: 'button', 'aria-label': text, title: text, onclick }, icon(shape));
  };
  const [back, on] = [tool('back', 'history.back'), tool('forth', 'history.on')];
  const play = button({ class: 'action history-play', onclick: toggle });
  return {
    element: html('div', { class: 'history-hands-play' }, play, back, on),
    /** @param {number} place @param {number} last @param {boolean} runs */
    show(place, last, runs) {
      back.disabled = place === 0;
      on.disabled = place >= last;
      const key = runs ? 'history.pause' : 'history.play';
      if (play.dataset['does'] === key) return;
      play.dataset['does'] = key;
      play.replaceChildren(icon(runs ? 'pause' : 'play'), message(key));
    },
  };
}

/** @param {HTMLElement} row @param {readonly { step: number }[]} history */
function drawTicks(row, history) {
  const last = Math.max(1, history.length - 1);
  const count = Math.min(TICKS, history.length);
  const places = Array.from({ length: count }, (_, i) => Math.round((i * last) / (count - 1 || 1)));
  const ticks = [...new Set(places)].map((place) => {
    const tick = html('span', {}, grouped(history[place]?.step ?? 0));
    tick.style.left = `calc(${HALF}px + (100% - ${2 * HALF}px) * ${place / last})`;
    return tick;
  });
  row.replaceChildren(...ticks);
}

/** @param {HTMLElement} mark @param {Readonly<HistoryState>} state */
function showServed(mark, { trained: [first], away }) {
  const served = first?.served;
  mark.hidden = !served;
  mark.ariaPressed = String(away);
  if (served) say(mark, message('history.served', { title: served.title }));
}

/** "Step 102 of 10,320: of images held out, 42.9 % are read right" @param {Readonly<HistoryState>} state @returns {string} */
export function whereText(state) {
  const { first, place } = lookedAt(state);
  const step = first?.run.history[place]?.step;
  if (!first || step === undefined) return '';
  if (state.away && first.served) return servedText(first.served, first.run);
  return readText(judgedAt(first.lines, step), step, first.run);
}

/** @param {RunLine | null} judged the last time that it was tried @param {number} step @param {Run} run */
function readText(judged, step, { steps }) {
  const gaps = { step: grouped(step), steps: grouped(steps) };
  const share = judged?.validation_accuracy;
  if (!judged || share === null || share === undefined) return message('history.where', gaps);
  const read = { ...gaps, share: percent(share), judged: grouped(judged.step) };
  return message(judged.step === step ? 'history.where.read' : 'history.where.before', read);
}

/** @param {Model} served @param {Run} run */
function servedText({ title, accuracy }, run) {
  const [share, ended] = [accuracy, run.test_accuracy].map((one) =>
    typeof one === 'number' ? percent(one, { decimals: 2 }) : '–',
  );
  return message('history.away', { title, share: share ?? '', ended: ended ?? '' });
}
