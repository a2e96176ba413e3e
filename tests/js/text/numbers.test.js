import assert from 'node:assert/strict';
import test from 'node:test';
import * as numbers from '../../../static/js/text/numbers.js';
import { compared } from '../../../static/js/text/differences.js';
import { percent, percentShort } from '../../../static/js/text/shares.js';
import { productTexts } from '../../../static/js/kinds/parts/equation.js';
import {
  bare,
  compare,
  exact,
  figures,
  minus,
  neighbour,
  product,
  read,
  rounds,
  values,
} from './exact.js';

const { digitsFor, ends, fitting, number, own, python, roughly, signed } = numbers;
const { about, brief, grouped, less, localeOf, scaleText, short, unitsOf, writeIn, writtenNear } =
  numbers;
const NOUGHT = { units: 0n, place: 0 };

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

test('of any size it is rounded to its last digit, has four figures, and is 0 for 0 alone', () => {
  for (const value of values()) {
    const text = own(value);
    const shown = read(text);
    assert.ok(rounds(shown, exact(value)), `${text} is not ${value}`);
    assert.equal(shown.units === 0n, value === 0, text);
    if (value) assert.ok(figures(shown) >= 4, `${text} for ${value}`);
    assert.doesNotMatch(text, /^−0(\.0*)?$/);
  }
});

test('very small and very large numbers have an exponent', () => {
  assert.deepEqual(
    [own(1.2344e-9), own(-7.6e-5), own(2.5e8), own(1.4e-45), own(-3.4e38)],
    ['1.234×10⁻⁹', '−7.600×10⁻⁵', '2.500×10⁸', '1.400×10⁻⁴⁵', '−3.400×10³⁸'],
  );
  assert.deepEqual(
    [own(-2.5e-310), own(Number.MIN_VALUE), own(Number.MAX_VALUE)],
    ['−2.500×10⁻³¹⁰', '4.941×10⁻³²⁴', '1.798×10³⁰⁸'],
    'float64, too',
  );
});

test('a number without end is written as one', () => {
  assert.deepEqual([own(Infinity), brief(-Infinity), roughly(Infinity)], ['∞', '−∞', '∞']);
});

test('a small total among large numbers gets decimals, not an exponent', () => {
  assert.deepEqual(digitsFor(1.5e-6, 3), { decimals: 9, exponent: 0 });
  assert.deepEqual(digitsFor(0, 0.02), { decimals: 5, exponent: 0 });
});

test('with decimals that are given a minus is a true one, and zero has none', () => {
  assert.equal(number(-1.0954, 3), '−1.095');
  assert.equal(number(-0.0004, 3), '0.000');
  assert.equal(number(-0, 1), '0.0');
  assert.equal(signed(0.47, 2), '+0.47');
  assert.equal(signed(-0.15, 2), '−0.15');
  assert.equal(number(3.4e38, 2), '3.400×10³⁸', 'never as JavaScript has it');
  assert.equal(less(1539, { decimals: 3, exponent: 0 }), '− 1.539');
  assert.equal(less(-1539, { decimals: 3, exponent: 0 }), '+ 1.539');
});

test('what shared digits would make 0 has one of its own', () => {
  const digits = { decimals: 3, exponent: 0 };
  assert.deepEqual(
    [0, 0.47, -0.00012, 0.0005].map((value) => writtenNear(value, digits)),
    ['0.000', '0.470', '−1×10⁻⁴', '0.001'],
  );
});

test('a difference is told roughly: one digit', () => {
  const texts = [0, 2.3e-7, -0.0031, -3e-8, 0.4, 12].map(roughly);
  assert.deepEqual(texts, ['0', '2×10⁻⁷', '−0.003', '−3×10⁻⁸', '0.4', '1×10¹']);
});

test('settings are as short as they are; a scale has two digits; thousands are parted', () => {
  assert.deepEqual([1.275, -0.1, 28, 1.7159, Math.fround(0.8)].map(short), [
    ...['1.275', '−0.1', '28', '1.7159', '0.8'],
  ]);
  assert.deepEqual(
    [0.5312, 12.4, 0.0034, 0.00000042, 0].map((value) => brief(value)),
    [...['0.53', '12', '0.0034', '4.2×10⁻⁷', '0']],
  );
  assert.deepEqual([0.53, 12.4, 0.0004, 0].map(scaleText), ['±0.53', '±12.4', '±4×10⁻⁴', '±0']);
  assert.deepEqual([48120, 1234567, 999].map(grouped), [
    ...['48\u202f120', '1\u202f234\u202f567', '999'],
  ]);
  assert.deepEqual(
    [0.999, 9.96, 0.0996].map((value) => brief(value)),
    ['1.0', '10', '0.10'],
    'rounded up they have no more digits',
  );
  assert.deepEqual([9.994, 9.996, 99.94, 99.96, 4741].map(about), [
    ...['9.99', '10.0', '99.9', '100', '4\u202f740'],
  ]);
});

