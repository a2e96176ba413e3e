// The address of the page says what is on it: it is written at rest, and what it says is shown when one
// goes back or forward. A pin and a panel are steps; strokes and hovering are not.

import { message } from '../../text/messages.js';
import { fromLink, LINKED, toLink } from '../link.js';
import { FIELDS } from './fields.js';
import { forgetPicture, keepPicture, leaveLink, recallPicture } from './opened.js';

/** @import { State } from '../state.js' */
/** @import { Page } from '../types.d.ts' */

/** After the last change it is written, but not more often than this, ms. */
const REST = 400;
const OFTEN = 1000;
/** Steps that follow each other faster, as a walk by keys does, are one. */
const STEP = 300;
/** Of the fields: what is a step where it changes. */
const STEPS = ['cell', 'panel', 'cue'];

export class Address {
  #store;
  #editor;
  #id;
  /** The state before the first step that is not written yet. @type {Readonly<State> | null} */
  #before = null;
  #latest;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #writtenAt = -OFTEN;
  /** A pointer is down: what it does has not ended. */
  #held = false;
  /** The picture of which this tab has the file; undefined while nobody knows what it has. @type {Blob | null | undefined} */
  #kept;

  /** @param {Pick<Page, 'store' | 'editor' | 'id'>} page */
  constructor({ store, editor, id }) {
    this.#store = store;
    this.#editor = editor;
    this.#id = id;
    this.#latest = store.get();
    store.subscribe((state, changed) => this.#follow(state, changed));
    for (const event of ['pointerdown', 'pointerup', 'pointercancel'])
      addEventListener(event, () => this.#hold(event === 'pointerdown'), true);
    addEventListener('popstate', () => this.#open(location.hash.slice(1)));
    addEventListener('pagehide', () => {
      leaveLink(unread(store.get()) ? '' : toLink(store.get()));
    });
    leaveLink(''); // what an earlier page in this tab left is none of this one
    openQuery(store);
    if (!editor.empty()) this.#writeSoon();
  }

  /** The whole state as a link, of this network. */
  link() {
    const url = new URL(location.href);
    url.search = `model=${encodeURIComponent(this.#id)}`;
    url.hash = toLink(this.#store.get());
    return url.href;
  }

  /**
   * Shows what a link says, as one step; where it names another network, that one's page.
   *
   * @param {string} link or what stands behind its #, with the #
   */
  show(link) {
    const { hash, searchParams } = new URL(link, location.href);
    const model = searchParams.get('model') ?? this.#id;
    this.#write();
    if (model === this.#id) {
      this.#open(hash.slice(1));
      return this.#put('pushState', hash.slice(1));
    }
    const there = new URL(location.href);
    there.searchParams.set('model', model);
    there.hash = hash;
    location.assign(there);
  }

  /** All of the state that links say. */
  state() {
    return Object.fromEntries(LINKED.map((key) => [key, this.#store.get()[key]]));
  }

  /** @param {Readonly<State>} state @param {Partial<State>} changed */
  #follow(state, changed) {
    const past = this.#latest;
    this.#latest = state;
    if (this.#kept !== null && 'drawing' in changed && !state.drawing.file) {
      this.#kept = null; // at once, and not at each point that is drawn
      forgetPicture();
    }
    const answered = 'trace' in changed && state.drawing.file;
    if (!answered && !LINKED.some((key) => key in changed)) return;
    if (isStep(past, state)) this.#before ??= past;
    this.#writeSoon();
  }

  /** @param {boolean} held */
  #hold(held) {
    this.#held = held;
    if (!held && this.#timer) this.#writeSoon();
  }

  #writeSoon() {
    clearTimeout(this.#timer);
    const [rest, often] = this.#before ? [0, STEP] : [REST, OFTEN];
    const wait = Math.max(rest, this.#writtenAt + often - performance.now());
    this.#timer = setTimeout(() => this.#write(), wait);
  }

  #write() {
    const state = this.#store.get();
    if (this.#held || unread(state)) return; // the pointer's end, or the answer, writes it
    this.#forget();
    const past = this.#before && !unread(this.#before) ? toLink(this.#before) : null;
    const now = toLink(state);
    if (past !== null) this.#put('replaceState', past);
    this.#put(past === null || past === now ? 'replaceState' : 'pushState', now);
    this.#before = null;
    void this.#keep(state);
  }

  /** Nothing waits to be written. */
  #forget() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** @param {'pushState' | 'replaceState'} how @param {string} link */
  #put(how, link) {
    if (link === location.hash.slice(1)) return;
    this.#writtenAt = performance.now();
    history[how](null, '', link ? `#${link}` : location.pathname + location.search);
  }

  /** @param {string} link what stands behind the # */
  #open(link) {
    const { state, said } = fromLink(link, this.#store.get(), recallPicture);
    const { drawing, ...rest } = state;
    const { account } = this.#store.get();
    const others = { pointed: null, walking: false, account: rest.panel ? 'open' : account };
    this.#store.set({ ...rest, ...others });
    if (drawing && drawing !== this.#store.get().drawing) this.#editor.open(drawing);
    this.#store.set({ notice: said });
    this.#forget();
    this.#before = null;
  }

  /** The file of a picture is kept beside the link; where that cannot be, a sentence says so. @param {Readonly<State>} state */
  async #keep(state) {
    const { drawing } = state;
    if (drawing.file === this.#kept || drawing.pixels) return;
    this.#kept = drawing.file ?? this.#kept;
    if (await keepPicture(textOf('drawing', state), drawing)) return;
    this.#store.set({ notice: message('link.not-kept') });
  }
}

/** A window that slides is none, however far it goes, nor is what one cue of a lesson shows. @param {Readonly<State>} past @param {Readonly<State>} state */
function isStep(past, state) {
  if (past.play && state.play) return false;
  const { lesson } = state;
  if (lesson && !lesson.own && textOf('cue', past) === textOf('cue', state)) return false;
  return STEPS.some((name) => textOf(name, past) !== textOf(name, state));
}

/** @param {string} name of a field @param {Readonly<State>} state */
function textOf(name, state) {
  return FIELDS[name]?.write(state) ?? '';
}

/** A picture of which nobody knows yet what is read of it. @param {Readonly<State>} state */
function unread(state) {
  return Boolean(state.drawing.file) && !state.inkless && !textOf('drawing', state);
}

/** Older links said `?view=space`. @param {Page['store']} store */
function openQuery(store) {
  const url = new URL(location.href);
  if (url.searchParams.get('view') !== 'space') return;
  url.searchParams.delete('view');
  history.replaceState(null, '', url);
  store.set({ space: true });
}
