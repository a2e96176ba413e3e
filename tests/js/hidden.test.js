// Layers that are hidden leave the picture, and what is around them joins.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { layout } from '../../static/js/scene/layout.js';
import { overlayItems } from '../../static/js/scene/overlay.js';
import { pick, rectOf } from '../../static/js/scene/pick.js';
import { LENET, network } from './specs.js';

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