test('no end of a legend is 0 that is none, whatever its size', () => {
  assert.deepEqual(ends(-0.0171, 0.0343), { lowText: '−0.017', highText: '0.034', both: '±0.034' });
  assert.deepEqual(ends(-0.0051, 0.0002), {
    lowText: '−0.005',
    highText: '≈\u202f0',
    both: '±0.005',
  });
  assert.deepEqual(ends(0, 4.4e-5), { lowText: '0', highText: '4×10⁻⁵', both: '±4×10⁻⁵' });
  assert.deepEqual(ends(0, 1), { lowText: '0', highText: '1', both: '±1' });
  const all = [...values(2, 80)];
  for (const [i, low] of all.entries()) {
    const [from, to] = [-Math.abs(low), Math.abs(all[(i * 7 + 1) % all.length])];
    const { lowText, highText } = ends(from, to);
    for (const [value, text] of [
      [from, lowText],
      [to, highText],
    ]) {
      if (text === '≈\u202f0') assert.ok(value !== 0 && Math.abs(value) < Math.max(-from, to) / 20);
      else assert.equal(read(text).units === 0n, value === 0, `${text} for ${value}`);
      if (text !== '≈\u202f0') assert.ok(rounds(read(text), exact(value)), `${text} for ${value}`);
    }
  }
});

test('in little room stands as much as fits, and 0 for 0 alone', () => {
  const said = (value, room) => fitting(value, (text) => text.length <= room);
  assert.deepEqual(
    [said(-1.23456, 9), said(-1.23456, 5), said(9.996, 4), said(9.996, 3), said(123456, 3)],
    ['−1.235', '−1.23', '10.0', '10', '1e5'],
  );
  assert.deepEqual(
    [said(-0.0004, 9), said(0.0004, 4), said(0.04, 4), said(0.04, 3), said(-0.04, 3), said(0, 1)],
    ['−4e−4', '4e−4', '0.04', '.04', '≈\u202f0', '0'],
  );
  assert.equal(said(-123456, 3), '');
  for (const value of values(3, 120))
    for (const room of [1, 2, 3, 4, 5, 6, 9]) {
      const text = said(value, room);
      assert.ok(text.length <= room);
      if (text === '' || text === '≈\u202f0') continue;
      assert.ok(rounds(read(text), exact(value)), `${text} for ${value}`);
      assert.equal(read(text).units === 0n, value === 0, `${text} for ${value}`);
    }
});

test('a product is what its factors make as they are shown, and 0 for 0 alone', () => {
  const all = [...values(4, 150)].filter((value) => Math.abs(value) < 1e12);
  for (const [i, input] of all.entries()) {
    const weight = all[(i * 13 + 5) % all.length];
    const texts = productTexts(input, weight);
    const [a, b, made] = [texts.input, texts.weight, texts.product].map((text) => read(text));
    const note = `${texts.input} × ${texts.weight} = ${texts.product}`;
    assert.ok(rounds(made, product(a, b)), note);
    assert.equal(made.units === 0n, input * weight === 0, note);
  }
});

test('two numbers are subtracted as they are shown, and unequal ones never look equal', () => {
  const all = [...values(5, 120)];
  let [near, told] = [0, 0];
  for (const [i, a] of all.entries())
    for (const b of [all[(i * 31 + 7) % all.length], a, neighbour(Math.fround(a)), -a]) {
      if (!Number.isFinite(b)) continue;
      const { first, second, difference } = compared({ value: a }, { value: b });
      const [one, two] = [read(first), read(second)];
      const note = `${second} − ${first} = ${difference}`;
      assert.ok(rounds(one, exact(a)) && rounds(two, exact(b)), note);
      if (difference.startsWith('≈')) {
        assert.ok(figures(minus(two, one)) > 15, note);
        near++;
        continue;
      }
      assert.equal(compare(read(difference), minus(two, one)), 0, note);
      assert.equal(compare(read(difference), NOUGHT) === 0, a === b, note);
      if (a !== b) assert.match(difference, /^[+−]/);
      told++;
    }
  assert.ok(told > 600 && near > 20, `${told} ${near}`);
});

