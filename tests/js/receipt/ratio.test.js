import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { code, gist, table, words } from '../../../static/js/scene/receipt/forms.js';
import { formula } from '../../../static/js/scene/receipt/formula.js';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { network } from '../specs.js';
import { valueOf } from './witness.js';

const graph = createGraph(
  network({
    ...{ shape: [1, 1, 1], border: 0 },
    layers: [
      { name: 'scores', kind: 'dense', channels: 3 },
      { name: 'parts', kind: 'ratio' },
      { name: 'squares', kind: 'square', inputs: ['scores'] },
    ],
  }),
);

/** The account of a unit of a layer, for three scores. */
function accountOf(scores, layer, channel) {
  const sum = scores.reduce((a, b) => a + b, 0);
  const made = {
    scores,
    parts: scores.map((one) => (sum ? one / sum : NaN)),
    squares: scores.map((one) => one * one),
  };
  const tensors = Object.entries(made).map(([name, data]) => [
    name,
    { dtype: 'F32', shape: [3], data: Float32Array.from(data) },
  ]);
  const trace = new Map([...tensors, ['input', { shape: [1, 1, 1], data: new Float32Array(1) }]]);
  return receipt(graph, { trace, weights: null }, { layer, channel, row: 0, column: 0 });
}

test('a ratio is accounted for by the sum and the quotient, below 0 and above 1, too', () => {
  const made = accountOf([2, -1, 0.5], 'parts', 1);
  assert.deepEqual(
    made.equations.map(({ text }) => text),
    ['2.000 − 1.000 + 0.500 = 1.500', '−1.000 ÷ 1.500 = −0.6667'],
  );
  assert.equal(words(made)[1].text, '−1.000 (scores [1]) divided by 1.500 is −0.6667.');
  assert.match(gist(made)[0].text, /−1\.000 divided by the sum of all, 1\.500/);
  assert.match(formula(made)[0].text, /parts\[1\] = /);
  assert.match(code(made), /value = x\[1\] \/ x\.sum\(\)/);
  assert.equal(valueOf(table(made).rows.at(-1).cells[1].text), -0.6667);
});

test('where the sum is 0 nothing is defined, and every form says so', () => {
  const made = accountOf([2, -1, -1], 'parts', 0);
  const said = 'Not defined: the sum of scores is 0, and nothing can be divided by 0.';
  assert.deepEqual([made.valueText, made.check, made.rounding], ['–', said, null]);
  for (const form of [gist, words]) assert.equal(form(made)[0].text, said);
  assert.deepEqual(formula(made), []);
  assert.match(code(made), /value = .*the sum is 0[^]*# expected: nan/);
  assert.equal(table(made).rows.length, 1);
});

test('a square is accounted for as a function of one number', () => {
  const { equation } = accountOf([2, -1.5, 0], 'squares', 1);
  assert.equal(equation.text, 'square(−1.500) = 2.250');
});
