// The way through the phases: back, run, next; which phase one is in, and what happens in it.

import { isStill } from '../core/viewport.js';
import { message } from '../text/messages.js';
import { button, find, html, icon, say } from '../ui/dom.js';
import { phaseAt, placeOf } from './phases.js';
import { phaseText } from './words.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Phase } from './phases.js' */
/** @import { LearnState, LearnStore } from './state.js' */
/** @typedef {Parameters<typeof message>[0]} Key */

/** How long each phase stays while they run by themselves, ms. */
const STAYS = 2000;
const NO_WEIGHT = { weight: null, kernel: null };
const NAMES = /** @type {const} */ (['forward', 'loss', 'backward', 'update', 'after']);

/** @param {LearnStore} store @param {Graph} graph @param {readonly Phase[]} phases @param {HTMLElement} element of the section */
export function openWalk(store, graph, phases, element) {
  const last = phases.length - 1;
  /** @param {number} at @param {boolean} [runs] */
  function go(at, runs = false) {
    const place = Math.min(last, Math.max(0, at));
    store.set({ at: place, runs: runs && place < last, pinned: null, pointed: null, ...NO_WEIGHT });
  }
  const step = (/** @type {-1 | 1} */ by) => go(Math.min(store.get().at, last) + by);
  function run() {
    const { at, runs } = store.get();
    if (runs) store.set({ runs: false });
    else if (isStill()) go(at >= last ? 0 : at + 1);
    else go(at >= last ? 0 : at + 1, true);
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  store.subscribe(({ runs, at }, changed) => {
    if (!('runs' in changed || 'at' in changed)) return;
    clearTimeout(timer);
    if (runs) timer = setTimeout(() => go(at + 1, true), STAYS);
  });

  const hands = createHands({ run, step });
  const chips = NAMES.map((name) => ({
    name,
    chip: button(
      { class: 'action chip', onclick: () => go(placeOf(phases, store.get().at, name)) },
      message(`learning.phase.${name}`),
    ),
  }));
  const rows = chips.map(({ chip }) => html('li', {}, chip));
  const where = html('p', { class: 'walk-where' });
  const says = html('p', { class: 'walk-says', role: 'status' });
  const bar = html('div', { class: 'walk-bar' }, hands.element, html('ol', {}, ...rows), where);
  find('.walk', HTMLElement, element).append(bar, says);

  return {
    keys: { r: run, '<': () => step(-1), '>': () => step(1) },
    step,
    /** @param {Readonly<LearnState>} state */
    show(state) {
      const { at, runs } = state;
      const phase = phaseAt(phases, at);
      hands.show(at, last, runs);
      for (const { name, chip } of chips) chip.ariaCurrent = name === phase.name ? 'step' : null;
      say(where, placeText(phases, phase));
      say(says, phaseText(graph, phase, state));
    },
  };
}

/** @param {readonly Phase[]} phases @param {Phase} phase @returns {string} "fc3: 2 of 14", where there are several of its name */
function placeText(phases, phase) {
  const alike = phases.filter(({ name }) => name === phase.name);
  if (alike.length < 2) return '';
  const gaps = { layer: phase.layer, number: alike.indexOf(phase) + 1, total: alike.length };
  return message('learning.where', gaps);
}

/** @param {{ run: () => void, step: (by: -1 | 1) => void }} does */
function createHands({ run, step }) {
  const back = tool('back', 'learning.back', () => step(-1));
  const on = button(
    { class: 'action next', title: message('learning.next.key'), onclick: () => step(1) },
    message('learning.next'),
  );
  const play = tool('play', 'learning.run', run);
  return {
    element: html('div', { class: 'walk-hands' }, back, play, on),
    /** @param {number} at @param {number} last @param {boolean} runs */
    show(at, last, runs) {
      back.disabled = at === 0;
      on.disabled = at >= last;
      const shape = runs ? 'pause' : 'play';
      const key = runs ? 'learning.pause' : 'learning.run';
      if (play.dataset['does'] === key) return;
      play.dataset['does'] = key;
      play.title = play.ariaLabel = message(key);
      play.replaceChildren(icon(shape));
    },
  };
}

/** @param {string} shape @param {Key} key @param {() => void} onclick */
function tool(shape, key, onclick) {
  const label = message(key);
  return button({ class: 'button', 'aria-label': label, title: label, onclick }, icon(shape));
}
