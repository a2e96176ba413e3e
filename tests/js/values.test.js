import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { limitOf, ranges } from '../../static/js/scene/quantities/scale.js';
import { madeUp } from './generate.js';
import { GRAPH, LENET, network } from './specs.js';

test('no value is beyond the scale it is coloured with, in any scope', () => {
  for (const graph of [createGraph(LENET), createGraph(GRAPH)])
    for (const scale of ['map', 'layer', 'network']) {
      const { trace } = madeUp(graph);
      const found = ranges(graph, trace, scale);
      for (const name of graph.names.slice(1)) {
        const { rows, columns } = graph.size(name);
        trace.get(name).data.forEach((value, offset) => {
          const limit = limitOf(found.get(name), Math.floor(offset / (rows * columns)));
          assert.ok(Math.abs(value) <= limit, `${scale} ${name} ${value} > ${limit}`);
        });
      }
    }
});

test('a number keeps its colour through relu and pooling', () => {
  const graph = createGraph(LENET);
  const { trace } = madeUp(graph);
  for (const scale of ['map', 'layer', 'network']) {
    const found = ranges(graph, trace, scale);
    for (const channel of [0, 3, 5]) {
      const limits = ['conv1', 'relu1', 'pool1'].map((name) => limitOf(found.get(name), channel));
      assert.equal(new Set(limits).size, 1, scale);
    }
  }
});

test('concat takes the widest scale of what it joins, summed pooling its own', () => {
  const graph = createGraph(GRAPH);
  const { trace } = madeUp(graph);
  const found = ranges(graph, trace, 'layer');
  const joined = ['narrow', 'wide', 'shrunk'].map((name) => found.get(name).limit);
  assert.equal(found.get('mixed').limit, Math.max(...joined));
  const own = Math.max(...trace.get('small').data.map(Math.abs));
  assert.equal(found.get('small').limit, own);
});

test('a dead layer has a scale above zero, and a dead map stays at zero on it', () => {
  const graph = createGraph(LENET);
  const { trace } = madeUp(graph);
  trace.get('fc3').data.fill(0);
  trace.get('conv1').data.fill(0, 0, 28 * 28);
  assert.equal(ranges(graph, trace, 'layer').get('fc3').limit, 1);
  assert.equal(ranges(graph, trace, 'map').get('conv1').limits[0], 1);
});

test('a layer of one map is the same at the scale of maps and of layers', () => {
  const layers = [{ name: 'conv', kind: 'conv', channels: 1, kernel: 3 }];
  const graph = createGraph(network({ layers }));
  const { trace } = madeUp(graph);
  const [map, layer] = ['map', 'layer'].map((scale) => ranges(graph, trace, scale).get('conv'));
  assert.deepEqual(map, layer);
});

test('the image runs from paper to ink, whatever occurs', () => {
  const spec = structuredClone(LENET);
  spec.input.scaling = { scale: 2, offset: -1 };
  const graph = createGraph(spec);
  const { low, high, image } = ranges(graph, madeUp(graph).trace, 'layer').get('input');
  assert.deepEqual({ low, high, image }, { low: -1, high: 1, image: true });
});

test('under the scale "network" all layers share one limit, the image does not', () => {
  const graph = createGraph(LENET);
  const found = ranges(graph, madeUp(graph).trace, 'network');
  const limits = graph.names.slice(1).map((name) => found.get(name).limit);
  assert.equal(new Set(limits).size, 1);
  assert.equal(found.get('input').limit, 1);
});
