// Networks to begin with, each with one idea more than the one before it.

import { TRAITS } from '../../kinds/traits.js';

/** @import { LayerBody, NetworkFile } from '../../wire/types.d.ts' */

/** @typedef {'lenet' | 'twice' | 'skip' | 'mlp'} Preset */

const conv = (/** @type {string} */ name, /** @type {number} */ channels, size = 3, around = 0) =>
  layer({
    ...{ name, kind: 'conv', inputs: [], channels },
    ...{ kernel: [size, size], stride: [1, 1], padding: [around, around] },
  });
const pool = (/** @type {string} */ name) =>
  layer({
    ...{ name, kind: 'pool', inputs: [], mode: 'max' },
    ...{ kernel: [2, 2], stride: [2, 2], padding: [0, 0] },
  });
const relu = (/** @type {string} */ name) => layer({ name, kind: 'relu', inputs: [] });
const dense = (/** @type {string} */ name, channels = 10) =>
  layer({ name, kind: 'dense', inputs: [], channels });
const softmax = layer({ name: 'softmax', kind: 'softmax', inputs: [] });

/** @type {Readonly<Record<Preset, readonly LayerBody[]>>} */
export const PRESETS = {
  // two stages of convolution, activation and pooling, as LeNet has them
  lenet: [
    ...[conv('conv1', 6, 5), relu('relu1'), pool('pool1')],
    ...[conv('conv2', 16, 5), relu('relu2'), pool('pool2')],
    ...[dense('dense1', 120), relu('relu3'), dense('dense2'), softmax],
  ],
  // several convolutions in a row before one pooling
  twice: [
    ...[conv('conv1', 6, 3, 1), relu('relu1'), conv('conv2', 6, 3, 1), relu('relu2')],
    ...[pool('pool1'), conv('conv3', 12), relu('relu3'), conv('conv4', 12), relu('relu4')],
    ...[pool('pool2'), dense('dense1'), softmax],
  ],
  // what goes round two convolutions is added to what they make
  skip: [
    ...[conv('conv1', 6, 5), relu('relu1'), pool('pool1')],
    ...[conv('conv2', 6, 3, 1), relu('relu2'), conv('conv3', 6, 3, 1)],
    layer({ name: 'add1', kind: 'add', inputs: ['conv3', 'pool1'] }),
    ...[relu('relu3'), pool('pool2'), dense('dense1'), softmax],
  ],
  mlp: [dense('dense1', 100), relu('relu1'), dense('dense2', 50), relu('relu2')].concat([
    dense('dense3'),
    softmax,
  ]),
};

/** @param {LayerBody} body @returns {LayerBody} */
function layer(body) {
  return body;
}

/** As a file that can be trained on MNIST's digits. @type {NetworkFile} */
export const FIRST = {
  id: 'network',
  title: 'Blocks',
  input: { shape: [1, 32, 32], border: 2, scale: 1, offset: 0 },
  classes: [...'0123456789'],
  layers: PRESETS.lenet,
};

/** @param {unknown} kind */
const isKind = (kind) => typeof kind === 'string' && Object.hasOwn(TRAITS, kind);

/** @param {any} file @returns {file is NetworkFile} as far as the page must know before it asks the server */
export function isFile(file) {
  const { input, layers, classes } = file ?? {};
  const isLayer = (/** @type {any} */ one) =>
    typeof one?.name === 'string' && isKind(one.kind) && Array.isArray(one.inputs);
  const sizes = Array.isArray(input?.shape) && Number.isInteger(input.border);
  return sizes && Array.isArray(classes) && Array.isArray(layers) && layers.every(isLayer);
}
