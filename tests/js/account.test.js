import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { account } from '../../static/js/scene/account.js';
import { layout } from '../../static/js/scene/layout.js';
import { madeUp } from './generate.js';
import { GRAPH, LENET } from './specs.js';

const graph = createGraph(LENET);
const view = { ...madeUp(graph), scale: 'layer' };
const made = layout(graph, { width: 1176, height: 540, dpr: 1, folded: true });
const at = (layer, channel, row = 0, column = 0) => ({ layer, channel, row, column });
const said = ({ sentences }, role) =>
  sentences.filter((sentence) => sentence.role === role).map(({ text }) => text);
const number = (text) => Number(text.replace('−', '-').replace('\u202f', ''));

test('with nothing drawn there are three steps', () => {
  const told = account(graph, { ...view, trace: null }, null, made);
  assert.equal(told.kind, 'empty');
  assert.deepEqual(
    told.steps.map(({ title }) => title),
    ['Draw', 'Point', 'Ask why'],
  );
});

test('the answer is explained by its scores, found by what the softmax reads', () => {
  const told = account(graph, view, null, made);
  const probabilities = [...view.trace.get('softmax').data];
  const best = probabilities.indexOf(Math.max(...probabilities));
  assert.equal(told.scoreLayer, 'fc3');
  assert.equal(told.title, `Why ${best}?`);
  assert.equal(told.rows.find(({ rank }) => rank === 0).channel, best);
  assert.equal(told.rows[best].exponentialText, '1.000');
});

test('an energy below the threshold of the weights is doubted, and the guesses stay', () => {
  const { trace } = madeUp(graph, 3);
  const scores = trace.get('fc3').data.map((_, unit) => (unit * 7) % 5);
  trace.get('fc3').data.set(scores);
  const energy = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
  const below = (threshold) => {
    const known = createGraph({ ...graph.spec, energy_threshold: threshold });
    return account(known, { ...view, trace }, null, made);
  };
  const [sure, unsure, unknown] = [below(energy - 0.01), below(energy + 0.01), below(null)];
  assert.ok(Math.abs(sure.energy - energy) < 1e-9);
  assert.deepEqual([sure.unsure, unsure.unsure, unknown.unsure], [false, true, false]);
  assert.match(unsure.line, /^Not sure this is a digit\. /);
  assert.match(unsure.sentences[1], new RegExp(`is ${energy.toFixed(2).replace('-', '\u2212')},`));
  assert.deepEqual([unsure.name, unsure.second], [sure.name, sure.second]);
});

test('shown exponentials and the rounding line add up to the shown sum', () => {
  const thousandths = (text) => Math.round(number(text) * 1000);
  let rounded = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const { trace } = madeUp(graph, seed);
    const scores = trace.get('fc3').data;
    scores.forEach((_, i) => (scores[i] = ((seed * 31 + i * 17) % 101) / 40));
    const told = account(graph, { ...view, trace }, null, made);
    const sum = told.rows.reduce((total, row) => total + thousandths(row.exponentialText), 0);
    const rounding = told.roundingText === null ? 0 : thousandths(told.roundingText);
    assert.equal(sum + rounding, thousandths(told.sumText), `seed ${seed}`);
    if (told.roundingText !== null) {
      assert.notEqual(rounding, 0);
      rounded++;
    }
  }
  assert.ok(rounded > 0 && rounded < 100);
});

test('the shown lead is the difference of the shown scores', () => {
  for (let seed = 1; seed <= 50; seed++) {
    const told = account(graph, { ...view, trace: madeUp(graph, seed).trace }, null, made);
    const [first, second] = told.rows.toSorted((a, b) => a.rank - b.rank);
    const lead = number(first.scoreText) - number(second.scoreText);
    assert.equal(Math.round(lead * 100), Math.round(number(told.leadText) * 100), `seed ${seed}`);
  }
});

test('a cell tells its value, its window and its receptive field', () => {
  const told = account(graph, view, at('conv2', 7, 7, 3), made);
  assert.equal(told.title, 'conv2');
  assert.equal(told.place, 'map 7, row 7, column 3');
  assert.equal(told.value, view.trace.get('conv2').data[7 * 100 + 73]);
  assert.deepEqual(said(told, 'reads'), [
    'It reads 5 × 5 cells in each of the 6 maps of pool1: rows 7–11, columns 3–7.',
  ]);
  assert.deepEqual(said(told, 'field'), [
    'Its receptive field in the image is 14 × 14 cells: rows 14–27, columns 6–19.',
  ]);
  assert.match(said(told, 'is')[0], /150 products and a bias/);
});

