// Fetches a lesson.

import { ask } from './ask.js';

/** @import { Lesson } from './types.d.ts' */

/** @param {string} name @returns {Promise<Lesson>} */
export async function fetchLesson(name) {
  const { bytes } = await ask(`api/lessons/${encodeURIComponent(name)}`);
  return JSON.parse(new TextDecoder().decode(bytes));
}