test('the digits of an account stay as they are where they tell the numbers apart', () => {
  const digits = { decimals: 3, exponent: 0 };
  const said = (a, b) => Object.values(compared({ value: a, digits }, { value: b, digits }));
  assert.deepEqual(said(1.0954, 0.5321), ['1.095', '0.532', '−0.563']);
  assert.deepEqual(said(1.0954, 1.0953), ['1.0954', '1.0953', '−0.0001']);
  assert.deepEqual(said(0.5, 0.5), ['0.500', '0.500', '0']);
});

test('what is no number, or without end, has no difference', () => {
  const said = (a, b) => Object.values(compared({ value: a }, { value: b }));
  assert.deepEqual(said(NaN, 0.5), ['–', '0.5000', '–']);
  assert.deepEqual(said(0.5, NaN), ['0.5000', '–', '–']);
  assert.deepEqual(said(-Infinity, 0.5), ['−∞', '0.5000', '–']);
  assert.deepEqual(said(Infinity, Infinity), ['∞', '∞', '–']);
});

/** As Python rounds: the exact binary value, half to even, nine digits, no idle zeros. */
function asPython(value) {
  const { units, place } = exact(Math.abs(value));
  const text = String(units);
  const cut = text.length - 9;
  let [kept, at] = [units, place];
  if (cut > 0) {
    const unit = 10n ** BigInt(cut);
    const [whole, rest] = [units / unit, (units % unit) * 2n];
    kept = rest > unit || (rest === unit && whole % 2n === 1n) ? whole + 1n : whole;
    at = place + cut;
  }
  while (kept !== 0n && kept % 10n === 0n) [kept, at] = [kept / 10n, at + 1];
  return { units: value < 0 ? -kept : kept, place: at };
}

test('what is expected of Python is what it prints', () => {
  // python3 -c 'print(f"{1.251953125:.9g}")', and so on
  for (const [value, text] of [
    [1.251953125, '1.25195312'],
    [1.251953126, '1.25195313'],
    [2.750244140625, '2.75024414'],
    [0.5 + 2 ** -9 + 2 ** -10, '0.502929688'],
    [1.5e-5, '1.5e-05'],
    [-0.0001, '-0.0001'],
    [123456789, '123456789'],
    [1234567890, '1.23456789e+09'],
    [3.4028234663852886e38, '3.40282347e+38'],
    [1.401298464324817e-45, '1.40129846e-45'],
    [1e100, '1e+100'],
    [0, '0'],
    [100, '100'],
    [999999999.5, '1e+09'],
  ])
    assert.equal(python(value), text);
  for (const value of values(6)) {
    const plain = python(value)
      .replace('-', '−')
      .replace(/e([+-])0?(\d+)$/, (_, sign, size) => (sign === '-' ? `e−${size}` : `e${size}`));
    const shown = read(plain);
    assert.equal(compare(shown, asPython(value)), 0, `${python(value)} for ${value}`);
  }
});

test('one language decides about all signs, and everything still adds up', () => {
  writeIn(localeOf('de'));
  try {
    assert.deepEqual(
      [own(-1.0954), grouped(48120), own(1.2344e-9), short(1.275), signed(0.5, 1)],
      ['−1,095', '48.120', '1,234×10⁻⁹', '1,275', '+0,5'],
    );
    assert.deepEqual(
      [percent(0.891), percent(0.9999), percentShort(0.00001, false, () => true)],
      ['89,1\u202f%', '>\u202f99,9\u202f%', '<0,1%'],
    );
    assert.equal(numbers.listed(['0,5', '1,5']), '0,5; 1,5');
    for (const value of values(8, 60)) {
      const { first, second, difference } = compared({ value }, { value: value / 3 });
      for (const text of [own(value), roughly(value), first, second, difference])
        assert.doesNotMatch(text, /\./, text);
      if (difference.startsWith('≈')) continue;
      const [one, two, apart] = [first, second, difference].map((text) => read(text, ','));
      assert.equal(compare(apart, minus(two, one)), 0, `${second} − ${first} = ${difference}`);
    }
    assert.equal(python(1.5), '1.5', 'code keeps the point');
  } finally {
    writeIn(numbers.ENGLISH);
  }
  assert.deepEqual(localeOf('en-GB'), numbers.ENGLISH);
  assert.deepEqual(localeOf(''), numbers.ENGLISH);
  assert.equal(bare(grouped(12345)), '12345');
  assert.equal(unitsOf(-0.0004, { decimals: 3, exponent: 0 }), 0);
});
