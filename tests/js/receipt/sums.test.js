import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { terms } from '../../../static/js/kinds/conv/receipt.js';
import { waterfall } from '../../../static/js/kinds/parts/waterfall.js';
import { madeUp, stridedNetwork } from '../generate.js';
import { GRAPH, LENET, WIDE, network } from '../specs.js';
import { someCells, tamed, tapsOf } from './witness.js';

const lenet = createGraph(LENET);
const view = tamed(lenet, 3);
const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });
const graphs = Array.from({ length: 60 }, (_, seed) => [
  createGraph(stridedNetwork(seed + 1)),
  seed,
]);
const strided = graphs.map(([graph, seed]) => ({ graph, seed, ...madeUp(graph, seed) }));
const withKind = (kind) => strided.filter(({ graph }) => graph.layer('layer').kind === kind);

test('a convolution lists every product of every map, padding as zeros that are no cells', () => {
  let padded = 0;
  for (const { graph, trace, weights, seed } of withKind('conv'))
    for (const cell of someCells(graph, seed)) {
      if (cell.layer === 'input') continue;
      const made = receipt(graph, { trace, weights }, cell);
      const data = trace.get('input').data;
      const weight = weights.get('layer.weight').data;
      const sums = new Float64Array(made.maps);
      tapsOf(graph, graph.layer('layer'), cell).forEach(({ inside, offset, map, ...tap }, i) => {
        const value = inside ? data[offset] : 0;
        assert.equal(made.values[i], value);
        assert.equal(made.kernel[i], weight[tap.weight]);
        assert.equal(made.products[i], inside ? value * weight[tap.weight] : 0);
        assert.equal(made.inside[i % made.taps], inside ? 1 : 0);
        const from = inside ? at('input', map, tap.row, tap.column) : null;
        const place = Math.floor(i / made.taps);
        assert.equal(made.channels[place], map);
        assert.deepEqual(made.cellAt(place, i % made.taps), from);
        sums[place] += made.products[i];
        padded += inside ? 0 : 1;
      });
      assert.deepEqual(made.sums, sums);
      const sizes = [...sums].map(Math.abs);
      assert.equal(made.strongest, sizes.indexOf(Math.max(...sizes)));
    }
  assert.ok(padded > 100);
});

test('several maps answer why there are not more', () => {
  const { why } = receipt(lenet, view, at('conv2', 7, 7, 3));
  assert.equal(why.title, 'Why 16 maps, not 96?');
  assert.match(why.text, /^One filter reads all 6 maps of pool1 at once\. Filter 7 holds 6 × 25 /);
  assert.match(why.text, /150 products/);
  assert.equal(receipt(lenet, view, at('conv1', 2, 7, 3)).why, null);
});

test('any map opens into its strongest products and the rest, down to the last', () => {
  const made = receipt(lenet, view, at('conv2', 7, 7, 3));
  for (let map = 0; map < made.maps; map++)
    for (const most of [1, 4, 25]) {
      const { items, total } = terms(made, map, most);
      const own = made.products.subarray(map * 25, map * 25 + 25);
      const single = items.filter(({ role }) => role === 'term');
      const sizes = [...own].map(Math.abs).sort((a, b) => b - a);
      assert.deepEqual(
        single.map(({ value }) => Math.abs(value)),
        sizes.slice(0, most).filter(Boolean),
      );
      const more = items.find(({ role }) => role === 'more');
      assert.equal(single.length + (more?.count ?? 0), 25);
      assert.equal(total.value, made.sums[map]);
      assert.equal(
        items.reduce((units, item) => units + item.units, 0),
        total.units,
      );
    }
});

test('a layer of very many maps shows the strongest and the rest in one step', () => {
  const graph = createGraph(WIDE);
  const layer = graph.names[2];
  const { parameters } = graph.layer(layer);
  const any = madeUp(
    createGraph(
      network({
        shape: [2, 40, 40],
        border: 0,
        layers: [
          { name: 'flat', kind: 'flatten' },
          { name: 'layer', kind: 'dense', channels: 20 },
        ],
      }),
    ),
    5,
  );
  const numbers = any.weights.get('layer.weight').data;
  const size = parameters.weight.reduce((a, b) => a * b, 1);
  const tensor = (shape, data) => ({ dtype: 'F32', shape, data });
  const weights = new Map([
    [
      `${layer}.weight`,
      tensor(
        parameters.weight,
        Float32Array.from({ length: size }, (_, i) => numbers[i % numbers.length]),
      ),
    ],
    [`${layer}.bias`, tensor(parameters.bias, new Float32Array(512).fill(0.5))],
  ]);
  const [source] = graph.layer(layer).inputs;
  const trace = new Map([
    [
      source,
      tensor(
        [],
        Float32Array.from({ length: graph.count(source) }, (_, i) => numbers[i % 999]),
      ),
    ],
    [layer, tensor([], new Float32Array(graph.count(layer)).fill(1))],
  ]);
  const { equation, sums } = receipt(graph, { trace, weights }, at(layer, 3, 5, 5));
  const more = equation.items.find(({ role }) => role === 'more');
  assert.equal(more.count, 507);
  assert.equal(more.label, '507 more maps');
  const shown = equation.items.filter(({ role }) => role === 'map');
  assert.equal(shown.length, 5);
  const least = Math.min(...shown.map(({ value }) => Math.abs(value)));
  const hidden = [...sums].filter((_, map) => !shown.some(({ index }) => index === map));
  assert.ok(hidden.every((value) => Math.abs(value) <= least));
});

