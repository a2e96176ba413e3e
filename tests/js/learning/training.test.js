// The pictures of a training say what its lines say: ticks, paths that break, gaps that add up.

import assert from 'node:assert/strict';
import test from 'node:test';
import { differenceTexts, namesOf } from '../../../static/js/learning/training/differences.js';
import { together } from '../../../static/js/learning/training/following.js';
import { figuresText, tellingOf } from '../../../static/js/learning/training/figures.js';
import { cellText, worstOf, worstText } from '../../../static/js/ui/confusion.js';
import { sizesText } from '../../../static/js/learning/training/sizes.js';
import * as series from '../../../static/js/learning/training/series.js';
import '../english.js';

/** An evaluation at a step. */
const evaluation = (step, train, validation, losses = [0.5, 0.6]) => ({
  ...{ kind: 'evaluation', step, epoch: step / 100, seconds: 1 },
  ...{ train_accuracy: train, validation_accuracy: validation },
  ...{ train_loss: losses[0], validation_loss: losses[1] },
});
const batch = (step, loss, accuracy = 0.5) => ({
  ...{ kind: 'step', step, epoch: step / 100, seconds: 1, loss, accuracy },
});

test('ticks are round, within the ends, and as many as there is room for', () => {
  assert.deepEqual(series.ticksOf(0, 1720, 4), [0, 500, 1000, 1500]);
  assert.deepEqual(series.ticksOf(0, 3, 8, 1), [0, 1, 2, 3]);
  assert.deepEqual(
    series.ticksOf(0, 1, 5).map((tick) => Number(tick.toPrecision(3))),
    [...[0, 0.2, 0.4, 0.6, 0.8, 1]],
  );
  assert.deepEqual(series.ticksOf(0, 0, 5), [0]);
  for (let seed = 1; seed < 200; seed++) {
    const high = 10 ** (8 * Math.abs(Math.sin(seed)) - 4);
    const ticks = series.ticksOf(0, high, 5);
    assert.ok(ticks.length >= 2 && ticks.length <= 6, `${high}: ${ticks}`);
    assert.ok(ticks.every((tick) => tick <= high * (1 + 1e-9)));
  }
  assert.deepEqual(series.powersOf(0.02, 3), [0.1, 1, 0.05, 0.5, 0.02, 0.2, 2]);
  const even = series.scaleOf(series.even, [0, 10], [0, 100]);
  assert.deepEqual(series.thinned([0, 10, 5, 6], even, 20), [0, 5, 10]);
});

test('a scale grows with its values, holds 0 and all, and ends at its ends', () => {
  for (const [bend, low, high] of [
    [series.even, 0, 1],
    [series.early(1), 0, 1720],
    [series.nearAll, 0, 1],
    [series.logarithm, 0.001, 3],
  ]) {
    const scale = series.scaleOf(bend, [low, high], [200, 10]);
    const places = Array.from({ length: 50 }, (_, i) => scale(low + ((high - low) * i) / 49));
    assert.deepEqual([places[0], places.at(-1)], [200, 10]);
    assert.ok(places.every((place, i) => i === 0 || place < places[i - 1]));
    assert.equal(scale(high * 9), 10);
    assert.ok(Number.isNaN(scale(NaN)));
  }
});

test('a line breaks where there is no number, and squeezed it keeps its highest and its lowest', () => {
  assert.equal(
    series.pathOf([
      [0, 1],
      [1, 2.25],
      [2, NaN],
      [3, 4],
    ]),
    'M0 1h0L1 2.3M3 4h0',
  );
  assert.equal(series.pathOf([[0, NaN]]), '');
  const points = [
    [0, 5],
    [0.2, 9],
    [0.4, 1],
    [0.6, 5],
    [1, 2],
    [1.5, NaN],
    [1.7, NaN],
    [1.8, 3],
  ];
  const kept = series.squeezed(points);
  assert.deepEqual(kept, [
    [0.2, 9],
    [0.4, 1],
    [1, 2],
    [1.5, NaN],
    [1.8, 3],
  ]);
  const lines = [batch(1, 2), batch(2, null), evaluation(2, 0.1, null)];
  assert.deepEqual(series.seriesOf(lines, 'loss', 'step').batches, [
    [1, 2],
    [2, NaN],
  ]);
  assert.deepEqual(series.seriesOf(lines, 'accuracy', 'epoch').validation, [[0.02, NaN]]);
});

