// Graphs of operations on arrays that the page has, as a question that a reader asks: its asker takes
// `operations({ input, layers, weights })` as it takes a question about a drawing.

import { encode } from './encode.js';

/** @import { Operand } from './encode.js' */
/** @import { Question } from './questions.js' */
/** @import { Decoded } from './safetensors.js' */
/** @import { GraphDescription, LayerBody, Wishes } from './types.d.ts' */

/**
 * @typedef {object} Arrays
 * @property {Operand} input (channels, rows, columns); bytes are read as shares of 255. Never changed: another picture is
 *   another object
 * @property {readonly LayerBody[]} layers
 * @property {Readonly<Record<string, Operand>>} [weights] by LAYER.weight and LAYER.bias; those that are missing are drawn
 */

/** @typedef {Arrays & Wishes} Operations */

const TYPE = 'application/vnd.safetensors';

/** No network is asked: weights come along. */
const nobody = { id: 'operations', weights: () => undefined, renew: async () => undefined };

/** @param {Operations} asked @returns {Question & { asked: Operations }} */
export function operations(asked) {
  return {
    network: nobody,
    what: 'operations',
    drawing: { strokes: [], file: null },
    center: false,
    matter: {
      input: asked.input,
      posted(signal) {
        const body = new Blob([fileOf(asked)], { type: TYPE });
        const headers = { 'Content-Type': TYPE };
        return ['api/operations', { method: 'POST', body, headers, signal }];
      },
      told: (number, kept) => fileOf(asked, { number, ...(kept === null ? {} : { kept }) }),
    },
    asked,
  };
}

/**
 * @param {Operations} asked
 * @param {{ number?: number, kept?: number }} [message] what a live channel is told beside it; with `kept` it has the input
 * @returns {ArrayBuffer} a safetensors file
 */
function fileOf({ input, layers, weights = {}, ...rest }, message = {}) {
  const { spread, histogram, first, gradients, moves, describe } = rest;
  const wishes = { spread, histogram, first, gradients, moves, describe };
  const said = Object.entries({ layers, ...wishes, ...message });
  const arrays = message.kept === undefined ? { ...weights, input } : weights;
  const metadata = said.flatMap(([name, one]) =>
    one === undefined ? [] : [[name, JSON.stringify(one)]],
  );
  return encode(arrays, Object.fromEntries(metadata));
}

/** By the metadata of an answer, what was read of it: it is asked for in every frame. @type {WeakMap<object, Map<string, any>>} */
const known = new WeakMap();

/** @param {Pick<Decoded, 'metadata'>} answer @param {string} name @returns {any} what JSON says under this name; null where there is nothing */
function saidIn({ metadata }, name) {
  const found = known.get(metadata) ?? new Map();
  known.set(metadata, found);
  if (!found.has(name)) found.set(name, JSON.parse(metadata[name] || 'null'));
  return found.get(name);
}

/** @param {Pick<Decoded, 'metadata'>} answer @returns {GraphDescription} the graph, as the page takes a network */
export function specIn(answer) {
  return saidIn(answer, 'spec');
}

/** @param {Pick<Decoded, 'metadata'>} answer @returns {GraphDescription | null} the graph that was only described; null where none was */
export function describedIn(answer) {
  return saidIn(answer, 'described');
}

/**
 * @param {Pick<Decoded, 'metadata'>} answer
 * @returns {Readonly<Record<string, readonly (number | null)[]>> | null} by layer [mean, standard deviation, share of zeros]; null
 *   where that was not wished
 */
export function spreadIn(answer) {
  return saidIn(answer, 'spread');
}

/**
 * @param {Pick<Decoded, 'metadata'>} answer
 * @returns {Readonly<Record<string, readonly [most: number, counts: readonly number[]]>> | null} by layer the largest magnitude, and how
 *   many values each bin holds, from minus that to plus that; null where it was not wished
 */
export function histogramIn(answer) {
  return saidIn(answer, 'histogram');
}

/**
 * @param {Pick<Decoded, 'metadata'>} answer
 * @returns {readonly Readonly<Record<string, readonly [cells: number, before: readonly (number | null)[], along: readonly (number | null)[]]>>[] | null}
 *   for each move by layer how many cells of each map count, and for each map how far it is from before, and from before
 *   moved along; null where that was not wished
 */
export function movesIn(answer) {
  return saidIn(answer, 'moves');
}
