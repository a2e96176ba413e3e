// The one way to ask about drawings. Each asker has one question under way, and of its questions the
// latest wins; those of one turn about one drawing travel together, over a live channel if there is one.
// It recovers by itself.

import { ask, browserTimers } from './ask.js';
import { aboutTheSame, goesAlone, request } from './questions.js';
import { Away, Busy, Refusal } from './refusal.js';
import { decode, parted } from './safetensors.js';

/** @import { Means } from './ask.js' */
/** @import { Link } from './link.js' */
/** @import { Live } from './live.js' */
/** @import { Question } from './questions.js' */
/** @import { Decoded } from './safetensors.js' */

/**
 * @template {Question} Asked
 * @typedef {object} Listener
 * @property {(answer: Decoded, question: Asked) => void} onAnswer
 * @property {(error: Error, question: Asked) => void} [onRefused] left out where another asker says why
 * @property {(busy: boolean) => void} [onBusy]
 */

/**
 * @template {Question} Asked
 * @typedef {object} Asker
 * @property {(question: Asked) => void} ask
 * @property {() => void} forget drops what waits and the answer that is under way
 * @property {() => void} end forgets, and asks no more
 */

/**
 * @typedef {object} Flight
 * @property {AbortController} stop
 * @property {Map<Line, Question>} asked without those that were forgotten
 * @property {Sent[]} sent all of them
 */

/** @typedef {{ line: Line, question: Question, hash: string | undefined }} Sent `hash` of the weights that it named */

/**
 * @typedef {object} Line
 * @property {Listener<any>} listener
 * @property {Question | null} waiting
 * @property {boolean} alone what waits was refused together with others
 * @property {Flight | null} flight
 * @property {boolean} busy
 */

/** So many of a network's passes are known. */
const KEPT = 31;

/** How long the server's forward passes took, by network, as it says with each answer. */
export class Times {
  /** @type {Map<string, readonly number[]>} */
  #found = new Map();

  /**
   * @param {string} id of the network
   * @param {number} [took] milliseconds
   */
  note(id, took) {
    if (took !== undefined) this.#found.set(id, [...this.of(id), took].slice(-KEPT));
  }

  /** @param {string} id of the network @returns {readonly number[]} milliseconds, the latest of its traces */
  of(id) {
    return this.#found.get(id) ?? [];
  }
}

export class Reader {
  /** How long forward passes took. */
  times = new Times();
  #link;
  #chance;
  #onAnswered;
  #means;
  /** @type {Set<Line>} */
  #lines = new Set();
  /** @type {number | null} a timer: until then a busy server is left in peace */
  #pause = null;
  #due = false;
  /** @type {Live | null} */
  #live = null;

  /**
   * @param {Means & { link: Link, chance?: () => number, onAnswered?: (asked: number) => void }} options
   *   `chance`, 0 to 1: pages that were refused together do not come together; `onAnswered` hears when
   *   what is answered now was asked
   */
  constructor({ link, onAnswered, chance = Math.random, timers = browserTimers, ...means }) {
    this.#onAnswered = onAnswered;
    this.#link = link;
    this.#chance = chance;
    this.#means = { ...means, timers };
  }

  /**
   * @template {Question} Asked
   * @param {Listener<Asked>} listener
   * @returns {Asker<Asked>}
   */
  asker(listener) {
    /** @type {Line} */
    const line = { listener, waiting: null, alone: false, flight: null, busy: false };
    this.#lines.add(line);
    const forget = () => {
      const { flight } = line;
      Object.assign(line, { waiting: null, flight: null });
      if (flight?.asked.delete(line) && flight.asked.size === 0) flight.stop.abort();
      this.resume();
    };
    return {
      ask: (question) => {
        Object.assign(line, { waiting: question, alone: false });
        this.resume();
      },
      forget,
      end: () => {
        forget();
        this.#lines.delete(line);
      },
    };
  }

  /** @param {Live} live which is asked first from now on */
  prefer(live) {
    this.#live = live;
  }

