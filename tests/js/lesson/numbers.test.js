// The numbers that a lesson's words name, as the page writes them elsewhere.

import '../english.js';
import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { numberText } from '../../../static/js/lesson/numbers.js';
import { network } from '../specs.js';

test('a probability is a share after a softmax, and else the score that the network ends in', () => {
  const scores = { name: 'scores', kind: 'dense', channels: 3 };
  /** @param {object[]} layers @param {number[]} values */
  function said(layers, values) {
    const graph = createGraph(network({ layers }));
    const data = Float32Array.from(values);
    const tensors = new Map([[graph.output, { dtype: 'F32', shape: [3], data }]]);
    return ['guess', '1'].map((name) => numberText(['probability', name], { graph, tensors }));
  }
  assert.deepEqual(said([scores], [12.3, -4.5, 0.25]), ['12.300', '−4.500']);
  const shares = [scores, { name: 'shares', kind: 'softmax' }];
  assert.deepEqual(said(shares, [0.75, 0.25, 0]), ['75.0\u202f%', '25.0\u202f%']);
});

test('weights are counted as above the layer: where maps are not connected there are none', () => {
  const connections = [[0], [0, 1]];
  const layers = [
    { name: 'a', kind: 'conv', channels: 2, kernel: 3 },
    { name: 'b', kind: 'conv', channels: 2, kernel: 3, connections },
    { name: 'scores', kind: 'dense', channels: 3 },
  ];
  const graph = createGraph(network({ layers }));
  assert.equal(numberText(['weights', 'b'], { graph, tensors: null }), '29'); // 3 · 9 and two biases
});