test('what the folded activation makes of it and whether the pooling takes it is said', () => {
  const cell = at('conv2', 7, 7, 3);
  const { data: conv } = view.trace.get('conv2');
  const { data: relu } = view.trace.get('relu2');
  const before = [conv.slice(), relu.slice()];
  conv[773] = relu[773] = 1.0954;
  relu[763] = relu[772] = relu[762] = 0;
  assert.deepEqual(said(account(graph, view, cell, made), 'after'), [
    'relu2 lets it pass: 1.095.',
    'The largest of its 4 cells: it goes on to pool2.',
  ]);
  conv[773] = -1;
  relu[773] = 0;
  relu[763] = 2;
  assert.deepEqual(said(account(graph, view, cell, made), 'after'), [
    'relu2 makes it 0, because it is not above zero.',
    'Not the largest of its 4 cells: pool2 drops it.',
  ]);
  relu[763] = 0;
  const tie = 'None of its 4 cells is larger; of 4 equal ones pool2 takes the first,';
  assert.equal(said(account(graph, view, cell, made), 'after')[1], `${tie} another.`);
  const first = at('conv2', 7, 6, 2);
  assert.equal(said(account(graph, view, first, made), 'after')[1], `${tie} this one.`);
  conv.set(before[0]);
  relu.set(before[1]);
});

test('who reads a cell is said past the activation folded into it, and how widely', () => {
  const goes = (cell) => said(account(graph, view, cell, made), 'goes')[0];
  assert.equal(goes(at('conv2', 7, 7, 3)), 'Read by pool2.');
  assert.equal(goes(at('pool1', 0, 7, 8)), 'Read by all 16 maps of conv2, in 25 cells each.');
  assert.equal(goes(at('fc1', 34)), 'Read by all 100 units of fc2.');
  assert.equal(goes(at('softmax', 3)), undefined);
});

test('a pooled cell names its winner', () => {
  const told = account(graph, view, at('pool1', 0, 7, 8), made);
  assert.match(said(told, 'winner')[0], /The largest of 4 cells; the winner is relu1 row 1[45], /);
});

test('a dense unit lists its strongest contributions on both sides', () => {
  const { positive, negative } = account(graph, view, at('fc1', 34), made);
  const { data: x } = view.trace.get('pool2');
  const { data: w } = view.weights.get('fc1.weight');
  const terms = [...x].map((value, i) => value * w[34 * 400 + i]);
  assert.equal(positive[0].value, Math.max(...terms));
  assert.equal(negative[0].value, Math.min(...terms));
  assert.equal(positive.length, 5);
  assert.match(positive[0].name, /^pool2 map \d+, row \d, column \d$/);
});

test('an image cell says which ink it is, the border that it is paper', () => {
  assert.match(said(account(graph, view, at('input', 0, 0, 5), made), 'ink')[0], /border/);
  const { data } = view.trace.get('input');
  const before = data.slice();
  data[32 * 10 + 10] = 0.5;
  assert.match(
    said(account(graph, view, at('input', 0, 10, 10), made), 'ink')[0],
    /^50\.0\u202f% ink/,
  );
  data.set(before);
});

test('every kind of layer explains itself in sentences, with and without a trace', () => {
  for (const g of [graph, createGraph(GRAPH)]) {
    const full = { ...madeUp(g), scale: 'map' };
    const place = layout(g, { width: 1176, height: 540, dpr: 1, folded: true });
    for (const state of [full, { ...full, weights: null }, { ...full, trace: null }])
      for (const name of g.names) {
        const told = account(g, state, g.cellAt(name, g.count(name) - 1), place);
        assert.ok(told.sentences.length > 0, name);
        for (const { text } of told.sentences) {
          assert.match(text, /^\S.*\.$/);
          assert.doesNotMatch(text, /undefined|NaN|null/);
        }
        assert.doesNotMatch(told.line, /undefined|NaN|null/);
      }
  }
});

test('the swatch has the colour of the stage', () => {
  const { swatch } = account(graph, view, at('pool1', 0, 7, 8), made);
  const most = Math.max(...view.trace.get('conv1').data.map(Math.abs));
  assert.equal(swatch.limit, most);
});
