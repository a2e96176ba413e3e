import assert from 'node:assert/strict';
import test from 'node:test';
import { createHistory } from '../../../static/js/core/history.js';

test('undo and redo walk the same way back and forth', () => {
  const history = createHistory();
  history.remember('a');
  history.remember('b');
  assert.equal(history.undo('c'), 'b');
  assert.equal(history.undo('b'), 'a');
  assert.equal(history.undo('a'), null);
  assert.equal(history.redo('a'), 'b');
  assert.equal(history.redo('b'), 'c');
  assert.equal(history.redo('c'), null);
});

test('a new change forgets what was taken back', () => {
  const history = createHistory();
  history.remember('a');
  history.undo('b');
  assert.equal(history.canRedo(), true);
  history.remember('a');
  assert.equal(history.canRedo(), false);
});

test('only so many steps are kept', () => {
  const history = createHistory(2);
  for (const document of ['a', 'b', 'c']) history.remember(document);
  assert.equal(history.undo('d'), 'c');
  assert.equal(history.undo('c'), 'b');
  assert.equal(history.canUndo(), false);
});

test('a withdrawn change leaves no way forward to it', () => {
  const history = createHistory();
  history.remember('a');
  assert.equal(history.withdraw(), 'a');
  assert.equal(history.canRedo(), false);
  assert.equal(history.canUndo(), false);
});
