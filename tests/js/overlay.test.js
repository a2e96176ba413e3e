import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { receptiveField, windowOf } from '../../static/js/kinds/network/windows.js';
import { layout } from '../../static/js/scene/layout.js';
import { rectOf } from '../../static/js/scene/pick.js';
import { regionRects } from '../../static/js/scene/marks/rects.js';
import { madeUp } from './generate.js';
import { overlayItems } from './marked.js';
import { GRAPH, LENET } from './specs.js';

const DESK = { width: 1176, height: 540, dpr: 1, folded: true };
const lenet = createGraph(LENET);
const made = layout(lenet, DESK);
const view = { ...madeUp(lenet), scale: 'layer' };
const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });
const CONV2 = at('conv2', 7, 7, 3);
const only = (items, kind, role) =>
  items.filter((item) => item.kind === kind && (!role || item.role === role));

test('nothing pointed at, nothing drawn', () => {
  assert.deepEqual(overlayItems(made, lenet, view, null, null), []);
});

test('a pointed cell has its frame, its windows and its receptive field, and nothing dims', () => {
  const items = overlayItems(made, lenet, view, CONV2, null);
  const [cell] = only(items, 'frame', 'pointed');
  assert.deepEqual(cell.rect, rectOf(made, CONV2));
  const [window] = windowOf(lenet, CONV2);
  assert.deepEqual(
    only(items, 'frame', 'window').map(({ rect }) => rect),
    regionRects(made, lenet, window),
  );
  const field = receptiveField(lenet, CONV2);
  const rects = only(items, 'frame', 'field').map(({ rect }) => rect);
  assert.deepEqual(
    rects,
    ['input', 'conv1'].flatMap((name) => regionRects(made, lenet, field.get(name))),
  );
  assert.equal(only(items, 'scrim').length + only(items, 'frame', 'forward').length, 0);
});

test('pinning dims all but what takes part, and shows what the cell reaches', () => {
  const items = overlayItems(made, lenet, view, CONV2, CONV2);
  assert.equal(items[0].kind, 'scrim');
  assert.equal(items.at(-1).role, 'pinned');
  const [forward] = only(items, 'frame', 'forward');
  assert.deepEqual(forward.rect, rectOf(made, at('pool2', 7, 3, 1)));
  assert.equal(forward.line, 'dashed');
  const holds = (hole, rect) =>
    hole.x <= rect.x &&
    hole.y <= rect.y &&
    hole.x + hole.width >= rect.x + rect.width &&
    hole.y + hole.height >= rect.y + rect.height;
  for (const { rect } of only(items, 'frame'))
    assert.ok(items[0].holes.some((hole) => holds(hole, rect)));
  assert.ok(items[0].holes.some((hole) => holds(hole, made.box('softmax').rect)));
});

test('curves of a convolution are its partial sums, weakest first', () => {
  const curves = only(overlayItems(made, lenet, view, CONV2, null), 'curve');
  assert.ok(curves.length > 0 && curves.length <= 6);
  const strength = curves.map(({ t }) => Math.abs(t));
  assert.deepEqual(
    strength,
    strength.toSorted((a, b) => a - b),
  );
  assert.equal(strength.at(-1), 1);
  for (const { t, value, width, opacity } of curves) {
    assert.equal(Math.sign(t), Math.sign(value));
    assert.ok(Math.abs(width - (0.75 + 3.25 * Math.abs(t))) < 1e-9);
    assert.ok(Math.abs(opacity - (0.18 + 0.77 * Math.abs(t))) < 1e-9);
  }
});

test('of a dense unit nothing under 8 % of the largest is drawn', () => {
  const curves = only(overlayItems(made, lenet, view, at('fc1', 34), null), 'curve');
  assert.ok(curves.length > 10 && curves.length < 400);
  for (const { t } of curves) assert.ok(Math.abs(t) >= 0.08);
});

test('the curve of max pooling leaves from the winner, on the layer the activation folded into', () => {
  const cell = at('pool1', 2, 3, 4);
  const { data } = view.trace.get('relu1');
  const before = data.slice();
  data[lenet.offset(at('relu1', 2, 7, 8))] = 99;
  const items = overlayItems(made, lenet, view, cell, null);
  data.set(before);
  const winner = rectOf(made, at('conv1', 2, 7, 8));
  const [curve] = only(items, 'curve');
  assert.deepEqual(curve.from, [winner.x + winner.width + 2, winner.y + winner.height / 2]);
  assert.deepEqual(only(items, 'frame', 'winner')[0].rect, winner);
  const [window] = only(items, 'frame', 'window');
  assert.equal(window.layer, 'conv1');
  assert.deepEqual([window.rect.width, window.rect.height], [8, 8]);
});

test('before the weights are there frames stand without curves', () => {
  const items = overlayItems(made, lenet, { ...view, weights: null }, null, CONV2);
  assert.equal(only(items, 'curve').length, 0);
  assert.equal(only(items, 'frame', 'window').length, 6);
  const empty = overlayItems(made, lenet, { ...view, trace: null }, null, CONV2);
  assert.equal(only(empty, 'curve').length, 0);
});

test('a cell beside the pinned one is compared; the pinned one itself is not', () => {
  const items = overlayItems(made, lenet, view, at('conv2', 7, 7, 4), CONV2);
  assert.equal(only(items, 'frame', 'compare').length, 1);
  assert.equal(only(items, 'frame', 'compare')[0].tone, 'ink');
  assert.equal(only(overlayItems(made, lenet, view, CONV2, CONV2), 'frame', 'compare').length, 0);
});

test('a cell of a folded activation is shown where it folded', () => {
  const items = overlayItems(made, lenet, view, at('relu2', 7, 7, 3), null);
  assert.deepEqual(only(items, 'frame', 'pointed')[0].rect, rectOf(made, CONV2));
});

test('every kind of layer can be pointed at and pinned, folded or not, on any stage', () => {
  for (const graph of [lenet, createGraph(GRAPH)]) {
    const state = { ...madeUp(graph), scale: 'layer' };
    for (const stage of [DESK, { ...DESK, folded: false }, { ...DESK, width: 390, dpr: 3 }]) {
      const place = layout(graph, stage);
      for (const name of graph.names)
        for (const offset of [0, graph.count(name) - 1]) {
          const cell = graph.cellAt(name, offset);
          const items = overlayItems(place, graph, state, null, cell);
          assert.equal(only(items, 'frame', 'pinned').length, 1, name);
          assert.ok(name === graph.input || only(items, 'frame', 'window').length > 0, name);
          const numbers = JSON.stringify(items).match(/null(?!,"tone")/g) ?? [];
          assert.equal(numbers.length, 0, `${name} has a coordinate that is no number`);
        }
    }
  }
});
