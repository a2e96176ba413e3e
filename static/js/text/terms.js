// The entries of the glossary, from the catalogue, and where their words stand in a text.

/** @import { Message } from './messages.js' */

/**
 * @typedef {object} Term
 * @property {string} id
 * @property {string} title the word, and others that mean the same
 * @property {string} is what it is, in a sentence or two
 * @property {string} short the same in a few words, for a legend; '' where it stands in none
 * @property {readonly string[]} words that lead to it
 */

/** Where a word of an entry stands in a text. @typedef {{ term: Term, start: number, end: number }} Place */

/**
 * @param {Readonly<Record<string, Message>>} catalogue
 * @returns {Term[]} in its order
 */
export function termsOf(catalogue) {
  const ids = Object.keys(catalogue).flatMap((key) => /^term\.([\w-]+)$/.exec(key)?.[1] ?? []);
  const text = (/** @type {string} */ key) => String(catalogue[key] ?? '');
  return ids.map((id) => ({
    id,
    title: text(`term.${id}`),
    is: text(`term.${id}.is`),
    short: text(`term.${id}.short`),
    words: text(`term.${id}.words`)
      .split(',')
      .map((word) => word.trim())
      .filter(Boolean),
  }));
}

/**
 * Words stand by themselves; a number may follow, as in conv1.
 * @param {readonly Term[]} terms
 * @returns {(text: string) => Place[]} in the order of the text
 */
export function finderOf(terms) {
  const owners = new Map(terms.flatMap((term) => term.words.map((word) => [lower(word), term])));
  const longest = [...owners.keys()].sort((a, b) => b.length - a.length);
  const any = longest.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
  if (!any) return () => [];
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(${any})(?=\\d*(?![\\p{L}\\p{N}_]))`, 'giu');
  return (text) =>
    [...text.matchAll(pattern)].flatMap(({ 1: word = '', index }) => {
      const term = owners.get(lower(word));
      return term ? [{ term, start: index, end: index + word.length }] : [];
    });
}

/** @param {string} word */
const lower = (word) => word.toLowerCase();
