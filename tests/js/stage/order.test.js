import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore } from '../../../static/js/core/store.js';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { mostActive } from '../../../static/js/scene/order.js';
import { EMPTY_STAGE } from '../../../static/js/stage/state.js';
import { View } from '../../../static/js/stage/view.js';
import { network } from '../specs.js';

test('maps are ordered by their largest value, whatever its sign', () => {
  const tensor = { dtype: 'F32', shape: [3, 1, 2], data: new Float32Array([1, 0, 0, -5, 2, 2]) };
  assert.deepEqual(mostActive(tensor, 3), [1, 2, 0]);
});

test('while nothing is drawn they come in their own order', () => {
  assert.deepEqual(mostActive(undefined, 3), [0, 1, 2]);
});

/** A stage that paints nothing, and how often it laid out: a network of so many classes. */
function stageOf(classes, trace = null) {
  const layers = [
    { name: 'maps', kind: 'conv', channels: 4000, kernel: 5 },
    { name: 'scores', kind: 'dense', channels: classes },
    { name: 'answer', kind: 'softmax' },
  ];
  const graph = createGraph(network({ layers }));
  const stage = { layouts: 0 };
  const setLayout = () => void stage.layouts++;
  const painter = { setLayout, paintBase() {}, paintValues() {}, paintOverlay() {} };
  const store = createStore({ ...EMPTY_STAGE, graph, trace });
  const view = new View({ store, painter, still: () => true, wake() {} });
  view.resize({ deviceWidth: 1176, deviceHeight: 540, dpr: 1, text: 1 });
  const read = (trace) => {
    store.set({ trace });
    view.frame(0);
  };
  view.frame(0);
  const pin = (layer, channel) => store.set({ pinned: { layer, channel, row: 0, column: 0 } });
  return Object.assign(stage, { view, read, pin, box: (name) => view.layout.box(name) });
}

/** A trace in which a class has the score 3 and all others −20 … −26, with most in one map. */
function reading(classes, best, busiest = 0) {
  const scores = Float32Array.from({ length: classes }, (_, i) => (i === best ? 3 : -20 - (i % 7)));
  const shares = scores.map((score) => Math.exp(score - 3)); // nearly
  const maps = Float32Array.from({ length: 4000 }, (_, i) => (i === busiest ? 9 : 1));
  const data = { maps, scores, answer: shares };
  const tensors = Object.entries(data).map(([name, of]) => [
    name,
    { dtype: 'F32', shape: [of.length], data: of },
  ]);
  return { tensors: new Map(tensors), metadata: {} };
}

test('the class that is read is shown, whether it was read before the layout or after it', () => {
  for (const classes of [36, 47, 300]) {
    const best = classes - 5;
    const later = stageOf(classes);
    assert.ok(later.box('answer').hidden > 0, 'else all are shown');
    assert.equal(later.box('answer').place[best], -1, 'before there is a reading');
    later.read(reading(classes, best));
    for (const { box } of [later, stageOf(classes, reading(classes, best))])
      for (const name of ['scores', 'answer']) assert.ok(box(name).place[best] >= 0, name);
  }
});

test('what is shown stays as long as the best class is among it, and so do all maps', () => {
  const { box, read, view } = stageOf(300);
  read(reading(300, 250));
  const [before, maps] = [view.layout, box('maps').channels];
  assert.ok(box('maps').hidden > 0, 'else all are shown');
  read(reading(300, box('answer').channels[3], 3999));
  read(null);
  read(reading(300, 250));
  assert.equal(view.layout, before);
  const hidden = before.box('answer').place.indexOf(-1);
  read(reading(300, hidden, 3999));
  assert.ok(box('answer').place[hidden] >= 0);
  assert.deepEqual(box('maps').channels, maps);
});

test('a class that is pinned keeps its place on the stage when the others are chosen anew', () => {
  const { box, read, pin, view } = stageOf(300);
  read(reading(300, 250));
  const worst = box('answer').channels.findLast((channel) => channel !== 250);
  pin('answer', worst);
  const hidden = box('answer').place.indexOf(-1);
  const scores = reading(300, hidden);
  scores.tensors.get('scores').data[worst] = -90; // the last that would be chosen
  read(scores);
  assert.ok(box('answer').place[hidden] >= 0);
  assert.ok(box('answer').place[worst] >= 0);
  pin('maps', box('maps').channels[0]);
  const map = box('maps').channels[0];
  read(reading(300, 250, 3999));
  view.resize({ deviceWidth: 1000, deviceHeight: 500, dpr: 1, text: 1 });
  view.frame(0);
  assert.ok(box('maps').place[map] >= 0);
});

test('where all classes are shown, no reading lays out again', () => {
  const stage = stageOf(10);
  const { layouts } = stage;
  for (let best = 0; best < 10; best++) stage.read(reading(10, best));
  assert.equal(stage.layouts, layouts);
});
