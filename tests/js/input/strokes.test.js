import assert from 'node:assert/strict';
import test from 'node:test';
import { contained, fresh, padPoint } from '../../../static/js/input/strokes.js';

const place = { left: 10, top: 20, width: 200, height: 200 };

test('a point is where it stands in the pad, in 0..1, whatever the size of the pad', () => {
  assert.deepEqual(padPoint(10, 20, place), [0, 0]);
  assert.deepEqual(padPoint(110, 170, place), [0.5, 0.75]);
  assert.deepEqual(padPoint(55, 45, { left: 5, top: 20, width: 100, height: 100 }), [0.5, 0.25]);
});

test('a pointer that left the pad is followed, but not to the end of the world', () => {
  assert.deepEqual(padPoint(-40, 260, place), [-0.25, 1.2]);
  assert.deepEqual(padPoint(-9999, 9999, place), [-1, 2]);
});

test('points that add nothing are left out, the first never', () => {
  assert.deepEqual(fresh([], [[0.5, 0.5]]), [[0.5, 0.5]]);
  const points = [[0.5, 0.5]];
  const more = [
    [0.501, 0.5],
    [0.51, 0.5],
    [0.511, 0.501],
    [0.52, 0.5],
  ];
  assert.deepEqual(fresh(points, more), [
    [0.51, 0.5],
    [0.52, 0.5],
  ]);
});

test('an image is fitted into the pad, in the middle', () => {
  assert.deepEqual(contained({ width: 200, height: 100 }), {
    left: 0,
    top: 0.25,
    width: 1,
    height: 0.5,
  });
});
