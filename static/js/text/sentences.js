// Sentences whose grammar needs code: functions of the language of the page, from the folder of its
// name. They are imported, not asked for: what the page is able to say is there when it begins.

import * as en from './en/index.js';

/** What every language says. @typedef {typeof en} Sentences */

/** @type {Readonly<Record<string, Sentences>>} */
const LANGUAGES = { en };

/** @type {Sentences} */
let spoken = en;

/** @param {string} language of the page */
export function learn(language) {
  spoken = LANGUAGES[language] ?? en;
}

/** @returns {Sentences} */
export function sentences() {
  return spoken;
}
