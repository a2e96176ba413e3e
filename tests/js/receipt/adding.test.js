import assert from 'node:assert/strict';
import test from 'node:test';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { networks, plainly, read, someCells, valueOf } from './witness.js';

const FUNCTIONS = {
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  square: (z) => z * z,
  exp: Math.exp,
  '√': Math.sqrt,
};

const NETWORKS = [...networks()];

/** Every equation of some cells of every network. */
const EQUATIONS = NETWORKS.flatMap(({ graph, trace, weights, seed }) =>
  [...someCells(graph, seed)].flatMap((cell) => {
    const made = receipt(graph, { trace, weights }, cell);
    return made.equations.map((equation) => ({
      equation,
      note: `${graph.spec.id} ${seed} ${made.name}: ${equation.text}`,
    }));
  }),
);

const unitsOf = ({ sign, text }) => read(sign === '−' ? `−${text}` : text).units;

test('shown lines add up to the shown total, in whole units of the last digit', () => {
  let [sums, closed, small] = [0, 0, 0];
  for (const { equation, note } of EQUATIONS) {
    if (equation.how !== 'sum') continue;
    const { items, total } = equation;
    const sum = items.reduce((units, item) => units + unitsOf(item), 0);
    assert.equal(sum, read(total.signedText).units, note);
    sums++;
    closed += items.some(({ role }) => role === 'rounding') ? 1 : 0;
    small += equation.digits.exponent ? 1 : 0;
  }
  assert.ok(sums > 1000 && closed > 100 && small > 20, `${sums} ${closed} ${small}`);
});

test('all lines of a sum share their digits, and none is a negative zero', () => {
  for (const { equation, note } of EQUATIONS) {
    const { items, total, digits, how } = equation;
    for (const item of [...items, total]) {
      assert.doesNotMatch(item.signedText, /^−0(\.0*)?(×|$)/, note);
      assert.equal(item.units, unitsOf(item), note);
      if (item.units === 0) assert.equal(item.sign, '+', note);
      assert.equal(item.signedText, (item.units < 0 ? '−' : '') + item.text, note);
      if (how === 'sum') {
        const { decimals, exponent } = read(item.text);
        assert.deepEqual({ decimals, exponent }, { ...digits }, note);
      }
    }
  }
});

test('what is shown is the number rounded to its last digit; "rounding" closes what is left', () => {
  for (const { equation, note } of EQUATIONS)
    for (const item of [...equation.items, equation.total]) {
      if (item.role === 'rounding') continue;
      const { decimals, exponent } = read(item.text);
      const unit = Number(`1e${exponent - decimals}`);
      const slack = 1e-9 * Math.abs(item.value) + 1e-6 * unit;
      assert.ok(
        Math.abs(valueOf(item.signedText) - item.value) <= unit / 2 + slack,
        `${note} ${item.value}`,
      );
      assert.ok(
        Math.abs(item.shown - valueOf(item.signedText)) <=
          1e-9 * unit + 1e-15 * Math.abs(item.shown),
        note,
      );
    }
});

test('rounding stays within half a digit for each line', () => {
  for (const { equation, note } of EQUATIONS) {
    const closing = equation.items.find(({ role }) => role === 'rounding');
    if (!closing || equation.how !== 'sum') continue;
    assert.notEqual(closing.units, 0, note);
    // Half a digit each, and the engine's own rounding at most one more.
    assert.ok(Math.abs(closing.units) <= equation.items.length / 2 + 1.5, note);
  }
});

test('totals have at least four significant digits, and three decimals', () => {
  for (const { equation, note } of EQUATIONS) {
    const { units } = read(equation.total.signedText);
    const { decimals, exponent } = equation.digits;
    assert.ok(decimals >= 3 || exponent !== 0, note);
    if (equation.total.value === 0 || equation.role === 'sum') continue;
    const largest = Math.max(...equation.items.map(({ value }) => Math.abs(value)));
    if (Math.abs(equation.total.value) < 1e-8 * largest) continue; // cancelled: float32 knows no more
    if (Math.abs(equation.total.value) < 1e-9) assert.ok(exponent !== 0 || units !== 0, note);
    assert.ok(Math.abs(units) >= 1000, note);
  }
});

