// What the page of questions knows goes into its link and comes back; what does not fit is left out.

import assert from 'node:assert/strict';
import test from 'node:test';
import { EMPTY } from '../../../static/js/input/strokes.js';
import * as state from '../../../static/js/quiz/state.js';

const { begun, fromLink, INITIAL, SEEDS, tally, toLink, USUAL } = state;
const OWN = { ...EMPTY, strokes: [{ points: [[0.5, 0.25]], width: 0.125, erase: false }] };

test('a link says what is not as at first, and reads back as the same', () => {
  assert.equal(toLink(INITIAL), 'v=1');
  for (const patch of [
    { wanted: { ...USUAL, level: 3, seed: SEEDS - 1, count: 50, kinds: ['size', 'relu'] } },
    { at: 4 },
    { digit: 0 },
    { own: OWN, digit: null },
    { own: OWN, digit: 8 },
  ]) {
    const state = { ...INITIAL, ...patch };
    const read = { ...INITIAL, ...fromLink(toLink(state)) };
    assert.equal(toLink(read), toLink(state));
    assert.deepEqual([read.wanted, read.at, read.digit], [state.wanted, state.at, state.digit]);
    assert.deepEqual(read.own?.strokes, state.own?.strokes);
  }
});

test('what does not fit a link is as at first', () => {
  const odd = 'v=1&level=4&seed=-1&count=51&at=0&digit=10&drawing=nothing&kinds=..SIZE.1';
  assert.equal(toLink({ ...INITIAL, ...fromLink(odd) }), 'v=1');
  assert.equal(toLink({ ...INITIAL, ...fromLink('drawing='.padEnd(300_000, 'x')) }), 'v=1');
});

test('of questions that have just come none is answered', () => {
  const given = { 0: { option: { right: true }, typed: '', looked: false } };
  const quiz = { items: [{}, {}] };
  const state = { ...INITIAL, given, hands: { 0: { 1: 1 } }, ...begun(quiz, 5) };
  assert.deepEqual([state.quiz, state.at, state.given, state.hands], [quiz, 1, {}, {}]);
});

test('what was only looked at does not count', () => {
  const given = {
    0: { option: { right: true }, typed: '', looked: false },
    1: { option: { right: false }, typed: '', looked: false },
    2: { option: null, typed: '7', looked: false },
    3: { option: null, typed: '', looked: true },
  };
  assert.deepEqual(tally({ given }), { right: 1, answered: 3 });
});
