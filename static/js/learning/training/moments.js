// The networks of a run, one moment after the other: of those that are wanted meanwhile the last.

import { untilAnswered } from '../../wire/ask.js';
import { fetchModel, fetchWeights } from '../../wire/model.js';
import { decode } from '../../wire/safetensors.js';

/** @import { Tensors } from '../../geometry/types.d.ts' */
/** @import { Model, RunWeights } from '../../wire/types.d.ts' */

/** @typedef {{ step: number, sha256: string, tensors: Tensors }} Moment */

/**
 * @param {string} id of the network
 * @param {(model: Model, moment: Moment, first: Tensors | null) => void} onMoment `first` are the weights that it began with
 */
export function createMoments(id, onMoment) {
  /** @type {RunWeights | null} */
  let wanted = null;
  let [begun, had, busy, ended] = ['', '', false, false];
  /** @type {Model | null} */
  let model = null;
  /** @type {Tensors | null} */
  let first = null;
  const weightsOf = async (/** @type {string} */ hash) =>
    decode(await fetchWeights(id, hash)).tensors;

  /** @param {RunWeights} now */
  async function fetchAll(now) {
    model ??= await untilAnswered(() => fetchModel(id));
    if (begun) first ??= await weightsOf(begun);
    const tensors = await weightsOf(now.sha256);
    had = now.sha256;
    if (!ended) onMoment(model, { ...now, tensors }, first);
  }

  async function next() {
    const now = wanted;
    if (!now || now.sha256 === had || busy) return;
    busy = true;
    await fetchAll(now).catch(() => {}); // it was not kept: a later one is told of soon
    busy = false;
    if (wanted !== now && !ended) void next();
  }
  return {
    /** @param {RunWeights} moment @param {string} [start] the hash of the weights that it began with */
    want(moment, start = '') {
      begun = start;
      if (moment.sha256 === wanted?.sha256) return;
      wanted = moment;
      void next();
    },
    end: () => void (ended = true),
  };
}
