import assert from 'node:assert/strict';
import test from 'node:test';
import { createEditor } from '../../../static/js/input/editor.js';
import { EMPTY } from '../../../static/js/input/strokes.js';

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

test('a pointer that is still down grows no other stroke than its own', () => {
  const editor = createEditor(() => {});
  const changes = [editor.undo, () => editor.setStrokes([stroke(0.2)]), editor.clear];
  for (const change of changes) {
    editor.begin(stroke(0.1), 1);
    editor.begin(stroke(0.3), 2);
    change();
    const before = editor.drawing();
    assert.equal(editor.extend([[0.9, 0.9]], 3), false);
    assert.equal(editor.drawing(), before);
  }
  editor.begin(stroke(0.5), 4);
  assert.equal(editor.extend([[0.6, 0.5]], 5), true, 'the next stroke grows');
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

test('the stroke of a palm is taken back as if it had never been', () => {
  const editor = createEditor(() => {});
  editor.begin(stroke(0.1), 1);
  editor.begin(stroke(0.3), 2);
  editor.undo();
  const before = editor.drawing();
  editor.begin(stroke(0.8), 3);
  editor.extend([[0.9, 0.5]], 4);
  editor.takeBack();
  assert.equal(editor.drawing(), before);
  editor.takeBack();
  assert.equal(editor.drawing(), before, 'nothing is being drawn any more');
  editor.redo();
  assert.equal(editor.drawing().strokes.length, 2, 'what was undone can still be redone');
  editor.undo();
  editor.undo();
  assert.equal(editor.empty(), true);
  assert.equal(editor.canUndo(), false);
});

test('what came after the palm stays when that is taken back too late', () => {
  const editor = createEditor(() => {});
  editor.begin(stroke(0.8), 1);
  editor.setStrokes([stroke(0.2), stroke(0.3)]);
  editor.takeBack();
  assert.equal(editor.drawing().strokes.length, 2);
});

test('the palm leaves a picture on the pad as it was', () => {
  const editor = createEditor(() => {});
  editor.setFile(file, { width: 3, height: 2 });
  editor.begin(stroke(0.8), 1);
  editor.takeBack();
  assert.equal(editor.drawing().file, file);
  assert.deepEqual(editor.drawing().size, { width: 3, height: 2 });
});
