// The receipt of a gradient: whatever sends parts back, they add up as they are shown, in every form.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { nudgeText } from '../../../static/js/learning/nudge.js';
import { gradientReceipt } from '../../../static/js/learning/gradient/receipt.js';
import { code, table, words } from '../../../static/js/scene/receipt/forms.js';
import { formula } from '../../../static/js/scene/receipt/formula.js';
import { LENET } from '../specs.js';

const graph = createGraph(LENET);
const NONE = { update: {}, said: {}, nudge: null, part: '', key: '' };

/** A cell of pool1 that conv2 reads at four places, in all of its maps. */
function ofCell() {
  const places = [0, 1].flatMap((p) => [0, 1].map((q) => [p, q]));
  const terms = Array.from({ length: 16 }, (_, k) => places.map(([p, q]) => [k, p, q])).flat();
  const above = terms.map((_, i) => Math.sin(i) / 3);
  const factors = terms.map((_, i) => Math.cos(7 * i) / 5);
  return {
    ...{ ...NONE, layer: 'pool1', at: [3, 1, 1], above, factors },
    value: above.reduce((sum, one, i) => sum + one * factors[i], 0),
    readers: [{ layer: 'conv2', factor: 'weight' }],
    reader: terms.map(() => 0),
    cells: terms.flat(),
    sources: terms.flatMap(([k, p, q]) => [k, 3, 1 - p, 1 - q]),
  };
}

/** The bias of a score, after a step with momentum. */
function ofWeight() {
  return {
    ...{ ...NONE, layer: 'fc3', part: 'bias', at: [4], above: [-0.25], factors: [1], value: -0.25 },
    readers: [{ layer: 'fc3', factor: 'one' }],
    ...{ reader: [0], cells: [4, 0, 0], sources: [-1, -1, -1, -1] },
    said: { optimiser: 'sgd', rate: '0.1', momentum: '0.9', decay: '0' },
    update: { weight: [0.5, 0.525], decay: [0], 'velocity.before': [0], velocity: [-0.25] },
  };
}

test('maps are added up first, and the sum is the gradient to its last digit', () => {
  const receipt = gradientReceipt(graph, ofCell());
  const { items, total } = receipt.equation;
  assert.equal(
    items.reduce((sum, { units }) => sum + units, 0),
    total.units,
  );
  assert.ok(items.every(({ role }) => ['map', 'more', 'rounding'].includes(role)));
  assert.deepEqual([receipt.planes?.rows, receipt.planes?.columns], [2, 2]);
  const rows = table(receipt).rows;
  assert.equal(rows.filter(({ role }) => role === 'term').length, 64);
  assert.equal(rows.at(-1)?.cells[3]?.text, receipt.valueText);
  assert.equal(table(receipt, 10).rows.at(-1)?.cells[3]?.text, receipt.valueText);
});

test('it is told in words, as a formula and as code', () => {
  const receipt = gradientReceipt(graph, ofCell());
  assert.match(words(receipt)[0]?.text ?? '', /if the number rises a little, the loss/);
  assert.match(words(receipt)[1]?.text ?? '', /kernel is turned round/);
  assert.match(formula(receipt)[0]?.text ?? '', /∂L.*∂pool1\[3,1,1\].*=.*∂conv2.*w/);
  assert.match(code(receipt), /step = np.load\("step.npz"\)/);
  assert.match(code(receipt), /data\["conv2.weight"\].*\[:, 3, r, s\]/);
});

test('a step of a weight ends in the new weight, by way of its velocity', () => {
  const receipt = gradientReceipt(graph, ofWeight());
  const [, velocity, after] = receipt.equations;
  assert.match(velocity?.text ?? '', /^velocity: 0.0000 − 0.2500 = −0.2500$/);
  assert.match(after?.text ?? '', /^new weight: 0.5000 \+ 0.0250 = 0.5250$/);
  assert.match(code(receipt), /new = w - 0.1 \* value/);
});

test('a nudge that crosses a kink says so instead of blaming the number', () => {
  const nudge = { epsilon: 1e-4, losses: [1, 1.0002], quotient: 1, bound: 1e-11 };
  const plain = nudgeText({ ...nudge, crossings: [], crossed: 0 }, 1);
  assert.match(plain, /a difference of \+0.0002.*2ε that is 1.000; the gradient says 1.000\.$/);
  const crossed = nudgeText(
    { ...nudge, crossings: [{ what: 'gate', layer: 'relu1' }], crossed: 1 },
    1,
  );
  assert.match(crossed, /a gate of relu1 opens or closes/);
});
