import assert from 'node:assert/strict';
import test from 'node:test';
import { contributions } from '../../static/js/kinds/network/amounts.js';
import { createGraph } from '../../static/js/geometry/graph.js';
import { influences } from '../../static/js/kinds/network/amounts.js';
import { winnerOf } from '../../static/js/kinds/parts/reading.js';
import { cellsOf, madeUp, offsetsIn, stridedNetwork } from './generate.js';
import { GRAPH, LENET } from './specs.js';

const close = (a, b, note) =>
  assert.ok(Math.abs(a - b) <= 2e-5 * Math.max(1, Math.abs(a), Math.abs(b)), `${a} ≠ ${b} ${note}`);

/** What the contributions say the cell is, for layers that add or choose. */
function told({ values, bias, how, winner }) {
  return how === 'max' ? values[winner] : values.reduce((a, b) => a + b, bias);
}

test('contributions and bias add up to the cell, over any geometry', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const graph = createGraph(stridedNetwork(seed));
    const { trace, weights } = madeUp(graph, seed);
    for (const cell of cellsOf(graph, 'layer')) {
      const found = contributions(graph, trace, weights, cell);
      if (!found.values.length) continue;
      close(told(found), trace.get('layer').data[graph.offset(cell)], `seed ${seed}`);
    }
  }
});

test('contributions make up every kind of layer, each from the cells it names', () => {
  for (const graph of [createGraph(GRAPH), createGraph(LENET)]) {
    const { trace, weights } = madeUp(graph);
    for (const name of graph.names.slice(1)) {
      const { kind } = graph.layer(name);
      for (const cell of [graph.cellAt(name, 0), graph.cellAt(name, graph.count(name) - 1)]) {
        const found = contributions(graph, trace, weights, cell);
        const value = trace.get(name).data[graph.offset(cell)];
        if (!['relu', 'sigmoid', 'softmax'].includes(kind)) close(told(found), value, name);
        if (kind === 'conv' || kind === 'dense') continue;
        const [offset] = offsetsIn(graph, found.region(0));
        const share = graph.layer(name).mode === 'average' ? 9 : 1;
        close(found.values[0] * share, trace.get(found.region(0).layer).data[offset], name);
      }
    }
  }
});

test('a dense unit has one contribution for each cell it reads, in their order', () => {
  const graph = createGraph(LENET);
  const { trace, weights } = madeUp(graph);
  const { values, region, largest } = contributions(graph, trace, weights, {
    ...{ layer: 'fc1', channel: 34, row: 0, column: 0 },
  });
  assert.equal(values.length, 400);
  assert.deepEqual(region(26), {
    ...{ layer: 'pool2', channel0: 1, channel1: 2, row0: 0, row1: 1, column0: 1, column1: 2 },
  });
  const weight = weights.get('fc1.weight').data[34 * 400 + 26];
  assert.equal(values[26], weight * trace.get('pool2').data[26]);
  assert.equal(largest, Math.max(...values.map(Math.abs)));
});

test('conv and dense have no contributions before the weights are there, and the image never', () => {
  const graph = createGraph(LENET);
  const { trace, weights } = madeUp(graph);
  const first = (layer) => ({ layer, channel: 0, row: 0, column: 0 });
  assert.equal(contributions(graph, trace, null, first('conv1')), null);
  assert.equal(contributions(graph, trace, null, first('fc2')), null);
  assert.ok(contributions(graph, trace, null, first('pool1')));
  assert.equal(contributions(graph, trace, weights, first('input')), null);
});

test('the winner of max pooling is the first of the largest', () => {
  const graph = createGraph(LENET);
  const { trace, weights } = madeUp(graph);
  const { data } = trace.get('relu1');
  data.fill(0.5);
  const cell = { layer: 'pool1', channel: 2, row: 3, column: 4 };
  assert.equal(contributions(graph, trace, weights, cell).winner, 0);
  data[graph.offset({ layer: 'relu1', channel: 2, row: 7, column: 9 })] = 1;
  assert.equal(contributions(graph, trace, weights, cell).winner, 3);
  assert.deepEqual(winnerOf(graph, trace, cell), { layer: 'relu1', channel: 2, row: 7, column: 9 });
});

test('what a cell gives to its readers is what they say they got from it', () => {
  const graph = createGraph(GRAPH);
  const { trace, weights } = madeUp(graph);
  for (const [from, to] of [
    ['hidden_sigmoid', 'scores'],
    ['flat', 'hidden'],
    ['stem_relu', 'joined'],
  ])
    for (const cell of [graph.cellAt(from, 0), graph.cellAt(from, graph.count(from) - 1)]) {
      const given = influences(graph, trace, weights, cell).filter((i) => i.region.layer === to);
      assert.ok(given.length);
      for (const { region, value } of given) {
        const reader = {
          layer: to,
          channel: region.channel0,
          row: region.row0,
          column: region.column0,
        };
        const { values, region: source } = contributions(graph, trace, weights, reader);
        const index = values.findIndex((_, i) => {
          const { layer } = source(i);
          return layer === from && offsetsIn(graph, source(i)).has(graph.offset(cell));
        });
        close(value, values[index], `${from} > ${to}`);
      }
    }
});

test('a cell moved by one moves the maps of the next convolution by its influence', () => {
  const graph = createGraph(LENET);
  const { trace, weights } = madeUp(graph);
  const cell = { layer: 'pool1', channel: 3, row: 2, column: 12 };
  for (const { region, value } of influences(graph, trace, weights, cell)) {
    let sum = 0;
    for (const offset of offsetsIn(graph, region)) {
      const reader = graph.cellAt('conv2', offset);
      const tap = ((reader.channel * 6 + 3) * 5 + (2 - reader.row)) * 5 + (12 - reader.column);
      sum += weights.get('conv2.weight').data[tap] * trace.get('pool1').data[graph.offset(cell)];
    }
    close(value, sum, region.channel0);
  }
});
