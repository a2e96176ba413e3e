// The words of refusals in the language of the page: asked for when the first one is met.

import { start } from './start.js';

/** @typedef {Readonly<Record<string, string | Readonly<Record<string, string>>>>} Words */

/** @type {Promise<Words> | null} */
let asked = null;

/** @returns {Promise<Words>} by key; nothing where they do not come */
export async function wordsOfRefusals() {
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
