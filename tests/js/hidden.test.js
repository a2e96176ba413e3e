// Layers that are hidden leave the picture, and what is around them joins.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { mapsOf } from '../../static/js/geometry/regions.js';
import { layout } from '../../static/js/scene/layout.js';
import { pick, rectOf } from '../../static/js/scene/pick.js';
import { forwardParts } from '../../static/js/scene/marks/cone.js';
import { cellsOf, generator, offsetsIn, readOffsets } from './generate.js';
import { overlayItems } from './marked.js';
import { LENET, LENET5, network } from './specs.js';

const STAGE = { width: 1176, height: 540, dpr: 1, folded: true };
const VIEW = /** @type {const} */ ({ trace: null, weights: null, scale: 'layer' });
const graph = createGraph(LENET);
const whole = layout(graph, STAGE);

test('a hidden layer has no place, and edges join across it', () => {
  for (const { layer } of whole.boxes) {
    const without = layout(graph, { ...STAGE, hidden: [layer] });
    assert.deepEqual(
      without.boxes.map((box) => box.layer),
      whole.boxes.map((box) => box.layer).filter((name) => name !== layer),
    );
    for (const { layer: name } of without.boxes.slice(1))
      assert.ok(without.sources(name).length, `${name} reads something without ${layer}`);
    const cell = { layer, channel: 0, row: 0, column: 0 };
    assert.equal(rectOf(without, cell), null);
  }
});

test('what is folded into a hidden layer is hidden with it', () => {
  const without = layout(graph, { ...STAGE, hidden: ['conv1'] });
  assert.equal(without.box('relu1'), undefined);
  const own = layout(graph, { ...STAGE, folded: false, hidden: ['conv1'] });
  assert.ok(own.box('relu1'), 'as a layer of its own it stays');
  assert.deepEqual(own.sources('relu1'), ['input']);
});

test('a branch that is hidden leaves one edge from the fork to the join', () => {
  const forked = createGraph(
    network({
      layers: [
        { name: 'stem', kind: 'conv', channels: 4, kernel: 3, padding: 1 },
        { name: 'a', kind: 'conv', channels: 4, kernel: 3, padding: 1 },
        { name: 'b', kind: 'conv', channels: 4, kernel: 3, padding: 1 },
        { name: 'sum', kind: 'add', inputs: ['stem', 'b'] },
        { name: 'out', kind: 'dense', channels: 3 },
      ],
    }),
  );
  const without = layout(forked, { ...STAGE, hidden: ['a', 'b'] });
  assert.deepEqual(without.sources('sum'), ['stem']);
});

test('pointing finds every cell of the layers that are left, whichever is hidden', () => {
  for (const { layer } of whole.boxes) {
    const without = layout(graph, { ...STAGE, hidden: [layer] });
    for (const { layer: name } of without.boxes) {
      const cell = { layer: name, channel: 0, row: 0, column: 0 };
      const { x, y, width, height } = rectOf(without, cell);
      assert.deepEqual(pick(without, x + width / 2, y + height / 2), cell);
      const items = overlayItems(without, graph, VIEW, null, cell);
      for (const item of items)
        if (item.kind === 'frame') assert.ok(without.box(item.layer), `no frame on ${item.layer}`);
    }
  }
});

test('of a cell that is hidden what it reads is framed, and nothing else', () => {
  const without = layout(graph, { ...STAGE, hidden: ['conv1', 'pool1'] });
  const own = { layer: 'conv1', channel: 3, row: 7, column: 9 };
  const [window, ...none] = overlayItems(without, graph, VIEW, null, own);
  assert.deepEqual(none, []);
  const corner = rectOf(without, { layer: 'input', channel: 0, row: 7, column: 9 });
  assert.deepEqual([window.role, window.layer], ['window', 'input']);
  assert.deepEqual([window.rect.x, window.rect.y], [corner.x, corner.y]);
  assert.equal(window.rect.width, 5 * corner.width);
  const pooled = overlayItems(without, graph, VIEW, null, { ...own, layer: 'pool1' });
  assert.deepEqual(
    pooled.map(({ role, layer }) => [role, layer]),
    [['field', 'input']],
  );
});

