// What a visitor reads, by key, in the language of the page. Sentences whose grammar needs code are
// functions: sentences.js.

import { grouped } from './numbers.js';

/** @typedef {Readonly<Record<string, string | number>>} Parameters texts as they are; numbers are whole */
/** One text, or one for each plural form. @typedef {string | Readonly<Record<string, string>>} Message */
/** @typedef {keyof typeof import('../../text/en.json')} Key */

/** @type {Readonly<Record<string, Message>>} */
let messages = {};
let plurals = new Intl.PluralRules('en');

/**
 * @param {Readonly<Record<string, Message>>} catalogue what all messages are from now on
 * @param {string} language whose plural forms it has
 */
export function speak(catalogue, language) {
  messages = catalogue;
  plurals = new Intl.PluralRules(language);
}

/**
 * @param {Key} key
 * @param {Parameters} [parameters] what stands in its gaps; `count` chooses the plural form
 * @returns {string}
 */
export function message(key, parameters = {}) {
  return fill(messages[key] ?? key, parameters);
}

/**
 * A message in pieces, for gaps that are no texts.
 *
 * @template Thing
 * @param {Key} key
 * @param {Readonly<Record<string, Thing>>} things by the names of the gaps
 * @returns {(string | Thing)[]}
 */
export function pieces(key, things) {
  return message(key)
    .split(/\{(\w+)\}/)
    .map((text, i) => (i % 2 ? (things[text] ?? text) : text));
}

/** @param {string} key @returns {Key | null} the key itself, if there is such a message */
export function known(key) {
  return key in messages ? /** @type {Key} */ (key) : null;
}

/**
 * @param {Readonly<Record<string, string>>} metadata of a trace
 * @returns {string} what speaks against its reading, or why there is no ink; '' for nothing
 */
export function noteText({ note = '', note_kind: kind = '', note_parameters: gaps = '{}' }) {
  const own = known(`note.${kind}`);
  return own ? message(own, JSON.parse(gaps)) : note;
}

/** @param {Message} form @param {Parameters} parameters @returns {string} */
export function fill(form, parameters) {
  const { count } = parameters;
  const text = typeof form === 'string' ? form : (form[pluralOf(count)] ?? form['other'] ?? '');
  return text.replace(/\{(\w+)\}/g, (gap, name) => {
    const value = parameters[name] ?? gap;
    return name === 'count' && typeof value === 'number' ? grouped(value) : String(value);
  });
}

/** @param {string | number | undefined} count @returns {string} "one", "few", "other" */
function pluralOf(count) {
  return typeof count === 'number' ? plurals.select(count) : 'other';
}
