// One live channel: a WebSocket that hears what is new of a drawing, and answers messages in their order.

import { PATIENCE } from './ask.js';
import { changes, messageOf } from './message.js';
import { Away, Busy, Refusal, allWords } from './refusal.js';
import { decode, parted } from './safetensors.js';

/** @import { Timers } from './ask.js' */
/** @import { Matter, Question } from './questions.js' */
/** @import { Decoded } from './safetensors.js' */
/** @import { LiveRefusal, Stroke } from './types.d.ts' */

/** @typedef {Pick<WebSocket, 'binaryType' | 'onopen' | 'onmessage' | 'onclose' | 'send' | 'close'>} Socket */

/** @typedef {{ number: number, refusal: LiveRefusal } | { number: number, took: number[], file: ArrayBuffer }} Reply */

/** Before the file of an answer stand numbers of four bytes: that of its message, microseconds, how many questions. */
const HEAD = 3;
const BYTES = 4;

/** Bytes that a message has at most. */
const MOST = 1_000_000;

/** As HTTP has them: a message builds on strokes that are not there; too much is asked. */
const OUT_OF_STEP = 409;
const BUSY = 503;

/**
 * @typedef {object} Pending a message that is not answered yet
 * @property {number} count of its questions
 * @property {(answers: Decoded[] | Promise<Decoded[]> | null) => void} resolve
 * @property {(error: Error) => void} reject
 * @property {number} timer until its silence has lasted too long
 */

export class Channel {
  #socket;
  #timers;
  #onLost;
  /** Whether it can be told something. */
  open = false;
  /** By number, in the order of their answers. @type {Map<number, Pending>} */
  #pending = new Map();
  #number = 0;
  /** What the other end has of a drawing. @type {readonly Stroke[]} */
  #told = [];
  /** The input that it has, and the number of the message with which it came. @type {{ input: object, number: number } | null} */
  #input = null;

  /**
   * @param {Socket} socket that opens
   * @param {Timers} timers
   * @param {() => void} onLost it was refused or broke off; not called when it was closed here
   */
  constructor(socket, timers, onLost) {
    this.#timers = timers;
    this.#onLost = onLost;
    this.#socket = Object.assign(socket, {
      binaryType: /** @type {const} */ ('arraybuffer'),
      onopen: () => void (this.open = true),
      onmessage: (/** @type {MessageEvent<string | ArrayBuffer>} */ { data }) =>
        this.#received(data),
      onclose: () => this.#lost(),
    });
  }

  /**
   * @param {readonly Question[]} questions about the same strokes
   * @returns {Promise<Decoded[] | null>} null where nothing is said to them: they are to be asked elsewhere
   * @throws {Away | Refusal} as over HTTP
   */
  ask(questions) {
    const [first] = questions;
    const number = this.#number + 1;
    const message = first?.matter
      ? this.#about(first.matter, number)
      : this.#drawn(questions, number);
    if (!message) return Promise.resolve(null);
    this.#number = number;
    return new Promise((resolve, reject) => {
      const timer = this.#timers.start(() => this.#silent(number), PATIENCE);
      this.#pending.set(number, { count: questions.length, resolve, reject, timer });
      this.#socket.send(message);
    });
  }

  /** @param {readonly Question[]} questions @param {number} number */
  #drawn(questions, number) {
    const strokes = questions[0]?.drawing.strokes ?? [];
    const changed = changes(this.#told, strokes);
    this.#told = strokes;
    return JSON.stringify(messageOf(number, questions, changed));
  }

  /**
   * @param {Matter} matter
   * @param {number} number
   * @returns {ArrayBuffer | null} null where it is too long to be told
   */
  #about(matter, number) {
    const kept = this.#input?.input === matter.input ? this.#input.number : null;
    const message = matter.told(number, kept);
    if (message.byteLength > MOST) return null;
    if (kept === null) this.#input = { input: matter.input, number };
    return message;
  }

  #forget() {
    this.#told = [];
    this.#input = null;
  }

  close() {
    Object.assign(this.#socket, { onopen: null, onmessage: null, onclose: null });
    this.#socket.close();
    this.open = false;
    for (const number of this.#pending.keys()) this.#answered(number)?.resolve(null);
  }

  #lost() {
    this.close();
    this.#onLost();
  }

  /** @param {number} number */
  #silent(number) {
    this.#answered(number)?.reject(new Away());
    this.#lost();
  }

  /** @param {number} number @returns {Pending | undefined} what was pending, and is no more */
  #answered(number) {
    const pending = this.#pending.get(number);
    if (pending) this.#timers.stop(pending.timer);
    this.#pending.delete(number);
    return pending;
  }

  /** @param {string | ArrayBuffer} data */
  #received(data) {
    const reply = replyIn(data);
    const pending = reply && this.#answered(reply.number);
    if (!pending) return this.#lost();
    if ('refusal' in reply) this.#forget(); // the other end keeps nothing when it refuses
    pending.resolve(outOfStep(reply) ? null : answersIn(reply, pending.count));
  }
}

/** What was said after a message that is refused builds on nothing. @param {Reply} reply */
function outOfStep(reply) {
  return 'refusal' in reply && reply.refusal.problem.status === OUT_OF_STEP;
}

/**
 * @param {string | ArrayBuffer} data
 * @returns {Reply | null} null for what is none
 */
function replyIn(data) {
  try {
    if (typeof data !== 'string') return answerIn(data);
    /** @type {LiveRefusal} */
    const refusal = JSON.parse(data);
    return refusal.problem ? { number: refusal.number, refusal } : null;
  } catch {
    return null;
  }
}

/** @param {ArrayBuffer} data @returns {Reply} */
function answerIn(data) {
  const view = new DataView(data);
  const at = (/** @type {number} */ place) => view.getUint32(BYTES * place, true);
  const took = Array.from({ length: at(2) }, (_, k) => at(HEAD + k) / 1000);
  return { number: at(0), took, file: data.slice(BYTES * (HEAD + took.length)) };
}

/**
 * @param {Reply} reply
 * @param {number} count of questions
 * @returns {Promise<Decoded[]>}
 */
async function answersIn(reply, count) {
  if ('refusal' in reply) throw await errorOf(reply.refusal);
  const found = decode(reply.file);
  const answers = count === 1 ? [found] : parted(found, count);
  return answers.map((answer, k) => ({ ...answer, took: reply.took[k] }));
}

/** @param {LiveRefusal} refusal */
async function errorOf({ problem, retry_after: seconds }) {
  if (problem.status !== BUSY) return new Refusal(problem.status, problem, await allWords());
  return seconds ? new Busy(seconds) : new Away();
}
