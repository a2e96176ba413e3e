import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore } from '../../../static/js/core/store.js';
import { Offers } from '../../../static/js/page/offers.js';

/** A page that opens a feature when it is wanted, and what has happened on it. */
function opened({ fails = 0, state = {} } = {}) {
  const store = createStore({ panel: null, comparison: null, notice: '', ...state });
  const happened = [];
  const panels = { add: (name) => happened.push(`has ${name}`) };
  const expected = [];
  const progress = { expect: (part) => expected.push(part) };
  const around = { keys: {}, actions: {}, panels, progress, ends: new Set() };
  const opening = {
    toggle(name) {
      happened.push(`toggles ${name}`);
      store.set({ panel: store.get().panel ? null : name });
    },
    close: () => store.set({ panel: null }),
  };
  const offers = new Offers({ store, opening, loop: { wake: () => {} } }, around);
  const feature = {
    name: 'compare',
    open: () => ({ panels: { compare: { reads: [] } }, release: () => true }),
  };
  let loads = 0;
  offers.wait({
    name: 'compare',
    panels: { compare: 'c' },
    when: ({ comparison }) => comparison !== null,
    async load() {
      loads += 1;
      if (loads <= fails) throw new TypeError('a file that did not come');
      return feature;
    },
  });
  return { store, offers, around, happened, expected, loads: () => loads };
}

/** Whatever is under way is done. */
const done = () => new Promise((resolve) => setTimeout(resolve));

test('a feature is loaded once, by the first of two quick presses, which opens it', async () => {
  const { store, around, happened, loads } = opened();
  assert.equal(loads(), 0);
  around.keys.c();
  around.actions.compare();
  await done();
  assert.deepEqual(happened, ['has compare', 'toggles compare']);
  assert.equal(store.get().panel, 'compare');
  around.keys.c();
  assert.equal(store.get().panel, null, 'from then on the key is its own');
  assert.equal(loads(), 1);
});

test('who waits until the page has settled waits for what is loaded, and for what it does then', async () => {
  const pressed = opened();
  pressed.around.keys.c();
  await Promise.all(pressed.expected);
  assert.deepEqual(pressed.happened, ['has compare', 'toggles compare']);
  const linked = opened({ state: { panel: 'compare' } });
  await Promise.all(linked.expected);
  assert.deepEqual(linked.happened, ['has compare']);
});

test('a panel or a state that a link names loads what shows it', async () => {
  for (const state of [{ panel: 'compare' }, { comparison: { network: 'mlp' } }]) {
    const before = opened({ state });
    const after = opened();
    after.store.set(state);
    await done();
    for (const { happened } of [before, after]) assert.deepEqual(happened, ['has compare']);
  }
});

test('what does not come is said, closed, and loaded anew when it is wanted again', async () => {
  const { store, around, loads } = opened({ fails: 2 });
  around.keys.c();
  await done();
  assert.match(store.get().notice, /page.missing/);
  store.set({ panel: 'compare' });
  await done();
  assert.equal(store.get().panel, null);
  assert.equal(loads(), 2, 'and not again and again');
  around.keys.c();
  await done();
  assert.equal(store.get().panel, 'compare');
});

test('Escape ends features in the order of their list, whenever they were loaded', async () => {
  const { offers, around } = opened();
  const last = () => true;
  offers.open({ name: 'presenting', open: () => ({ release: last }) });
  const [first, second] = around.ends;
  assert.equal(second, last);
  assert.equal(first(), false, 'there is nothing to end yet');
  around.keys.c();
  await done();
  assert.equal(first(), true);
});

test('a key has one feature', () => {
  const { offers } = opened();
  const other = { name: 'maps', open: () => ({ keys: { c: () => {} } }) };
  assert.throws(() => offers.open(other), /Both compare and maps offer c/);
});
