// Where a weight is used, held to a loop over every cell and every tap.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { multiplied, totalOf, usesOf } from '../../static/js/kinds/network/uses.js';
import { blocksOf, termOf, weightAccount, weightAt } from '../../static/js/scene/kernels.js';
import { operationsOf } from '../../static/js/kinds/index.js';
import { parameterCount } from '../../static/js/kinds/traits.js';
import { operationsText } from '../../static/js/scene/captions.js';
import { stridedNetwork } from './generate.js';
import { GRAPH, LENET, LENET5, MLP, network } from './specs.js';

const TABLE = [[0], [1, 2], [0, 2], [0, 1, 2]];
const graph = createGraph(
  network({
    shape: [3, 11, 13],
    border: 0,
    layers: [
      {
        ...{ name: 'c', kind: 'conv', channels: 4, kernel: [3, 2] },
        ...{ stride: [2, 3], padding: [1, 1] },
      },
      { name: 'flat', kind: 'flatten' },
      { name: 'd', kind: 'dense', channels: 5 },
    ],
  }),
);
const lenet = createGraph(LENET);

/** Every use of a weight of a convolution, by the loop that defines it. */
function usesByLoop(of, { layer: name, into, row, column }) {
  const layer = of.layer(name);
  const { rows, columns } = of.size(name);
  const read = of.size(layer.inputs[0]);
  const found = [];
  for (let p = 0; p < rows; p++)
    for (let q = 0; q < columns; q++) {
      const r = p * layer.stride[0] - layer.padding[0] + row;
      const c = q * layer.stride[1] - layer.padding[1] + column;
      const inside = r >= 0 && r < read.rows && c >= 0 && c < read.columns;
      found.push({
        p,
        q,
        cell: inside ? { layer: layer.inputs[0], channel: into, row: r, column: c } : null,
      });
    }
  return found;
}

const places = ({ first, step, count }) =>
  Array.from({ length: count }, (_, i) => first + i * step);

function holdToLoop(of, weight) {
  const uses = usesOf(of, weight);
  const loop = usesByLoop(of, weight);
  const cells = loop.flatMap(({ cell }) => (cell ? [`${cell.row},${cell.column}`] : []));
  const said = places(uses.rows).flatMap((r) => places(uses.columns).map((c) => `${r},${c}`));
  assert.deepEqual(said.sort(), cells.sort());
  assert.equal(uses.times, loop.length);
  assert.equal(uses.inside, cells.length);
  for (const { p, q, cell } of loop) {
    const made = { layer: weight.layer, channel: weight.out, row: p, column: q };
    assert.deepEqual(multiplied(of, weight, made), cell);
  }
}

test('a weight multiplies exactly the cells that the loop over its layer visits', () => {
  for (let term = 0; term < 4 * 3 * 6; term++) holdToLoop(graph, weightAt(graph, 'c', term));
  for (const term of [0, 77, 1234, 2399]) holdToLoop(lenet, weightAt(lenet, 'conv2', term));
});

test('what its uses add up to is the sum of their products', () => {
  const data = Float32Array.from({ length: 3 * 11 * 13 }, (_, i) => Math.sin(i));
  const trace = new Map([['input', { dtype: 'F32', shape: [3, 11, 13], data }]]);
  const weight = { layer: 'c', out: 2, into: 1, row: 2, column: 0 };
  const cells = usesByLoop(graph, weight).flatMap(({ cell }) => (cell ? [cell] : []));
  const sum = cells.reduce((all, cell) => all + 0.7 * data[graph.offset(cell)], 0);
  assert.ok(Math.abs(totalOf(graph, trace, weight, 0.7) - sum) < 1e-12);
});

test('a weight and its place among the weights of its layer are each other’s inverse', () => {
  for (const name of ['c', 'd']) {
    const count = graph.layer(name).parameters.weight.reduce((a, b) => a * b, 1);
    for (let term = 0; term < count; term++)
      assert.equal(termOf(graph, weightAt(graph, name, term)), term);
  }
});

test('a map that a filter is not connected with has no slice, and its weights no use', () => {
  const spec = network({
    shape: [3, 6, 6],
    border: 0,
    layers: [{ name: 'c', kind: 'conv', channels: 4, kernel: 3 }],
  });
  const layers = [{ ...spec.layers[0], connections: TABLE }];
  const some = createGraph({ ...spec, layers });
  assert.deepEqual(
    TABLE.map((_, out) => blocksOf(some, 'c', out).map(({ into }) => into)),
    TABLE,
  );
  assert.equal(usesOf(some, { layer: 'c', out: 0, into: 1, row: 0, column: 0 }), null);
  assert.equal(usesOf(some, { layer: 'c', out: 1, into: 1, row: 0, column: 0 }).inside, 16);
  assert.equal(operationsOf(some, 'c').count, 8 * 9 * 16);
  assert.equal(parameterCount(some.layer('c')), 8 * 9 + 4);
});

test('the account of a weight says how often it is used, and how often it meets padding', () => {
  const weights = new Map([
    ['c.weight', { dtype: 'F32', shape: [], data: new Float32Array(72).fill(0.5) }],
  ]);
  const weight = { layer: 'c', out: 0, into: 0, row: 0, column: 0 };
  const outside = usesByLoop(graph, weight).filter(({ cell }) => !cell).length;
  const said = weightAccount(graph, { trace: null, weights, scale: 'layer' }, weight);
  assert.match(said.used, new RegExp(` ${outside} of them meet padding`));
  assert.equal(said.total, '');
});

test('operations are counted as a loop over the network would do them', () => {
  const counts = Object.fromEntries(
    lenet.names.slice(1).map((name) => [name, operationsOf(lenet, name)?.count]),
  );
  const read = (name) => lenet.count(lenet.layer(name).inputs[0]);
  assert.equal(counts.conv1, 6 * 28 * 28 * 25);
  assert.equal(counts.conv2, 16 * 10 * 10 * 6 * 25);
  assert.equal(counts.pool1, 6 * 14 * 14 * 3);
  assert.equal(counts.fc1, 120 * read('fc1'));
  assert.equal(counts.softmax, 10);
  for (const name of lenet.names.slice(1)) {
    const { count, factors } = operationsOf(lenet, name);
    assert.equal(
      factors.reduce((a, b) => a * b, 1),
      count,
    );
  }
});

test('what stands above a layer is the count that its account explains', () => {
  let sparse = 0;
  const made = Array.from({ length: 300 }, (_, seed) => stridedNetwork(seed + 1));
  for (const spec of [LENET, LENET5, MLP, GRAPH, ...made]) {
    const graph = createGraph(spec);
    for (const { name, kind } of spec.layers) {
      const layer = graph.layer(name);
      const text = operationsText(layer);
      const multiplies = kind === 'conv' || kind === 'dense';
      const counted = multiplies ? String(operationsOf(graph, name).count) : '';
      assert.equal(text.replace(/\D/g, ''), counted, `${name} of ${spec.id}`);
      if (layer.connections) sparse++;
    }
  }
  assert.ok(sparse > 30);
});
