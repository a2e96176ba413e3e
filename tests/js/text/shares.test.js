import assert from 'node:assert/strict';
import test from 'node:test';
import {
  isAlone,
  percent,
  percentShort,
  pointsBetween,
  shareDifference,
} from '../../../static/js/text/shares.js';
import { exact, product, read, rounds } from './exact.js';

const always = () => true;
const HUNDRED = { units: 100n, place: 0 };

test('only all with nothing left for others is 100 %, only nothing is 0 %', () => {
  assert.equal(percent(0.891), '89.1\u202f%');
  assert.equal(percent(0.9994), '99.9\u202f%');
  assert.equal(percent(0.9996), '>\u202f99.9\u202f%');
  assert.equal(percent(1), '100\u202f%');
  assert.equal(percent(1, { alone: false }), '>\u202f99.9\u202f%');
  assert.equal(percent(0.0006), '0.1\u202f%');
  assert.equal(percent(0.00049), '<\u202f0.1\u202f%');
  assert.equal(percent(0), '0\u202f%');
  assert.equal(percent(0.99521, { decimals: 2 }), '99.52\u202f%');
  assert.equal(percent(0.999999, { decimals: 2 }), '>\u202f99.99\u202f%');
  assert.ok(isAlone([0, 1, 0]));
  assert.ok(!isAlone([1, 3.7e-9, 0]), 'float32 has the first as 1 all the same');
  assert.ok(!isAlone([0, 0]));
});

test('beside a bar stands the same as in the guess, and no less true where room is scarce', () => {
  const shares = [0, 1e-45, 3.7e-9, 0.00049, 0.0005, 0.1041, 0.9994, 0.9995, 1 - 2 ** -24, 1];
  for (let i = 0; i <= 20000; i++) shares.push(i / 20000);
  for (const share of shares)
    for (const alone of share === 1 ? [true, false] : [false]) {
      const long = percent(share, { alone }).replaceAll('\u202f', '');
      const whole = percentShort(share, alone, always);
      const scarce = percentShort(share, alone, () => false);
      assert.equal(whole, long === '0%' ? '0' : long);
      assert.equal(`${scarce}%`, long);
      const [, mark, text] = /^([<>]?)([\d.]+)%$/.exec(long);
      const true100 = product(exact(share), HUNDRED);
      if (mark === '<') assert.ok(share > 0 && share < 0.0005 + 1e-12, long);
      else if (mark === '>') assert.ok(share >= 0.9995 - 1e-12 && !(share === 1 && alone), long);
      else assert.ok(rounds(read(text), true100) || Math.abs(100 * share - Number(text)) < 0.05001);
      assert.equal(long === '100%', share === 1 && alone);
      assert.equal(long === '0%', share === 0);
    }
});

test('two shares are subtracted as they are shown', () => {
  const between = (now, then) => shareDifference([now, now === 1], [then, then === 1]);
  assert.equal(between(0.8914, 0.1226), '+76.8%');
  assert.equal(between(0.1226, 0.8914), '−76.8%');
  assert.equal(between(0.89149, 0.12251), '+76.8%', 'as 89.1 less 12.3, though it is 76.898');
  assert.equal(between(1, 0), '+100.0%');
  assert.equal(between(0.3, 0.3), '0');
  assert.equal(between(0.30001, 0.3), '≈\u202f0');
  assert.equal(between(0, 0.99999), '<−99.9%');
  assert.equal(between(0.99999, 1e-9), '>+99.9%');
  assert.equal(pointsBetween([0.8914, false], [0.8826, false]), '+0.8');
  assert.equal(pointsBetween([1e-9, false], [3e-9, false]), '−2×10⁻⁷');
  assert.equal(pointsBetween([0.9998, true], [0.8421, true]), '+15.8');
});
