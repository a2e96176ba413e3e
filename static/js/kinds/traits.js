// What the first picture needs of each kind of layer; all else stands in the kind's own file.

import { createGraph } from '../geometry/graph.js';
import { pairText } from '../text/counts.js';
import { message } from '../text/messages.js';
import { short } from '../text/numbers.js';

/** @import { AnyLayer, LayerSpec, NetworkSpec } from '../geometry/types.d.ts' */
/** @import { Traits } from './types.d.ts' */

const always = () => true;

/** @type {Readonly<Record<AnyLayer['kind'], Traits>>} */
export const TRAITS = {
  input: {},
  conv: { weighted: true, slides: true },
  dense: { weighted: true },
  subsample: {
    ...{ keeps: true, pools: true, weighted: true },
    caption: ({ kernel }) => message('caption.subsample', { size: pairText(kernel) }),
  },
  pool: {
    ...{ keeps: true, pools: true },
    explains: ({ mode }) => mode === 'max' || mode === 'average' || mode === 'sum',
    bounded: ({ mode }) => mode !== 'sum',
    picks: ({ mode }) => mode === 'max',
    caption: ({ mode, kernel }) => message(`caption.${mode ?? 'max'}`, { size: pairText(kernel) }),
  },
  relu: {
    ...{ activation: true, passes: true, keeps: true, bounded: always },
    caption: () => 'max(0, x)',
  },
  tanh: {
    ...{ activation: true, bends: true, passes: true, keeps: true },
    caption: ({ amplitude = 1 }) => `${short(-amplitude)} … ${short(amplitude)}`,
  },
  sigmoid: {
    ...{ activation: true, bends: true, passes: true, keeps: true, probable: true },
    caption: () => '0 … 1',
  },
  softmax: {
    ...{ bends: true, keeps: true, probable: true, shares: true },
    caption: () => message('caption.softmax'),
  },
  flatten: {
    passes: true,
    reshapes: true,
    bounded: always,
    caption: () => message('caption.flatten'),
  },
  add: { keeps: true, caption: ({ inputs }) => message('caption.add', { inputs: inputs.length }) },
  concat: {
    joins: true,
    bounded: always,
    caption: ({ inputs }) => message('caption.concat', { inputs: inputs.length }),
  },
  other: { unknown: true, caption: ({ called = '' }) => called },
};

/** @param {Pick<AnyLayer, 'kind'>} layer @returns {Traits} */
export function traitsOf({ kind }) {
  return TRAITS[kind];
}

/**
 * The network as this page can tell of it: a kind that it does not know becomes `other`.
 * @template {NetworkSpec} N
 * @param {N} spec as the server sends it
 * @returns {N}
 */
export function understood(spec) {
  return { ...spec, layers: spec.layers.map(explained) };
}

/** @param {NetworkSpec} spec as the server sends it */
export function graphOf(spec) {
  return createGraph(understood(spec));
}

/** @param {LayerSpec} layer @returns {LayerSpec} */
function explained(layer) {
  const { kind, mode } = layer;
  const known = Object.hasOwn(TRAITS, kind) && kind !== 'other' && String(kind) !== 'input';
  const explains = known ? (TRAITS[kind].explains?.(layer) ?? true) : false;
  if (explains) return layer;
  return { ...layer, kind: 'other', called: known ? `${kind} ${mode}` : String(kind), mode: null };
}
