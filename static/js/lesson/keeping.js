// Where somebody is in each lesson, kept by the browser: who comes back goes on there.

import { recall, remember } from '../core/store.js';

/** @import { Led } from './led.js' */

const KEY = 'lessons';

/** @returns {Record<string, number>} the cue of each lesson, from 0 */
function places() {
  try {
    const kept = JSON.parse(recall(KEY) ?? '{}');
    return kept && typeof kept === 'object' ? kept : {};
  } catch {
    return {};
  }
}

/** @param {string} name of a lesson @returns {number} the cue where one was; 0 for none */
export function placeIn(name) {
  const cue = places()[name];
  return Number.isInteger(cue) ? Number(cue) : 0;
}

/** @param {Led} led @param {number} count of its cues: after the last one it begins anew */
export function keepPlace({ name, cue }, count) {
  remember(KEY, JSON.stringify({ ...places(), [name]: cue === count - 1 ? 0 : cue }));
}
