import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { layout } from '../../static/js/scene/layout.js';
import { pick, rectOf, step } from '../../static/js/scene/pick.js';
import { regionRects } from '../../static/js/scene/marks/rects.js';
import { cellsOf } from './generate.js';
import { GRAPH, LENET } from './specs.js';

const DESK = { width: 1176, height: 540, dpr: 1, folded: true };
const PHONE = { width: 390, height: 667, dpr: 3, folded: true };

/** Every 37th cell, and the last: 37 meets every row and column. */
function someCells(graph, layer) {
  const all = [...cellsOf(graph, layer)];
  return all.filter((_, i) => i % 37 === 0 || i === all.length - 1);
}

test('picking the middle and the corners of a cell’s rect gives the cell', () => {
  for (const spec of [LENET, GRAPH])
    for (const stage of [DESK, PHONE, { ...DESK, dpr: 1.25 }]) {
      const graph = createGraph(spec);
      const made = layout(graph, stage);
      for (const { layer } of made.boxes)
        for (const cell of someCells(graph, layer)) {
          const { x, y, width, height } = rectOf(made, cell);
          const near = 1e-6;
          assert.deepEqual(pick(made, x + width / 2, y + height / 2), cell);
          assert.deepEqual(pick(made, x + near, y + near), cell);
          assert.deepEqual(pick(made, x + width - near, y + height - near), cell);
        }
    }
});

test('between maps and outside the layers there is nothing', () => {
  const made = layout(createGraph(LENET), DESK);
  const { x, y, rows, columns, cell } = made.box('conv1');
  assert.equal(pick(made, x[0] + columns * cell + 2, y[0] + 5), null);
  assert.equal(pick(made, x[0] + 5, y[0] + rows * cell + 2), null);
  assert.equal(pick(made, 1, 1), null);
});

test('the whole row of a bar is its unit, and rows leave nothing between them', () => {
  const made = layout(createGraph(LENET), DESK);
  const { rect } = made.box('softmax');
  const seen = new Set();
  for (let y = rect.y + 0.5; y < rect.y + rect.height; y++)
    for (const x of [rect.x + 1, rect.x + rect.width - 1]) seen.add(pick(made, x, y)?.channel);
  assert.deepEqual([...seen], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a folded activation has no rect of its own; its region is shown where it folded', () => {
  const graph = createGraph(LENET);
  const made = layout(graph, DESK);
  assert.equal(rectOf(made, { layer: 'relu1', channel: 0, row: 0, column: 0 }), null);
  const region = { channel0: 2, channel1: 3, row0: 4, row1: 6, column0: 8, column1: 10 };
  const [rect] = regionRects(made, graph, { ...region, layer: 'relu1' });
  assert.deepEqual(rect, regionRects(made, graph, { ...region, layer: 'conv1' })[0]);
  assert.deepEqual([rect.width, rect.height], [8, 8]);
});

test('a flattened cell is shown on the map it comes from', () => {
  const graph = createGraph(GRAPH);
  const made = layout(graph, DESK);
  const cell = { layer: 'small', channel: 5, row: 2, column: 3 };
  const unit = graph.offset(cell);
  const region = { layer: 'flat', channel0: unit, channel1: unit + 1 };
  const one = { row0: 0, row1: 1, column0: 0, column1: 1 };
  assert.deepEqual(regionRects(made, graph, { ...region, ...one }), [rectOf(made, cell)]);
});

test('arrow keys walk to the cell beside, then the map beside, then the layer beside', () => {
  const graph = createGraph(LENET);
  const made = layout(graph, DESK);
  const at = (layer, channel, row, column) => ({ layer, channel, row, column });
  assert.deepEqual(step(made, graph, at('conv1', 0, 5, 5), 1, 0), at('conv1', 0, 5, 6));
  assert.deepEqual(step(made, graph, at('conv1', 0, 5, 27), 1, 0), at('conv1', 1, 5, 0));
  assert.deepEqual(step(made, graph, at('conv1', 0, 27, 5), 0, 1), at('conv1', 2, 0, 5));
  assert.equal(step(made, graph, at('conv1', 1, 5, 27), 1, 0).layer, 'pool1');
  assert.equal(step(made, graph, at('softmax', 0, 0, 0), 0, 1).channel, 1);
  assert.deepEqual(step(made, graph, at('input', 0, 0, 0), -1, 0), at('input', 0, 0, 0));
});

test('every cell can be reached and left by arrow keys, one layer after the other', () => {
  const graph = createGraph(LENET);
  const made = layout(graph, DESK);
  let cell = { layer: 'input', channel: 0, row: 16, column: 0 };
  const seen = new Set();
  for (let i = 0; i < 400; i++) {
    seen.add(cell.layer);
    cell = step(made, graph, cell, 1, 0);
  }
  assert.deepEqual(
    [...seen],
    made.boxes.map(({ layer }) => layer),
  );
});
