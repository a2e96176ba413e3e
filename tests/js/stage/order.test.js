import assert from 'node:assert/strict';
import test from 'node:test';
import { mostActive } from '../../../static/js/scene/layout.js';

test('maps are ordered by their largest value, whatever its sign', () => {
  const tensor = { dtype: 'F32', shape: [3, 1, 2], data: new Float32Array([1, 0, 0, -5, 2, 2]) };
  assert.deepEqual(mostActive(tensor, 3), [1, 2, 0]);
});

test('while nothing is drawn they come in their own order', () => {
  assert.deepEqual(mostActive(undefined, 3), [0, 1, 2]);
});