test('names stand apart, in their order, between the ends', () => {
  assert.deepEqual(series.spread([10, 12, 50], 16, 0, 100), [10, 26, 50]);
  assert.deepEqual(series.spread([99, 98, 97], 16, 0, 100), [100, 84, 68]);
  assert.deepEqual(series.spread([], 16, 0, 100), []);
});

test('the gap is the difference of what is shown, to the last digit', () => {
  assert.deepEqual(series.gapOf(evaluation(1, 0.9912, 0.98349), 'accuracy'), {
    ...{ training: '99.1\u202f%', validation: '98.3\u202f%', gap: '0.8' },
  });
  assert.equal(series.gapOf(evaluation(1, 0.9, 0.9), 'accuracy').gap, '0');
  assert.equal(series.gapOf(evaluation(1, 0.5, 0.6), 'accuracy').gap, '−10.0');
  assert.equal(series.gapOf(evaluation(1, 0.5, null), 'accuracy'), null);
  for (let seed = 1; seed < 300; seed++) {
    const [a, b] = [Math.abs(Math.sin(seed)), Math.abs(Math.cos(seed * 7))];
    const units = (text) =>
      Math.round(Number(text.replace('−', '-').replace(/[^\d.-]/g, '')) * 1e5);
    const line = evaluation(1, a, b, [a, b]);
    const share = series.gapOf(line, 'accuracy');
    if (!/[<>]/.test(share.training + share.validation))
      assert.equal(units(share.gap), units(share.training) - units(share.validation));
    const loss = series.gapOf(line, 'loss');
    assert.equal(units(loss.gap), units(loss.validation) - units(loss.training));
  }
});

test('what the gap means follows from the numbers', () => {
  const better = evaluation(1, 0.9, 0.9, [0.3, 0.3]);
  assert.equal(series.meaningOf([better, evaluation(2, 0.92, 0.918)]), 'none');
  assert.equal(series.meaningOf([evaluation(2, 0.92, 0.91)]), 'some');
  const few = { ...evaluation(2, 0.92, 0.91), confusion: [[900, 100]] };
  assert.equal(series.meaningOf([few]), 'chance', 'of so few images chance makes as much');
  assert.equal(series.meaningOf([evaluation(2, 0.99, 0.93)]), 'large');
  assert.equal(series.meaningOf([better, evaluation(2, 0.99, 0.93, [0.01, 0.34])]), 'rises');
  const lines = [better, batch(2, 0.2), evaluation(2, 0.99, 0.93)];
  assert.match(tellingOf(lines, 'B')[0], /^B: Of .* 99\.0.%.* 93\.0.%. Gap: 6\.0 points\. /);
  assert.match(tellingOf([batch(3, null)], '')[0], /^The loss is no number any more since step 3:/);
  assert.deepEqual(tellingOf([], ''), []);
});

test('at a place stands what was known there', () => {
  const run = {
    title: '',
    steps: 9,
    lines: [evaluation(0, 0.1, 0.2), batch(1, 2.5), batch(2, null)],
  };
  const told = (at) => figuresText(run, '', { by: 'step', early: false, near: false, at });
  assert.match(
    told(1),
    /^Step 1, epoch 0\.01\. Batch: loss 2\.500, accuracy 50\.0.%\. Tried at step 0:/,
  );
  assert.match(told(0), /^Step 0, epoch 0\. Tried/);
  assert.match(told(null), /^Step 2, epoch 0\.02\. Batch: loss –,/);
});

