// Which images are shown, in which order, and how the address says it: held to plain loops.

import assert from 'node:assert/strict';
import test from 'node:test';

import { filtered, leadOf, listed, missedOf, rowOf } from '../../../static/js/mistakes/list.js';
import { verdictOf } from '../../../static/js/mistakes/question.js';
import {
  fromSearch,
  INITIAL,
  SHOWN,
  SORTS,
  toHref,
  USUAL,
} from '../../../static/js/mistakes/state.js';
import '../english.js';

const CLASSES = 4;

/** Numbers that look random, with equal ones among them. @param {number} images */
function rowsOf(images) {
  let seed = 7;
  const next = (most) => (seed = (seed * 48271) % 2147483647) % most;
  const truth = Array.from({ length: images }, () => next(CLASSES));
  const shares = truth.flatMap(() => {
    const parts = Array.from({ length: CLASSES }, () => 1 + next(9));
    const all = parts.reduce((a, b) => a + b);
    return parts.map((part) => part / all);
  });
  const of = (i) => shares.slice(i * CLASSES, (i + 1) * CLASSES);
  const said = truth.map((_, i) => of(i).indexOf(Math.max(...of(i))));
  const confusion = Array.from({ length: CLASSES }, () => Array(CLASSES).fill(0));
  truth.forEach((is, i) => confusion[is][said[i]]++);
  const losses = Float64Array.from(truth, (is, i) => -Math.log(of(i)[is]));
  const energies = Float64Array.from(truth, () => next(12));
  return { images, truth, said, second: said, shares, confusion, losses, energies, threshold: 5 };
}

const ROWS = rowsOf(400);
const ANY = [null, ...Array.from({ length: CLASSES }, (_, k) => k)];

test('every filter leaves what a plain loop leaves, and every order is that of a plain sort', () => {
  const plain = {
    misread: (i) => ROWS.truth[i] !== ROWS.said[i],
    unsure: (i) => ROWS.energies[i] < 5,
    all: () => true,
  };
  const lead = (i) => {
    const row = ROWS.shares.slice(i * CLASSES, (i + 1) * CLASSES).sort((a, b) => a - b);
    return row.at(-1) - row.at(-2);
  };
  const before = {
    loss: (a, b) => ROWS.losses[a] > ROWS.losses[b],
    doubt: (a, b) => ROWS.energies[a] < ROWS.energies[b],
    close: (a, b) => lead(a) < lead(b),
    place: (a, b) => a < b,
  };
  for (const show of SHOWN)
    for (const truth of ANY)
      for (const said of ANY) {
        const wanted = { show, truth, said };
        const expected = [];
        for (let i = 0; i < ROWS.images; i++) {
          if (truth !== null && ROWS.truth[i] !== truth) continue;
          if (said !== null && ROWS.said[i] !== said) continue;
          if (plain[show](i)) expected.push(i);
        }
        assert.deepEqual(filtered(ROWS, wanted), expected);
        for (const sort of SORTS) {
          const found = listed(ROWS, { ...wanted, sort, image: null });
          assert.deepEqual(
            [...found].sort((a, b) => a - b),
            expected,
          );
          found.slice(1).forEach((i, k) => {
            const earlier = found[k];
            assert.ok(!before[sort](i, earlier), `${sort}: ${i} stands after ${earlier}`);
            if (!before[sort](earlier, i)) assert.ok(earlier < i, 'equal ones keep their order');
          });
        }
      }
});

test('a count of the matrix is the length of the list that it opens', () => {
  ROWS.confusion.forEach((row, truth) =>
    row.forEach((count, said) => {
      assert.equal(filtered(ROWS, { show: 'all', truth, said }).length, count);
      const wrong = filtered(ROWS, { show: 'misread', truth, said }).length;
      assert.equal(wrong, truth === said ? 0 : count);
    }),
  );
  const missed = ANY.slice(1).map((truth) =>
    filtered(ROWS, { show: 'misread', truth, said: null }),
  );
  assert.deepEqual(
    missedOf(ROWS.confusion),
    missed.map(({ length }) => length),
  );
});

test('what is no number any more comes first, and lacks nothing else', () => {
  const broken = { ...ROWS, losses: Float64Array.from(ROWS.losses), energies: ROWS.energies };
  broken.losses[17] = NaN;
  broken.losses[5] = Infinity;
  const found = listed(broken, { ...USUAL, show: 'all' });
  assert.deepEqual(found.slice(0, 2), [5, 17]);
  assert.equal(new Set(found).size, ROWS.images);
  assert.deepEqual(filtered({ ...ROWS, threshold: null }, { ...USUAL, show: 'unsure' }), []);
});

test('a row is what the columns say of an image', () => {
  const { shares, ...row } = rowOf(ROWS, 9);
  assert.deepEqual(row, {
    ...{ truth: ROWS.truth[9], said: ROWS.said[9], second: ROWS.second[9] },
    ...{ loss: ROWS.losses[9], energy: ROWS.energies[9] },
  });
  const [first, second] = [...shares].sort((a, b) => b - a);
  assert.equal(leadOf(ROWS, 9), first - second);
});

test('the address says what was chosen, and nothing that is as at first', () => {
  const href = 'http://here/mistakes?model=mlp&other=1#gallery';
  assert.equal(toHref(href, INITIAL), href);
  const wanted = { show: 'all', truth: 0, said: 3, sort: 'doubt', image: 0 };
  const said = toHref(href, { ...INITIAL, ...wanted });
  assert.deepEqual(fromSearch(new URL(said).search, CLASSES), wanted);
  assert.equal(toHref(said, INITIAL), href);
  const wrong = '?show=none&truth=4&said=-1&sort=x&image=1e3';
  assert.deepEqual(fromSearch(wrong, CLASSES), { ...USUAL });
});

test('a guess is held against the counts, and equal ones are all right', () => {
  const classes = ['a', 'b', 'c'];
  assert.match(verdictOf([2, 1, 2], 2, classes), /^Right: 2 images of class c/);
  assert.match(verdictOf([2, 1, 2], 1, classes), /^1 image of class b .* 2 of class a/);
});
