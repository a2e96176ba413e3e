import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { readersOf, receptiveField, windowOf } from '../../static/js/kinds/network/windows.js';
import { cellsOf, offsetsIn, readOffsets, stridedNetwork } from './generate.js';
import { GRAPH, LENET } from './specs.js';

const measured = JSON.parse(
  readFileSync(new URL('../fixtures/windows.json', import.meta.url), 'utf8'),
);
const row = (r) => [
  ...[r.layer, r.channel0, r.channel1, r.row0, r.row1, r.column0, r.column1],
  ...(r.maps ? [r.maps] : []),
  ...(r.rows || r.columns
    ? [{ ...(r.rows && { rows: r.rows }), ...(r.columns && { columns: r.columns }) }]
    : []),
];

for (const [name, { model, cells }] of Object.entries(measured)) {
  const graph = createGraph(model);
  const cellOf = ([layer, channel, row, column]) => ({ layer, channel, row, column });

  test(`${name}: windows are what the engine measured`, () => {
    for (const { cell, window } of cells)
      assert.deepEqual(windowOf(graph, cellOf(cell)).map(row), window, cell.join());
  });

  test(`${name}: receptive fields are what the engine measured, in every earlier layer`, () => {
    for (const { cell, field } of cells) {
      const found = [...receptiveField(graph, cellOf(cell)).values()].map(row);
      assert.deepEqual(found, field, cell.join());
    }
  });
}

test('windows of any kernel, stride and padding are what plain loops read', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const graph = createGraph(stridedNetwork(seed));
    for (const cell of cellsOf(graph, 'layer')) {
      const [window] = windowOf(graph, cell);
      const found = window ? offsetsIn(graph, window) : new Set();
      assert.deepEqual(found, readOffsets(graph, graph.layer('layer'), cell), `seed ${seed}`);
    }
  }
});

/** The two directions must agree, cell by cell. */
function bothWays(graph, name, note) {
  const forward = new Set();
  for (const source of new Set(graph.layer(name).inputs))
    for (const cell of cellsOf(graph, source))
      for (const region of readersOf(graph, cell))
        if (region.layer === name)
          for (const offset of offsetsIn(graph, region))
            forward.add(`${source} ${graph.offset(cell)} > ${offset}`);
  const backward = new Set();
  for (const cell of cellsOf(graph, name))
    for (const region of windowOf(graph, cell))
      for (const offset of offsetsIn(graph, region))
        backward.add(`${region.layer} ${offset} > ${graph.offset(cell)}`);
  assert.deepEqual(forward, backward, note);
}

test('what reads a cell is what has it in its window', () => {
  for (let seed = 1; seed <= 100; seed++)
    bothWays(createGraph(stridedNetwork(seed)), 'layer', `seed ${seed}`);
});

test('the two directions agree through add, concat, flatten, dense and softmax', () => {
  const graph = createGraph(GRAPH);
  for (const name of ['joined', 'joined_relu', 'mixed', 'flat', 'scores', 'softmax', 'shrunk'])
    bothWays(graph, name, name);
});

test('the image has no window and no receptive field', () => {
  const graph = createGraph(LENET);
  const cell = { layer: 'input', channel: 0, row: 3, column: 3 };
  assert.deepEqual(windowOf(graph, cell), []);
  assert.equal(receptiveField(graph, cell).size, 0);
});

test('conv2 sees 14 × 14 cells of the image, from all six maps', () => {
  const graph = createGraph(LENET);
  const cell = { layer: 'conv2', channel: 7, row: 7, column: 3 };
  const field = receptiveField(graph, cell);
  assert.deepEqual(row(field.get('input')), ['input', 0, 1, 14, 28, 6, 20]);
  assert.deepEqual(row(field.get('pool1')), ['pool1', 0, 6, 7, 12, 3, 8]);
  assert.deepEqual([...field.keys()], ['input', 'conv1', 'relu1', 'pool1']);
});

test('a window of nothing but padding leaves no region', () => {
  const spec = structuredClone(LENET);
  Object.assign(spec.layers[0], { padding: [6, 6], shape: [6, 40, 40] });
  const graph = createGraph(spec);
  assert.deepEqual(windowOf(graph, { layer: 'conv1', channel: 0, row: 0, column: 0 }), []);
});