const CONFUSION = [
  [90, 0, 10],
  [23, 70, 7],
  [0, 0, 0],
];
const NAMES = ['cat', 'dog', 'owl'];

test('the worst mistakes come first, and nothing right is among them', () => {
  assert.deepEqual(worstOf(CONFUSION), [
    { truth: 1, said: 0, count: 23, total: 100 },
    { truth: 0, said: 2, count: 10, total: 100 },
    { truth: 1, said: 2, count: 7, total: 100 },
  ]);
  const said = 'Most often read wrong: dog read as cat, 23 times of 100.';
  assert.equal(worstText(CONFUSION, NAMES), said);
  assert.equal(
    worstText(
      [
        [5, 0],
        [0, 5],
      ],
      NAMES,
    ),
    'None of the images held out was read wrong.',
  );
  assert.equal(worstOf(Array(64).fill(Array(64).fill(1))).length, 10);
});

test('a cell says its count, of how many, and what it was before', () => {
  const told = (truth, said, before) => cellText(CONFUSION, NAMES, { truth, said }, before);
  assert.equal(told(0, 0), 'cat read right: 90 of 100, 90.0\u202f%.');
  assert.equal(told(1, 2, [[], [1, 2, 3]]), 'dog read as owl: 7 of 100, 7.0\u202f%. Before: 3.');
  assert.equal(told(2, 1), 'owl read as dog: 0 of 0, –.'); // a class of which nothing was held out
});

test('the mean of neighbours stands where they are close, and no gap is bridged', () => {
  const points = [
    ...[
      [0, 2],
      [1, 4],
      [2, NaN],
      [3, 5],
    ],
    ...[[9, 1]],
  ];
  assert.deepEqual(series.averaged(points), [
    [0.5, 3],
    [2, NaN],
    [3, 5],
    [9, 1],
  ]);
});

test('gradients that vanish, are 0 or are no numbers are named', () => {
  const told = (gradients) => sizesText({ kind: 'step', step: 1720, gradients });
  assert.equal(told({ a: 0.1482, b: 3, c: 14.8 }), 'Step 1\u202f720: a 0.148, b 3.00, c 14.8.');
  assert.match(told({ a: 0.001, b: 3, c: 0.5 }), /a is about 500 times smaller than that of c/);
  assert.match(told({ a: 0, b: 0 }), /All gradients are 0/);
  assert.match(told({ a: 0, b: 1 }), /Nothing comes back to a/);
  assert.match(told({ a: 1, b: null }), /b –\. Some gradients are no numbers/);
});

test('of three runs and more all are compared, in the order in which they stand', () => {
  const watched = ['A', 'A', 'A'].map((title) => ({ id: title, run: { title }, lines: [] }));
  const seed = (other) => [{ name: 'seed', one: 0, other }];
  const rate = { name: 'rate', one: 0.1, other: 0.2 };
  const both = together([seed(7), [rate]]);
  assert.deepEqual(both, [
    { name: 'seed', values: [0, 7, 0] },
    { name: 'rate', values: [0.1, 0.1, 0.2] },
  ]);
  const said = differenceTexts(watched, both);
  assert.equal(said, '2 things differ: Seed, 0, 7 and 0; Learning rate η, 0.1, 0.1 and 0.2.');
  assert.match(differenceTexts(watched, together([[], []])), /^All 3 were asked to be one/);
  assert.deepEqual(namesOf(watched, together([seed(7), seed(8)])), [
    ...['A, Seed: 0', 'A, Seed: 7', 'A, Seed: 8'],
  ]);
  assert.deepEqual(namesOf(watched, both), ['A (A)', 'A (B)', 'A (C)']);
  assert.deepEqual(namesOf(watched, together([seed(7), []])), ['A (A)', 'A (B)', 'A (C)']);
});
