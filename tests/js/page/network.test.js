// The network of the page: what stays of a reading when the server has other weights.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore } from '../../../static/js/core/store.js';
import { graphOf } from '../../../static/js/kinds/traits.js';
import { createNetwork } from '../../../static/js/page/network.js';
import { INITIAL } from '../../../static/js/page/state.js';
import { LENET, MLP } from '../specs.js';

/** What is left of a page that shows these weights of LeNet when the server sends this network. */
async function renewed(t, sent) {
  const spec = { ...LENET, sha256: 'old' };
  const store = createStore(INITIAL);
  const asked = [];
  const network = createNetwork({
    ...{ store, link: null, id: 'lenet' },
    painted: () => new Promise(() => {}), // the weights that follow are not asked for here
    onOther: () => asked.push(store.get().trace),
  });
  const pinned = { layer: 'conv1', channel: 0, row: 0, column: 0 };
  const weights = { sha256: 'old', tensors: new Map() };
  const trace = { tensors: new Map(), metadata: {} };
  store.set({ spec, graph: graphOf(spec), weights, trace, pinned });
  t.mock.method(globalThis, 'fetch', async () => Response.json(sent));
  await network.renew();
  return { state: store.get(), asked, before: { pinned, weights, trace } };
}

test('values never stand beside weights of another moment: the drawing is asked about anew', async (t) => {
  const layers = LENET.layers.map((layer) => Object.fromEntries(Object.entries(layer).reverse()));
  const { state, asked, before } = await renewed(t, { ...LENET, layers, sha256: 'new' });
  assert.equal(state.weights, null);
  assert.equal(state.trace, null);
  assert.deepEqual(asked, [null], 'once the old reading is gone');
  assert.equal(state.pinned, before.pinned, 'the cell is still there');
});

test('what was read with the same weights stays', async (t) => {
  const { state, asked, before } = await renewed(t, { ...LENET, sha256: 'old' });
  assert.deepEqual([state.weights, state.trace], [before.weights, before.trace]);
  assert.deepEqual(asked, []);
});

test('of other layers no cell is pinned, and the drawing is asked about anew', async (t) => {
  const { state, asked } = await renewed(t, { ...MLP, sha256: 'new' });
  assert.deepEqual([state.pinned, state.trace, state.weights], [null, null, null]);
  assert.deepEqual(asked, [null]);
});
