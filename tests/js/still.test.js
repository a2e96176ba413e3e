import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { layout } from '../../static/js/scene/layout.js';
import { quantityOf } from '../../static/js/scene/quantities/index.js';
import { valueOf } from '../../static/js/scene/quantities/scale.js';
import { barsOf, stillItems } from '../../static/js/scene/still.js';
import { madeUp } from './generate.js';
import { GRAPH, LENET, network } from './specs.js';

const DESK = { width: 1176, height: 540, dpr: 1, folded: true };
const PHONE = { width: 390, height: 667, dpr: 2, folded: true };
const lenet = createGraph(LENET);
const view = (graph, scale = 'layer') => ({ ...madeUp(graph), scale });
const only = (items, kind) => items.filter((item) => item.kind === kind);

test('every visible layer has tiles or bars, a caption, and a legend unless it is the answer', () => {
  for (const graph of [lenet, createGraph(GRAPH)])
    for (const stage of [DESK, PHONE]) {
      const made = layout(graph, stage);
      const items = stillItems(made, graph);
      for (const { layer, look } of made.boxes) {
        const mine = items.filter((item) => item.layer === layer);
        assert.ok(
          only(mine, 'text').some(({ text }) => text === layer),
          layer,
        );
        assert.equal(only(mine, 'tiles').length, look === 'bars' ? 0 : 1);
        assert.equal(only(mine, 'legend').length, look === 'bars' ? 0 : 1);
      }
    }
});

test('folded activations are named behind their layer', () => {
  const texts = only(stillItems(layout(lenet, DESK), lenet), 'text');
  const [name, fold] = ['conv1', 'relu1'].map((text) => texts.find((item) => item.text === text));
  assert.equal(fold.layer, 'conv1');
  assert.equal(fold.y, name.y);
  assert.ok(fold.x > name.x);
});

test('captions do not run into each other', () => {
  for (const graph of [lenet, createGraph(GRAPH)])
    for (const stage of [DESK, { ...DESK, height: 788 }, PHONE]) {
      const made = layout(graph, stage);
      const texts = only(stillItems(made, graph), 'text').filter(({ align }) => align === 'left');
      const end = (item) => item.x + made.measure(item.text, item.font);
      for (const [i, a] of texts.entries())
        for (const b of texts.slice(i + 1))
          if (Math.abs(a.y - b.y) < 12)
            assert.ok(end(a) <= b.x + 0.5 || end(b) <= a.x + 0.5, `${a.text} and ${b.text}`);
    }
});

test('a new trace changes values only: items are made without one', () => {
  const made = layout(lenet, DESK);
  assert.deepEqual(stillItems(made, lenet), stillItems(made, lenet));
  assert.ok(stillItems.length === 2);
});

test('with nothing drawn only what paper and ink are is known', () => {
  const values = valueOf(lenet, { ...view(lenet), trace: null });
  assert.equal(values.tensors.size, 0);
  assert.deepEqual(
    lenet.names.filter((name) => values.legend(name)),
    ['input'],
  );
  assert.deepEqual([...values.ranges.keys()], ['input']);
  assert.deepEqual(barsOf(layout(lenet, DESK), values, 'softmax'), []);
});

test('where every map has its own scale no legend claims a number for all', () => {
  const state = { ...view(lenet), scale: /** @type {const} */ ('map') };
  const { legend } = valueOf(lenet, state);
  const ends = (name) => [legend(name).lowText, legend(name).highText];
  assert.deepEqual(ends('conv1'), ['\u2212max', 'max']);
  assert.deepEqual(ends('pool1'), ['0', 'max']);
  assert.deepEqual(ends('input'), ['0', '1']);
});

