// Two readings side by side: correspondence, one scale, difference, and the table of both.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import {
  cellRows,
  correspondence,
  guess,
  inverse,
  median,
  multiplyAdds,
  networkRows,
  readingRows,
  sharedLimits,
  translated,
} from '../../static/js/scene/compare.js';
import { differenceOf } from '../../static/js/scene/quantities/difference.js';
import { ranges } from '../../static/js/scene/quantities/scale.js';
import { LENET, network } from './specs.js';
import { compare as compareTexts, minus, read } from './text/exact.js';

/** @import { NetworkSpec, Tensors } from '../../static/js/geometry/types.d.ts' */

const lenet = createGraph(LENET);
/** The same without a border, and with fewer units. */
const other = createGraph(
  /** @type {NetworkSpec} */ ({
    ...LENET,
    input: { ...LENET.input, border: 0, shape: [1, 28, 28] },
    layers: LENET.layers.map((layer) => (layer.name === 'fc2' ? { ...layer, shape: [90] } : layer)),
  }),
);

/**
 * @param {number} seed
 * @returns {Tensors}
 */
function trace(seed) {
  return new Map(
    lenet.names.map((name) => [
      name,
      {
        dtype: 'F32',
        shape: lenet.layer(name).shape,
        data: Float32Array.from({ length: lenet.count(name) }, (_, i) => Math.sin(i * seed) * seed),
      },
    ]),
  );
}

test('layers correspond by name, kind and shape; images and answers always do', () => {
  const found = correspondence(lenet, other);
  assert.equal(found.get('conv1'), 'conv1');
  assert.equal(found.get('fc2'), undefined);
  assert.equal(found.get('input'), 'input');
  assert.equal(found.get('softmax'), 'softmax');
});

test('scores and probabilities do not correspond, and no layer does twice', () => {
  const scores = { name: 'fc', kind: 'dense', channels: 3 };
  const [bare, shares] = [[scores], [scores, { name: 'shares', kind: 'softmax' }]].map((layers) =>
    createGraph(network({ layers })),
  );
  for (const pair of [
    [bare, shares],
    [shares, bare],
  ]) {
    const found = correspondence(...pair);
    assert.deepEqual([...found.keys()].sort(), ['fc', 'input']);
    assert.equal(found.get('fc'), 'fc');
  }
});

test('a cell of the image is the same pixel, whatever the border', () => {
  const found = correspondence(lenet, other);
  const cell = { layer: 'input', channel: 0, row: 12, column: 30 };
  assert.deepEqual(translated(found, lenet, other, { ...cell, column: 9 }), {
    ...{ layer: 'input', channel: 0, row: 10, column: 7 },
  });
  assert.equal(translated(found, lenet, other, cell), null); // in the border
  assert.equal(translated(found, lenet, other, { ...cell, layer: 'fc2' }), null);
  const back = translated(inverse(found), other, lenet, { ...cell, row: 0, column: 0 });
  assert.deepEqual([back?.row, back?.column], [2, 2]);
});

test('one scale serves both: the larger limit of each pair', () => {
  const [small, large] = [trace(1), trace(3)];
  const same = correspondence(lenet, lenet);
  const limits = sharedLimits(
    { graph: lenet, trace: small },
    { graph: lenet, trace: large },
    same,
    'layer',
  );
  assert.deepEqual(limits.a, limits.b);
  const alone = ranges(lenet, large, 'layer');
  const beside = ranges(lenet, small, 'layer', { limits: limits.a });
  assert.equal(beside.get('conv2')?.limit, alone.get('conv2')?.limit);
  const all = sharedLimits(
    { graph: lenet, trace: small },
    { graph: lenet, trace: large },
    same,
    'network',
  );
  assert.equal(new Set([...all.a.values(), ...all.b.values()]).size, 1);
});

