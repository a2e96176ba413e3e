import assert from 'node:assert/strict';
import test from 'node:test';
import { createTiming } from '../../../static/js/core/timing.js';

/** A stand-in for performance that keeps what it is told. */
function handClock() {
  const measures = [];
  return {
    measures,
    time: 0,
    now() {
      return this.time;
    },
    measure: (name, { start, end }) => measures.push([name, end - start]),
    clearMeasures: () => measures.splice(0),
  };
}

test('measures from the event to the task after the frame that painted it', () => {
  const clock = handClock();
  const timing = createTiming(clock);
  timing.begin('stroke', 100);
  timing.paints();
  clock.time = 130;
  timing.painted();
  timing.painted();
  assert.deepEqual(clock.measures, [['convlens:stroke-to-paint', 30]]);
});

test('measures from a question to its answer', () => {
  const clock = handClock();
  const timing = createTiming(clock);
  clock.time = 12;
  timing.answered(5);
  assert.deepEqual(clock.measures, [['convlens:question-to-answer', 7]]);
});

test('of two inputs in one frame the newest counts; a frame without input measures nothing', () => {
  const clock = handClock();
  const timing = createTiming(clock);
  timing.begin('hover', 100);
  timing.begin('hover', 110);
  timing.paints();
  clock.time = 120;
  timing.painted();
  timing.paints();
  timing.painted();
  assert.deepEqual(clock.measures, [['convlens:hover-to-paint', 10]]);
});

test('old measures go, so that an open page does not grow', () => {
  const clock = handClock();
  const timing = createTiming(clock);
  for (let i = 0; i < 5000; i++) {
    timing.begin('stroke', 0);
    timing.paints();
    timing.painted();
  }
  assert.ok(clock.measures.length <= 2000);
  assert.ok(clock.measures.length > 0);
});
