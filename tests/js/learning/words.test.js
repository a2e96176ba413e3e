// What the phases of a step say, in the numbers of the drawing.

import '../english.js';
import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { INITIAL } from '../../../static/js/learning/state.js';
import { phaseText } from '../../../static/js/learning/words.js';
import { network } from '../specs.js';

test('what is read is a share after a softmax, and else a score', () => {
  const scores = { name: 'scores', kind: 'dense', channels: 3 };
  /** @param {object[]} layers @param {number[]} values */
  function said(layers, values) {
    const graph = createGraph(network({ layers }));
    const data = Float32Array.from(values);
    const tensors = new Map([[graph.output, { dtype: 'F32', shape: [3], data }]]);
    const wanted = { ...INITIAL.wanted, target: 1 };
    const state = { ...INITIAL, wanted, read: { tensors }, step: { tensors: new Map() } };
    return phaseText(graph, { name: 'forward', layer: '' }, state);
  }
  assert.match(said([scores], [12.3, -4.5, 0.25]), / says 0 with 12\.300\. .* gets −4\.500\.$/);
  const shares = [scores, { name: 'shares', kind: 'softmax' }];
  assert.match(
    said(shares, [0.75, 0.25, 0]),
    / says 0 with 75\.0\u202f%\. .* gets 25\.0\u202f%\.$/,
  );
});