test('a difference is taken cell by cell, and its image is signed', () => {
  const [a, b] = [trace(1), trace(2)];
  const lacking = differenceOf(lenet, a, b);
  const [x, y, z] = [a, b, lacking].map((one) => one.get('pool2')?.data[7] ?? NaN);
  assert.ok(Math.abs((x ?? 0) - (y ?? 0) - (z ?? 0)) < 1e-6);
  const range = ranges(lenet, lacking, 'layer', { signed: true }).get('input');
  assert.equal(range?.image, false);
  assert.equal(range?.signed, true);
});

test('multiply-adds are weights times the places where each is used', () => {
  const dense = 400 * 120 + 120 * 100 + 100 * 10;
  assert.equal(multiplyAdds(lenet), 6 * 25 * 784 + 96 * 25 * 100 + dense);
});

test('the rows say what is known, and name what is not', () => {
  const side = {
    name: 'a',
    graph: lenet,
    trace: trace(2),
    accuracy: 0.9952,
    times: [0.3, 0.1, 0.2],
    cell: null,
  };
  const bare = { ...side, name: 'b', trace: null, accuracy: null, times: [] };
  const rows = new Map(
    [...networkRows([side, bare]), ...readingRows([side, bare])].map((row) => [
      row.name,
      row.values,
    ]),
  );
  assert.deepEqual(rows.get('test accuracy'), ['99.52\u202f%', 'unknown']);
  assert.deepEqual(rows.get('one pass'), ['0.20\u202fms, median of 3', 'not yet']);
  const once = networkRows([{ ...side, times: [0.92] }]).find(({ name }) => name === 'one pass');
  assert.deepEqual(once?.values, ['0.92\u202fms, the first'], 'one cold pass is no median');
  assert.equal(rows.get('first guess')?.[1], 'nothing drawn');
  assert.equal(median([4, 1, 3, 2]), 2.5);
});

test('scores are no shares, and of one class there is no second', () => {
  const read = (/** @type {object[]} */ layers, /** @type {number[]} */ values) => {
    const graph = createGraph(network({ layers }));
    const data = Float32Array.from(values);
    const trace = new Map([[graph.output, { dtype: 'F32', shape: [values.length], data }]]);
    const side = { name: '', graph, trace, accuracy: null, times: [], cell: null };
    return [0, 1].map((rank) => guess(side, rank));
  };
  const scores = (/** @type {number} */ channels) => ({ name: 'scores', kind: 'dense', channels });
  const shares = { name: 'shares', kind: 'softmax' };
  assert.deepEqual(read([scores(3)], [12.3, -4.5, 0.25]), ['0 with 12.300', '2 with 0.2500']);
  assert.deepEqual(read([scores(2), shares], [0.25, 0.75]), [
    '1 with 75.0\u202f%',
    '0 with 25.0\u202f%',
  ]);
  assert.deepEqual(read([scores(1), shares], [1]), ['0 with 100\u202f%', '–']);
});

test('the difference of two cells is that of the numbers shown', () => {
  const cell = { layer: 'conv1', channel: 0, row: 0, column: 3 };
  const at = lenet.offset(cell);
  for (const [x, y] of [
    ...[
      [0.14112, 0.9093],
      [3e-6, 2.5e-6],
      [1, 1 - 2 ** -24],
      [1e-9, 0.25],
      [-2, -2],
    ],
  ]) {
    const [a, b] = [x, y].map((value) => {
      const made = trace(1);
      made.get('conv1')?.data.fill(value, at, at + 1);
      return { name: '', graph: lenet, trace: made, accuracy: null, times: [], cell };
    });
    assert.ok(a && b);
    const [values, lacking] = cellRows([a, b]);
    const [first = '', second = ''] = values?.values ?? [];
    const [shown = ''] = lacking?.values ?? [];
    assert.equal(
      compareTexts(read(shown), minus(read(first), read(second))),
      0,
      `${first} ${second} ${shown}`,
    );
    assert.equal(read(shown).units === 0n, x === y);
    assert.deepEqual(
      cellRows([
        { ...a, cell: null },
        { ...b, cell: null },
      ]),
      [],
    );
  }
});
