// What a section asks, and what it asks beside that about the same input, are shown as one graph.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAnswers } from '../../../static/js/bench/answers.js';
import { createStore } from '../../../static/js/core/store.js';

const SIDE = 3;

function picture(value) {
  return { dtype: 'F32', shape: [1, SIDE, SIDE], data: new Float32Array(SIDE * SIDE).fill(value) };
}

/** An answer of one layer whose numbers are all the same. */
function part(input, name, value) {
  const kernel = { kernel: [1, 1], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
  const layer = { name, kind: 'conv', inputs: ['input'], ...kernel, mode: null, connections: null };
  const spec = {
    ...{ parameters: 2, multiply_adds: 9, classes: [] },
    input: { name: 'input', shape: input.shape, border: 0, scaling: { scale: 1, offset: 0 } },
    layers: [{ ...layer, shape: [1, SIDE, SIDE], parameters: { weight: [1, 1, 1, 1], bias: [1] } }],
  };
  const weights = { [`${name}.weight`]: picture(value), [`${name}.bias`]: picture(0) };
  return {
    asked: { input, layers: [], weights },
    answer: {
      metadata: { spec: JSON.stringify(spec) },
      tensors: new Map([[name, { ...picture(value) }]]),
    },
  };
}

function opened() {
  const store = createStore({ graph: null, trace: null, weights: null, refused: '' });
  const shown = () =>
    [...(store.get().trace?.tensors ?? [])].map(([name, { data }]) => [name, data[0]]);
  return { store, shown, answers: createAnswers(store) };
}

test('both parts are one graph, with the weights of both and what they read', () => {
  const { store, shown, answers } = opened();
  const input = picture(0.5);
  const many = part(input, 'many', 2);
  assert.equal(answers.wants(many.asked), true);
  answers.main(part(input, 'own', 1));
  assert.deepEqual(shown(), [], 'nothing before both are here');
  answers.beside(many);
  assert.deepEqual(shown(), [
    ['own', 1],
    ['many', 2],
    ['input', 0.5],
  ]);
  const { graph, weights } = store.get();
  assert.deepEqual(graph.names, ['input', 'own', 'many']);
  assert.equal(graph.spec.parameters, 4);
  assert.deepEqual([...weights.tensors.keys()].sort(), [
    ...['many.bias', 'many.weight', 'own.bias', 'own.weight'],
  ]);
});

test('what stands beside is asked once and stays, until it is about another input', () => {
  const { store, shown, answers } = opened();
  const [first, second] = [picture(0), picture(1)];
  const many = part(first, 'many', 2);
  answers.wants(many.asked);
  answers.main(part(first, 'own', 1));
  answers.beside(many);
  const { graph } = store.get();
  assert.equal(answers.wants(many.asked), false, 'it is the same question');
  answers.main(part(first, 'own', 3));
  assert.deepEqual(shown()[0], ['own', 3]);
  assert.equal(store.get().graph, graph, 'numbers alone are others');

  const others = part(second, 'many', 5);
  assert.equal(answers.wants(others.asked), true);
  answers.main(part(second, 'own', 4));
  assert.deepEqual(shown()[0], ['own', 3], 'never are two pictures mixed');
  answers.beside(others);
  assert.deepEqual(shown(), [
    ['own', 4],
    ['many', 5],
    ['input', 1],
  ]);
});

test('a section that asks nothing beside is shown at once', () => {
  const { shown, answers } = opened();
  assert.equal(answers.wants(null), false);
  answers.main(part(picture(0), 'own', 1));
  assert.deepEqual(shown(), [
    ['own', 1],
    ['input', 0],
  ]);
});
