// What plays the window of a cell: a button at first, then a strip to pause, step, scrub and choose
// how fast it goes.

import { PACES } from '../scene/playing.js';
import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { button, html, icon, say } from './dom.js';
import { choiceOf } from './effect.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @typedef {Parameters<typeof message>[0]} Key */

/**
 * @typedef {object} Playing
 * @property {boolean} on
 * @property {boolean} running by itself
 * @property {number} pace cells a second
 * @property {boolean} still it never runs by itself
 * @property {Cell} cell where the window is
 * @property {number} place of the cell in its map, from 0
 * @property {number} count cells of the map
 * @property {string} says how the window moves
 * @property {() => void} toggle
 * @property {(by: -1 | 1) => void} step
 * @property {(place: number) => void} scrub
 * @property {(pace: number) => void} choose
 * @property {() => void} end
 */

/** For each shape of an account; hidden where nothing plays. */
export function createPlay() {
  /** @type {Playing | null} */
  let present = null;
  const word = html('span', {}, message('play.start'));
  const drawn = html('span', { class: 'play-icon' }, icon('play'));
  const run = button({ class: 'action play-run', onclick: () => present?.toggle() }, drawn, word);
  const back = small('back', 'play.back', () => present?.step(-1));
  const forth = small('forth', 'play.on', () => present?.step(1));
  const end = small('close', 'play.end', () => {
    present?.end();
    run.focus(); // it stays where the strip was
  });
  const scrub = html('input', { type: 'range', min: 0, 'aria-label': message('play.cell') });
  scrub.addEventListener('input', () => present?.scrub(Number(scrub.value)));
  const at = html('span', { class: 'play-at' });
  const paces = createPaces((pace) => present?.choose(pace));
  const says = html('p', { class: 'play-says' });
  const more = [back, forth, at, end, scrub, paces.element, says];
  const group = { class: 'play', role: 'group', 'aria-label': message('play.label') };
  const element = html('div', { ...group, hidden: true }, run, ...more);

  /** @param {Playing} play */
  function name(play) {
    const [shape, key] = whatNext(play);
    if (run.dataset['does'] === key) return;
    run.dataset['does'] = key;
    run.title = message(key);
    run.ariaLabel = play.on ? message(key) : null;
    drawn.replaceChildren(icon(shape));
  }

  /** @param {Playing | null} play */
  function show(play) {
    present = play;
    element.hidden = !play;
    if (!play) return;
    const { on, place, count: cells, cell, still } = play;
    name(play);
    element.toggleAttribute('data-on', on);
    word.hidden = on;
    for (const one of more) one.hidden = !on;
    if (!on) return;
    forth.hidden = paces.element.hidden = still; // the first button does that
    back.disabled = place === 0;
    forth.disabled = place === cells - 1;
    scrub.max = String(cells - 1);
    scrub.value = String(place);
    const told = { at: grouped(place + 1), count: grouped(cells) };
    scrub.ariaValueText = message('play.place', { row: cell.row, column: cell.column, ...told });
    say(at, message('play.at', told));
    say(says, play.says);
    paces.choose(play.pace);
  }

  return { element, show };
}

/**
 * @param {Playing} play
 * @returns {readonly [shape: string, key: Key]} what the first button does
 */
function whatNext({ on, running, still }) {
  if (!on) return ['play', 'play.start.how'];
  if (still) return ['forth', 'play.on'];
  return running ? ['pause', 'play.pause'] : ['play', 'play.go'];
}

/** @param {(pace: number) => void} choose */
function createPaces(choose) {
  const words = Object.fromEntries(PACES.map((pace) => [pace, String(pace)]));
  const choice = choiceOf(words, (pace) => choose(Number(pace)));
  const legend = html('legend', {}, message('play.pace'));
  return {
    element: html('fieldset', { class: 'play-pace' }, legend, choice.element),
    /** @param {number} pace */
    choose: (pace) => choice.choose(String(pace)),
  };
}

/** @param {string} shape @param {Key} key @param {() => void} onclick */
function small(shape, key, onclick) {
  const label = message(key);
  return button({ class: 'button', 'aria-label': label, title: label, onclick }, icon(shape));
}
