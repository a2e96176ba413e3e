// A field for a number: what stands in it once a key has changed the number.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createNumber } from '../../../static/js/ui/hands.js';
import '../english.js';

/** An element as a browser has it, as far as a field asks. */
class Element extends EventTarget {
  children = [];
  value = '';
  ariaInvalid = null;
  textContent = '';
  setAttribute() {}
  append = (...children) => this.children.push(...children);
}

/** A field for 0 to 9 that shows what it is told, and hands on it. */
function opened(t) {
  Object.assign(globalThis, { document: { createElement: () => new Element() }, Text: class {} });
  t.after(() => ['document', 'Text'].forEach((name) => delete globalThis[name]));
  const changes = [];
  const number = createNumber({
    ...{ name: 'side', least: 0, most: 9 },
    change(value) {
      changes.push(value);
      number.show(value);
    },
  });
  number.show(4);
  const [, field, wrong] = number.element.children;
  return {
    ...{ field, wrong, changes },
    press: (key) => field.dispatchEvent(Object.assign(new Event('keydown'), { key })),
    type(text) {
      field.value = text;
      field.dispatchEvent(new Event('input'));
    },
  };
}

test('a key that changes the number writes it over a text that is none', (t) => {
  const { field, wrong, changes, press, type } = opened(t);
  type('4x');
  assert.deepEqual([field.ariaInvalid, changes], ['true', []]);
  assert.notEqual(wrong.textContent, '');
  press('ArrowUp');
  assert.deepEqual([field.value, field.ariaInvalid, wrong.textContent], ['5', null, '']);
  press('PageUp');
  assert.deepEqual([field.value, changes], ['9', [5, 9]]);
});

test('a key that changes nothing still leaves a number', (t) => {
  const { field, press, type } = opened(t);
  type('9');
  type('99');
  press('ArrowUp');
  assert.deepEqual([field.value, field.ariaInvalid], ['9', null]);
});
