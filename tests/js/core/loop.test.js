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
  const loop = createLoop(clock);
  assert.equal(clock.frames.length, 0);
  assert.equal(loop.awake(), false);
});

test('many wakes before a frame make one frame', () => {
  const clock = handClock();
  let drawn = 0;
  const loop = createLoop(clock);
  loop.add('picture', () => Boolean(drawn++) && false);
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
  const loop = createLoop(clock);
  loop.add('picture', () => --left > 0);
  loop.wake();
  clock.frames.shift()(16);
  assert.equal(loop.awake(), true);
  clock.frames.shift()(32);
  assert.equal(loop.awake(), false);
});

test('a wake inside a frame asks for the next one', () => {
  const clock = handClock();
  let drawn = 0;
  const loop = createLoop(clock);
  loop.add('picture', () => {
    if (drawn++ === 0) loop.wake();
    return false;
  });
  loop.wake();
  clock.frames.shift()(16);
  assert.equal(clock.frames.length, 1);
});

test('who is told of every frame comes before, as and after the picture, and once it is painted', () => {
  const clock = handClock();
  const order = [];
  const loop = createLoop(clock);
  for (const turn of ['painted', 'after', 'picture', 'before'])
    loop.add(turn, () => void order.push(turn));
  loop.wake();
  clock.frames.shift()(16);
  assert.deepEqual(order, ['before', 'picture', 'after']);
  clock.tasks.shift()();
  assert.deepEqual(order, ['before', 'picture', 'after', 'painted']);
});

test('who goes has no turn any more', () => {
  const clock = handClock();
  const loop = createLoop(clock);
  let drawn = 0;
  const leave = loop.add('picture', () => Boolean(++drawn));
  leave();
  loop.wake();
  clock.frames.shift()(16);
  assert.deepEqual([drawn, clock.frames.length], [0, 0]);
});

test('who waits for a frame waits until it is painted, and for one that is ready', async () => {
  const clock = handClock();
  const loop = createLoop(clock);
  let ready = false;
  const order = [];
  void loop.painted().then(() => order.push('next'));
  void loop.painted(() => ready).then(() => order.push('ready'));
  const frame = async (between = () => {}) => {
    clock.frames.shift()(16);
    between();
    clock.tasks.shift()();
    await Promise.resolve();
  };
  await frame(() => (ready = true)); // too late for this one
  assert.deepEqual(order, ['next']);
  loop.wake();
  await frame();
  assert.deepEqual(order, ['next', 'ready']);
});
