// The moments of a training, and what each makes of one drawing. All of them are fetched before anybody
// looks at them, the nearest first, so that whoever moves through them does not wait.

import { fetchWeights } from '../../wire/model.js';
import { decode } from '../../wire/safetensors.js';
import { askSeveral } from '../../wire/several.js';

/** @import { Tensors } from '../../geometry/types.d.ts' */
/** @import { Drawing } from '../../input/editor.js' */
/** @import { Question } from '../../wire/questions.js' */
/** @import { Reader } from '../../wire/reader.js' */
/** @import { Decoded } from '../../wire/safetensors.js' */

/** @typedef {{ id: string, sha256: string, step: number | null }} Moment `id` of the network; no step where it is no moment of the training */
/** @typedef {{ moment: Moment, weights: Tensors, trace: Decoded, gradient: Decoded | null }} There all that is known of a moment */
/** @typedef {{ drawing: Drawing, gradient: string }} About what each is asked: `gradient` is a query, '' where nobody asks for it */
/** @typedef {(typeof KINDS)[number]} Kind */
/** @typedef {Question & { of: Moment, kind: Kind, about: About }} Asked */

const KINDS = /** @type {const} */ (['trace', 'gradient']);
/** Questions that travel together. */
const TOGETHER = 4;
/** While somebody draws, only the moment that is looked at is asked about, ms. */
const REST = 150;
/** Until what failed is tried again, ms. */
const AGAIN = 2000;

export class Past {
  #moments;
  #tells;
  #askers;
  #at = -1;
  /** @type {About | null} */
  #about = null;
  /** @type {Map<string, Tensors>} */
  #weights = new Map();
  /** @type {Map<string, Promise<void>>} */
  #coming = new Map();
  /** @type {Readonly<Record<Kind, Map<string, Decoded>>>} */
  #answers = { trace: new Map(), gradient: new Map() };
  #stop = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Reader} reader
   * @param {readonly Moment[]} moments
   * @param {{ onNews: () => void, onRefused: (error: Error) => void }} tells
   */
  constructor(reader, moments, tells) {
    this.#moments = moments;
    this.#tells = tells;
    this.#askers = KINDS.map(() =>
      reader.asker({
        onAnswer: (answer, /** @type {Asked} */ asked) => this.#keep(answer, asked),
        onRefused: tells.onRefused,
      }),
    );
  }

  /**
   * @param {number} place that is looked at
   * @param {Drawing} drawing
   * @param {string} gradient the query, or ''
   * @returns {boolean} whether something else is looked at than before
   */
  want(place, drawing, gradient) {
    const moment = this.#moments[place];
    const before = this.#about;
    const known = before?.drawing === drawing && before.gradient === gradient;
    if (!moment || (known && place === this.#at)) return false;
    this.#at = place;
    if (!known) {
      if (before?.drawing !== drawing) this.#answers.trace.clear();
      this.#answers.gradient.clear();
      this.#about = { drawing, gradient };
      this.#later(REST);
    }
    this.#fetch(moment).catch(() => this.#later(AGAIN));
    const asked = this.#lacking(moment);
    KINDS.forEach((kind, i) => {
      const one = asked.find((question) => question.kind === kind);
      if (one) this.#askers[i]?.ask(one);
      else this.#askers[i]?.forget();
    });
    return true;
  }

  /** @param {number} place @returns {There | null} null while something of it is missing */
  at(place) {
    const moment = this.#moments[place];
    if (!moment || !this.#whole(moment)) return null;
    const { sha256 } = moment;
    const [weights, trace] = [this.#weights.get(sha256), this.#answers.trace.get(sha256)];
    const gradient = this.#answers.gradient.get(sha256) ?? null;
    return weights && trace ? { moment, weights, trace, gradient } : null;
  }

  /** @returns {Tensors | null} the weights that it began with, once they are here */
  first() {
    return this.#weights.get(this.#moments[0]?.sha256 ?? '') ?? null;
  }

  /** @returns {boolean} whether all moments can be shown at once */
  whole() {
    return this.#moments.every((one) => this.#whole(one));
  }

  end() {
    this.#moments = [];
    this.#about = null;
    clearTimeout(this.#timer);
    this.#stop.abort();
    for (const asker of this.#askers) asker.end();
  }

  /** @param {Moment} one */
  #whole(one) {
    return this.#about !== null && this.#weights.has(one.sha256) && !this.#lacking(one).length;
  }

  /** @param {Decoded} answer @param {Asked} asked */
  #keep(answer, { of, kind, about }) {
    if (about !== this.#about) return;
    this.#answers[kind].set(of.sha256, answer);
    this.#tells.onNews();
  }

  /** @param {Moment} moment whose weights are wanted @returns {Promise<void>} */
  #fetch({ id, sha256 }) {
    const known = this.#coming.get(sha256);
    if (known) return known;
    const fetched = this.#fetchNew(id, sha256);
    this.#coming.set(sha256, fetched);
    return fetched;
  }

  /** @param {string} id @param {string} sha256 */
  async #fetchNew(id, sha256) {
    try {
      this.#weights.set(sha256, decode(await fetchWeights(id, sha256)).tensors);
    } catch (error) {
      this.#coming.delete(sha256);
      throw error;
    }
    this.#tells.onNews();
  }

  /** @param {Moment} of @returns {Asked[]} what is not known of it */
  #lacking(of) {
    const about = this.#about;
    if (!about) return [];
    const network = { id: of.id, weights: () => of.sha256, renew: async () => {} };
    const { drawing, gradient } = about;
    return KINDS.flatMap((kind) => {
      const what = kind === 'trace' ? kind : gradient;
      if (!what || this.#answers[kind].has(of.sha256)) return [];
      return [{ network, what, drawing, center: true, of, kind, about }];
    });
  }

  /** Fetches what is missing until nothing is. @param {AbortSignal} signal */
  async #fetchRest(signal) {
    for (;;) {
      const todo = nearest(this.#moments, this.#at)
        .filter((one) => !this.#whole(one))
        .slice(0, TOGETHER);
      if (!todo.length || signal.aborted) return;
      const questions = todo.flatMap((one) => this.#lacking(one));
      const [found] = await Promise.all([
        questions.length ? askSeveral(questions, signal) : [],
        ...todo.map((one) => this.#fetch(one)),
      ]);
      questions.forEach((asked, i) => found[i] && this.#keep(found[i], asked));
    }
  }

  /** @param {number} wait ms */
  #later(wait) {
    this.#stop.abort();
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#fetchRest(signal).catch(() => {
        if (!signal.aborted) this.#later(AGAIN);
      });
    }, wait);
  }
}

/** @param {readonly Moment[]} moments @param {number} at @returns {Moment[]} the one that is looked at first, then its neighbours */
export function nearest(moments, at) {
  const away = (/** @type {Moment} */ one) => Math.abs(moments.indexOf(one) - at);
  return moments.toSorted((one, other) => away(one) - away(other));
}
