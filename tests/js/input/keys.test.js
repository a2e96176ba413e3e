import assert from 'node:assert/strict';
import test from 'node:test';
import { keyName, listenToKeys } from '../../../static/js/input/keys.js';

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

/** Fields as a browser has them, as far as keys ask. */
class Field {
  isContentEditable = false;
  constructor(name) {
    this.name = name;
  }
  closest = () => null;
  matches = (selector) =>
    selector.split(/,\s*(?![^(]*\))/).some((one) => one.startsWith(this.name));
}

test('fields that are typed in or chosen from keep their keys, buttons do not', (t) => {
  globalThis.HTMLElement = Field;
  t.after(() => delete globalThis.HTMLElement);
  let heard = () => {};
  const [acted, prevented] = [[], []];
  const document = { addEventListener: (_, listener) => (heard = listener) };
  const keys = Object.fromEntries(['m', 'w', 'escape'].map((key) => [key, () => acted.push(key)]));
  listenToKeys(document, keys, () => true);
  for (const name of ['select', 'textarea', 'input', 'button']) {
    const target = new Field(name);
    heard({ key: 'm', target, preventDefault: () => prevented.push(name) });
  }
  assert.deepEqual([acted, prevented], [['m'], ['button']]);
  for (const key of ['w', 'Escape', 'ArrowDown', '3'])
    heard({ key, target: new Field('select'), preventDefault: () => {} });
  assert.deepEqual(acted, ['m', 'w', 'escape'], 'a list says what it is, and is left');
});
