// Kernels of a map: whose they are where the map itself has none.

import assert from 'node:assert/strict';
import test from 'node:test';
import { graphOf } from '../../../static/js/kinds/traits.js';
import { withKernels } from '../../../static/js/page/maps.js';
import { INITIAL } from '../../../static/js/page/state.js';
import { GRAPH, LENET, network } from '../specs.js';

/** Two lanes, layer by layer in turn, that are joined, and summed. */
const LANES = graphOf(
  network({
    layers: [
      { name: 'shrunk', kind: 'pool', mode: 'max', kernel: 2, stride: 2 },
      ...['conv_a', 'conv_b'].map((name) => ({
        ...{ name, kind: 'conv', channels: 2, kernel: 3, inputs: ['shrunk'] },
      })),
      { name: 'relu_a', kind: 'relu', inputs: ['conv_a'] },
      { name: 'relu_b', kind: 'relu', inputs: ['conv_b'] },
      { name: 'cat', kind: 'concat', inputs: ['relu_a', 'relu_b'] },
      { name: 'sum', kind: 'add', inputs: ['relu_a', 'relu_b'] },
      { name: 'flat', kind: 'flatten', inputs: ['cat'] },
      { name: 'scores', kind: 'dense', channels: 10 },
      { name: 'softmax', kind: 'softmax' },
    ],
  }),
);

/** Which filter the panel of kernels opens with, of this map. */
const behind = (layer, channel, graph = LANES) =>
  Object.values(withKernels({ ...INITIAL, graph, subject: { layer, channel } })).join(' ');

test('a map is made by the layer that it comes from, not by the last in the list', () => {
  assert.equal(behind('relu_a', 1), 'conv_a 1');
  assert.equal(behind('relu_b', 1), 'conv_b 1');
  assert.equal(behind('pool2', 9, graphOf(LENET)), 'conv2 9');
  assert.equal(behind('softmax', 3), 'scores 3');
});

test('of a join the filter is that of the map that was joined, by its own number', () => {
  const filters = [0, 1, 2, 3].map((channel) => behind('cat', channel));
  assert.deepEqual(filters, ['conv_a 0', 'conv_a 1', 'conv_b 0', 'conv_b 1']);
  const mixed = [3, 4, 9, 10].map((channel) => behind('mixed', channel, graphOf(GRAPH)));
  assert.deepEqual(mixed, ['narrow 3', 'wide 0', 'wide 5', 'stem 0']);
});

test('of a sum it is the first that there is; of a cell in a row, that of its map', () => {
  assert.equal(behind('sum', 1), 'conv_a 1');
  const { rows, columns } = LANES.size('cat');
  assert.equal(behind('flat', 3 * rows * columns), 'conv_b 1');
  assert.equal(behind('flat', 3 * rows * columns - 1), 'conv_b 0');
});

test('what comes from the image alone was made by none: the first is shown', () => {
  assert.equal(behind('shrunk', 0), 'conv_a 0');
  assert.equal(behind('input', 0), 'conv_a 0');
});
