// Plays a lesson on a page: shows its cues, goes from one to the other and to the page that one is on,
// runs by itself, and lets whoever is led do what they like meanwhile.

import { recall, remember } from '../core/store.js';
import { errorText } from '../text/refusals.js';
import { listenToClicker, turning } from '../ui/clicker.js';
import { fetchLesson } from '../wire/lessons.js';
import { Away } from '../wire/refusal.js';
import { createBar, SPEEDS } from './bar.js';
import { keepPlace } from './keeping.js';
import { isSame, ledParts } from './led.js';
import { openTold } from './told.js';

/** @import { Lesson, LessonCue } from '../wire/types.d.ts' */
/** @import { Led } from './led.js' */
/** @import { Ground } from './types.d.ts' */

const RUNS = 'lesson-runs';
const SPEED = 'lesson-speed';

export class Player {
  #ground;
  #bar;
  #told;
  /** @type {Lesson | null} */
  #lesson = null;
  /** Where in it what is shown is. @type {Led | null} */
  #led = null;
  #runs = recall(RUNS, 'sessionStorage') === 'on';
  /** Until the next cue comes by itself. @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Ground} ground */
  constructor(ground) {
    this.#ground = ground;
    this.#bar = createBar({
      go: (cue) => this.#go(cue),
      run: () => this.#run(!this.#runs),
      choose: (speed) => this.#choose(speed),
      again: () => this.#go(this.#led?.cue ?? 0),
      notes: () => void open(`lessons/${this.#lesson?.name}/notes`, 'convlens-notes', 'popup'),
      leave: () => this.#leave(),
    });
    this.#told = openTold((by) => this.#step(by));
    const clicker = turning((by) => this.#step(by));
    listenToClicker((key) => (this.#led ? clicker[key] : undefined));
  }

  /** Shows what the link says, be it at first or because somebody went back. */
  async follow() {
    const next = this.#ground.led();
    if (!next) return this.#end();
    if (this.#led && isSame(next, this.#led)) return;
    this.#ground.root.dataset['lesson'] = next.name;
    try {
      if (this.#lesson?.name !== next.name) this.#lesson = await fetchLesson(next.name);
    } catch (error) {
      if (error instanceof Away) return; // the page says so
      this.#ground.tell(errorText(error));
      return this.#leave();
    }
    const now = this.#ground.led();
    if (now && isSame(now, next)) this.#go(next.cue, next.own); // else it is another one by now
  }

  /** What is shown has other numbers. */
  fill() {
    const cue = this.#cue();
    if (!cue) return;
    this.#told.fill(this.#bar.fill(this.#isHere(cue) ? this.#ground.found(cue) : null));
  }

  /** Whoever is led has changed something by hand: it is theirs until they come back. */
  touched() {
    this.stop();
    if (!this.#led || this.#led.own) return;
    this.#led = { ...this.#led, own: true };
    this.#ground.lead(this.#led);
    this.#show(false);
  }

  /** Nothing goes on by itself. */
  stop() {
    this.#run(false);
  }

  #cue() {
    return (this.#led && this.#lesson?.cues[this.#led.cue]) ?? null;
  }

  /** @param {LessonCue} cue */
  #isHere({ page }) {
    return this.#lesson !== null && page === this.#ground.page && this.#ground.has(this.#lesson);
  }

  /** @param {number} to a cue @param {boolean} [own] it is only said, and what is shown stays */
  #go(to, own = false) {
    const lesson = this.#lesson;
    if (!lesson || to < 0) return;
    const at = Math.min(to, lesson.cues.length - 1);
    const cue = lesson.cues[at];
    const next = { name: lesson.name, cue: at, own };
    keepPlace(next, lesson.cues.length);
    if (cue && !own && !this.#isHere(cue)) return leadTo(this.#ground, lesson, next, cue);
    const before = this.#led;
    this.#led = next;
    if (cue && !own) this.#ground.show(next, lesson, cue);
    else this.#ground.lead(next);
    this.#show(!before || !isSame({ ...before, own }, next));
    this.#told.say(next);
    this.#wait();
  }

  /** @param {-1 | 1} by */
  #step(by) {
    this.#go((this.#led?.cue ?? 0) + by);
  }

  /** @param {boolean} other it is another cue than before */
  #show(other) {
    if (!this.#lesson || !this.#led) return;
    const { element } = this.#bar;
    if (!element.isConnected) {
      this.#ground.app.append(element);
      this.#ground.refit();
    }
    const cue = this.#cue();
    this.#bar.show(this.#lesson, this.#led, other, cue !== null && this.#isHere(cue));
    this.#bar.running(this.#runs, speed());
    this.fill();
    this.#light();
  }

  /** The part of the page that is meant stands out, as long as nobody changed what is shown. */
  #light() {
    for (const one of document.querySelectorAll('[data-spot]')) one.removeAttribute('data-spot');
    const cue = this.#cue();
    if (cue && !this.#led?.own) this.#ground.spot(cue)?.setAttribute('data-spot', '');
  }

  /** The next cue comes by itself. */
  #wait() {
    clearTimeout(this.#timer);
    const cue = this.#cue();
    if (!this.#runs || !cue || !this.#led || this.#led.own) return;
    const last = this.#led.cue === (this.#lesson?.cues.length ?? 0) - 1;
    const on = () => (last ? this.stop() : this.#step(1));
    this.#timer = setTimeout(on, (1000 * cue.pace) / Number(speed()));
  }

  /** @param {boolean} on */
  #run(on) {
    if (on === this.#runs) return;
    this.#runs = on;
    remember(RUNS, on ? 'on' : 'off', 'sessionStorage');
    if (on && this.#led?.own) this.#go(this.#led.cue);
    this.#bar.running(on, speed());
    this.#wait();
  }

  /** @param {string} chosen */
  #choose(chosen) {
    remember(SPEED, chosen);
    this.#wait();
  }

  #leave() {
    this.#ground.lead(null);
    this.#end();
  }

  #end() {
    if (this.#ground.root.dataset['lesson'] === undefined) return;
    [this.#led, this.#lesson] = [null, null];
    delete this.#ground.root.dataset['lesson'];
    this.#bar.end();
    this.stop();
    clearTimeout(this.#timer);
    this.#light();
    this.#told.say(null);
    this.#ground.refit();
  }
}

/** To a cue on another page, or about another network. @param {Ground} ground @param {Lesson} lesson @param {Led} led @param {LessonCue} cue */
function leadTo(ground, { network }, led, { page, section }) {
  const drawing = ground.drawing();
  const parts = [['v', '1'], ...ledParts(led), ...(drawing ? [['drawing', drawing]] : [])];
  if (ground.root.hasAttribute('data-present')) parts.push(['present', 'on']);
  const query = String(new URLSearchParams(parts));
  if (page === 'operations') location.assign(`operations#${section}&${query}`);
  else location.assign(`./?model=${encodeURIComponent(network)}#${query}`);
}

function speed() {
  const kept = recall(SPEED);
  return kept && SPEEDS.includes(kept) ? kept : '1';
}
