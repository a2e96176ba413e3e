import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { GRAPH, LENET, MLP } from './specs.js';
import { cellsOf } from './generate.js';

const lenet = createGraph(LENET);
const graph = createGraph(GRAPH);

test('the image comes first and the answer last', () => {
  assert.equal(lenet.names[0], 'input');
  assert.equal(lenet.input, 'input');
  assert.equal(lenet.output, 'softmax');
  assert.equal(lenet.layer('input').kind, 'input');
});

test('a layer that nobody knows is refused in a sentence', () => {
  assert.throws(() => lenet.size('conv9'), /There is no layer "conv9"\./);
});

test('a layer that reads what comes after it is refused in a sentence', () => {
  const layers = [...LENET.layers].reverse();
  assert.throws(() => createGraph({ ...LENET, layers }), /which does not come before it/);
});

test('readers are listed in the order of the layers', () => {
  assert.deepEqual(graph.readers('pool'), ['narrow', 'wide_in', 'shrunk']);
  assert.deepEqual(graph.readers('stem_relu'), ['block_a', 'joined']);
  assert.deepEqual(graph.readers('softmax'), []);
});

test('offset and cellAt are each other’s inverse', () => {
  for (const g of [lenet, graph, createGraph(MLP)])
    for (const name of g.names)
      for (const cell of cellsOf(g, name)) {
        assert.ok(g.valid(cell));
        assert.deepEqual(g.cellAt(name, g.offset(cell)), cell);
      }
});

test('cells outside their layer, between cells or of no layer are not valid', () => {
  const cell = { layer: 'conv1', channel: 0, row: 0, column: 0 };
  for (const wrong of [{ channel: 6 }, { row: -1 }, { column: 28 }, { row: 0.5 }, { layer: 'x' }])
    assert.ok(!lenet.valid({ ...cell, ...wrong }), JSON.stringify(wrong));
});

test('maps of one cell count as units', () => {
  assert.ok(lenet.size('fc1').unit);
  assert.ok(!lenet.size('pool2').unit);
  assert.deepEqual(lenet.size('fc1'), { channels: 120, rows: 1, columns: 1, unit: true });
});
