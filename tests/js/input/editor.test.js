import assert from 'node:assert/strict';
import test from 'node:test';
import { createEditor, EMPTY } from '../../../static/js/input/editor.js';

const stroke = (x) => ({ points: [[x, 0.5]], width: 0.07, erase: false });
const file = new Blob(['not really an image']);

test('a stroke grows, and one undo takes all of it', () => {
  const times = [];
  const editor = createEditor((_, time) => times.push(time));
  editor.begin(stroke(0.1), 5);
  assert.equal(editor.extend([[0.2, 0.5]], 9), true);
  assert.equal(editor.extend([[0.2, 0.5]], 12), false, 'a pointer that rests draws nothing');
  assert.equal(editor.drawing().strokes[0].points.length, 2);
  assert.deepEqual(times, [5, 9]);
  editor.undo();
  assert.equal(editor.drawing().strokes.length, 0);
  editor.redo();
  assert.equal(editor.drawing().strokes[0].points.length, 2);
});

test('a drawing that was told never changes', () => {
  const told = [];
  const editor = createEditor((drawing) => told.push(drawing));
  editor.begin(stroke(0.1), 1);
  editor.extend([[0.3, 0.5]], 2);
  assert.equal(told[0].strokes[0].points.length, 1);
  assert.equal(told[1].strokes[0].points.length, 2);
});

test('clearing can be taken back', () => {
  const editor = createEditor(() => {});
  editor.begin(stroke(0.1), 1);
  editor.clear();
  assert.equal(editor.empty(), true);
  editor.undo();
  assert.equal(editor.drawing().strokes.length, 1);
});

test('clearing an empty pad is no step', () => {
  const editor = createEditor(() => {});
  editor.clear();
  assert.equal(editor.canUndo(), false);
});

test('a stroke replaces a file, and undo brings the file back', () => {
  const editor = createEditor(() => {});
  editor.setFile(file);
  editor.begin(stroke(0.4), 1);
  assert.equal(editor.drawing().file, null);
  assert.equal(editor.drawing().strokes.length, 1);
  editor.undo();
  assert.equal(editor.drawing().file, file);
});

test('a refused file leaves the drawing as it was, and no way forward to the file', () => {
  const editor = createEditor(() => {});
  editor.begin(stroke(0.1), 1);
  const before = editor.drawing();
  editor.setFile(file);
  editor.refuseFile();
  assert.equal(editor.drawing(), before);
  assert.equal(editor.canRedo(), false);
});

test('the first file, refused, leaves an empty pad', () => {
  const editor = createEditor(() => {});
  editor.setFile(file);
  editor.refuseFile();
  assert.equal(editor.drawing(), EMPTY);
});
