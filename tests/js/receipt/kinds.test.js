import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { layout } from '../../../static/js/scene/layout.js';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { table } from '../../../static/js/scene/receipt/forms.js';
import { madeUp, stridedNetwork } from '../generate.js';
import { GRAPH, LENET, LENET5 } from '../specs.js';
import { read, someCells, tamed, tapsOf } from './witness.js';

const lenet = createGraph(LENET);
const view = tamed(lenet, 3);
const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });
const graphs = Array.from({ length: 80 }, (_, seed) => [
  createGraph(stridedNetwork(seed + 1)),
  seed,
]);
const strided = graphs.map(([graph, seed]) => ({ graph, seed, ...madeUp(graph, seed) }));
const withKind = (kind) => strided.filter(({ graph }) => graph.layer('layer').kind === kind);

test('the winner of max pooling is the first of the largest, never padding', () => {
  let padded = 0;
  for (const { graph, trace, weights, seed } of withKind('pool')) {
    const layer = graph.layer('layer');
    if (layer.mode !== 'max') continue;
    trace.get('input').data.forEach((value, i, data) => (data[i] = Math.round(value * 2) - 3));
    const cells = Array.from({ length: graph.count('layer') }, (_, i) => graph.cellAt('layer', i));
    const expected = cells.map((cell) => {
      const taps = tapsOf(graph, layer, cell).filter(({ map }) => map === cell.channel);
      const best = taps.filter(({ inside }) => inside);
      const most = Math.max(...best.map(({ offset }) => trace.get('input').data[offset]));
      const winner = taps.findIndex(
        (tap) => tap.inside && trace.get('input').data[tap.offset] === most,
      );
      const ties = best.filter(({ offset }) => trace.get('input').data[offset] === most).length;
      padded += best.length < taps.length ? 1 : 0;
      trace.get('layer').data[graph.offset(cell)] = most;
      return { winner, ties };
    });
    cells.forEach((cell, i) => {
      const made = receipt(graph, { trace, weights }, cell);
      assert.deepEqual({ winner: made.winner, ties: made.ties }, expected[i], `seed ${seed}`);
      const strong = made.equation.items.filter((item) => item.strong).map(({ index }) => index);
      assert.deepEqual(strong, [made.winner]);
      assert.ok(made.equation.items.every((item) => item.cell));
    });
  }
  assert.ok(padded > 20);
});

test('a mean is divided by the whole kernel, padding included', () => {
  const means = withKind('pool').filter(({ graph }) => graph.layer('layer').mode === 'average');
  assert.ok(means.length > 3);
  for (const { graph, trace, weights, seed } of means)
    for (const cell of someCells(graph, seed)) {
      if (cell.layer === 'input') continue;
      const { divisor, rows, columns, equations, sum, value } = receipt(
        graph,
        { trace, weights },
        cell,
      );
      assert.equal(divisor, rows * columns);
      const [, mean] = divisor === 1 ? [null, null] : equations;
      if (mean) assert.equal(mean.items[1].signedText, String(divisor));
      assert.ok(Math.abs(sum / divisor - value) < 1e-6);
    }
});

test('a pool that reads an activation also shows what was before it', () => {
  const made = receipt(lenet, view, at('pool1', 0, 7, 8));
  assert.equal(made.before.layer, 'conv1');
  assert.deepEqual(
    [...made.before.values].map((value) => Math.max(0, value)),
    [...made.values],
  );
  assert.equal(
    receipt(createGraph(GRAPH), madeUp(createGraph(GRAPH)), at('shrunk', 0, 1, 1)).before,
    null,
  );
});

test('a curve runs over the layer it reads, and this cell lies on it', () => {
  for (const [spec, name] of [
    [LENET, 'relu1'],
    [LENET5, 'tanh1'],
    [GRAPH, 'hidden_sigmoid'],
  ]) {
    const graph = createGraph(spec);
    const { trace, weights } = tamed(graph, 5);
    const made = receipt(graph, { trace, weights }, graph.cellAt(name, 3));
    const { curve, before, value } = made;
    const limit = Math.max(...trace.get(made.source.layer).data.map(Math.abs));
    assert.equal(curve.limit, limit);
    assert.equal(curve.x[0], -limit);
    assert.equal(curve.x.at(-1), limit);
    assert.ok(curve.x.includes(0));
    const right = curve.x.findIndex((x) => x >= before);
    const [x0, x1, y0, y1] = [
      curve.x[right - 1],
      curve.x[right],
      curve.y[right - 1],
      curve.y[right],
    ];
    const between = y0 + ((before - x0) / (x1 - x0)) * (y1 - y0);
    assert.ok(Math.abs(between - value) < 0.01 * Math.max(1, limit));
    assert.ok([...curve.y].every((y) => y >= curve.low && y <= curve.high));
  }
});

