// Every kind of layer that the page can tell of: the one place to add a kind.

import { add } from './add.js';
import { array } from './array.js';
import { concat } from './concat.js';
import { conv } from './conv.js';
import { dense } from './dense.js';
import { dropout } from './dropout.js';
import { flatten } from './flatten.js';
import { input } from './input.js';
import { other } from './other.js';
import { pool } from './pool.js';
import { ratio } from './ratio.js';
import { relu } from './relu.js';
import { sigmoid } from './sigmoid.js';
import { softmax } from './softmax.js';
import { square } from './square.js';
import { subsample } from './subsample.js';
import { tanh } from './tanh.js';

/** @import { AnyLayer, Graph } from '../geometry/types.d.ts' */
/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Operations } from './types.d.ts' */

/** @type {Readonly<Record<AnyLayer['kind'], KindOnPage>>} */
const KINDS = {
  add,
  array,
  concat,
  conv,
  dense,
  dropout,
  flatten,
  input,
  other,
  pool,
  ratio,
  relu,
  sigmoid,
  softmax,
  square,
  subsample,
  tanh,
};

/** @param {Pick<AnyLayer, 'kind'>} layer @returns {KindOnPage} */
export function kindOf({ kind }) {
  return KINDS[kind];
}

/**
 * How much a layer computes for one image. What meets padding is counted, too: the hardware
 * computes it like the rest.
 * @param {Graph} graph
 * @param {string} name
 * @returns {Operations & { readonly count: number } | null} null for what computes nothing, and
 *   where the page cannot know
 */
export function operationsOf(graph, name) {
  const layer = graph.layer(name);
  const found = kindOf(layer).operations?.(graph, layer);
  return found ? { ...found, count: found.factors.reduce((a, b) => a * b, 1) } : null;
}