test('a function or quotient of what is shown is what is shown', () => {
  let [count, closed] = [0, 0];
  for (const { equation, note } of EQUATIONS) {
    const { how, name, times, items, total, digits } = equation;
    if (how !== 'function' && how !== 'quotient') continue;
    const [first, second] = items.map(({ signedText }) => valueOf(signedText));
    const [outer, inner] = times ?? [1, 1];
    const made = how === 'quotient' ? first / second : outer * FUNCTIONS[name](inner * first);
    const rounding = items.find(({ role }) => role === 'rounding');
    const unit = Number(`1e${digits.exponent - digits.decimals}`);
    const shown = valueOf(total.signedText) - (rounding ? valueOf(rounding.signedText) : 0);
    assert.ok(Math.abs(made - shown) <= unit * 0.5000001, note);
    count++;
    closed += rounding ? 1 : 0;
  }
  assert.ok(count > 300 && closed < count / 50, `${closed} of ${count}`);
});

test('score − largest comes out as shown, without a line for rounding', () => {
  const away = EQUATIONS.filter(({ equation }) => equation.role === 'difference');
  assert.ok(away.length > 50);
  for (const { equation, note } of away) assert.equal(equation.items.length, 2, note);
});

test('every line says what it is', () => {
  for (const { equation, note } of EQUATIONS)
    for (const { label, short } of [...equation.items, equation.total]) {
      assert.match(label, /\S/, note);
      assert.doesNotMatch(`${label} ${short.join(' ')}`, /undefined|NaN|null/, note);
    }
});

test('the largest of the shown candidates is shown', () => {
  for (const { equation, note } of EQUATIONS) {
    if (equation.how !== 'max') continue;
    const shown = equation.items.filter(({ role }) => role === 'candidate').map(unitsOf);
    assert.equal(Math.max(...shown), read(equation.total.signedText).units, note);
  }
});

test('factors as shown make the product as shown', () => {
  let count = 0;
  for (const { equation, note } of EQUATIONS)
    for (const { factors, signedText } of equation.items) {
      if (!factors) continue;
      const { decimals, exponent } = read(signedText);
      const unit = Number(`1e${exponent - decimals}`);
      const product = valueOf(factors.input) * valueOf(factors.weight);
      assert.ok(Math.abs(product - valueOf(signedText)) <= unit * 0.5000001, note);
      count++;
    }
  assert.ok(count > 1000);
});

test('running totals go from 0 to the total without a gap', () => {
  for (const { equation, note } of EQUATIONS) {
    if (equation.how !== 'sum') continue;
    let before = 0;
    for (const { from, to } of equation.items) {
      assert.equal(from, before, note);
      before = to;
    }
    assert.equal(before, equation.total.shown, note);
  }
});

test('the text of a sum repeats its lines', () => {
  for (const { equation, note } of EQUATIONS) {
    if (equation.how !== 'sum') continue;
    const [left, right] = equation.text.split(' = ');
    const units = left
      .replaceAll(' − ', ' + −')
      .split(' + ')
      .reduce((sum, part) => sum + read(part).units, 0);
    assert.equal(units, read(right).units, note);
  }
});

test('the account is the float64 value of plain loops, and differs from the engine by the rounding', () => {
  const seen = new Set();
  for (const { graph, trace, weights, seed } of NETWORKS)
    for (const cell of someCells(graph, seed)) {
      const made = receipt(graph, { trace, weights }, cell);
      const value = trace.get(cell.layer).data[graph.offset(cell)];
      assert.equal(made.value, value);
      assert.equal(made.equation.total.value, value);
      if (made.diagram === 'image') continue;
      const plain = plainly(graph, graph.layer(cell.layer), cell, trace, weights);
      const { exact = value, value: rounding = 0, bound = 0 } = made.rounding ?? {};
      assert.ok(
        Math.abs(plain - exact) <= 1e-12 * Math.max(bound * 1e5, Math.abs(plain)),
        made.name,
      );
      assert.ok(Math.abs(rounding) <= bound, `${made.name} ${rounding} ${bound}`);
      assert.equal(rounding, made.rounding ? value - exact : 0);
      seen.add(made.diagram === 'curve' ? made.function : made.diagram);
    }
  assert.deepEqual([...seen].sort(), [
    'filter',
    'parts',
    'relu',
    'scores',
    'sigmoid',
    'square',
    'tanh',
    'terms',
    'window',
  ]);
});
