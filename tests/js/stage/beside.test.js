import assert from 'node:assert/strict';
import test from 'node:test';
import { createStore } from '../../../static/js/core/store.js';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { EMPTY_STAGE } from '../../../static/js/stage/state.js';
import { View } from '../../../static/js/stage/view.js';
import { GRAPH, LENET, LENET5, MLP, WIDE } from '../specs.js';

/** A picture on a stage that paints nothing. */
function picture(spec, { width, height, dpr }) {
  const painter = { setLayout() {}, paintBase() {}, paintValues() {}, paintOverlay() {} };
  const graph = createGraph(spec);
  const store = createStore({ ...EMPTY_STAGE, graph });
  const view = new View({ store, painter, still: () => true, wake() {} });
  const resize = (width) =>
    view.resize({ deviceWidth: width * dpr, deviceHeight: height * dpr, dpr, text: 1 });
  resize(width);
  return { view, store, resize, name: spec.id };
}

/** Sides of cells by the shape of the map, which is how people see it. */
function shapes({ view }) {
  const drawn = view.layout.boxes.filter(({ look }) => look === 'maps' || look === 'image');
  return new Map(drawn.map(({ rows, columns, cell }) => [`${rows} × ${columns}`, cell]));
}

function paint(...pictures) {
  pictures.forEach(({ view }) => view.frame(0));
}

function sameSizes(one, other, note) {
  const theirs = shapes(other);
  for (const [shape, cell] of shapes(one))
    if (theirs.has(shape)) assert.equal(cell, theirs.get(shape), `${note}: maps of ${shape}`);
}

const STAGES = [
  { width: 588, height: 480, dpr: 1 },
  { width: 708, height: 560, dpr: 1.25 },
  { width: 948, height: 620, dpr: 1 },
  { width: 1200, height: 900, dpr: 2 },
  { width: 260, height: 420, dpr: 3 },
];
const NETWORKS = [LENET, LENET5, MLP, GRAPH, WIDE];

test('pictures side by side draw equal shapes in one size, and still fit', () => {
  let differed = 0;
  for (const stage of STAGES)
    for (const [i, first] of NETWORKS.entries())
      for (const second of NETWORKS.slice(i)) {
        const pair = [picture(first, stage), picture(second, stage)];
        const [one, other] = pair;
        paint(...pair);
        const alone = pair.map(shapes);
        const fitted = pair.map(({ view }) => !view.layout.scrolls);
        for (const [shape, cell] of alone[0])
          if (alone[1].has(shape) && alone[1].get(shape) !== cell) differed++;
        for (const { view } of pair) view.beside = pair.map((each) => each.view);
        paint(...pair);
        const note = `${one.name} beside ${other.name} ${stage.width}`;
        sameSizes(one, other, note);
        pair.forEach(({ view }, at) => {
          if (fitted[at]) assert.ok(!view.layout.scrolls, `${note}: ${at} scrolls`);
        });
        for (const each of pair) each.view.beside = [];
        paint(...pair);
        assert.deepEqual(pair.map(shapes), alone, `${note}: alone again`);
      }
  assert.ok(differed > 10, 'else there was nothing to bring together');
});

test('they stay so when one of them changes: its window, its network, what is folded', () => {
  const stage = { width: 708, height: 560, dpr: 1 };
  const pair = [picture(LENET, stage), picture(LENET5, stage)];
  for (const { view } of pair) view.beside = pair.map((each) => each.view);
  paint(...pair);
  const before = shapes(pair[0]);
  pair[1].resize(420);
  paint(...pair);
  sameSizes(...pair, 'smaller');
  assert.notDeepEqual(shapes(pair[0]), before, 'the other follows');
  pair[0].store.set({ folded: false });
  paint(...pair);
  sameSizes(...pair, 'unfolded');
  pair[1].store.set({ graph: createGraph(LENET) });
  paint(...pair);
  sameSizes(...pair, 'another network');
});
