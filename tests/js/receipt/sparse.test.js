import assert from 'node:assert/strict';
import test from 'node:test';
import { contributions } from '../../../static/js/kinds/network/amounts.js';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { mapsOf } from '../../../static/js/geometry/regions.js';
import { influences } from '../../../static/js/kinds/network/amounts.js';
import { times } from '../../../static/js/text/numbers.js';
import { code, table, words } from '../../../static/js/scene/receipt/forms.js';
import { formula } from '../../../static/js/scene/receipt/formula.js';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { what } from '../../../static/js/scene/sentences.js';
import { parameterCount } from '../../../static/js/kinds/traits.js';
import { LENET5 } from '../specs.js';
import { plainly, someCells, tamed } from './witness.js';

const graph = createGraph(LENET5);
const view = tamed(graph, 3);
const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });
const text = (cell) =>
  words(receipt(graph, view, cell))
    .map((paragraph) => paragraph.text)
    .join(' ');

test('a map that reads some maps only counts, names and lists those', () => {
  const table_ = graph.layer('c3').connections;
  table_.forEach((maps, channel) => {
    const cell = at('c3', channel, 4, 3);
    const made = receipt(graph, view, cell);
    assert.deepEqual(made.channels, maps);
    assert.equal(made.products.length, maps.length * 25);
    for (let map = 0; map < maps.length; map++) {
      assert.equal(made.labelOf(map), `tanh2 [${maps[map]}]`);
      assert.deepEqual(mapsOf(made.region(map)), [maps[map]]);
      assert.deepEqual(made.cellAt(map, 7), at('tanh2', maps[map], 5, 5));
    }
    const rows = table(made).rows.filter(({ role }) => role === 'subtotal');
    assert.equal(rows.length, maps.length);
  });
  assert.match(text(at('c3', 5, 4, 3)), /5 × 5 cells in maps 0, 1 and 5 of tanh2/);
  assert.match(text(at('c3', 15, 4, 3)), /5 × 5 cells in all 6 maps of tanh2/);
  assert.match(what(graph, null, at('c3', 5)), /One filter reads 3 of the 6 maps at once: 75 prod/);
  assert.match(receipt(graph, view, at('c3', 5)).why.title, /^Why not all 6 maps\?$/);
  assert.match(receipt(graph, view, at('c3', 15)).why.title, /^Why 16 maps, not 96\?$/);
});

test('its code and its formula read those maps and no others', () => {
  const made = receipt(graph, view, at('c3', 5, 4, 3));
  assert.match(code(made), /maps = \[0, 1, 5\].*\nx = x\[maps\]\n.*\[channel, maps\]/);
  assert.match(formula(made)[0].text, /∑ \[i ∈ \{ 0 , 1 , 5 \}\]/);
});

test('a table of all products is whole, however few maps the equation shows', () => {
  const made = receipt(graph, view, at('c5', 7));
  assert.equal(made.equation.items.filter(({ role }) => role === 'map').length, 5);
  const rows = table(made).rows;
  assert.equal(rows.filter(({ role }) => role === 'term').length, 400);
  assert.equal(rows.filter(({ role }) => role === 'subtotal').length, 16);
});

test('subsampling weighs every cell of its window with the weight of its map', () => {
  const weight = view.weights.get('s2.weight').data[3];
  const data = view.trace.get('tanh1').data;
  const made = receipt(graph, view, at('s2', 3, 4, 5));
  assert.ok(made.shared);
  [...made.products].forEach((product, tap) => {
    const from = at('tanh1', 3, 8 + Math.floor(tap / 2), 10 + (tap % 2));
    assert.deepEqual(made.cellAt(0, tap), from);
    assert.equal(product, data[graph.offset(from)] * weight);
  });
  assert.match(text(at('s2', 3, 4, 5)), /All of them have the same weight, that of map 3\./);
  assert.match(code(made), /products = window \* weight\nvalue = products\.sum\(\) \+ bias/);
  assert.match(receipt(graph, { ...view, weights: null }, at('s2', 0)).check, /1 weight is still/);
});

test('contributions add up to the cell, and come from what it reads', () => {
  for (const cell of someCells(graph, 5, 9)) {
    const layer = graph.layer(cell.layer);
    if (!['conv', 'subsample'].includes(layer.kind)) continue;
    const { values, bias, region } = contributions(graph, view.trace, view.weights, cell);
    const sum = values.reduce((total, value) => total + value, bias);
    const exact = plainly(graph, layer, cell, view.trace, view.weights);
    assert.ok(Math.abs(sum - exact) < 1e-9, JSON.stringify(cell));
    const read = layer.connections?.[cell.channel];
    if (read)
      assert.deepEqual(
        [...values.keys()].flatMap((i) => mapsOf(region(i))),
        read,
      );
  }
});

test('a cell influences the maps that read it, by as much as it moves them', () => {
  for (const from of [at('tanh2', 4, 6, 7), at('tanh1', 2, 9, 8)]) {
    const own = view.trace.get(from.layer).data[graph.offset(from)];
    for (const { region, value } of influences(graph, view.trace, view.weights, from)) {
      const layer = graph.layer(region.layer);
      const [channel] = mapsOf(region);
      if (layer.connections) assert.ok(layer.connections[channel].includes(from.channel));
      let moved = 0;
      for (let row = region.row0; row < region.row1; row++)
        for (let column = region.column0; column < region.column1; column++)
          moved += change(layer, at(region.layer, channel, row, column), from);
      assert.ok(Math.abs(moved - value) < 1e-6 * Math.max(1, Math.abs(own)), region.layer);
    }
  }
  const maps = influences(graph, view.trace, view.weights, at('tanh2', 4, 6, 7)).map(
    ({ region }) => region.channel0,
  );
  assert.deepEqual(maps, [2, 3, 4, 7, 8, 9, 10, 12, 13, 15]);
});

/** How a cell changes when another is taken to zero: two plain sums. */
function change(layer, cell, from) {
  const { shape, data, dtype } = view.trace.get(from.layer);
  const without = Float32Array.from(data);
  without[graph.offset(from)] = 0;
  const trace = new Map(view.trace).set(from.layer, { shape, dtype, data: without });
  const value = (seen) => plainly(graph, layer, cell, seen, view.weights);
  return value(view.trace) - value(trace);
}

test('only weights of what is connected are counted', () => {
  const counts = graph.names.map((name) => parameterCount(graph.layer(name))).filter(Boolean);
  assert.deepEqual(counts, [156, 12, 1516, 32, 48120, 10164, 850]);
});

test('a factor is written as the fraction that it is', () => {
  assert.deepEqual([2 / 3, 1.7159, 0.5, 3, 0.1, 1].map(times), [
    ...['2/3 · ', '1.7159 · ', '1/2 · ', '3 · ', '0.1 · ', ''],
  ]);
});
