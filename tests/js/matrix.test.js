import assert from 'node:assert/strict';
import test from 'node:test';
import * as matrices from '../../static/js/geometry/matrix.js';
import { numberTyped, rowsTyped } from '../../static/js/text/typed.js';
import { fromLink, toLink } from '../../static/js/bench/link.js';
import { sampleDigit } from '../../static/js/bench/picture.js';
import { SECTIONS } from '../../static/js/bench/sections.js';

const { matrixOf, pasted, resized, rowsOf, sameMatrix, turnedRound, withValue } = matrices;
const square = matrixOf([
  [1, 2],
  [3, 4],
]);

test('a matrix with another number, size or block is another matrix', () => {
  assert.deepEqual(rowsOf(withValue(square, 1, 0, 9)), [
    [1, 2],
    [9, 4],
  ]);
  assert.deepEqual(rowsOf(resized(square, 1, 3)), [[1, 2, 0]]);
  assert.deepEqual(rowsOf(pasted(square, 0, 1, [[7, 8], [9]])), [
    [1, 7],
    [3, 9],
  ]);
  assert.deepEqual(square.values, [1, 2, 3, 4], 'it stays as it was');
});

test('turned through 180° twice it is the same again', () => {
  assert.deepEqual(rowsOf(turnedRound(square)), [
    [4, 3],
    [2, 1],
  ]);
  assert.ok(sameMatrix(square, turnedRound(turnedRound(square))));
  assert.ok(!sameMatrix(square, turnedRound(square)));
  assert.ok(!sameMatrix(matrixOf([[1, 2, 3, 4]]), square));
});

test('a number is read as people of any country write it, and what is none is none', () => {
  const read = ['1', ' \u22120.5 ', '0,25', '.5', '1/4', '-1/2', '1e2', '+3'].map(numberTyped);
  assert.deepEqual(read, [1, -0.5, 0.25, 0.5, 0.25, -0.5, 100, 3]);
  for (const text of ['', '-', 'x', '1/0', '1/2/3', '1.2.3', 'NaN', 'Infinity', '1e9', '0x10'])
    assert.equal(numberTyped(text), null, text);
});

test('rows are read from what spreadsheets, NumPy and the essay write', () => {
  const wanted = [
    [1, 0],
    [-1, 0.5],
  ];
  for (const text of ['1\t0\n-1\t0.5', '[[1, 0],\n [-1, 0.5]]', '1 0\r\n-1 0,5\r\n', '1;0\n-1;0.5'])
    assert.deepEqual(rowsTyped(text), wanted, text);
  for (const text of ['', '1 2\n3', 'a b', '1 2 x']) assert.equal(rowsTyped(text), null, text);
});

/** A section's state as its link says it. */
function linked(section, given, pinned = null) {
  const link = toLink(section.name, [[section, { given, pinned }]], 'sFg');
  return { link, read: fromLink(link) };
}

/** What may be given to fields of each type, of which each field takes some. */
const MORE = {
  number: [2.5, 2, 3, 120, 0.5],
  boolean: [true],
  string: [
    'same',
    'one',
    'all',
    'tanh',
    'add',
    'both',
    'few',
    'signed',
    'level',
    'most',
    'edges',
    'more',
    'white',
    'zeros',
    'alike',
  ],
};

/** Something else than a field holds at first. */
function otherThan({ first, write, read }) {
  if (Array.isArray(first)) return read(write(['average', 'l2']));
  if (typeof first === 'object' && 'from' in first) return sampleDigit(7);
  if (typeof first === 'object' && 'layers' in first)
    return { ...first, layers: first.layers.slice(0, -1) };
  if (typeof first === 'object')
    return resized(withValue(first, 0, 0, -0.125), first.rows, first.columns + 1);
  const takes = (value) => {
    try {
      return value !== first && read(write(value)) === value;
    } catch {
      return false;
    }
  };
  const other = MORE[typeof first].find(takes);
  assert.notEqual(other, undefined, 'some value that the field takes');
  return other;
}

test('what is given to any section stands in a link, and comes back', () => {
  for (const section of SECTIONS) {
    const first = fromLink('').of(section);
    assert.equal(toLink(section.name, [[section, first]], ''), section.name, 'an anchor');
    for (const [key, field] of Object.entries(section.fields)) {
      const other = otherThan(field);
      const pinned = { ...section.begins, row: 1 };
      const { link, read } = linked(section, { ...first.given, [key]: other }, pinned);
      assert.ok(link.startsWith(`${section.name}&v=1&`), link);
      const given = { ...first.given, [key]: other };
      assert.deepEqual(read.of(section), { given, pinned, play: null }, link);
      assert.equal(read.at, section.name);
      assert.equal(read.drawing, 'sFg');
      assert.equal(read.said(), '');
    }
  }
});

test('links of earlier pages still open', () => {
  const convolution = SECTIONS.find(({ name }) => name === 'convolution');
  const link =
    'convolution&v=1&convolution.kernel=-1+0+1%2F-2+0+2%2F-1+0+1&convolution.bias=-3&convolution.turned=on&convolution.cell=conv.0.1.2';
  const { given, pinned } = fromLink(link).of(convolution);
  assert.deepEqual(given.kernel.values, [-1, 0, 1, -2, 0, 2, -1, 0, 1]);
  assert.equal(given.bias, -3);
  assert.equal(given.turned, true);
  assert.deepEqual(pinned, { layer: 'conv', channel: 0, row: 1, column: 2 });

  const { play } = fromLink(`${link}&convolution.play=4`).of(convolution);
  assert.deepEqual(play, { running: false, pace: 4 });
  const again = toLink('convolution', [[convolution, { given, pinned, play }]], '');
  assert.deepEqual(fromLink(again).of(convolution), { given, pinned, play });
  const wrong = fromLink(`${link}&convolution.play=5`);
  assert.equal(wrong.of(convolution).play, null);
  assert.notEqual(wrong.said(), '');
});

test('what does not fit a link is left out with a sentence', () => {
  const convolution = SECTIONS.find(({ name }) => name === 'convolution');
  for (const part of [
    'image=1+2%2F3',
    'bias=x',
    'turned=maybe',
    'cell=conv.x',
    'kernel=1+'.padEnd(60, '1+'),
  ]) {
    const read = fromLink(`convolution&v=1&convolution.${part}`);
    assert.deepEqual(read.of(convolution), fromLink('').of(convolution), part);
    assert.notEqual(read.said(), '', part);
  }
});
