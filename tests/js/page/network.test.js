// The network of the page: what stays of a reading when the server has other weights.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore } from '../../../static/js/core/store.js';
import { graphOf } from '../../../static/js/kinds/traits.js';
import { createNetwork } from '../../../static/js/page/network.js';
import { INITIAL } from '../../../static/js/page/state.js';
import { LENET, MLP } from '../specs.js';

/** What is left of a page that shows these weights of LeNet when the server sends this network. */
async function renewed(t, sent, shown = LENET) {
  const spec = { ...shown, sha256: 'old' };
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
  const graph = graphOf(spec);
  store.set({ spec, graph, weights, trace, pinned });
  t.mock.method(globalThis, 'fetch', async () => Response.json(sent));
  await network.renew();
  return { state: store.get(), asked, before: { graph, pinned, weights, trace } };
}

test('values never stand beside weights of another moment: the drawing is asked about anew', async (t) => {
  const layers = LENET.layers.map((layer) => Object.fromEntries(Object.entries(layer).reverse()));
  const { state, asked, before } = await renewed(t, { ...LENET, layers, sha256: 'new' });
  assert.equal(state.weights, null);
  assert.equal(state.trace, null);
  assert.deepEqual(asked, [null], 'once the old reading is gone');
  assert.equal(state.pinned, before.pinned, 'the cell is still there');
  assert.equal(state.graph, before.graph, 'so is all that the picture is laid out by');
});

test('what the new network says of itself is said, of a cell that is still there', async (t) => {
  const shown = { ...LENET, energy_threshold: 3 };
  const scaling = { scale: 2, offset: -1 };
  for (const other of [
    { energy_threshold: 5 },
    { energy_threshold: null },
    { classes: LENET.classes.toReversed() },
    { input: { ...LENET.input, scaling } },
    { input: { ...LENET.input, greys: { conv1: [0, 1] } } },
  ]) {
    const sent = { ...shown, ...other, sha256: 'new' };
    const { state, before } = await renewed(t, sent, shown);
    const { input, classes, energy_threshold: threshold } = state.graph.spec;
    const says = { input, classes, threshold };
    const { input: image, classes: names, energy_threshold: least } = sent;
    assert.deepEqual(says, { input: image, classes: names, threshold: least });
    assert.deepEqual(state.graph.classes, sent.classes);
    assert.equal(state.pinned, before.pinned);
    t.mock.restoreAll();
  }
});

test('keys in another order say the same', async (t) => {
  const { scaling, ...rest } = LENET.input;
  const { state, before } = await renewed(t, {
    ...LENET,
    input: { scaling, ...rest },
    sha256: 'new',
  });
  assert.equal(state.graph, before.graph);
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
