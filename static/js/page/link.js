// All that is on the page as a link, and back.

import { message } from '../text/messages.js';
import { FIELDS } from './link/fields.js';
import { INITIAL } from './state.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { State } from './state.js' */

/** Of the table of fields: it grows when an older page would show a newer link wrongly. */
const VERSION = 1;
/** Letters; twice what the largest drawing takes. */
const LONGEST = 200_000;
/** Letters of a part that could not be read, in the sentence about it. */
const QUOTED = 40;
/** How much of the hash of the weights. */
const HASH = 8;

/** All that a link can say, as it is at first. @type {Partial<State>} */
const AT_FIRST = of(
  INITIAL,
  Object.values(FIELDS).flatMap((field) => field.of),
);

export const LINKED = /** @type {readonly (keyof State)[]} */ (Object.keys(AT_FIRST));

/**
 * @param {Readonly<State>} state
 * @param {{ carried?: boolean }} [how] carried: to another network
 * @returns {string} what stands behind the # of a link; '' where there is nothing to say
 */
export function toLink(state, { carried = false } = {}) {
  /** @type {[string, string][]} */
  const said = Object.entries(FIELDS)
    .filter(([, { own }]) => !(carried && own))
    .map(([name, { write }]) => [name, write(state)]);
  const parts = said.filter(([, text]) => text);
  if (parts.length === 0) return '';
  const hash = carried ? '' : (state.spec?.sha256.slice(0, HASH) ?? '');
  /** @type {[string, string][]} */
  const head = [
    ['v', String(VERSION)],
    ['weights', hash],
  ];
  return String(new URLSearchParams([...head.filter(([, text]) => text), ...parts]));
}

/**
 * @param {string} link what stands behind its #
 * @param {Readonly<State>} now what is so already stays the same value
 * @param {(text: string) => Drawing | null} [recall] the picture's file, where this tab has kept it
 * @returns {{ state: Partial<State>, said: string }} all that links say of the state, and what was wrong with this one
 */
export function fromLink(link, now, recall = () => null) {
  if (!link || !now.graph) return { state: AT_FIRST, said: '' };
  if (link.length > LONGEST) return { state: AT_FIRST, said: message('link.long') };
  const parts = new URLSearchParams(link);
  const { state, wrong } = read(parts, now);
  const picture = state.drawing?.pixels && recall(parts.get('drawing') ?? '');
  if (picture) state.drawing = picture;
  if (!parts.has('v')) wrong.push(link.slice(0, QUOTED));
  return { state, said: sentences(parts, now, wrong).join(' ') };
}

/**
 * @param {URLSearchParams} parts
 * @param {Readonly<State>} now
 * @returns {{ state: Partial<State>, wrong: string[] }} what does not fit is left as it is at first
 */
function read(parts, now) {
  const state = { ...AT_FIRST };
  /** @type {string[]} */
  const wrong = [];
  for (const [name, field] of Object.entries(FIELDS)) {
    const text = parts.get(name);
    if (!text || !now.graph || !parts.has('v')) continue;
    const already = text === field.write(now);
    try {
      Object.assign(state, already ? of(now, field.of) : field.read(text, now.graph, state));
    } catch {
      wrong.push(`${name}=${text.slice(0, QUOTED)}`);
    }
  }
  return { state, wrong };
}

/**
 * @param {URLSearchParams} parts
 * @param {Readonly<State>} now
 * @param {readonly string[]} wrong
 */
function sentences(parts, { spec }, wrong) {
  const found = [];
  const hash = parts.get('weights');
  if (Number(parts.get('v') ?? VERSION) > VERSION) found.push(message('link.newer'));
  if (hash && !spec?.sha256.startsWith(hash)) found.push(message('link.weights'));
  if (wrong.length) found.push(message('link.wrong', { parts: wrong.join(', ') }));
  return found;
}

/** @param {Readonly<State>} state @param {readonly (keyof State)[]} keys @returns {Partial<State>} */
function of(state, keys) {
  return Object.fromEntries(keys.map((key) => [key, state[key]]));
}
