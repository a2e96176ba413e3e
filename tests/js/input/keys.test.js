import assert from 'node:assert/strict';
import test from 'node:test';
import { keyName } from '../../../static/js/input/keys.js';

const press = (key, held = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

test('control and command are one key', () => {
  assert.equal(press('z', { ctrlKey: true }), 'ctrl+z');
  assert.equal(press('z', { metaKey: true }), 'ctrl+z');
});

test('shift tells redo from undo, whatever it does to the letter', () => {
  assert.equal(press('Z', { ctrlKey: true, shiftKey: true }), 'ctrl+shift+z');
  assert.equal(press('z', { metaKey: true, shiftKey: true }), 'ctrl+shift+z');
});

test('a character that needs shift is just that character', () => {
  assert.equal(press('?', { shiftKey: true }), '?');
  assert.equal(press('A', { shiftKey: true }), 'a');
});

test('the browser keeps its own combinations', () => {
  assert.notEqual(press('a', { ctrlKey: true }), 'a');
  assert.notEqual(press('d', { altKey: true }), 'd');
});
