// When there is a live channel: it opens while somebody draws, and closes when nobody does. What it
// cannot carry, or loses, is asked over HTTP, so that nobody need know whether there is one.

import { browserTimers } from './ask.js';
import { Channel } from './channel.js';
import { changes } from './message.js';

/** @import { Timers } from './ask.js' */
/** @import { Socket } from './channel.js' */
/** @import { Question } from './questions.js' */
/** @import { Decoded } from './safetensors.js' */
/** @import { Stroke } from './types.d.ts' */

const PROTOCOL = 'convlens-1';

/** Milliseconds without a question after which it is closed: an idle page holds no socket. */
const IDLE = 30_000;

/** Until the next one may open after one was refused or lost, milliseconds: longer until one carries something. */
const FIRST_WAIT = 5000;
const LONGEST_WAIT = 600_000;
const GROWTH = 5;

export class Live {
  #make;
  #timers;
  /** @type {Channel | null} */
  #channel = null;
  /** What was asked about last, whoever carried it. @type {readonly Stroke[] | object} */
  #seen = [];
  /** While it runs, none is opened. @type {number | null} */
  #pause = null;
  #wait = FIRST_WAIT;
  /** When it ends, nobody draws any more. @type {number | null} */
  #idle = null;

  /**
   * @param {object} [means]
   * @param {() => Socket} [means.make] a socket that opens
   * @param {Timers} [means.timers]
   */
  constructor({ make = toServer, timers = browserTimers } = {}) {
    this.#make = make;
    this.#timers = timers;
  }

  /**
   * @param {readonly Question[]} questions about the same drawing
   * @returns {Promise<Decoded[] | null>} null where they have to be asked over HTTP
   * @throws {import('./refusal.js').Away | import('./refusal.js').Refusal} as over HTTP
   */
  async ask(questions) {
    const [first] = questions;
    if (!first || first.drawing.file) return null;
    if (this.#grows(first) && !this.#channel && this.#pause === null) this.#open();
    if (!this.#channel?.open) return null;
    this.#linger();
    const answers = await this.#channel.ask(questions);
    if (answers) this.#wait = FIRST_WAIT;
    return answers;
  }

  /** Whether somebody draws, or asks again about what is no drawing. @param {Question} question */
  #grows({ drawing, matter }) {
    const before = this.#seen;
    this.#seen = matter?.input ?? drawing.strokes;
    if (matter) return before === matter.input;
    return Array.isArray(before) && Boolean(changes(before, drawing.strokes).more);
  }

  /** Nobody draws, for now. */
  close() {
    this.#channel?.close();
    this.#channel = null;
    if (this.#idle !== null) this.#timers.stop(this.#idle);
    this.#idle = null;
  }

  #open() {
    try {
      this.#channel = new Channel(this.#make(), this.#timers, () => this.#lost());
      this.#linger();
    } catch {
      this.#lost(); // a browser or a policy that knows none
    }
  }

  #linger() {
    if (this.#idle !== null) this.#timers.stop(this.#idle);
    this.#idle = this.#timers.start(() => this.close(), IDLE);
  }

  #lost() {
    this.close();
    this.#pause = this.#timers.start(() => (this.#pause = null), this.#wait);
    this.#wait = Math.min(LONGEST_WAIT, this.#wait * GROWTH);
  }
}

/**
 * Lets a reader ask over a channel of its own, as long as the page is in front of somebody.
 *
 * @param {import('./reader.js').Reader} reader
 */
export function preferLive(reader) {
  const live = new Live();
  reader.prefer(live);
  // browsers keep no page with an open socket, to go back to
  addEventListener('pagehide', () => live.close());
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) live.close();
  });
}

/** The scheme is that of the page, as is the path in front: it may lie below another one. */
function toServer() {
  const url = new URL('api/live', document.baseURI);
  url.protocol = url.protocol.replace('http', 'ws');
  return new WebSocket(url, PROTOCOL);
}
