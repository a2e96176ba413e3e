// What is said of a moved, turned or scaled drawing.

import './english.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import {
  answerAt,
  home,
  inkAt,
  isText,
  movesOf,
  nameText,
  orderAt,
  peakOf,
  placeText,
  queryOf,
  readText,
  sayHolding,
} from '../../static/js/scene/moves.js';
import { network } from './specs.js';

/** @import { Tensor } from '../../static/js/geometry/types.d.ts' */

/**
 * @param {number[]} shape
 * @param {number[]} values
 * @returns {Tensor}
 */
const tensor = (shape, values) => ({ dtype: 'F32', shape, data: Float32Array.from(values) });

const SCORES = { name: 'scores', kind: 'dense', channels: 2 };
const SHARES = { name: 'shares', kind: 'softmax' };

/** Three by three places, five angles, three factors; two classes, and an image of 2 × 2. */
function example(layers = [SCORES, SHARES], sizes = [0.4, 0.9, 0.6]) {
  const firsts = [0.1, 0.9, 0.2, 0.8, 0.99, 0.7, 0.3, 0.6, 0.4];
  const pairs = (/** @type {number[]} */ list) => list.flatMap((p) => [p, 1 - p]);
  const moves = movesOf(
    new Map([
      ['shift', tensor([3, 3, 2], pairs(firsts))],
      ['shift.offsets', tensor([3], [-1, 0, 1])],
      ['rotation', tensor([5, 2], pairs([0.2, 0.7, 0.9, 0.8, 0.3]))],
      ['rotation.angles', tensor([5], [-30, -15, 0, 15, 30])],
      [
        'rotation.images',
        tensor(
          [5, 2, 2],
          Array.from({ length: 20 }, (_, i) => i),
        ),
      ],
      ['scale', tensor([3, 2], pairs(sizes))],
      ['scale.factors', tensor([3], [0.5, 1, 1.5])],
      [
        'scale.images',
        tensor(
          [3, 2, 2],
          Array.from({ length: 12 }, (_, i) => i),
        ),
      ],
    ]),
    createGraph(network({ classes: ['yes', 'no'], layers })),
    0,
  );
  assert.ok(moves);
  return moves;
}

test('the middle of the shifts, no turn and factor one change nothing', () => {
  const moves = example();
  assert.deepEqual(
    [home(moves, 'shift').index, home(moves, 'rotation').index, home(moves, 'scale').index],
    [4, 2, 1],
  );
  assert.equal(placeText(moves, home(moves, 'shift')), 'where you drew it');
  assert.equal(placeText(moves, home(moves, 'rotation')), 'not turned');
  assert.equal(placeText(moves, home(moves, 'scale')), 'as large as you drew it');
});

test('a place is named by rows, then columns', () => {
  const moves = example();
  assert.equal(placeText(moves, { way: 'shift', index: 2 }), 'moved 1 px up and 1 px right');
  assert.equal(placeText(moves, { way: 'shift', index: 3 }), 'moved 1 px left');
  assert.equal(placeText(moves, { way: 'rotation', index: 0 }), 'turned by 30° to the right');
  assert.equal(placeText(moves, { way: 'scale', index: 2 }), '1.50 times as large');
});

test('each variation has its own row of classes', () => {
  const moves = example();
  assert.ok(Math.abs(answerAt(moves, { way: 'shift', index: 2 }, 1) - 0.8) < 1e-6);
  assert.deepEqual(orderAt(moves, { way: 'shift', index: 2 }), [1, 0]);
  assert.match(
    readText(moves, { way: 'shift', index: 2 }),
    /^read as no with 80\.0\u202f%, then yes with 20\.0\u202f%$/,
  );
});

test('scores are no shares', () => {
  const moves = example([SCORES]);
  moves.read.shift[4] = 12.3;
  moves.read.shift[5] = -4.5;
  assert.equal(
    readText(moves, { way: 'shift', index: 2 }),
    'read as yes with 12.300, then no with −4.500',
  );
});

test('what holds is counted', () => {
  assert.equal(
    sayHolding(example()),
    'It is read as yes at 5 of 9 places, turned by −15° to +15°, at 1.00 to 1.50 times its size.',
  );
});

test('the peak of a class is where it is likeliest', () => {
  const peak = peakOf(example(), 'rotation', 1);
  assert.equal(peak.index, 0);
  assert.ok(Math.abs(peak.answer - 0.8) < 1e-6);
});

test('scores are called so, and reach as far as the largest and the smallest of them', () => {
  const shares = example();
  assert.deepEqual([shares.range.min, shares.range.max], [0, 1]);
  assert.equal(nameText(shares), 'probability of yes');
  const scores = example([SCORES], [-12, -3, -7]);
  assert.deepEqual([scores.range.min, scores.range.max], [-12, 13]);
  assert.equal(scores.range.limit, 13);
  assert.equal(nameText(scores), 'score of yes');
  assert.equal(isText(scores, home(scores, 'scale')), 'for yes, as large as you drew it');
  const { index, answer } = peakOf(scores, 'scale', 0);
  assert.deepEqual([index, answer], [1, -3]);
});

test('a shifted image loses what leaves it and gains paper', () => {
  const moves = example();
  const ink = [1, 2, 3, 4];
  const at = (/** @type {number} */ index) =>
    [0, 1, 2, 3].map(inkAt(moves, { way: 'shift', index }, ink, 2));
  assert.deepEqual(at(4), [1, 2, 3, 4]);
  assert.deepEqual(at(7), [0, 0, 1, 2]); // one down
  assert.deepEqual(at(3), [2, 0, 4, 0]); // one to the left
  const turned = inkAt(moves, { way: 'rotation', index: 3 }, ink, 2);
  assert.deepEqual([0, 1, 2, 3].map(turned), [12, 13, 14, 15]);
});

test('the server is asked for the very image that is pointed at', () => {
  const moves = example();
  assert.equal(queryOf(moves, { way: 'shift', index: 2 }), 'down=-1&right=1');
  assert.equal(queryOf(moves, { way: 'rotation', index: 0 }), 'rotation=-30');
  assert.equal(queryOf(moves, { way: 'scale', index: 0 }), `scale=${moves.factors[0]}`);
});
