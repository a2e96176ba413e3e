import assert from 'node:assert/strict';
import test from 'node:test';
import { digitsFor, own, raised, roughly } from '../../../static/js/scene/receipt/digits.js';

test('a number by itself has four significant digits and at least three decimals', () => {
  const texts = [0, 1.09512, 12.3456, 0.0813, 0.00012345, -0.5, 48120.25].map((value) =>
    own(value),
  );
  assert.deepEqual(texts, [
    '0.000',
    '1.095',
    '12.346',
    '0.08130',
    '0.0001234',
    '−0.5000',
    '48120.250',
  ]);
});

test('very small and very large numbers have an exponent', () => {
  assert.deepEqual(
    [own(1.2344e-9), own(-7.6e-5), own(2.5e8)],
    ['1.234×10⁻⁹', '−7.600×10⁻⁵', '2.500×10⁸'],
  );
  assert.equal(raised(-10), '⁻¹⁰');
});

test('a small total among large numbers gets decimals, not an exponent', () => {
  assert.deepEqual(digitsFor(1.5e-6, 3), { decimals: 9, exponent: 0 });
  assert.deepEqual(digitsFor(0, 0.02), { decimals: 5, exponent: 0 });
});

test('a difference is told roughly: one digit', () => {
  const texts = [0, 2.3e-7, -0.0031, -3e-8, 0.4, 12].map(roughly);
  assert.deepEqual(texts, ['0', '2×10⁻⁷', '−0.003', '−3×10⁻⁸', '0.4', '1×10¹']);
});
