import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { afterwards } from '../../static/js/scene/afterwards.js';
import { whatLayer } from '../../static/js/scene/layers.js';
import { layout } from '../../static/js/scene/layout.js';
import { receipt } from '../../static/js/scene/receipt/receipt.js';
import { cellSentences, goes, what } from '../../static/js/scene/sentences.js';
import { madeUp } from './generate.js';
import { GRAPH, LENET, LENET5 } from './specs.js';

const graph = createGraph(LENET);
const { trace, weights } = madeUp(graph);
const made = layout(graph, { width: 1176, height: 540, dpr: 1, folded: true });
const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });
const said = (cell, role) =>
  cellSentences(graph, cell, made)
    .filter((sentence) => sentence.role === role)
    .map(({ text }) => text);

test('a cell tells its window and its receptive field without a trace', () => {
  const cell = at('conv2', 7, 7, 3);
  assert.deepEqual(said(cell, 'reads'), [
    'It reads 5 × 5 cells in each of the 6 maps of pool1: rows 7–11, columns 3–7.',
  ]);
  assert.deepEqual(said(cell, 'field'), [
    'Its receptive field in the image is 14 × 14 cells: rows 14–27, columns 6–19.',
  ]);
  assert.match(said(cell, 'is')[0], /150 products and a bias/);
});

test('what the folded activation makes of it and whether the pooling takes it is said', () => {
  const { data: conv } = trace.get('conv2');
  const { data: relu } = trace.get('relu2');
  const before = [conv.slice(), relu.slice()];
  const after = (channel, row, column) =>
    afterwards(
      graph,
      trace,
      at('conv2', channel, row, column),
      receipt(graph, { trace, weights }, at('conv2', channel, row, column), made).after,
    );
  conv[773] = relu[773] = 1.0954;
  relu[763] = relu[772] = relu[762] = 0;
  assert.deepEqual(after(7, 7, 3), [
    'relu2 lets it pass: 1.095.',
    'The largest of its 4 cells: it goes on to pool2.',
  ]);
  conv[773] = -1;
  relu[773] = 0;
  relu[763] = 2;
  assert.deepEqual(after(7, 7, 3), [
    'relu2 makes it 0, because it is not above zero.',
    'Not the largest of its 4 cells: pool2 drops it.',
  ]);
  relu[763] = 0;
  const tie = 'cells of its window are equally large: pool2 takes the first,';
  assert.equal(after(7, 7, 3)[1], `All 4 ${tie} not this one.`);
  assert.equal(after(7, 6, 2)[1], `All 4 ${tie} this one.`);
  relu[762] = -1;
  assert.equal(after(7, 7, 3)[1], `3 of the 4 ${tie} not this one.`);
  conv.set(before[0]);
  relu.set(before[1]);
});

test('what a curve makes of a small number is said in the digits of its account', () => {
  for (const spec of [LENET, LENET5]) {
    const network = createGraph(spec);
    const full = madeUp(network);
    const { name } = network.spec.layers.find(({ kind }) => kind === 'relu' || kind === 'tanh');
    const [source] = network.layer(name).inputs;
    const cell = { layer: source, channel: 1, row: 3, column: 4 };
    const place = network.offset(cell);
    const curve = spec === LENET ? (z) => Math.max(0, z) : (z) => 1.7159 * Math.tanh((2 * z) / 3);
    const shape = layout(network, { width: 1176, height: 540, dpr: 1, folded: true });
    for (const value of [0.0001468, 0.000093, -0.00004]) {
      full.trace.get(source).data[place] = value;
      full.trace.get(name).data[place] = curve(value);
      const { after } = receipt(network, full, cell, shape);
      const [{ sentence, valueText }] = after;
      if (spec === LENET && value < 0) assert.match(sentence, /makes it 0/);
      else assert.ok(sentence.includes(valueText), `${sentence} does not say ${valueText}`);
      assert.doesNotMatch(sentence, /\b0\.000\b(?!\d)/);
    }
  }
});

test('who reads a cell is said past the activation folded into it, and how widely', () => {
  assert.deepEqual(said(at('conv2', 7, 7, 3), 'goes'), ['Read by pool2.']);
  const all = 'Read by all 16 maps of conv2, in 25 cells each.';
  assert.equal(goes(graph, at('pool1', 0, 7, 8)), all);
  assert.deepEqual(said(at('fc1', 34), 'goes'), ['Read by all 100 units of fc2.']);
  assert.equal(goes(graph, at('softmax', 3)), null);
});

test('an image cell says which ink it is, the border that it is paper', () => {
  assert.match(what(graph, trace, at('input', 0, 0, 5)), /border/);
  const { data } = trace.get('input');
  const before = data.slice();
  data[32 * 10 + 10] = 0.5;
  assert.match(what(graph, trace, at('input', 0, 10, 10)), /^50\.0\u202f% ink/);
  data.set(before);
});

test('every kind of layer explains itself in sentences before anything is drawn', () => {
  for (const g of [graph, createGraph(GRAPH)]) {
    const place = layout(g, { width: 1176, height: 540, dpr: 1, folded: true });
    for (const name of g.names) {
      const sentences = cellSentences(g, g.cellAt(name, g.count(name) - 1), place);
      assert.ok(sentences.length > 0, name);
      for (const { text } of sentences) {
        assert.match(text, /^\S.*\.$/);
        assert.doesNotMatch(text, /undefined|NaN|null/);
      }
    }
  }
});

test('a map of a single cell is a unit, in the sentence of its layer too', () => {
  const old = createGraph(LENET5);
  assert.match(whatLayer(old, 'c5'), /each makes one unit\.$/);
  assert.match(whatLayer(old, 'c1'), /each makes one map\.$/);
});

test('float32 of scale + offset is full ink, the next smaller number is not', () => {
  const scaling = { scale: 1.275, offset: -0.1 };
  const old = createGraph({ ...LENET5, input: { ...LENET5.input, scaling } });
  const full = Math.fround(Math.fround(-0.1) + Math.fround(1.275));
  const say = (value) => {
    const data = new Float32Array(old.count('input')).fill(value);
    return what(old, new Map([['input', { data }]]), at('input', 0, 12, 12));
  };
  assert.equal(say(full), 'Full ink.');
  assert.notEqual(say(full - 2 ** -23), 'Full ink.');
});
