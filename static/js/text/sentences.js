// Sentences whose grammar needs code: functions of the language of the page, from the folder of its
// name.

/** What every language says. @typedef {typeof import('./en/index.js')} Sentences */

/** @type {Sentences | null} */
let spoken = null;

/** @param {string} language of the page: it has a folder here */
export async function learn(language) {
  speakWith(await import(`./${language}/index.js`));
}

/** @param {Sentences} functions that say everything from now on */
export function speakWith(functions) {
  spoken = functions;
}

/** @returns {Sentences} */
export function sentences() {
  if (!spoken) throw new Error('No language is loaded.');
  return spoken;
}
