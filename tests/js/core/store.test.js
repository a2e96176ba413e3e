import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore } from '../../../static/js/core/store.js';

test('a snapshot never changes after it was taken', () => {
  const store = createStore({ count: 1 });
  const before = store.get();
  store.set({ count: 2 });
  assert.equal(before.count, 1);
  for (const snapshot of [before, store.get()]) {
    assert.throws(() => {
      snapshot.count = 3;
    }, TypeError);
  }
});

test('listeners hear what changed, and nothing when nothing did', () => {
  const store = createStore({ count: 1, name: 'a' });
  const heard = [];
  store.subscribe((state, changed) => heard.push([state.count, Object.keys(changed)]));
  store.set({ count: 2, name: 'a' });
  store.set({ count: 2 });
  assert.deepEqual(heard, [[2, ['count']]]);
});

test('a listener that left hears no more, also when it leaves while being told', () => {
  const store = createStore({ count: 0 });
  let heard = 0;
  const leave = store.subscribe(() => {
    heard++;
    leave();
  });
  store.set({ count: 1 });
  store.set({ count: 2 });
  assert.equal(heard, 1);
});

test('who hears of a change after another listener set more is told the newest', () => {
  const store = createStore({ panel: 'why', paths: 'some' });
  store.subscribe(({ panel, paths }, changed) => {
    if ('panel' in changed && panel !== 'why' && paths) store.set({ paths: '' });
  });
  const heard = [];
  store.subscribe(({ paths }) => heard.push(paths));
  store.set({ panel: '' });
  assert.deepEqual(heard, ['', '']);
});
