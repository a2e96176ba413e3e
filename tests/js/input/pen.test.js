import assert from 'node:assert/strict';
import test from 'node:test';
import { createPen } from '../../../static/js/input/pen.js';

function padOf() {
  const pad = new EventTarget();
  const done = [];
  createPen(pad, {
    place: ([x, y], down) => done.push(['place', x, y, down]),
    begin: ([x, y]) => done.push(['begin', x, y]),
    extend: ([x, y]) => done.push(['extend', x, y]),
    leave: () => done.push(['leave']),
  });
  const send = (type, key, more = {}) => {
    const event = Object.assign(new Event(type, { cancelable: true }), { key, ...more });
    pad.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return {
    send,
    drawn: () => done.filter(([what]) => what === 'begin' || what === 'extend'),
    done,
  };
}

test('arrow keys draw only while the pen is down', () => {
  const { send, drawn, done } = padOf();
  send('keydown', 'ArrowDown');
  assert.deepEqual(drawn(), []);
  assert.deepEqual(done.at(-1), ['place', 0.5, 0.24, false]);
  send('keyup', 'ArrowDown');
  send('keydown', ' ');
  send('keydown', 'ArrowRight', { shiftKey: true });
  send('keydown', ' ');
  send('keydown', 'ArrowRight');
  assert.deepEqual(drawn(), [
    ['begin', 0.5, 0.24],
    ['extend', 0.51, 0.24],
  ]);
});

test('two arrow keys held move along the diagonal, and the pen stays on the pad', () => {
  const { send, done } = padOf();
  send('keydown', 'ArrowUp');
  send('keydown', 'ArrowLeft');
  assert.deepEqual(done.at(-1), ['place', 0.46, 0.12, false]);
  for (let i = 0; i < 40; i++) send('keydown', 'ArrowLeft');
  assert.deepEqual(done.at(-1), ['place', 0, 0, false]);
});

test('Escape lifts a pen that is down, and else belongs to the page', () => {
  const { send } = padOf();
  assert.equal(send('keydown', 'Escape'), false);
  send('keydown', ' ');
  assert.equal(send('keydown', 'Escape'), true);
  assert.equal(send('keydown', 'Escape'), false);
  assert.equal(send('keydown', 'ArrowUp', { ctrlKey: true }), false);
});

test('the pen is lifted when the pad loses the focus', () => {
  const { send, drawn, done } = padOf();
  send('keydown', ' ');
  send('blur');
  assert.deepEqual(done.at(-1), ['leave']);
  send('keydown', 'ArrowRight');
  assert.equal(drawn().length, 1);
});
