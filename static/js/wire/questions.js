// A question about a drawing, as the server wants it: alone, or several about one drawing together.

/** @import { Stroke } from './types.d.ts' */

/**
 * @typedef {object} Moved
 * @property {string} query "down=-2&right=3", as the server wants it
 * @property {string} text "moved 2 px up and 3 px right"
 */

/**
 * Whom a question goes to.
 *
 * @typedef {object} Network
 * @property {string} id
 * @property {() => string | undefined} weights the hash of those that are meant; undefined for whatever is served
 * @property {() => Promise<unknown>} renew called when the server has these no more; others may be meant afterwards
 */

/**
 * @typedef {object} Question
 * @property {Network} network
 * @property {string} what "trace", or "derivatives?layer=conv2&…"
 * @property {{ readonly strokes: readonly Stroke[], readonly file: Blob | null, readonly digit?: number }} drawing a file is read instead of the strokes, a digit where there are several
 * @property {boolean} center
 * @property {Moved | null} [moved] what is done to the image before it is read
 * @property {Matter} [matter] what it is about, where that is no drawing
 */

/**
 * What a question is about that brings its own arrays.
 *
 * @typedef {object} Matter
 * @property {object} input the same object as long as it is the same: it travels once
 * @property {(signal?: AbortSignal) => Posted} posted how it is asked over HTTP
 * @property {(number: number, kept: number | null) => ArrayBuffer} told as a message with this number; `kept` is that of the
 *   one with which the input came
 */

/** @typedef {[string, RequestInit & { signal?: AbortSignal }]} Posted url and what `fetch` wants beside it */

/**
 * @param {Question} one
 * @param {Question} other
 * @returns {boolean} whether both can travel together
 */
export function aboutTheSame(one, other) {
  const [a, b] = [one.drawing, other.drawing];
  if (one.matter || other.matter) return false;
  const same = a.strokes === b.strokes && a.file === b.file && a.digit === b.digit;
  return same && one.center === other.center;
}

/**
 * @param {readonly Question[]} questions about the same drawing
 * @param {AbortSignal} [signal]
 * @param {boolean} [apart] each answer is wanted as it is by itself
 * @returns {Posted}
 */
export function request(questions, signal, apart = goesAlone(questions)) {
  const [first] = questions;
  if (!first) throw new RangeError('A request has a question.');
  if (first.matter) return first.matter.posted(signal);
  const { center, drawing } = first;
  const { strokes, file, digit } = drawing;
  const alone = `api/models/${encodeURIComponent(first.network.id)}/${placeOf(first)}`;
  const each = questions.map((one) => encodeURIComponent(addressOf(one)).replaceAll('%2F', '/'));
  const several = `api/questions?ask=${each.join('&ask=')}`;
  const url = withQuery(apart ? alone : several, [
    file && `center=${center}`,
    digit !== undefined && `digit=${digit}`,
  ]);
  const body = file ?? JSON.stringify({ strokes, center });
  const type = file ? file.type || 'application/octet-stream' : 'application/json';
  return [url, { method: 'POST', body, headers: { 'Content-Type': type }, signal }];
}

/**
 * A trace has an address of its own, whose answer needs no taking apart.
 *
 * @param {readonly Question[]} questions
 */
export function goesAlone([first, ...others]) {
  return (first?.what === 'trace' || Boolean(first?.matter)) && others.length === 0;
}

/** @param {Question} question @returns {string} under which it is asked among others */
export function addressOf(question) {
  return `${question.network.id}/${placeOf(question)}`;
}

/** @param {Question} question */
function placeOf({ network, what, moved }) {
  const weights = network.weights();
  return withQuery(what, [weights && `weights=${weights}`, moved && moved.query]);
}

/**
 * @param {string} url
 * @param {readonly (string | false | null | undefined)[]} parts
 */
function withQuery(url, parts) {
  const query = parts.filter(Boolean).join('&');
  return query ? `${url}${url.includes('?') ? '&' : '?'}${query}` : url;
}
