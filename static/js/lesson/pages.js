// The list of lessons, a lesson to be read, and its notes: all of it is there without this.

import { message, speak } from '../text/messages.js';
import { localeOf, writeIn } from '../text/numbers.js';
import { listenToClicker, turning } from '../ui/clicker.js';
import { html } from '../ui/dom.js';
import { start } from '../wire/start.js';
import { carryTo } from './carrying.js';
import { placeIn } from './keeping.js';
import { openNotes } from './told.js';

/** @param {HTMLElement} root */
export function openLessonPage(root) {
  const { language, messages } = start();
  writeIn(localeOf(root.lang));
  speak(messages, language);
  const drawing = new URLSearchParams(location.hash.slice(1)).get('drawing') ?? '';
  for (const way of root.querySelectorAll('.start'))
    if (way instanceof HTMLAnchorElement) offer(way, drawing);
  const print = root.querySelector('.print');
  if (print instanceof HTMLElement) {
    print.hidden = false;
    print.addEventListener('click', () => window.print());
  }
  for (const way of drawing ? root.querySelectorAll('.pages a:not([aria-current])') : [])
    if (way instanceof HTMLAnchorElement) carryTo(way, { drawing });
  const notes = root.querySelector('[data-notes]');
  if (notes instanceof HTMLElement) followOn(notes);
}

/** @param {Element | null} last @param {Element | null} now */
function mark(last, now) {
  last?.removeAttribute('aria-current');
  now?.setAttribute('aria-current', 'step');
  now?.scrollIntoView({ block: 'center' });
}

/** What the network says there stands in the gaps. @param {Element} cue @param {Readonly<Record<string, string>>} numbers */
function fill(cue, numbers) {
  for (const gap of cue.querySelectorAll('[data-asked]')) {
    const text = numbers[gap.getAttribute('data-asked') ?? ''];
    gap.querySelector('b')?.remove();
    if (text) gap.prepend(html('b', {}, text));
  }
}

/** A lesson that was begun goes on. @param {HTMLAnchorElement} way @param {string} drawing as a link says it */
function offer(way, drawing) {
  if (drawing) carryTo(way, { drawing });
  const name = new URLSearchParams(way.hash.slice(1)).get('lesson') ?? '';
  const cue = placeIn(name);
  if (!cue) return;
  const anew = html('a', { href: way.getAttribute('href') ?? '' }, message('lessons.anew'));
  carryTo(way, { cue: String(cue + 1) });
  way.textContent = message('lessons.on', { cue: cue + 1 });
  way.removeAttribute('aria-label');
  way.after(anew);
}

/** The window that runs the lesson says where it is. @param {HTMLElement} notes */
function followOn(notes) {
  const cues = [...notes.querySelectorAll('.cues > li')];
  /** @type {Element | null} */
  let last = null;
  const { step } = openNotes((at, numbers) => {
    const here = at?.name === notes.dataset['notes'];
    const now = (here && at && cues[at.cue]) || null;
    if (now) fill(now, numbers);
    if (now !== last) mark(last, now);
    last = now;
  });
  const clicker = turning(step);
  listenToClicker((key) => clicker[key]);
  for (const button of notes.querySelectorAll('[data-by]')) {
    if (!(button instanceof HTMLElement)) continue;
    const by = button.dataset['by'] === '1' ? 1 : -1;
    button.hidden = false;
    button.addEventListener('click', () => step(by));
  }
}
