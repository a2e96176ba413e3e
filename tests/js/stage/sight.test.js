import assert from 'node:assert/strict';
import test from 'node:test';
import { aroundCell, scrolledTo } from '../../../static/js/stage/sight.js';

test('what is in sight is left alone', () => {
  assert.equal(scrolledTo(0, 300, 100, 200), 0);
});

test('what lies below or above is scrolled to, no further than needed', () => {
  assert.equal(scrolledTo(0, 300, 400, 450), 174);
  assert.equal(scrolledTo(500, 300, 400, 450), 376);
  assert.equal(scrolledTo(500, 300, 4, 20), 0);
});

test('of a stretch larger than the room the end is shown, where the cell is', () => {
  assert.equal(scrolledTo(0, 300, 0, 600), 324);
});

test('window and cell are kept in sight, receptive field and cone are not', () => {
  const frame = (role, x, y) => ({ kind: 'frame', role, rect: { x, y, width: 10, height: 10 } });
  const items = [frame('field', 0, 0), frame('window', 50, 60), frame('pinned', 90, 80)];
  assert.deepEqual(aroundCell(items), { x: 50, y: 60, width: 50, height: 30 });
  assert.equal(aroundCell([frame('field', 0, 0)]), null);
});