test('lines lead across a hidden window to the cell itself', () => {
  const without = layout(graph, { ...STAGE, hidden: ['pool1'] });
  const cell = { layer: 'conv2', channel: 3, row: 4, column: 5 };
  const rect = rectOf(without, cell);
  const lines = overlayItems(without, graph, VIEW, cell, null)
    .filter(({ kind }) => kind === 'wedge')
    .flatMap((wedge) => wedge.lines);
  assert.ok(
    lines.some(([, , x, y]) => x === rect.x && (y === rect.y || y === rect.y + rect.height)),
  );
});

test('what a cell reaches is framed beyond a hidden layer, no smaller than the engine says', () => {
  const without = layout(graph, { ...STAGE, hidden: ['pool1'] });
  const cell = { layer: 'conv1', channel: 2, row: 12, column: 9 };
  const framed = overlayItems(without, graph, VIEW, null, cell).filter(
    ({ role, layer }) => role === 'forward' && layer === 'conv2',
  );
  // row 12 is pooled into row 6, which rows 2 to 6 of conv2 read; column 9 into 4: columns 0 to 4
  assert.equal(framed.length, 16);
  const [first] = framed;
  const top = rectOf(without, { layer: 'conv2', channel: 0, row: 2, column: 0 });
  assert.deepEqual([first.rect.x, first.rect.y], [top.x, top.y]);
  assert.equal(first.rect.width, 5 * top.width);
});

/** Cells of `name` that a cell two layers before reaches, by plain loops over what each one reads. */
function reached(of, cell, between, name) {
  const own = of.offset(cell);
  const middle = [...cellsOf(of, between)].filter((one) =>
    readOffsets(of, of.layer(between), one).has(own),
  );
  const offsets = middle.map((one) => of.offset(one));
  return [...cellsOf(of, name)].filter((one) => {
    const read = readOffsets(of, of.layer(name), one);
    return offsets.some((offset) => read.has(offset));
  });
}

/** @param {string} between is hidden */
function assertReach(of, cell, between, name) {
  const stage = layout(of, { ...STAGE, folded: true, hidden: [between] });
  const parts = forwardParts(stage, of, cell).filter(({ region }) => region.layer === name);
  const cells = reached(of, cell, between, name);
  const maps = [...new Set(cells.map(({ channel }) => channel))].sort((a, b) => a - b);
  assert.deepEqual(
    parts.flatMap(({ region }) => mapsOf(region)),
    maps,
  );
  const inside = new Set(parts.flatMap(({ region }) => [...offsetsIn(of, region)]));
  for (const one of cells) assert.ok(inside.has(of.offset(one)));
  return maps.length;
}

test('beyond a hidden layer with a connection table exactly the maps are framed that are reached', () => {
  const any = generator(3);
  const table = () =>
    Array.from({ length: 5 }, () => [0, 1, 2, 3, 4].filter((map) => map === any(5) || !any(3)));
  const sparse = (name) => {
    const connections = table().map((maps) => (maps.length ? maps : [2]));
    return { name, kind: 'conv', channels: 5, kernel: 2, connections };
  };
  let some = 0;
  for (let i = 0; i < 12; i++) {
    const after = i % 2 ? sparse('b') : { name: 'b', kind: 'pool', kernel: 2, mode: 'max' };
    const layers = [sparse('a'), after];
    const of = createGraph(network({ shape: [5, 5, 5], border: 0, layers }));
    for (let channel = 0; channel < 5; channel++) {
      const count = assertReach(of, { layer: 'input', channel, row: 2, column: 1 }, 'a', 'b');
      if (count > 0 && count < 5) some++;
    }
  }
  assert.ok(some > 20);
});

test('beyond C3 of LeNet-5 a map of S2 reaches the maps of S4 that the table names', () => {
  const of = createGraph(LENET5);
  const [c3] = LENET5.layers.filter(({ connections }) => connections);
  const [reader] = of
    .readers(c3.name)
    .flatMap((name) => (of.layer(name).kind === 'tanh' ? of.readers(name) : [name]));
  const stage = layout(of, { ...STAGE, hidden: [c3.name] });
  for (let channel = 0; channel < 6; channel++) {
    const [source] = c3.inputs;
    const parts = forwardParts(stage, of, { layer: source, channel, row: 6, column: 7 });
    const maps = parts
      .filter(({ region }) => region.layer === reader)
      .flatMap(({ region }) => mapsOf(region));
    const named = c3.connections.flatMap((read, map) => (read.includes(channel) ? [map] : []));
    assert.deepEqual(maps, named, `map ${channel}`);
  }
});
