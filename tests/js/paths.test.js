import './english.js';
import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { layout as layOut } from '../../static/js/scene/layout.js';
import { chainsOf, guessedUnit, pixelsOf, whyAccount } from '../../static/js/scene/paths.js';
import { madeUp, madeUpPaths } from './generate.js';
import { pathItems } from './marked.js';
import { GRAPH, LENET } from './specs.js';

const stage = (graph) => layOut(graph, { width: 1120, height: 520, dpr: 1, folded: true });
const shown = { folded: true, hidden: [], path: null, muted: false };

/** "−1.234" and "+1.234" in millionths. */
const units = (text) => Math.round(1e6 * Number(text.replace('−', '-')));

test('the first guess is the unit that the last softmax reads', () => {
  const graph = createGraph(LENET);
  const { trace } = madeUp(graph);
  const { data } = trace.get(graph.output);
  const unit = guessedUnit(graph, trace);
  assert.equal(unit.layer, graph.layer(graph.output).inputs[0]);
  assert.equal(data[unit.channel], Math.max(...data));
});

test('what rows, paths and biases come to adds up as it is shown', () => {
  const graph = createGraph(LENET);
  for (let seed = 1; seed <= 200; seed++) {
    const { trace } = madeUp(graph, seed);
    const paths = { ...madeUpPaths(graph, trace, seed), exact: seed % 2 === 0 };
    const { rows, sum } = whyAccount(graph, paths, shown);
    const part = Object.fromEntries(sum.map(({ role, text }) => [role, units(text)]));
    const rest = (part.rest ?? 0) + (part.rounding ?? 0);
    assert.equal(part.all + part.biases + rest, part.score);
    assert.equal(part.shown + part.others, part.all);
    const added = rows.reduce((total, { valueText }) => total + units(valueText), 0);
    assert.equal(added, part.shown);
    assert.equal('rest' in part, !paths.exact);
    assert.ok(Math.abs(part.rounding ?? 0) <= 3000);
  }
});

test('a muted path says what the score becomes, and that the row would say another change', () => {
  const graph = createGraph(LENET);
  const { trace } = madeUp(graph);
  for (const against of [null, 7]) {
    const paths = madeUpPaths(graph, trace, 3, against);
    const score = paths.tensors.get('score').data[0];
    const muted = paths.tensors.get('muted').data.subarray(20, 30);
    const after = muted[paths.cell.channel] - (against === null ? 0 : muted[against]);
    const told = whyAccount(graph, paths, { ...shown, path: 2, muted: true }).muted;
    assert.ok(Math.abs(units(told.before) - 1e6 * score) < 501);
    assert.ok(Math.abs(units(told.after) - 1e6 * after) < 501);
    assert.equal(units(told.change), units(told.after) - units(told.before));
    const { value } = chainsOf(graph, paths)[2];
    assert.ok(Math.abs(units(told.brings) + 1e6 * value) < 501);
    assert.equal(whyAccount(graph, paths, { ...shown, path: 2 }).muted, null);
  }
});

test('rows name the squares as the stage has them, and no square where a path passes by', () => {
  const graph = createGraph(LENET);
  const { trace } = madeUp(graph);
  const paths = madeUpPaths(graph, trace);
  paths.tensors.get('cells').data.set([7, 9, -1, 11]);
  paths.tensors.get('cells').data.set([-1, -1], 4);
  const names = (at, more) => whyAccount(graph, paths, { ...shown, ...more }).rows[at].names;
  assert.deepEqual(names(0), ['pool2 map 0, row 1, column 2', 'fc2 unit 9']);
  assert.deepEqual(names(1), ['fc2 unit 11']);
  assert.deepEqual(names(1, { folded: false }), ['relu4 unit 11']);
  assert.deepEqual(names(2), ['another way'], 'past every layer that is named');
});

test('lines join framed squares from the ink to the answer; a chosen path is lit alone', () => {
  for (const spec of [LENET, GRAPH]) {
    const graph = createGraph(spec);
    const { trace, weights } = madeUp(graph);
    const paths = madeUpPaths(graph, trace);
    const view = { trace, weights, scale: 'layer' };
    for (const path of [null, 1]) {
      const items = pathItems(stage(graph), graph, view, paths, path);
      const frames = items.filter(({ kind }) => kind === 'frame');
      const curves = items.filter(({ kind }) => kind === 'curve');
      const chains = chainsOf(graph, paths);
      const wanted = path === null ? chains.map(({ value }) => value) : [chains[path].value];
      assert.deepEqual(new Set(curves.map(({ value }) => value)), new Set(wanted));
      assert.ok(frames.every(({ role }) => role === 'path'));
      for (const { from, to } of curves) {
        const touches = ([x, y], { rect }) =>
          x >= rect.x - 4 &&
          x <= rect.x + rect.width + 4 &&
          y >= rect.y &&
          y <= rect.y + rect.height;
        assert.ok(frames.some((frame) => touches(from, frame)));
        assert.ok(frames.some((frame) => touches(to, frame)));
      }
      assert.ok(frames.some(({ layer }) => layer === graph.input));
      assert.ok(frames.some(({ layer }) => layer === graph.output));
    }
  }
});

test('what the ink brings to one path, or to all that are shown', () => {
  const graph = createGraph(LENET);
  const paths = madeUpPaths(graph, madeUp(graph).trace);
  const { data } = paths.tensors.get('pixels');
  const size = graph.count(graph.input);
  assert.deepEqual([...pixelsOf(paths, 1)], [...data.subarray(size, 2 * size)]);
  const all = pixelsOf(paths, null);
  const by = (at) => [0, 1, 2, 3].reduce((sum, path) => sum + data[path * size + at], 0);
  for (const at of [0, 100, 517]) assert.ok(Math.abs(all[at] - by(at)) < 1e-6);
});
