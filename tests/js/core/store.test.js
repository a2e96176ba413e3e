import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore, forget, recall, remember } from '../../../static/js/core/store.js';

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

/** A browser with this room for what is remembered. */
function browser(t, storage) {
  globalThis.window = {
    get localStorage() {
      if (!storage) throw new Error('refused');
      return storage;
    },
  };
  t.after(() => delete globalThis.window);
}

test('where storage is refused, what was chosen lasts until the page is closed', (t) => {
  browser(t, null);
  assert.equal(recall('theme'), null);
  assert.equal(remember('theme', 'dark'), false);
  assert.equal(recall('theme'), 'dark');
  assert.equal(recall('theme', 'sessionStorage'), null);
  forget('theme');
  assert.equal(recall('theme'), null);
});

test('what was chosen last counts, whether or not there was room for it', (t) => {
  const kept = new Map();
  let room = true;
  browser(t, {
    getItem: (key) => kept.get(key) ?? null,
    removeItem: (key) => kept.delete(key),
    setItem(key, value) {
      if (!room) throw new Error('full');
      kept.set(key, value);
    },
  });
  remember('theme', 'dark');
  room = false;
  remember('theme', 'light');
  assert.equal(recall('theme'), 'light');
  room = true;
  remember('theme', 'dark');
  assert.equal(recall('theme'), 'dark');
});
