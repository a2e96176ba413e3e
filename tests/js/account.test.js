import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { account } from '../../static/js/scene/account.js';
import { madeUp } from './generate.js';
import { LENET } from './specs.js';

const graph = createGraph(LENET);
const view = { ...madeUp(graph), scale: 'layer' };
const number = (text) => Number(text.replace('−', '-').replaceAll('\u202f', ''));

test('with nothing drawn there are three steps', () => {
  const told = account(graph, { ...view, trace: null }, null);
  assert.equal(told.kind, 'empty');
  assert.deepEqual(
    told.steps.map(({ title }) => title),
    ['Draw', 'Point', 'Ask why'],
  );
});

test('what is drawn and not read is not called nothing', () => {
  const said = (unread) => account(graph, { ...view, trace: null }, null, unread);
  assert.match(said('away').lead, /does not answer.*kept/);
  for (const unread of ['away', 'busy'])
    for (const text of [said(unread).title, said(unread).line]) assert.match(text, /^Not read yet/);
  assert.match(said('').line, /^Nothing is drawn yet/);
});

test('the answer is explained by its scores, found by what the softmax reads', () => {
  const told = account(graph, view, null);
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
    return account(known, { ...view, trace }, null);
  };
  const [sure, unsure, unknown] = [below(energy - 0.01), below(energy + 0.01), below(null)];
  assert.ok(Math.abs(sure.energy - energy) < 1e-9);
  assert.deepEqual(
    [sure, unsure, unknown].map(({ doubtText }) => doubtText),
    ['', 'Not sure this is a digit', ''],
  );
  assert.match(unsure.line, /^Not sure this is a digit\. /);
  assert.match(unsure.sentences[1], new RegExp(`is ${energy.toFixed(2).replace('-', '\u2212')},`));
  assert.deepEqual([unsure.name, unsure.second], [sure.name, sure.second]);
});

test('what the picture says against the answer is said at the answer and in its account', () => {
  const note = 'These look like several digits.';
  const told = account(graph, { ...view, note }, null);
  assert.equal(told.doubtText, note);
  assert.ok(told.line.startsWith(`${note} ${told.name} with`));
  assert.equal(told.sentences.at(-1), note);
});

test('shown exponentials and the rounding line add up to the shown sum', () => {
  const thousandths = (text) => Math.round(number(text) * 1000);
  let rounded = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const { trace } = madeUp(graph, seed);
    const scores = trace.get('fc3').data;
    scores.forEach((_, i) => (scores[i] = ((seed * 31 + i * 17) % 101) / 40));
    const told = account(graph, { ...view, trace }, null);
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

test('the shown lead is that of the shown scores, and what follows from them follows as shown', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const { trace } = madeUp(graph, seed);
    const scores = trace.get('fc3').data;
    if (seed > 5) scores.forEach((_, i) => (scores[i] = Math.sin(seed * 7 + i * 31) * 9));
    const sum = scores.reduce((total, score) => total + Math.exp(score), 0);
    if (seed > 5) trace.get('softmax').data.set(scores.map((score) => Math.exp(score) / sum));
    const told = account(graph, { ...view, trace }, null);
    const [first, second] = told.rows.toSorted((a, b) => a.rank - b.rank);
    const lead = number(first.scoreText) - number(second.scoreText);
    const note = `seed ${seed}: ${told.leadText}, ${told.timesText} times`;
    assert.ok(Math.abs(lead - number(told.leadText)) < 1e-9, note);
    // e to the lead as shown is the number of times as shown, and so are all exponentials
    const times = told.timesText === 'over a million' ? 1e6 : number(told.timesText);
    const made = Math.exp(number(told.leadText));
    if (times === 1e6) assert.ok(made >= 1e6 * (1 - 1e-5), note);
    else if (made < 1e9)
      assert.equal(Number(made.toPrecision(3)), Number(times.toPrecision(3)), note);
    for (const row of told.rows) {
      const power = Math.exp(number(row.scoreText) - number(first.scoreText));
      assert.equal(Number(power.toFixed(3)), number(row.exponentialText), note);
    }
  }
});

test('a cell tells its name, its place and its value', () => {
  const cell = { layer: 'conv2', channel: 7, row: 7, column: 3 };
  const told = account(graph, view, cell);
  assert.equal(told.title, 'conv2');
  assert.equal(told.place, 'map 7, row 7, column 3');
  assert.equal(told.value, view.trace.get('conv2').data[7 * 100 + 73]);
  assert.equal(account(graph, { ...view, trace: null }, cell).value, null);
});