test('a folded activation follows in the receipt of its source, and continues it when asked itself', () => {
  const folded = layout(lenet, { width: 1176, height: 540, dpr: 1, folded: true });
  const shown = layout(lenet, { width: 1176, height: 540, dpr: 1, folded: false });
  const source = receipt(lenet, view, at('conv2', 7, 7, 3), folded);
  assert.deepEqual(
    source.after.map(({ name }) => name),
    ['relu2 map 7, row 7, column 3'],
  );
  assert.equal(source.after[0].before, source.value);
  const made = receipt(lenet, view, at('relu2', 7, 7, 3), folded);
  assert.equal(made.origin.name, source.name);
  assert.equal(made.origin.equation.text, source.equation.text);
  assert.deepEqual(receipt(lenet, view, at('conv2', 7, 7, 3), shown).after, []);
  assert.equal(receipt(lenet, view, at('relu2', 7, 7, 3), shown).origin, null);
});

test('a changed score changes the share as working everything out again says', () => {
  for (let unit = 0; unit < 10; unit++) {
    const { whatIf, equations } = receipt(lenet, view, at('softmax', unit));
    const scores = [...view.trace.get('fc3').data];
    const share = (changed) => {
      const powers = changed.map((score) => Math.exp(score));
      return powers[unit] / powers.reduce((a, b) => a + b);
    };
    assert.deepEqual(
      whatIf.map(({ deltaText }) => deltaText),
      ['−1', '−0.1', '+0.1', '+1'],
    );
    for (const { delta, probability, change } of whatIf) {
      const again = share(scores.map((score, i) => (i === unit ? score + delta : score)));
      assert.ok(Math.abs(probability - again) < 1e-12);
      assert.ok(Math.abs(change - (again - share(scores))) < 1e-12);
    }
    assert.deepEqual(
      equations.map(({ role }) => role),
      ['difference', 'exponential', 'sum', 'value'],
    );
    assert.deepEqual(
      equations[0].items.map(({ role }) => role),
      ['score', 'largest'], // and no rounding
    );
  }
});

test('the rows of a softmax repeat its equations, and their exponentials add up with its rounding', () => {
  const made = receipt(lenet, view, at('softmax', 3));
  const [away, , sum] = made.equations;
  const rows = made.rows();
  assert.equal(rows[3].scoreText, away.items[0].signedText);
  assert.equal(rows[3].differenceText, away.total.signedText);
  const rounding = sum.items.find(({ role }) => role === 'rounding')?.units ?? 0;
  const shown = rows.reduce((units, row) => units + read(row.exponentialText).units, rounding);
  assert.equal(shown, sum.total.units);
});

test('the table of a softmax lists the largest shares and its own, in the order of the units', () => {
  const { data } = view.trace.get('softmax');
  const order = [...data.keys()].sort((a, b) => data[b] - data[a]);
  const own = order.at(-1);
  const { rows } = table(receipt(lenet, view, at('softmax', own)), 4);
  const terms = rows.filter(({ role }) => role === 'term');
  assert.deepEqual(
    terms.map(({ cells: [{ text }] }) => text),
    [...[...order.slice(0, 4), own].sort().map(String), '5 more'],
  );
});

test('layers that pass a value on name the cell it comes from', () => {
  const graph = createGraph(GRAPH);
  const made = madeUp(graph);
  const source = (layer, offset) => receipt(graph, made, graph.cellAt(layer, offset)).source;
  assert.deepEqual(source('flat', 17), graph.cellAt('small', 17));
  assert.deepEqual(source('mixed', 64 * 5 + 9), at('wide', 1, 1, 1));
  const { parts, equation } = receipt(graph, made, at('joined', 2, 3, 4));
  assert.deepEqual(parts, [at('stem_relu', 2, 3, 4), at('block_b', 2, 3, 4)]);
  assert.deepEqual(
    equation.items.map(({ cell }) => cell.layer),
    ['stem_relu', 'block_b'],
  );
});

test('every single term, candidate and part says which cell it comes from', () => {
  for (const spec of [LENET, LENET5, GRAPH]) {
    const graph = createGraph(spec);
    const made = tamed(graph, 9);
    for (const cell of someCells(graph, 9)) {
      const { equations, channels } = receipt(graph, made, cell);
      for (const { items } of equations)
        for (const item of items) {
          const single = ['term', 'candidate', 'part', 'score', 'largest'].includes(item.role);
          if (single || (item.role === 'argument' && item.label.includes('['))) {
            if (item.cell === null) assert.equal(item.label, 'padding');
            else assert.ok(graph.valid(item.cell));
          }
          if (item.role === 'map' && item.region)
            assert.equal(item.region.channel0, channels[item.index]);
        }
    }
  }
});
