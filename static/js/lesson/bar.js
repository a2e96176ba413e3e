// The bar that stands on a page while a lesson runs.

import { message } from '../text/messages.js';
import { button, html, icon, say } from '../ui/dom.js';
import { createWords } from './words.js';

/** @import { Lesson } from '../wire/types.d.ts' */
/** @import { Led } from './led.js' */
/** @import { Found } from './numbers.js' */
/** @typedef {Parameters<typeof message>[0]} Key */

/** By which the seconds of each cue are divided. */
export const SPEEDS = ['0.5', '1', '2', '4'];
/** Numbers that are not here by then are not waited for, ms. */
const PATIENCE = 1500;

/**
 * @typedef {object} Does what its controls do
 * @property {(cue: number) => void} go
 * @property {() => void} run by itself, or stop that
 * @property {(speed: string) => void} choose
 * @property {() => void} again shows what the cue shows
 * @property {() => void} notes
 * @property {() => void} leave
 */

/** @param {Does} does */
export function createBar(does) {
  let at = 0;
  const title = html('h2', { class: 'lesson-title' });
  const words = html('div', { class: 'lesson-words', tabindex: 0, role: 'group' });
  const said = html('p', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  const hands = createHands(does, () => at);
  const element = html('section', { class: 'lesson' }, title, words, hands.element, said);
  /** @type {ReturnType<typeof createWords> | null} */
  let told = null;
  let heard = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** Each cue is read out once, with its numbers. */
  function announce() {
    clearTimeout(timer);
    heard = true;
    const texts = [...words.children].map((one) => one.textContent);
    say(said, [hands.where(), ...texts].join(' '));
  }

  return {
    element,
    running: hands.running,
    /** @param {Lesson} lesson @param {Led} led @param {boolean} other it is another cue than before @param {boolean} here it is about this page */
    show(lesson, led, other, here) {
      hands.show(lesson, led);
      if (!other) return;
      at = led.cue;
      const cue = lesson.cues[at];
      element.ariaLabel = message('lesson.label', { title: lesson.title });
      say(title, cue?.title ?? '');
      words.ariaLabel = cue?.title ?? '';
      told = createWords((here && cue?.words) || []);
      words.replaceChildren(...told.elements);
      words.scroll(0, 0);
      heard = false;
      clearTimeout(timer);
      timer = setTimeout(announce, PATIENCE);
    },
    /** @param {Found | null} found @returns {Readonly<Record<string, string>>} the numbers of its words */
    fill(found) {
      if (told?.fill(found) && !heard) announce();
      return told?.numbers() ?? {};
    },
    end() {
      clearTimeout(timer);
      element.remove();
    },
  };
}

/** What goes through the lesson. @param {Does} does @param {() => number} at which cue */
function createHands(does, at) {
  const back = small('back', 'lesson.back', () => does.go(at() - 1));
  const next = small('forth', 'lesson.next', () => does.go(at() + 1));
  const run = small('play', 'lesson.run', does.run);
  const count = html('span', { class: 'lesson-count' });
  const scrub = html('input', { type: 'range', min: 1, 'aria-label': message('lesson.cue') });
  scrub.addEventListener('input', () => does.go(Number(scrub.value) - 1));
  const speed = speeds(does.choose);
  const again = word('lesson.again', 'lesson-again', does.again);
  const element = html(
    'div',
    { class: 'lesson-hands', role: 'group', 'aria-label': message('lesson.hands') },
    ...[again, back, count, next, scrub, run, speed],
    word('lesson.notes', 'lesson-notes', does.notes),
    small('close', 'lesson.leave', does.leave),
  );
  return {
    element,
    where: () => scrub.ariaValueText,
    /** @param {Lesson} lesson @param {Led} led */
    show({ cues }, { cue, own }) {
      const of = { cue: cue + 1, count: cues.length };
      again.hidden = !own;
      say(count, message('lesson.at', of));
      scrub.max = String(cues.length);
      scrub.value = String(cue + 1);
      scrub.ariaValueText = message('lesson.place', { ...of, title: cues[cue]?.title ?? '' });
      back.ariaDisabled = String(cue === 0);
      next.ariaDisabled = String(cue === cues.length - 1);
    },
    /** @param {boolean} runs @param {string} pace */
    running(runs, pace) {
      run.ariaLabel = run.title = message(runs ? 'lesson.pause' : 'lesson.run');
      run.ariaPressed = String(runs);
      run.replaceChildren(icon(runs ? 'pause' : 'play'));
      speed.value = pace;
    },
  };
}

/** @param {(speed: string) => void} choose */
function speeds(choose) {
  const options = SPEEDS.map((value) =>
    html('option', { value }, message('lesson.times', { times: value })),
  );
  const element = html('select', { 'aria-label': message('lesson.speed') }, ...options);
  element.addEventListener('change', () => choose(element.value));
  return element;
}

/** @param {string} shape @param {Key} key @param {() => void} onclick */
function small(shape, key, onclick) {
  const label = message(key);
  return button({ class: 'button', 'aria-label': label, title: label, onclick }, icon(shape));
}

/** @param {Key} key @param {string} name @param {() => void} onclick */
function word(key, name, onclick) {
  return button({ class: `action ${name}`, onclick }, message(key));
}
