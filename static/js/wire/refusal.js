// What the server says when it says no: a kind of sentence and its gaps, out of its problem+json.

import { start } from './start.js';

/** @typedef {Readonly<Record<string, string | Readonly<Record<string, string>>>>} Words */

/** What fills a gap of a sentence. @typedef {string | number | readonly (string | number)[]} Gap */

/** What cannot be done, for a reason that text/ has words for. */
export class Foreseen extends Error {
  /**
   * @param {string} kind of sentence
   * @param {Readonly<Record<string, Gap>>} [parameters] what fills its gaps
   * @param {string} [sentence] of somebody else's
   */
  constructor(kind, parameters = {}, sentence = '') {
    super(sentence);
    this.kind = kind;
    this.parameters = parameters;
  }
}

/** The server answered, and the answer is no. Its message is the server's own English sentence. */
export class Refusal extends Foreseen {
  /**
   * @param {number} status
   * @param {{ kind?: string, parameters?: Readonly<Record<string, Gap>>, detail?: string, title?: string, errors?: readonly { pointer?: string | null }[] }} [problem]
   * @param {Words} [words] of refusals, in the language of the page
   */
  constructor(status, { kind = '', parameters, detail, title, errors } = {}, words = {}) {
    super(kind, parameters, detail ?? title);
    this.name = 'Refusal';
    /** Where in what was sent it is wrong: "#/__metadata__/layers/2". */
    this.places = (errors ?? []).map(({ pointer }) => pointer ?? '');
    this.status = status;
    this.words = words[`refusal.${kind}`] ?? null;
  }
}

/** Nobody answered, or only a gateway in front of the server. */
export class Away extends Error {}

/** The server is there, and has more to do than it can: the same may be asked again later. */
export class Busy extends Away {
  /** @param {number} seconds until then */
  constructor(seconds) {
    super();
    this.seconds = seconds;
  }
}

const GATEWAY = new Set([502, 503, 504]);

/**
 * The answer itself when it is a good one; otherwise throws what it means.
 *
 * @param {Promise<Response>} asked
 * @returns {Promise<Response>}
 */
export async function answered(asked) {
  const answer = await asked.catch(() => {
    throw new Away();
  });
  if (answer.ok) return answer;
  if (answer.status === 503) throw busyOf(answer) ?? new Away();
  if (GATEWAY.has(answer.status)) throw new Away();
  throw await refusalOf(answer);
}

/**
 * A gateway may say Retry-After, too, but not as a problem.
 *
 * @param {Response} answer
 */
function busyOf({ headers }) {
  const seconds = Number(headers.get('Retry-After') ?? NaN);
  const ours = headers.get('Content-Type')?.startsWith('application/problem+json');
  return ours && Number.isFinite(seconds) ? new Busy(seconds) : null;
}

/** @param {Response} answer */
async function refusalOf(answer) {
  const problem = await answer.json().catch(() => null);
  return new Refusal(answer.status, problem ?? {}, await allWords());
}

/** All words of the language: asked for when the first refusal is met. @type {Promise<Words> | null} */
let asked = null;

/** @returns {Promise<Words>} all messages by key, those that the page was not given, too; nothing where they do not come */
export async function allWords() {
  try {
    asked ??= whole(start().language);
    return await asked;
  } catch {
    asked = null; // the next one may find them
    return {};
  }
}

/** @param {string} language @returns {Promise<Words>} */
async function whole(language) {
  return (await fetch(new URL(`../../text/${language}.json`, import.meta.url))).json();
}
