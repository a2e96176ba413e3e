import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createStore } from '../../../static/js/core/store.js';
import { latest, openAsking } from '../../../static/js/mistakes/map/asking.js';
import { dress } from '../../../static/js/mistakes/map/dress.js';
import {
  fitOf,
  FURTHEST,
  nearestOf,
  nextOf,
  toPx,
  WHOLE,
  within,
  zoomed,
} from '../../../static/js/mistakes/map/plane.js';

const PLACES = [-3, 0, 5, 1, 0, -1, 2, 2];
const SIZE = { width: 400, height: 300 };

test('all points lie within the sheet, at one scale, up being up', () => {
  const fit = fitOf(PLACES, SIZE);
  const spots = [0, 1, 2, 3].map((i) => toPx(fit, WHOLE, [PLACES[2 * i], PLACES[2 * i + 1]]));
  for (const [x, y] of spots) assert.ok(x >= 0 && x <= 400 && y >= 0 && y <= 300);
  assert.ok(spots[3][1] < spots[2][1]);
  const [across, up] = [spots[1][0] - spots[0][0], spots[2][1] - spots[3][1]];
  assert.ok(Math.abs(across / 8 - up / 3) < 1e-9);
});

test('points that all lie on each other are laid out, too', () => {
  const fit = fitOf([0, 0, 0, 0], SIZE);
  assert.deepEqual(toPx(fit, WHOLE, [0, 0]), [200, 150]);
});

test('zooming keeps what it is about in its place and never shows what lies beyond', () => {
  const fit = fitOf(PLACES, SIZE);
  const before = toPx(fit, WHOLE, [2, 2]);
  const near = zoomed(WHOLE, 4, before, SIZE);
  const after = toPx(fit, near, [2, 2]);
  assert.ok(Math.hypot(after[0] - before[0], after[1] - before[1]) < 1e-9);
  assert.deepEqual(zoomed(near, 1 / 9, [10, 10], SIZE), WHOLE);
  assert.equal(zoomed(near, 1e9, [10, 10], SIZE).zoom, FURTHEST);
  assert.deepEqual(within({ zoom: 2, x: 50, y: -900 }, SIZE), { zoom: 2, x: 0, y: -300 });
});

test('pointing takes the nearest within reach, the first of equal ones', () => {
  const spots = [
    [0, 0],
    [10, 0],
    [10, 0],
  ];
  assert.equal(nearestOf(spots, [9, 1], 5), 1);
  assert.equal(nearestOf(spots, [50, 50], 5), null);
});

test('an arrow leads to the nearest one that way, and stays where there is none', () => {
  const spots = [
    [0, 0],
    [10, 2],
    [4, 30],
    [-5, 1],
  ];
  assert.equal(nextOf(spots, 0, [1, 0]), 1);
  assert.equal(nextOf(spots, 0, [0, 1]), 2);
  assert.equal(nextOf(spots, 0, [-1, 0]), 3);
  assert.equal(nextOf(spots, 0, [0, -1]), 0);
});

test('letters say the class, dots what does not stand out, and letters lie above dots', () => {
  const readings = { images: 4, truth: [0, 1, 1, 0], said: [0, 1, 0, 0] };
  const theme = { classes: ['a', 'b'], tokens: { ink3: 'c', line2: 'd', neg: 'e', ink: 'f' } };
  const names = ['zero', 'one'];
  const all = dress({ colouring: 'truth', only: null }, readings, names, theme);
  assert.deepEqual(
    all.looks.map(({ letter, colour }) => letter + colour),
    ['za', 'ob', 'ob', 'za'],
  );
  const wrong = dress({ colouring: 'misread', only: null }, readings, names, theme);
  assert.deepEqual(
    wrong.looks.map(({ letter, colour }) => letter + colour),
    ['c', 'c', 'oe', 'c'],
  );
  assert.deepEqual(wrong.order, [0, 1, 3, 2]);
  const one = dress({ colouring: 'truth', only: 0 }, readings, names, theme);
  assert.deepEqual(one.order, [1, 2, 0, 3]);
});

test('of questions that wait the latest is asked, and an answer that came late is dropped', async () => {
  let [asked, kept] = [0, 0];
  const ask = latest(async (stays) => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (stays()) kept += 1;
  }, assert.ifError);
  await Promise.all([ask(), ask(), ask()]);
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual([asked, kept], [2, 1]);
});

test('what the server did not answer is asked again when it is back, and nothing else', async (t) => {
  const rest = () => new Promise((resolve) => setTimeout(resolve, 5));
  const asked = [];
  let losses = 0;
  t.mock.method(globalThis, 'fetch', async (url) => {
    asked.push(String(url));
    throw new TypeError('nobody answers');
  });
  const store = createStore({ layer: 'pool2', map: null, drawing: null, refused: '' });
  const shared = { model: { id: 'lenet' }, of: {}, lost: () => losses++ };
  const { lay, back } = openAsking(shared, store);
  back();
  await rest();
  assert.equal(asked.length, 0);
  for (const act of [lay, back]) {
    act();
    await rest();
  }
  assert.deepEqual([asked.length, losses, new Set(asked).size], [2, 2, 1]);
});
