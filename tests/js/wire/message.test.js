import assert from 'node:assert/strict';
import test from 'node:test';
import { createEditor } from '../../../static/js/input/editor.js';
import { changes, messageOf } from '../../../static/js/wire/message.js';
import { generator } from '../generate.js';

const stroke = (...points) => ({ points, width: 0.07, erase: false });

/** What the other end makes of the strokes that it has, as app/kept.py does. */
function follow(kept, { keep = 0, more = [], strokes = [] }) {
  const stay = kept.slice(0, keep);
  assert.equal(stay.length, keep, 'it is told to keep what it does not have');
  const last = stay.at(-1);
  if (more.length > 0) stay[keep - 1] = { ...last, points: [...last.points, ...more] };
  return [...stay, ...strokes];
}

test('what is new is told, and what is gone: a stroke that goes on, another one, undone, cleared', () => {
  const [a, b, c] = [
    [0.1, 0.1],
    [0.2, 0.2],
    [0.3, 0.3],
  ];
  const [one, other] = [stroke(a), stroke(c)];
  const grown = { ...one, points: [a, b, c] };
  assert.deepEqual(changes([], [one]), { keep: 0, strokes: [one] });
  assert.deepEqual(changes([one], [grown]), { keep: 1, more: [b, c], strokes: [] });
  assert.deepEqual(changes([one], [grown, other]), { keep: 1, more: [b, c], strokes: [other] });
  assert.deepEqual(changes([grown, other], [grown]), { keep: 1, strokes: [] });
  assert.deepEqual(changes([grown, other], [one]), { keep: 0, strokes: [one] });
  assert.deepEqual(changes([grown], [grown]), { keep: 1, strokes: [] });
});

test('a stroke that only looks like the one that went on is told whole', () => {
  const [a, b] = [
    [0.1, 0.1],
    [0.2, 0.2],
  ];
  for (const other of [
    { ...stroke(a, b), width: 0.08 },
    { ...stroke(a, b), erase: true },
    stroke([0.1, 0.1], b),
  ])
    assert.deepEqual(changes([stroke(a)], [other]), { keep: 0, strokes: [other] });
});

test('whatever is done on a pad, the other end has it afterwards, point by point', () => {
  let sent = 0;
  for (let seed = 1; seed <= 50; seed++) {
    const any = generator(seed);
    const chance = () => any(1000) / 1000;
    let drawing = { strokes: [] };
    const editor = createEditor((next) => (drawing = next));
    let [told, kept] = [[], []];
    const points = () => Array.from({ length: 1 + any(4) }, () => [chance(), chance()]);
    const acts = [
      () => editor.begin({ ...stroke(...points().slice(0, 1)), width: 0.05 + chance() / 10 }, 0),
      () => editor.begin({ ...stroke([chance(), chance()]), erase: true }, 0),
      ...Array.from({ length: 6 }, () => () => editor.extend(points(), 0)),
      editor.undo,
      editor.redo,
      editor.takeBack,
      () => chance() < 0.3 && editor.clear(),
      () => chance() < 0.3 && editor.setStrokes([stroke(...points())]),
    ];
    for (let step = 0; step < 60; step++) {
      acts[any(acts.length)]();
      if (chance() < 0.4) continue; // one that another overtook
      const message = JSON.parse(JSON.stringify(changes(told, drawing.strokes)));
      sent += (message.more ?? []).length;
      kept = follow(kept, message);
      told = drawing.strokes;
      assert.deepEqual(kept, JSON.parse(JSON.stringify(drawing.strokes)), `seed ${seed}`);
    }
  }
  assert.ok(sent > 100, `strokes went on by ${sent} points`);
});

test('a message says which of several digits is meant, and asks as one asks among others', () => {
  const network = { id: 'any', weights: () => 'a1' };
  const drawing = { strokes: [stroke([0, 0])], file: null, digit: 1 };
  const about = { network, drawing, center: true };
  const questions = [
    { ...about, what: 'trace', moved: { query: 'down=-2', text: '' } },
    { ...about, what: 'derivatives?layer=conv2&channel=3' },
  ];
  const { strokes } = drawing;
  assert.deepEqual(messageOf(7, questions, changes([], strokes)), {
    ...{ number: 7, keep: 0, strokes, center: true, digit: 1 },
    ask: ['any/trace?weights=a1&down=-2', 'any/derivatives?layer=conv2&channel=3&weights=a1'],
  });
});
