import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { LENET } from '../specs.js';
import { tamed } from './witness.js';

const lenet = createGraph(LENET);
const view = tamed(lenet, 3);
const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });

/** As preprocessing leaves it in a trace. */
const preprocessed = (crop, scale, shift) => [
  ['preprocess.crop', { dtype: 'F32', shape: [4], data: Float32Array.from(crop) }],
  ['preprocess.scale', { dtype: 'F32', shape: [], data: Float32Array.of(scale) }],
  ['preprocess.centre', { dtype: 'F32', shape: [2], data: Float32Array.of(13.9, 14.2) }],
  ['preprocess.shift', { dtype: 'I32', shape: [2], data: Int32Array.from(shift) }],
];

const close = (rect, expected) => {
  for (const side of ['left', 'top', 'right', 'bottom'])
    assert.ok(Math.abs(rect[side] - expected[side]) < 1e-7, `${side} ${rect[side]}`);
};

test('an image cell says which part of the pad it is: preprocessing the other way round', () => {
  const told = (crop, scale, shift, cell) => {
    const trace = new Map([...view.trace, ...preprocessed(crop, scale, shift)]);
    return receipt(lenet, { ...view, trace }, cell);
  };
  const crop = [0.25, 0.125, 0.75, 0.875];
  const made = told(crop, 20 / 0.75, [2, -1], at('input', 0, 12, 9));
  // (x, y) of the pad lies at 14 + shift + ((x, y) − middle of crop) · scale
  const forward = ([x, y]) => [14 + 2 + (x - 0.5) * (20 / 0.75), 14 - 1 + (y - 0.5) * (20 / 0.75)];
  const { left, top, right, bottom } = made.pad;
  for (const [[x, y], [px, py]] of [
    [
      [left, top],
      [7, 10],
    ],
    [
      [right, bottom],
      [8, 11],
    ],
  ]) {
    const [a, b] = forward([x, y]);
    assert.ok(Math.abs(a - px) < 1e-4 && Math.abs(b - py) < 1e-4);
  }
  assert.deepEqual(made.pixel, { row: 10, column: 7 });
  assert.equal(made.preprocess.centred, true);
  const still = told(crop, 28, [0, 0], at('input', 0, 2, 2));
  close(still.pad, { left: 0, top: 0, right: 1 / 28, bottom: 1 / 28 });
  const border = told(crop, 20, [0, 0], at('input', 0, 1, 9));
  assert.deepEqual([border.pixel, border.pad], [null, null]);
  assert.equal(told([0, 0, 1, 1], 0, [0, 0], at('input', 0, 9, 9)).pad, null);
  assert.equal(receipt(lenet, view, at('input', 0, 9, 9)).preprocess, null);
});

test('an image cell of a picture says which part of the picture it is, whatever its sides', () => {
  const picture = { width: 400, height: 300 };
  const told = (crop, scale, shift, cell) => {
    const trace = new Map([...view.trace, ...preprocessed(crop, scale, shift)]);
    return receipt(lenet, { ...view, trace, picture }, cell);
  };
  // The ink is 200 by 100 pixels of the picture: 20 by 10 of the image, 40 for its longer side.
  const made = told([0.25, 0.5, 0.75, 0.5 + 1 / 3], 40, [1, 2], at('input', 0, 16, 16));
  // Column 14 begins where the middle of the ink was before it was moved by one, row 14 likewise.
  close(made.pad, {
    ...{ left: 0.5 - 1 / 40, top: 2 / 3 - (2 * 10) / 300 },
    ...{ right: 0.5, bottom: 2 / 3 - 10 / 300 },
  });
  const words = made.account.words(made).map(({ text }) => text);
  assert.ok(
    words.some((text) => text.includes('its longer side is 20 pixels')),
    words.join(' '),
  );
  assert.ok(
    words.some((text) =>
      text.includes('47.5 to 50.0\u202f% across and 60.0 to 63.3\u202f% down of the picture'),
    ),
    words.join(' '),
  );
  const still = told([0.25, 0.5, 0.75, 0.9], 28, [0, 0], at('input', 0, 2, 2));
  close(still.pad, { left: 0, top: -1 / 6, right: 1 / 28, bottom: -1 / 6 + 400 / 300 / 28 });
});

test('an image cell of a scaled input works its value out of the ink', () => {
  const spec = { ...LENET, input: { ...LENET.input, scaling: { scale: 2, offset: -0.5 } } };
  const graph = createGraph(spec);
  const trace = new Map(view.trace);
  const data = new Float32Array(1024).fill(-0.5);
  data[32 * 9 + 9] = 0.7;
  trace.set('input', { dtype: 'F32', shape: [1, 32, 32], data });
  const { ink, equation } = receipt(graph, { ...view, trace }, at('input', 0, 9, 9));
  assert.ok(Math.abs(ink - 0.6) < 1e-6);
  assert.equal(equation.text, '1.2000 − 0.5000 = 0.7000');
  const { input, weight } = equation.items[0].factors;
  assert.deepEqual([input, weight], ['0.6000', '2.000']);
});
