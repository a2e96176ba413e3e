import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { reachOf } from '../../static/js/kinds/network/windows.js';
import { receptiveField } from '../../static/js/kinds/network/windows.js';
import { quantityOf } from '../../static/js/scene/quantities/index.js';
import {
  codeName,
  derivativeText,
  influenceText,
} from '../../static/js/scene/quantities/derivative.js';
import { valueOf } from '../../static/js/scene/quantities/scale.js';
import { held } from '../../static/js/scene/camera.js';
import { layout as layOut } from '../../static/js/scene/layout.js';
import { numbersShown } from '../../static/js/scene/marks/over.js';
import { rectOf } from '../../static/js/scene/pick.js';
import { zoomed } from '../../static/js/scene/zoom.js';
import { cellsOf, generator, madeUp, offsetsIn, readOffsets } from './generate.js';
import { overlayItems } from './marked.js';
import { GRAPH, LENET, network } from './specs.js';

const close = (a, b, note) =>
  assert.ok(Math.abs(a - b) <= 2e-5 * Math.max(1, Math.abs(a), Math.abs(b)), `${a} ≠ ${b} ${note}`);
const stage = (graph) => layOut(graph, { width: 1120, height: 520, dpr: 1, folded: true });

/** Numbers in the shape of derivatives; what they are does not matter here. */
function derivativesOf(graph, cell) {
  const tensors = new Map(
    graph.names.map((name, k) => {
      const data = Float32Array.from({ length: graph.count(name) }, (_, i) => Math.sin(i + k));
      return [name, { dtype: 'F32', shape: [data.length], data }];
    }),
  );
  return { cell, tensors };
}

/** The influence of a pinned cell, as a stage shows it. */
function influenceOf(graph, answer, seed) {
  const view = { ...madeUp(graph, seed), scale: 'layer' };
  const sources = { view, value: valueOf(graph, view), pinned: answer.cell, answer };
  return quantityOf(graph, 'derivative', sources);
}

test('a cell reaches exactly the cells whose receptive field holds it, up to the box around them', () => {
  for (const graph of [createGraph(LENET), createGraph(GRAPH)])
    for (const [at, name] of graph.names.entries()) {
      const cell = graph.cellAt(name, Math.floor(graph.count(name) * 0.37));
      const found = reachOf(graph, cell);
      for (const later of graph.names.slice(at + 1)) {
        const region = found.get(later);
        const reached = region ? offsetsIn(graph, region) : new Set();
        for (const offset of [...Array(Math.min(60, graph.count(later))).keys()]) {
          const step = Math.floor(graph.count(later) / Math.min(60, graph.count(later)));
          const other = graph.cellAt(later, offset * step);
          const field = receptiveField(graph, other).get(name);
          if (field && offsetsIn(graph, field).has(graph.offset(cell)))
            assert.ok(reached.has(graph.offset(other)), `${name} → ${later} ${offset * step}`);
        }
      }
    }
});

test('through windows that skip cells, one after the other, fields and reaches are what loops find', () => {
  let empty = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const any = generator(seed);
    const conv = (name) => {
      const [kernel, dilation] = [1 + any(3), 1 + any(3)];
      const padding = any(dilation * (kernel - 1) + 1);
      return { name, kind: 'conv', channels: 1, kernel, dilation, padding, stride: 1 + any(2) };
    };
    const layers = [conv('one'), conv('two'), conv('three')];
    const graph = createGraph(network({ shape: [1, 19, 19], border: 0, layers }));
    /** By layer, for each of its cells: which cells of an earlier layer it depends on. */
    const depends = (earlier) => {
      const found = new Map([[earlier, (cell) => new Set([graph.offset(cell)])]]);
      for (const name of graph.names.slice(graph.names.indexOf(earlier) + 1)) {
        const layer = graph.layer(name);
        const below = found.get(layer.inputs[0]);
        const known = new Map();
        found.set(name, (cell) => {
          const at = graph.offset(cell);
          if (!known.has(at)) {
            const read = [...readOffsets(graph, layer, cell)];
            const cells = read.map((offset) => graph.cellAt(layer.inputs[0], offset));
            known.set(at, new Set(cells.flatMap((one) => [...below(one)])));
          }
          return known.get(at);
        });
      }
      return found;
    };
    const boxOf = (name, offsets) => {
      const cells = [...offsets].map((offset) => graph.cellAt(name, offset));
      const ends = (key) => {
        const all = cells.map((cell) => cell[key]);
        return [Math.min(...all), Math.max(...all) + 1];
      };
      return [...ends('row'), ...ends('column')];
    };
    const bounds = ({ row0, row1, column0, column1 }) => [row0, row1, column0, column1];
    const found = depends('input');
    for (const name of ['two', 'three'])
      for (const cell of [...cellsOf(graph, name)].filter((_, i) => i % 7 === 0)) {
        const field = receptiveField(graph, cell).get('input');
        const expected = found.get(name)(cell);
        assert.deepEqual(bounds(field), boxOf('input', expected), `seed ${seed} ${name}`);
      }
    for (const offset of [0, 100, 200, 333]) {
      const reach = reachOf(graph, graph.cellAt('input', offset));
      for (const name of ['one', 'two', 'three']) {
        const reached = [...cellsOf(graph, name)].filter((cell) =>
          found.get(name)(cell).has(offset),
        );
        const region = reach.get(name);
        empty += reached.length ? 0 : 1;
        assert.equal(region !== undefined, reached.length > 0, `seed ${seed} ${name}`);
        if (region)
          assert.deepEqual(bounds(region), boxOf(name, reached.map(graph.offset)), `seed ${seed}`);
      }
    }
  }
  assert.ok(empty > 5, 'some cells are read by nobody');
});

