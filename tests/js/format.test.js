import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { cellName } from '../../static/js/kinds/traits.js';
import { paramsText, shapeText } from '../../static/js/scene/captions.js';
import { spanText } from '../../static/js/text/numbers.js';
import { LENET, LENET5, network } from './specs.js';

test('shapes are short when square, whole when not, and name what units are', () => {
  const graph = createGraph(LENET);
  assert.equal(shapeText(graph, 'conv1'), '6 × 28²');
  assert.equal(shapeText(graph, 'fc1'), '120');
  assert.equal(shapeText(graph, 'softmax'), '10 classes');
  assert.equal(shapeText(createGraph(LENET5), 'c5'), '120');
  const oblong = network({
    shape: [1, 12, 14],
    layers: [{ name: 'conv', kind: 'conv', channels: 16, kernel: 3 }],
  });
  assert.equal(shapeText(createGraph(oblong), 'conv'), '16 × 10 × 12');
});

test('parameters are counted from their shapes', () => {
  const graph = createGraph(LENET);
  assert.equal(paramsText(graph, 'conv1'), '156 params');
  assert.equal(paramsText(graph, 'fc1'), '48\u202f120');
  assert.equal(paramsText(graph, 'pool1'), 'max 2 × 2');
  assert.equal(paramsText(graph, 'input'), '0 … 1');
});

test('cells are named by what they are: map, unit or class', () => {
  const graph = createGraph(LENET);
  const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });
  assert.equal(cellName(graph, at('conv2', 7, 7, 3)), 'conv2 map 7, row 7, column 3');
  assert.equal(cellName(graph, at('fc1', 34)), 'fc1 unit 34 (of 0–119)');
  assert.equal(cellName(graph, at('softmax', 3)), 'softmax class 3');
  assert.equal(cellName(graph, at('input', 0, 4, 5)), 'input row 4, column 5');
});

test('a span names its last cell, not the one after it', () => {
  assert.equal(spanText(7, 12), '7–11');
  assert.equal(spanText(7, 8), '7');
});
