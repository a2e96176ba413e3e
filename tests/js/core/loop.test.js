import assert from 'node:assert/strict';
import test from 'node:test';
import { createLoop } from '../../../static/js/core/loop.js';

/** A clock that ticks when told to. */
function handClock() {
  const frames = [];
  const tasks = [];
  return {
    frames,
    tasks,
    now: () => 0,
    tick: (frame) => frames.push(frame),
    after: (task) => tasks.push(task),
  };
}

test('asks for no frame until it is woken', () => {
  const clock = handClock();
  const loop = createLoop(() => false, undefined, clock);
  assert.equal(clock.frames.length, 0);
  assert.equal(loop.awake(), false);
});

test('many wakes before a frame make one frame', () => {
  const clock = handClock();
  let drawn = 0;
  const loop = createLoop(() => Boolean(drawn++) && false, undefined, clock);
  loop.wake();
  loop.wake();
  assert.equal(clock.frames.length, 1);
  clock.frames.shift()(16);
  assert.equal(drawn, 1);
  assert.equal(clock.frames.length, 0);
});

test('a frame that wants another gets it, then the loop sleeps', () => {
  const clock = handClock();
  let left = 2;
  const loop = createLoop(() => --left > 0, undefined, clock);
  loop.wake();
  clock.frames.shift()(16);
  assert.equal(loop.awake(), true);
  clock.frames.shift()(32);
  assert.equal(loop.awake(), false);
});

test('a wake inside a frame asks for the next one', () => {
  const clock = handClock();
  let drawn = 0;
  const loop = createLoop(
    () => {
      if (drawn++ === 0) loop.wake();
      return false;
    },
    undefined,
    clock,
  );
  loop.wake();
  clock.frames.shift()(16);
  assert.equal(clock.frames.length, 1);
});

test('what follows the paint is told after every frame, not in it', () => {
  const clock = handClock();
  const order = [];
  const loop = createLoop(
    () => {
      order.push('frame');
      return false;
    },
    () => order.push('painted'),
    clock,
  );
  loop.wake();
  clock.frames.shift()(16);
  assert.deepEqual(order, ['frame']);
  clock.tasks.shift()();
  assert.deepEqual(order, ['frame', 'painted']);
});
