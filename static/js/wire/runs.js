// Trainings of the server: what there is, what they are told, and their metrics as they come. Whatever
// changes something goes with the token.

import { ask } from './ask.js';
import { tokenHeader } from './token.js';

/** @import { DataFetch, ExperimentList, RecipeList, Run, RunBody, RunDifference, RunLine, RunList, RunStatus } from './types.d.ts' */
/** @typedef {'pause' | 'step' | 'resume' | 'stop'} Wish */

/** @returns {Promise<RunList>} */
export const fetchRuns = () => json('api/runs');
/** @returns {Promise<RecipeList>} */
export const fetchRecipes = () => json('api/recipes');
/** @returns {Promise<ExperimentList>} */
export const fetchExperiments = () => json('api/experiments');
/** @param {string} id @returns {Promise<Run>} */
export const fetchRun = (id) => json(placeOf(id));
/** @param {string} id @param {string} other @returns {Promise<readonly RunDifference[]>} */
export const fetchDifferences = (id, other) =>
  json(`${placeOf(id)}/differences?with=${encodeURIComponent(other)}`);
/** @param {string} id @returns {Promise<Blob>} a table */
export async function fetchTable(id) {
  const { bytes } = await ask(`${placeOf(id)}/metrics`, { headers: { Accept: 'text/csv' } });
  return new Blob([bytes], { type: 'text/csv' });
}

/** @param {string} id @returns {Promise<readonly RunLine[]>} all that there are so far */
export async function fetchLines(id) {
  const { bytes } = await ask(`${placeOf(id)}/metrics`);
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.filter(Boolean).map((line) => JSON.parse(line));
}

/** @param {RunBody} body @returns {Promise<Run>} */
export const startRun = (body) => change('POST', 'api/runs', body);
/** @param {string} id @param {Wish} wish @returns {Promise<Run>} */
export const wishRun = (id, wish) => change('POST', `${placeOf(id)}/wishes`, { wish });
/** @param {string} id */
export const deleteRun = (id) => change('DELETE', placeOf(id));
/** @param {string} id of a set of images @returns {Promise<DataFetch>} */
export const fetchSet = (id) => change('POST', `api/data/${encodeURIComponent(id)}/fetch`);

/**
 * Reads a run's metrics, those that there are and each as it comes, until it has ended. The browser
 * comes back by itself when the connection breaks, and misses none.
 *
 * @param {string} id
 * @param {number} known lines that need not come again
 * @param {{ onLine: (line: RunLine) => void, onStatus: (status: RunStatus) => void, onClosed: () => void }} hears `onClosed` when the server refuses to go on
 * @returns {() => void} the way out
 */
export function followRun(id, known, { onLine, onStatus, onClosed }) {
  let over = false;
  const source = new EventSource(`${placeOf(id)}/stream?after=${known - 1}`);
  source.addEventListener('metrics', ({ data }) => onLine(JSON.parse(data)));
  source.addEventListener('status', ({ data }) => {
    /** @type {RunStatus} */
    const status = JSON.parse(data);
    over = isOver(status);
    onStatus(status);
  });
  source.addEventListener('error', () => {
    if (over)
      source.close(); // all was said, and the server ended it
    else if (source.readyState === EventSource.CLOSED) onClosed();
  });
  return () => source.close();
}

/** @param {Pick<RunStatus, 'state'>} status @returns {boolean} */
export function isOver({ state }) {
  return state === 'finished' || state === 'stopped' || state === 'failed';
}

/** @param {string} id */
const placeOf = (id) => `api/runs/${encodeURIComponent(id)}`;

/** With the token. @param {string} method @param {string} url @param {object} [body] @returns {Promise<any>} */
export function change(method, url, body) {
  const headers = { 'Content-Type': 'application/json', ...tokenHeader() };
  return json(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

/** @param {string} url @param {RequestInit & { signal?: AbortSignal }} [init] */
async function json(url, init) {
  const { bytes } = await ask(url, init);
  return bytes.byteLength ? JSON.parse(new TextDecoder().decode(bytes)) : null;
}