test('behind a convolution a cell reaches the windows that cover it and no others', () => {
  const graph = createGraph(LENET);
  const found = reachOf(graph, { layer: 'pool1', channel: 2, row: 6, column: 1 });
  const { row0, row1, column0, column1, channel0, channel1 } = found.get('conv2');
  assert.deepEqual([channel0, channel1, row0, row1, column0, column1], [0, 16, 2, 7, 0, 2]);
  const pooled = found.get('pool2');
  assert.deepEqual([pooled.row0, pooled.row1, pooled.column0, pooled.column1], [1, 4, 0, 1]);
  assert.equal(found.has('conv1'), false);
});

test('every layer before and after the pinned cell shows its derivatives, on a scale of its own', () => {
  const graph = createGraph(LENET);
  const layout = stage(graph);
  const cell = { layer: 'conv2', channel: 7, row: 5, column: 4 };
  const derivatives = derivativesOf(graph, cell);
  const influence = influenceOf(graph, derivatives);
  const items = overlayItems(layout, graph, { ...madeUp(graph) }, null, cell, null, influence);
  const heat = items.filter(({ kind }) => kind === 'cells');
  const shown = layout.boxes.map(({ layer }) => layer).filter((layer) => layer !== 'conv2');
  assert.deepEqual(
    heat.map(({ layer }) => layer),
    shown,
  );
  for (const item of heat) {
    const { data } = derivatives.tensors.get(item.layer);
    const { limit } = influence.ranges.get(item.layer);
    assert.equal(limit, Math.max(...Array.from(data, Math.abs)));
    assert.equal(item.after, graph.names.indexOf(item.layer) > graph.names.indexOf('conv2'));
    if (!item.after)
      assert.deepEqual(item.region, receptiveField(graph, cell).get(item.layer), item.layer);
  }
  const bars = influence.bars('softmax', () => true);
  assert.equal(bars.length, 10);
  bars.forEach(({ fraction, fill }, channel) => {
    const value = derivatives.tensors.get('softmax').data[channel];
    close(fraction, value / influence.ranges.get('softmax').limit, 'bar');
    assert.equal(fill, value < 0 ? 'neg' : 'pos');
  });
});

test('the numbers in large cells are influences where these are shown, and values elsewhere', () => {
  const graph = createGraph(LENET);
  const fitted = stage(graph);
  const cell = { layer: 'conv2', channel: 7, row: 5, column: 4 };
  const influence = influenceOf(graph, derivativesOf(graph, cell));
  const { x, y, width } = rectOf(fitted, { layer: 'pool1', channel: 2, row: 5, column: 4 });
  const zoom = 48 / width;
  const near = { zoom, x: 500 - x * zoom, y: 260 - y * zoom };
  const layout = zoomed(fitted, held(fitted, near, fitted), fitted);
  const count = { over: 0, under: 0 };
  for (const { text, ...at } of numbersShown(layout, influence)) {
    const reach = influence.regions.get(at.layer);
    const over = reach && offsetsIn(graph, reach.region).has(graph.offset(at));
    const { tensors } = over ? influence : influence.under;
    const value = Number(tensors.get(at.layer).data[graph.offset(at)]);
    const shown = Number(text.replace('−', '-'));
    const decimals = text.split('.')[1]?.length ?? 0;
    assert.ok(Math.abs(shown - value) <= 0.501 * 10 ** -decimals, `${text} is not ${value}`);
    count[over ? 'over' : 'under'] += 1;
  }
  assert.ok(count.over > 20 && count.under > 20, JSON.stringify(count));
});

