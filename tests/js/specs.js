// Specs for tests, with shapes worked out as the server would: networks that exist and made-up ones.

import './english.js';

/** @import { LayerSpec, NetworkSpec } from '../../static/js/geometry/types.d.ts' */

const pair = (value) => (Array.isArray(value) ? value : [value, value]);
const volume = (shape) => shape.reduce((a, b) => a * b, 1);

const SHAPES = {
  conv: (layer, [shape]) => [layer.channels, ...strided(layer, shape)],
  pool: (layer, [shape]) => [shape[0], ...strided(layer, shape)],
  subsample: (layer, [shape]) => [shape[0], ...strided(layer, shape)],
  dense: (layer) => [layer.channels],
  flatten: (_, [shape]) => [volume(shape)],
  concat: (_, shapes) => [shapes.reduce((n, [c]) => n + c, 0), ...shapes[0].slice(1)],
};

function strided({ kernel, stride, padding, dilation }, shape) {
  return [0, 1].map((axis) => {
    const span = dilation[axis] * (kernel[axis] - 1) + 1;
    return Math.floor((shape[axis + 1] + 2 * padding[axis] - span) / stride[axis] + 1);
  });
}

/**
 * @param {{ id?: string, shape?: number[], border?: number, classes?: string[], layers: object[] }} network
 *   layers: name, kind and what is not the default; of a kind unknown here shape (`out`) and
 *   parameters
 * @returns {NetworkSpec}
 */
export function network({ id = 'made-up', shape = [1, 32, 32], border = 2, classes, layers }) {
  const shapes = new Map([['input', shape]]);
  let previous = 'input';
  const full = layers.map(
    ({ name, kind, inputs, kernel = 1, stride = 1, padding = 0, dilation = 1, ...rest }) => {
      const layer = {
        ...{ name, kind, inputs: inputs ?? [previous] },
        ...{ kernel: pair(kernel), stride: pair(stride), padding: pair(padding) },
        dilation: pair(dilation),
      };
      const read = layer.inputs.map((source) => shapes.get(source));
      const shaped = Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : (_, [first]) => first;
      const out = rest.out ?? shaped({ ...layer, ...rest }, read);
      shapes.set(name, out);
      previous = name;
      const parameters = { ...rest.parameters };
      if (kind === 'conv') parameters.weight = [out[0], read[0][0], ...layer.kernel];
      if (kind === 'dense') parameters.weight = [out[0], volume(read[0])];
      if (kind === 'subsample') parameters.weight = [out[0]];
      if (parameters.weight) parameters.bias = [out[0]];
      const { mode = null, connections = null, amplitude = 1, slope = 1 } = rest;
      return { ...layer, mode, connections, amplitude, slope, shape: out, parameters };
    },
  );
  const units = full.at(-1).shape[0];
  return {
    ...{ id, title: id, layers: full },
    input: { name: 'input', shape, border, scaling: { scale: 1, offset: 0 } },
    classes: classes ?? Array.from({ length: units }, (_, i) => String(i)),
  };
}

const conv = (name, channels, kernel, more) => ({ name, kind: 'conv', channels, kernel, ...more });
const max = (name, kernel, more) => ({
  ...{ name, kind: 'pool', mode: 'max', kernel, stride: kernel },
  ...more,
});
const dense = (name, channels) => ({ name, kind: 'dense', channels });
const of = (kind) => (name, more) => ({ name, kind, ...more });
const [relu, softmax, flatten, add, concat] = [
  ...['relu', 'softmax', 'flatten', 'add', 'concat'],
].map(of);
const squash = (name) => ({ name, kind: 'tanh', amplitude: 1.7159, slope: 2 / 3 });
const subsample = (name, kernel) => ({ name, kind: 'subsample', kernel, stride: kernel });

export const LENET = network({
  id: 'lenet',
  layers: [
    ...[conv('conv1', 6, 5), relu('relu1'), max('pool1', 2)],
    ...[conv('conv2', 16, 5), relu('relu2'), max('pool2', 2)],
    ...[dense('fc1', 120), relu('relu3'), dense('fc2', 100), relu('relu4')],
    ...[dense('fc3', 10), softmax('softmax')],
  ],
});

export const MLP = network({
  id: 'mlp',
  shape: [1, 28, 28],
  border: 0,
  layers: [
    ...[flatten('flat'), dense('fc1', 300), relu('relu1'), dense('fc2', 100), relu('relu2')],
    ...[dense('fc3', 10), softmax('softmax')],
  ],
});

/** Which of six maps each of sixteen reads, as in 1998. */
const TABLE = [
  ...[0, 1, 2, 3, 4, 5].map((first) => [0, 1, 2].map((i) => (first + i) % 6)),
  ...[0, 1, 2, 3, 4, 5].map((first) => [0, 1, 2, 3].map((i) => (first + i) % 6)),
  ...[0, 1, 2].map((first) => [0, 1, 3, 4].map((i) => (first + i) % 6)),
  [0, 1, 2, 3, 4, 5],
].map((maps) => maps.toSorted());

export const LENET5 = network({
  id: 'lenet5',
  layers: [
    ...[conv('c1', 6, 5), squash('tanh1'), subsample('s2', 2), squash('tanh2')],
    ...[conv('c3', 16, 5, { connections: TABLE }), squash('tanh3')],
    ...[subsample('s4', 2), squash('tanh4')],
    ...[conv('c5', 120, 5), squash('tanh5'), dense('f6', 84), squash('tanh6')],
    ...[dense('out', 10), softmax('softmax')],
  ],
});

/** A skip connection, lanes of different lengths, concat of maps, flatten, concat of units. */
export const GRAPH = network({
  id: 'graph',
  layers: [
    conv('stem', 8, 3, { stride: 2, padding: 1 }),
    relu('stem_relu'),
    conv('block_a', 8, 3, { padding: 1 }),
    relu('block_relu'),
    conv('block_b', 8, 3, { padding: 1 }),
    add('joined', { inputs: ['stem_relu', 'block_b'] }),
    relu('joined_relu'),
    max('pool', 2),
    conv('narrow', 4, 1, { inputs: ['pool'] }),
    conv('wide_in', 4, 1, { inputs: ['pool'] }),
    relu('wide_relu'),
    conv('wide', 6, 3, { padding: 1 }),
    max('shrunk', 3, { inputs: ['pool'], stride: 1, padding: 1, mode: 'average' }),
    concat('mixed', { inputs: ['narrow', 'wide', 'shrunk'] }),
    max('small', 2, { mode: 'sum' }),
    flatten('flat'),
    dense('hidden', 24),
    of('sigmoid')('hidden_sigmoid'),
    dense('scores', 10),
    softmax('softmax'),
  ],
});

/** Deep and wide: 20 convolutions of 512 maps. */
export const WIDE = network({
  id: 'wide',
  shape: [3, 28, 28],
  layers: [
    conv('first', 512, 3, { stride: 2, padding: 1 }),
    ...Array.from({ length: 19 }, (_, i) => conv(`conv${i}`, 512, 3, { padding: 1 })),
    ...[max('pool', 14, { mode: 'average' }), dense('scores', 1000), softmax('softmax')],
  ],
});
