import assert from 'node:assert/strict';
import test from 'node:test';
import { sameCell } from '../../../static/js/geometry/regions.js';
import { jumpLayer } from '../../../static/js/scene/pick.js';

const sizes = {
  image: { channels: 1, rows: 8, columns: 8 },
  maps: { channels: 4, rows: 5, columns: 3 },
  units: { channels: 2, rows: 1, columns: 1 },
};
const graph = { size: (name) => sizes[name] };
const shown = Object.keys(sizes);

test('the first key on the stage goes to the middle of the image', () => {
  assert.deepEqual(jumpLayer(graph, shown, null, 1), {
    layer: 'image',
    channel: 0,
    row: 3,
    column: 3,
  });
});

test('from layer to layer the channel is kept where there is one', () => {
  const cell = { layer: 'maps', channel: 3, row: 0, column: 0 };
  assert.deepEqual(jumpLayer(graph, shown, cell, 1), {
    layer: 'units',
    channel: 1,
    row: 0,
    column: 0,
  });
  assert.equal(jumpLayer(graph, shown, cell, -1).layer, 'image');
});

test('beyond the last layer there is nothing to jump to', () => {
  const cell = { layer: 'units', channel: 1, row: 0, column: 0 };
  assert.equal(jumpLayer(graph, shown, cell, 1), cell);
});

test('cells are compared by place, not by identity', () => {
  const cell = { layer: 'maps', channel: 1, row: 2, column: 0 };
  assert.equal(sameCell(cell, { ...cell }), true);
  assert.equal(sameCell(cell, { ...cell, column: 1 }), false);
});