  /** Sends what waits when this turn is over, so that all that it asks is known. Call when the server is back. */
  resume() {
    if (!this.#due) queueMicrotask(() => this.#sendAll());
    this.#due = true;
  }

  #sendAll() {
    this.#due = false;
    const ready = [...this.#lines].filter(({ waiting, flight }) => waiting && !flight);
    const away = this.#link.away();
    if (this.#pause === null && !away) for (const group of groups(ready)) void this.#send(group);
    for (const line of this.#lines) {
      const busy = line.flight !== null || (line.waiting !== null && !away);
      if (busy !== line.busy) line.listener.onBusy?.((line.busy = busy));
    }
  }

  /** @param {readonly Line[]} group */
  async #send(group) {
    /** @type {Flight} */
    const flight = { stop: new AbortController(), asked: new Map(), sent: [] };
    for (const line of group) {
      const question = /** @type {Question} */ (line.waiting);
      flight.asked.set(line, question);
      flight.sent.push({ line, question, hash: question.network.weights() });
      Object.assign(line, { waiting: null, alone: false, flight });
    }
    try {
      await this.#ask(flight);
    } catch (error) {
      await this.#failed(/** @type {Error} */ (error), flight);
    } finally {
      for (const line of flight.asked.keys()) line.flight = null;
      this.resume();
    }
  }

  /** @param {Flight} flight */
  async #ask({ stop, asked, sent }) {
    const begun = performance.now();
    const questions = sent.map(({ question }) => question);
    const carried = this.#live && (await this.#live.ask(questions));
    if (asked.size === 0) return;
    const answers = carried ?? (await this.#overHttp(questions, stop.signal));
    this.#onAnswered?.(begun);
    this.#link.proven();
    sent.forEach(({ line, question, hash }, k) => {
      const answer = answers[k];
      if (!answer) return;
      if (question.what === 'trace') this.times.note(question.network.id, answer.took);
      if (!asked.has(line)) return;
      // Weights that others took the place of meanwhile say nothing of what is shown.
      if (question.network.weights() !== hash) line.waiting ??= question;
      else line.listener.onAnswer(answer, question);
    });
  }

  /**
   * @param {readonly Question[]} questions
   * @param {AbortSignal} signal
   */
  async #overHttp(questions, signal) {
    const { headers, bytes } = await ask(...request(questions, signal), this.#means);
    const found = decode(bytes);
    const alone = goesAlone(questions);
    const answers = alone ? [found] : parted(found, questions.length);
    return answers.map((answer, k) => ({ ...answer, took: passIn(headers, alone ? null : k) }));
  }

  /**
   * @param {Error} error
   * @param {Flight} flight
   */
  async #failed(error, { asked, sent }) {
    if (asked.size === 0) return;
    if (error instanceof Away) return this.#wait(error, asked);
    if (sent.length > 1) {
      for (const line of asked.keys()) line.alone = !line.waiting;
      return again(asked);
    }
    if (await this.#renewed(error, sent[0])) return again(asked);
    for (const [line, question] of asked) line.listener.onRefused?.(error, question);
  }

  /**
   * @param {Error} error
   * @param {Sent | undefined} sent
   * @returns {Promise<boolean>} whether the server had other weights, and those that are meant now are others, too
   */
  async #renewed(error, sent) {
    if (!sent || !(error instanceof Refusal) || error.kind !== 'other-weights') return false;
    const { network } = sent.question;
    await network.renew();
    return network.weights() !== sent.hash || this.#link.away();
  }

  /**
   * @param {Away} error
   * @param {Flight['asked']} asked
   */
  #wait(error, asked) {
    again(asked);
    if (!(error instanceof Busy)) return this.#link.lost();
    const on = () => {
      this.#pause = null;
      this.#sendAll();
    };
    this.#pause ??= this.#means.timers.start(on, 1000 * error.seconds * (0.5 + this.#chance()));
  }
}

/**
 * @param {Headers} headers of an answer
 * @param {number | null} which of several questions; null for the only one
 * @returns {number | undefined} milliseconds
 */
function passIn(headers, which) {
  const step = which === null ? 'forward' : `forward-${which}`;
  const said = (headers.get('Server-Timing') ?? '').split(/\s*,\s*/);
  const found = said.find((one) => one.startsWith(`${step};dur=`));
  return found ? Number(found.slice(`${step};dur=`.length)) : undefined;
}

/**
 * Lets them wait anew, where nothing newer does.
 *
 * @param {Flight['asked']} asked
 */
function again(asked) {
  for (const [line, question] of asked) line.waiting ??= question;
}

/**
 * @param {readonly Line[]} lines
 * @returns {Line[][]} those whose questions travel together
 */
function groups(lines) {
  /** @type {Line[][]} */
  const found = [];
  for (const line of lines) {
    const together = found.find(([first]) => !line.alone && first && joins(first, line));
    if (together) together.push(line);
    else found.push([line]);
  }
  return found;
}

/**
 * @param {Line} first
 * @param {Line} line
 */
function joins({ waiting, alone }, line) {
  return !alone && waiting !== null && line.waiting !== null && aboutTheSame(waiting, line.waiting);
}
