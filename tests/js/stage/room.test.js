import assert from 'node:assert/strict';
import test from 'node:test';
import { createRoom } from '../../../static/js/stage/stage.js';

const box = (height, width = 390) => ({
  width,
  height,
  deviceWidth: width * 2,
  deviceHeight: height * 2,
  dpr: 2,
});

test('on a phone the picture keeps its size while a sheet takes room', () => {
  const room = createRoom(() => 844);
  assert.equal(room.fitted(box(667), true).deviceHeight, 1334);
  assert.equal(room.fitted(box(400), true).deviceHeight, 1334);
});

test('a turned phone begins anew', () => {
  let height = 844;
  const room = createRoom(() => height);
  room.fitted(box(667), true);
  height = 390;
  assert.equal(room.fitted(box(213, 844), true).deviceHeight, 426);
  height = 300;
  assert.equal(room.fitted(box(180, 844), true).deviceHeight, 360, 'a lower window, as wide');
});

test('elsewhere the picture takes what there is', () => {
  const room = createRoom(() => 900);
  room.fitted(box(788), false);
  assert.equal(room.fitted(box(540), false).deviceHeight, 1080);
});
