import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore } from '../../../static/js/core/store.js';
import { createJourney } from '../../../static/js/account/journey.js';

const cell = (layer, row = 0) => ({ layer, channel: 0, row, column: 0 });

function started() {
  const store = createStore({ pinned: null, pointed: null, walking: false, graph: null });
  return { store, journey: createJourney(store), at: () => store.get().pinned };
}

test('a jump can be taken back and made again', () => {
  const { store, journey, at } = started();
  store.set({ pinned: cell('conv2') });
  journey.jump(cell('pool1'));
  journey.jump(cell('conv1'));
  journey.back();
  assert.deepEqual(at(), cell('pool1'));
  journey.back();
  assert.deepEqual(at(), cell('conv2'));
  assert.equal(journey.canBack(), false);
  journey.forth();
  journey.forth();
  assert.deepEqual(at(), cell('conv1'));
  assert.equal(journey.canForth(), false);
});

test('a window that plays is one jump, however far it slides', () => {
  const { store, journey, at } = started();
  store.set({ pinned: cell('conv2', 5) });
  store.set({ play: { running: true, pace: 4 }, pinned: cell('conv2', 0) });
  for (const row of [3, 7, 9]) store.set({ pinned: cell('conv2', row) });
  store.set({ play: null });
  journey.jump(cell('conv1'));
  journey.back();
  assert.deepEqual(at(), cell('conv2', 9));
  assert.equal(journey.canBack(), false);
});

test('a new jump forgets the way that was taken back', () => {
  const { store, journey } = started();
  store.set({ pinned: cell('conv2') });
  journey.jump(cell('pool1'));
  journey.back();
  journey.jump(cell('conv1'));
  assert.equal(journey.canForth(), false);
  assert.equal(journey.canBack(), true);
});

test('steps to neighbours are one stretch of the way', () => {
  const { store, journey, at } = started();
  store.set({ pinned: cell('fc1') });
  journey.jump(cell('conv1', 3));
  store.set({ pinned: cell('conv1', 4) });
  store.set({ pinned: cell('conv1', 5) });
  journey.back();
  assert.deepEqual(at(), cell('fc1'));
});

test('another network begins a new way', () => {
  const { store, journey, at } = started();
  store.set({ pinned: cell('fc1') });
  journey.jump(cell('conv1'));
  store.set({ graph: {}, pinned: null });
  journey.back();
  assert.equal(at(), null);
});
