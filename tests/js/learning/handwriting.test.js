// Which sign is to be written next, and what a training on one's own drawings is asked to be.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bodiesOf, INITIAL, nextOf } from '../../../static/js/learning/handwriting/state.js';
import { shownOf } from '../../../static/js/learning/handwriting/shelf.js';

const CLASSES = [
  { number: 0, name: '4' },
  { number: 2, name: '★' },
  { number: 5, name: 'ß' },
];

/** @param {[number, 'blue' | 'red'][]} drawn */
function all(drawn) {
  const drawings = drawn.map(([label, writer], i) => ({
    id: `${i}`,
    label,
    writer,
    held_out: false,
  }));
  return /** @type {any} */ ({ classes: CLASSES, drawings });
}

test('the sign that this writer drew least is next, the first of equals; who chooses one gets it', () => {
  const next = (/** @type {Partial<typeof INITIAL>} */ state) =>
    nextOf({ ...INITIAL, ...state })?.name;
  assert.equal(next({}), undefined);
  assert.equal(next({ all: all([]) }), '4');
  assert.equal(
    next({
      all: all([
        [0, 'blue'],
        [2, 'blue'],
      ]),
    }),
    'ß',
  );
  assert.equal(
    next({
      all: all([
        [0, 'red'],
        [2, 'blue'],
        [5, 'blue'],
      ]),
    }),
    '4',
  );
  assert.equal(next({ all: all([]), sent: [{ label: 0, writer: 'blue' }] }), '★');
  assert.equal(next({ all: all([]), wanted: 5 }), 'ß');
  assert.equal(next({ all: all([]), wanted: 9 }), '4', 'one that was deleted is not waited for');
});

test('five signs are gone through in turn', () => {
  /** @type {[number, 'blue'][]} */
  const drawn = [];
  const names = Array.from({ length: 7 }, () => {
    const sign = nextOf({ ...INITIAL, all: all(drawn) });
    drawn.push([sign?.number ?? -1, 'blue']);
    return sign?.name;
  });
  assert.deepEqual(names, ['4', '★', 'ß', '4', '★', 'ß', '4']);
});

test('two trainings differ in augmentation alone', () => {
  const titled = (/** @type {boolean} */ yes) => (yes ? 'with' : 'without');
  const [plain, more, ...none] = bodiesOf(
    { pretrained: true, mnist: 1000, augmented: 'both' },
    titled,
  );
  assert.deepEqual(none, []);
  assert.deepEqual([plain?.title, more?.title], ['without', 'with']);
  assert.deepEqual([plain?.recipe?.augmentation, more?.recipe?.augmentation], [false, true]);
  const [one] = bodiesOf({ pretrained: false, mnist: 0, augmented: 'no' }, titled);
  assert.deepEqual([one?.pretrained, one?.handwriting], ['', { mnist: 0 }]);
});

test('drawings of one class are shown, the newest first', () => {
  const state = {
    all: all([
      [0, 'blue'],
      [2, 'blue'],
      [0, 'red'],
    ]),
    shown: 0,
  };
  assert.deepEqual(
    shownOf(state).map(({ id }) => id),
    ['2', '0'],
  );
});
