// Steps on a few scores alone: every moment with both losses and their gradients, by the server.

import { ask } from './ask.js';

/** @import { ScoreSteps } from './types.d.ts' */

/** @typedef {{ readonly shares: readonly number[], readonly target: number, readonly loss?: string, readonly rate?: number, readonly steps?: number }} Wanted */

/** @param {Wanted} wanted @returns {Promise<ScoreSteps>} */
export async function fetchScoreSteps(wanted) {
  const query = new URLSearchParams(Object.entries(wanted).map(([name, one]) => [name, `${one}`]));
  const { bytes } = await ask(`api/scores?${query}`, { headers: { Accept: 'application/json' } });
  return JSON.parse(new TextDecoder().decode(bytes));
}