test('legends show what occurs with 0 in it, and a tick only where 0 is no end', () => {
  const state = view(lenet);
  const { legend, ranges } = valueOf(lenet, state);
  const conv1 = legend('conv1');
  assert.equal(conv1.low, ranges.get('conv1').min);
  assert.equal(conv1.high, ranges.get('conv1').max);
  assert.ok(conv1.zero > 0 && conv1.zero < 1);
  const zero = conv1.low + conv1.zero * (conv1.high - conv1.low);
  assert.ok(Math.abs(zero) < 1e-9);
  assert.deepEqual([legend('pool1').low, legend('pool1').zero], [0, null]);
  assert.deepEqual([legend('input').lowText, legend('input').highText], ['0', '1']);
});

test('one bar is strong, the first of the largest, and all of them add up', () => {
  const bars = barsOf(layout(lenet, DESK), valueOf(lenet, view(lenet)), 'softmax');
  const most = Math.max(...bars.map(({ fraction }) => fraction));
  assert.deepEqual(
    bars.flatMap(({ strong }, i) => (strong ? [i] : [])),
    [bars.findIndex(({ fraction }) => fraction === most)],
  );
  assert.ok(Math.abs(bars.reduce((sum, { fraction }) => sum + fraction, 0) - 1) < 1e-5);
});

test('below narrow columns stands as much of a class’s name as fits, and beside bars all of it', () => {
  const classes = ['T-shirt/top', 'Trouser', 'Bag', ...'3456789'];
  const graph = createGraph({ ...LENET, classes });
  const measure = (text) => 8 * text.length;
  for (const stage of [DESK, PHONE]) {
    const made = layout(graph, { ...stage, measure });
    const bars = stillItems(made, graph).filter(({ kind }) => kind === 'bar');
    const room = bars[1].row.x - bars[0].row.x;
    for (const [i, { name }] of bars.entries()) {
      if (made.axis === 'x') assert.equal(name, classes[i]);
      else {
        assert.ok(measure(name) < room, `${name} in ${room} px`);
        assert.ok(name === classes[i] || classes[i].startsWith(name.replace(/…$/, '')));
      }
    }
    assert.equal(bars[0].name === classes[0], made.axis === 'x');
    assert.equal(bars[3].name, '3');
  }
});

/** What a stage shows that compares two readings. */
function differenceOf(now, then) {
  const seen = { ...view(lenet), trace: now, beside: { limits: new Map(), then } };
  const sources = { view: seen, value: valueOf(lenet, seen), pinned: null, answer: null };
  return quantityOf(lenet, 'difference', sources);
}

test('in a difference no bar is strong, for nothing is guessed there', () => {
  const found = differenceOf(view(lenet).trace, madeUp(lenet, 3).trace);
  const bars = barsOf(layout(lenet, DESK), found, 'softmax');
  assert.equal(bars.length, 10);
  assert.ok(bars.every(({ strong }) => !strong));
});

test('in a difference more is blue with a plus and less is orange with a minus, bar and text alike', () => {
  const seen = view(lenet);
  const softmax = seen.trace.get('softmax');
  const shares = (of) => {
    const data = Float32Array.from(softmax.data, (_, i) => of[i % 3]);
    return new Map(seen.trace).set('softmax', { ...softmax, data });
  };
  const found = differenceOf(shares([0.8, 0, 0.1001]), shares([0, 0.8, 0.1]));
  const [more, less, same] = barsOf(layout(lenet, DESK), found, 'softmax');
  assert.deepEqual([more.tone, more.fill, more.text[0]], ['pos', 'pos', '+']);
  assert.deepEqual([less.tone, less.fill, less.text[0]], ['neg', 'neg', '\u2212']);
  assert.deepEqual([same.tone, same.text], ['ink3', '≈\u202f0']);
});

test('scores that nothing turns into probabilities still carry the names of their classes', () => {
  const layers = [{ name: 'scores', kind: 'dense', channels: 3 }];
  const graph = createGraph(network({ layers, classes: ['cat', 'dog', 'owl'] }));
  const texts = only(stillItems(layout(graph, DESK), graph), 'text').map(({ text }) => text);
  for (const name of ['cat', 'dog', 'owl']) assert.ok(texts.includes(name));
});
