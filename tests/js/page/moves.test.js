// The drawing moved: what is shown while the answer about a new one is under way.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore } from '../../../static/js/core/store.js';
import { graphOf } from '../../../static/js/kinds/traits.js';
import { moves, seenOf } from '../../../static/js/page/moves.js';
import { INITIAL } from '../../../static/js/page/state.js';
import { LENET } from '../specs.js';

/** The panel of moves over a server that answers when it is told to. */
function opened() {
  const store = createStore({ ...INITIAL, graph: graphOf(LENET), panel: 'moves' });
  const asked = [];
  const asker = (listener) => ({
    forget: () => {},
    ask: (question) => asked.push((found) => listener.onAnswer(found, question)),
  });
  const stage = { canvas: new EventTarget(), view: {}, signal: new AbortController().signal };
  moves.open({ store, stage, reader: { asker }, network: { id: 'lenet' }, opening: {} });
  return { store, asked };
}

/** A reading as this class, of an image that is all of this ink. */
function reading(guess, ink) {
  const answer = Float32Array.from({ length: 10 }, (_, i) => (i === guess ? 1 : 0));
  const image = new Float32Array(32 * 32).fill(ink);
  const tensors = new Map(Object.entries({ softmax: { data: answer }, input: { data: image } }));
  return { tensors, metadata: {} };
}

/** One place, one angle and one size, read as this class. */
function answered(guess) {
  const { data } = reading(guess, 0).tensors.get('softmax');
  const [zero, one] = [Float32Array.of(0), Float32Array.of(1)];
  const tensors = Object.entries({
    ...{ shift: { shape: [1, 1, 10], data }, 'shift.offsets': { data: zero } },
    ...{ rotation: { data }, 'rotation.angles': { data: zero } },
    ...{ scale: { data }, 'scale.factors': { data: one } },
  });
  return { tensors: new Map(tensors), metadata: {} };
}

/** Class and ink of what is shown. */
function shown(store) {
  const { found, sentence } = seenOf(store.get(), {});
  return found && { chosen: found.moves.chosen, ink: found.image.ink[0], sentence };
}

test('until a new drawing is answered, the one before is shown with its own guess and image', () => {
  const { store, asked } = opened();
  store.set({ trace: reading(3, 0.25) });
  assert.equal(shown(store), null);
  asked[0](answered(3));
  const before = shown(store);
  assert.deepEqual([before.chosen, before.ink], [3, 0.25]);
  store.set({ trace: reading(8, 0.75) });
  assert.deepEqual(shown(store), before);
  asked[1](answered(8));
  const after = shown(store);
  assert.deepEqual([after.chosen, after.ink], [8, 0.75]);
  assert.notEqual(after.sentence, before.sentence);
});

test('an answer that comes when the next drawing is read is shown with what it was asked of', () => {
  const { store, asked } = opened();
  store.set({ trace: reading(3, 0.25) });
  store.set({ trace: reading(8, 0.75) });
  asked[0](answered(3));
  const { chosen, ink } = shown(store);
  assert.deepEqual([chosen, ink], [3, 0.25]);
});

test('once nothing is drawn there is nothing to show', () => {
  const { store, asked } = opened();
  store.set({ trace: reading(3, 0.25) });
  asked[0](answered(3));
  store.set({ trace: null });
  assert.equal(shown(store), null);
});

test('what was found of a reading that is gone does not come back with the panel', () => {
  const { store, asked } = opened();
  store.set({ trace: reading(3, 0.25) });
  asked[0](answered(3));
  store.set({ panel: null });
  store.set({ trace: null });
  store.set({ trace: reading(8, 0.75) });
  store.set({ panel: 'moves' });
  assert.equal(shown(store), null);
});