test('conv and dense say that their weights are still loading', () => {
  for (const cell of [at('conv1', 1, 2, 3), at('fc2', 5)]) {
    const made = receipt(lenet, { ...view, weights: null }, cell);
    assert.equal(made.diagram, 'message');
    assert.match(made.check, /^Its \d+ weights are still loading\. /);
    assert.equal(made.equation, null);
    assert.equal(made.value, view.trace.get(cell.layer).data[lenet.offset(cell)]);
  }
  assert.equal(receipt(lenet, { ...view, weights: null }, at('pool1', 1, 2, 3)).diagram, 'window');
});

test('there is no receipt without a trace, or without such a cell', () => {
  assert.equal(receipt(lenet, { ...view, trace: null }, at('conv1', 0)), null);
  assert.equal(receipt(lenet, view, at('conv1', 6)), null);
  assert.equal(receipt(lenet, view, at('conv1', 0, 28, 0)), null);
  assert.equal(receipt(lenet, view, at('conv9', 0)), null);
});

test('dense terms are sorted by contribution, and folded back into the maps they read', () => {
  const made = receipt(lenet, view, at('fc1', 34));
  const { data: x } = view.trace.get('pool2');
  const { data: w } = view.weights.get('fc1.weight');
  const products = Float64Array.from(x, (value, i) => value * w[34 * 400 + i]);
  assert.deepEqual(made.products, products);
  const sorted = [...made.order].map((i) => products[i]);
  assert.deepEqual(
    sorted,
    [...products].sort((a, b) => b - a),
  );
  assert.deepEqual(
    [...made.order].sort((a, b) => a - b),
    [...products.keys()],
  );
  assert.deepEqual(
    [made.above, made.below, made.zero],
    [1, -1, 0].map((sign) => products.filter((value) => Math.sign(value) === sign).length),
  );
  assert.deepEqual(made.folded, { layer: 'pool2', channels: 16, rows: 5, columns: 5 });
  assert.deepEqual(made.cellAt(337), at('pool2', 13, 2, 2));
  assert.equal(made.labelOf(337), 'pool2 [13] 2, 2');
});

test('a dense layer folds back through flatten, but not to numbers that were others, and units stay units', () => {
  const behind = (spec, layer) => {
    const graph = createGraph(spec);
    const made = receipt(graph, madeUp(graph), graph.cellAt(layer, 0));
    return { ...made.folded, cell: made.cellAt(1).layer, origin: made.originAt(1).layer };
  };
  const shape = (channels, rows, columns) => ({ channels, rows, columns });
  assert.deepEqual(behind(GRAPH, 'hidden'), {
    ...{ layer: 'small', ...shape(18, 4, 4) },
    ...{ cell: 'flat', origin: 'small' },
  });
  assert.deepEqual(behind(LENET, 'fc2'), {
    ...{ layer: 'relu3', ...shape(120, 1, 1) },
    ...{ cell: 'relu3', origin: 'relu3' },
  });
  const late = network({
    ...{ shape: [2, 3, 4], border: 0 },
    layers: [
      { name: 'flat', kind: 'flatten' },
      { name: 'bend', kind: 'tanh' },
      { name: 'last', kind: 'dense', channels: 3 },
    ],
  });
  assert.deepEqual(behind(late, 'last'), {
    ...{ layer: 'bend', ...shape(24, 1, 1) },
    ...{ cell: 'bend', origin: 'bend' },
  });
});

test('a waterfall of any length starts at the bias, rises, falls, and ends in the total', () => {
  for (const unit of [0, 34, 77]) {
    const made = receipt(lenet, view, at('fc1', unit));
    for (const [above, below] of [
      [0, 0],
      [1, 2],
      [9, 5],
      [made.above - 1, made.below - 1], // one more than "1 more"
      [400, 400],
    ]) {
      const { items, total } = waterfall(made, above, below);
      assert.equal(items[0].role, 'bias');
      const real = items.filter(({ role }) => role === 'term' || role === 'more');
      assert.equal(
        real.reduce((count, item) => count + item.count, 0),
        made.above + made.below,
      );
      const signs = real.map(({ value }) => Math.sign(value));
      assert.deepEqual(
        signs,
        signs.toSorted((a, b) => b - a),
      );
      assert.ok(real.filter(({ role }) => role === 'more').every(({ count }) => count > 1));
      const single = (sign) =>
        real.filter(({ role, value }) => role === 'term' && value * sign > 0);
      const largest = (sign, count) =>
        [...made.products]
          .filter((value) => value * sign > 0)
          .sort((a, b) => sign * (b - a))
          .slice(0, count);
      for (const sign of [1, -1]) {
        const found = single(sign).map(({ value }) => value);
        assert.deepEqual(found, largest(sign, found.length));
      }
      const sum = real.reduce((all, { value }) => all + value, made.bias);
      assert.ok(Math.abs(sum - made.rounding.exact) < 1e-9);
      assert.equal(items.at(-1).to, total.shown);
      assert.equal(total.value, made.value);
    }
  }
});