test('a layer that the cell does not move says 0', () => {
  const graph = createGraph(LENET);
  const derivatives = derivativesOf(graph, { layer: 'conv1', channel: 0, row: 5, column: 4 });
  derivatives.tensors.get('fc1').data.fill(0);
  const { lowText, highText, caption } = influenceOf(graph, derivatives).legend('fc1');
  assert.deepEqual([lowText, highText, caption], ['0', '', 'no influence']);
});

test('derivatives lie above the scrim and below lines and frames', () => {
  const graph = createGraph(LENET);
  const cell = { layer: 'fc1', channel: 3, row: 0, column: 0 };
  const influence = influenceOf(graph, derivativesOf(graph, cell));
  const items = overlayItems(stage(graph), graph, madeUp(graph), null, cell, null, influence);
  const kinds = items.map(({ kind }) => kind);
  assert.equal(kinds[0], 'scrim');
  assert.ok(kinds.includes('curve') && kinds.includes('cells'));
  assert.ok(kinds.lastIndexOf('cells') < kinds.indexOf('curve'));
  assert.ok(kinds.lastIndexOf('curve') < kinds.indexOf('frame'));
});

test('a derivative is said as what the earlier cell does to the later one', () => {
  const graph = createGraph(LENET);
  const cell = { layer: 'conv2', channel: 7, row: 5, column: 4 };
  const derivatives = derivativesOf(graph, cell);
  const set = (other, value) =>
    (derivatives.tensors.get(other.layer).data[graph.offset(other)] = value);
  const before = { layer: 'pool1', channel: 5, row: 3, column: 2 };
  const after = { layer: 'fc1', channel: 34, row: 0, column: 0 };
  set(before, -0.83);
  set(after, 0);
  const text = derivativeText(graph, derivatives, before);
  const falls = 'If pool1[5, 3, 2] rises a little, conv2[7, 5, 4] falls 0.8300 times as much.';
  assert.equal(text, falls);
  const still = 'If conv2[7, 5, 4] rises a little, fc1[34] does not change.';
  assert.equal(derivativeText(graph, derivatives, after), still);
  assert.equal(codeName(graph, after), 'fc1[34]');
});

test('where an influence ends is said, with the layer that ends it', () => {
  const graph = createGraph(LENET);
  const cell = { layer: 'conv2', channel: 7, row: 5, column: 4 };
  const said = (...still) => {
    const derivatives = derivativesOf(graph, cell);
    for (const name of still) derivatives.tensors.get(name).data.fill(0);
    return influenceText(graph, derivatives, cell);
  };
  const what =
    'How much each pixel changes this cell, and how much this cell changes the later ones.';
  const names = graph.names.slice(graph.names.indexOf('conv2') + 1);
  assert.equal(said(), what);
  assert.equal(said('fc1'), what, 'something still arrives');
  assert.equal(said(...names), `${what} relu2 stops it here: nothing goes on.`);
  assert.equal(said(...names.slice(1)), `${what} pool2 takes a larger cell: nothing goes on.`);
  assert.equal(said(...names.slice(3)), `${what} relu3 stops it: nothing goes on.`);
  const sure = 'softmax is so sure that its shares do not move: nothing goes on.';
  assert.equal(said('softmax'), `${what} ${sure}`);
  const nothing = 'relu1 lets nothing through, so that no pixel counts.';
  assert.equal(said('input', 'conv1'), `${what} ${nothing}`);
});

test('no end of a legend is written as 0 that is none, and both fit one word', () => {
  const graph = createGraph(LENET);
  const derivatives = derivativesOf(graph, { layer: 'conv1', channel: 0, row: 5, column: 4 });
  const fc1 = derivatives.tensors.get('fc1');
  const ends = (low, high) => {
    const data = new Float32Array(fc1.data.length);
    data.set([low, high]);
    const tensors = new Map([...derivatives.tensors, ['fc1', { ...fc1, data }]]);
    const found = influenceOf(graph, { ...derivatives, tensors });
    const { lowText, highText, both } = found.legend('fc1');
    return [lowText, highText, both];
  };
  assert.deepEqual(ends(-0.0171, 0.0343), ['−0.017', '0.034', '±0.034']);
  assert.deepEqual(ends(-0.0051, 0.0002), ['−0.005', '≈\u202f0', '±0.005']);
  assert.deepEqual(ends(-0.00004, 0.0002), ['−4×10⁻⁵', '2×10⁻⁴', '±2×10⁻⁴']);
  assert.deepEqual(ends(-3.2e-9, 0), ['−3×10⁻⁹', '0', '±3×10⁻⁹']);
});
