// One word, one thing: what an account calls what, in every form.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../../static/js/geometry/graph.js';
import { weightAccount, weightAt } from '../../../static/js/scene/kernels.js';
import { code, table, words } from '../../../static/js/scene/receipt/forms.js';
import { formula } from '../../../static/js/scene/receipt/formula.js';
import { receipt } from '../../../static/js/scene/receipt/receipt.js';
import { ENGLISH, localeOf, writeIn } from '../../../static/js/text/numbers.js';
import { usesOf } from '../../../static/js/kinds/network/uses.js';
import { cellsOf, generator, madeUp, stridedNetwork } from '../generate.js';
import { LENET, LENET5, network } from '../specs.js';
import { networks, read, someCells, tamed } from './witness.js';

const lenet = createGraph(LENET);
const BORDERED = { ...LENET5, input: { ...LENET5.input, scaling: { scale: 1.275, offset: -0.1 } } };

const RECEIPTS = [...networks(24), { graph: createGraph(BORDERED), seed: 5 }].flatMap(
  ({ graph, seed, ...given }) => {
    const made = given.trace ? given : tamed(graph, seed);
    return [...someCells(graph, seed, 6)].map((cell) => receipt(graph, made, cell));
  },
);

/** Every text of an account, but for the names of code. */
function textsOf(made) {
  const shown = table(made);
  return [
    ...[made.check, made.why?.title ?? '', made.why?.text ?? '', made.remark ?? ''],
    ...made.equations.flatMap(({ items }) => items.map(({ label }) => label)),
    ...made.equations.flatMap(({ items }) => items.map(({ short }) => short.join(' '))),
    ...words(made).map(({ text }) => text),
    ...formula(made).map(({ text }) => text),
    ...[shown.caption, ...shown.columns.map(({ text }) => text)],
    ...shown.rows.map(({ cells }) => cells[0].text),
    ...(code(made).match(/#.*/g) ?? []),
  ];
}

test('border is the paper around the image, padding the zeros around a layer, in every form', () => {
  const [bordered, padded] = [new Set(), new Set()];
  for (const made of RECEIPTS) {
    const image = made.cell.layer === made.graph.input;
    for (const text of textsOf(made))
      assert.doesNotMatch(text, image ? /padding/i : /border/i, `${made.name}: ${text}`);
    const outside = made.inside?.includes(0);
    for (const [form, text] of Object.entries({
      words: words(made)
        .map((one) => one.text)
        .join(' '),
      code: code(made),
    })) {
      if (outside) assert.match(text, /padding/, `${made.name} ${form}`);
      if (image && !made.pixel) assert.match(text, /border/, `${made.name} ${form}`);
    }
    if (outside) padded.add(made.diagram);
    if (image && !made.pixel) bordered.add(made.scaling.scale);
  }
  assert.deepEqual([...padded].toSorted(), ['filter', 'window']);
  assert.ok(bordered.size > 1, 'with and without a scale');
});

test('products of a weight that meet nothing meet padding', () => {
  let count = 0;
  for (let seed = 1; seed < 80; seed++) {
    const graph = createGraph(stridedNetwork(seed));
    if (graph.layer('layer').kind !== 'conv') continue;
    const made = madeUp(graph, seed);
    const weight = weightAt(graph, 'layer', 0);
    const uses = usesOf(graph, weight);
    if (!uses) continue; // of a map that this filter does not read
    const { times, inside } = uses;
    const { used } = weightAccount(graph, made, weight);
    assert.equal(/\d+ of them meet padding/.test(used), inside < times, used);
    assert.doesNotMatch(used, /border/);
    count += inside < times ? 1 : 0;
  }
  assert.ok(count > 5);
});

test('no two rows of a table have one name, but for padding', () => {
  for (const made of RECEIPTS) {
    const names = table(made).rows.map(({ cells: [first], role }) => [role, first.text]);
    const own = names // each sum is closed by a rounding of its own
      .filter(([role, name]) => role !== 'rounding' && !name.endsWith('padding'))
      .map(([, name]) => name);
    const twice = own.filter((name, i) => own.indexOf(name) !== i);
    assert.deepEqual(twice, [], `${made.name}: ${own.join(' | ')}`);
  }
});

test('each rounding says which it is: of the display, or of float32', () => {
  const found = new Set();
  for (const made of RECEIPTS)
    for (const text of textsOf(made))
      for (const [near] of text.matchAll(/(\S+ )?round(ing|s)\b( of the display)?/gi)) {
        assert.match(
          near,
          /^float32 round(ing|s)$|rounding of the display$|^display rounding$/,
          text,
        );
        found.add(/float32/.test(near) ? 'float32' : 'display');
      }
  assert.deepEqual([...found].toSorted(), ['display', 'float32']);
});

test('negatives are now 0 only where there are some, and are cut by what was read', () => {
  const seen = new Map();
  for (const spec of [LENET, ACTIVATED('tanh'), ACTIVATED('sigmoid'), ACTIVATED('relu')]) {
    const graph = createGraph(spec);
    const made = tamed(graph, 3);
    const any = generator(11);
    for (const name of graph.names.filter((one) => graph.layer(one).kind === 'pool'))
      for (const cell of cellsOf(graph, name)) {
        if (graph.count(name) > 400 && any(5)) continue;
        const { remark, ties } = receipt(graph, made, cell);
        const [source] = graph.layer(name).inputs;
        const { kind, inputs } = graph.layer(source);
        const before = made.trace.get(inputs[0]).data;
        const negative = [0, 1, 2, 3].some((i) => {
          const [row, column] = [cell.row * 2 + (i >> 1), cell.column * 2 + (i & 1)];
          return before[graph.offset({ ...cell, layer: inputs[0], row, column })] < 0;
        });
        const wanted =
          ties > 1
            ? `${ties} as large: the first is taken`
            : kind === 'relu' && negative
              ? 'negatives are now 0'
              : '';
        assert.equal(remark, wanted, `${spec.id} ${name}`);
        const key = `${kind} ${negative} ${ties > 1}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
  }
  for (const key of ['relu true false', 'relu false false', 'relu true true', 'tanh true false'])
    assert.ok(seen.get(key) > 3, key);
});

test('the largest score is named as it is and taken off once, whatever its sign', () => {
  const signs = new Set();
  for (let seed = 1; seed < 60; seed++) {
    const made = softmaxOf(seed, (seed % 3) - 1);
    const { scores, largestText, largestScore } = made;
    const bare = largestText.replace(/^\((.*)\)$/, '$1');
    const shown = read(bare);
    const last = 10 ** (shown.exponent - shown.decimals);
    assert.ok(Math.abs(shown.units * last - largestScore) <= 0.5001 * last, largestText);
    assert.equal(largestText, largestScore < 0 ? `(${bare})` : bare);
    const said = words(made)[0].text;
    const [, text, unit] = /Less the largest of all, (\S+) \(\w+ \[(\d+)\]\)/.exec(said);
    assert.equal(text, bare, said);
    assert.equal(Number(unit), scores.indexOf(largestScore));
    signs.add(Math.sign(largestScore));
  }
  assert.deepEqual([...signs].toSorted(), [-1, 1]);
});

test('where a comma stands before decimals, the numbers of a list are parted by another sign', () => {
  const view = tamed(lenet, 3);
  const leaves = ({ tag, text, children = [] }) =>
    text === undefined ? children.flatMap(leaves) : [[tag, text]];
  const signs = (cell) => {
    const lines = formula(receipt(lenet, view, cell)).filter(
      ({ role }) => role === 'numbers' || role === 'terms',
    );
    const found = lines.flatMap(({ math }) => leaves(math)).filter(([tag]) => tag === 'mo');
    return { texts: lines.map(({ text }) => text).join(' '), found: found.map(([, text]) => text) };
  };
  const pooled = { layer: 'pool1', channel: 0, row: 7, column: 8 };
  const unit = { layer: 'fc1', channel: 34, row: 0, column: 0 };
  const cut = { layer: 'relu1', channel: 0, row: 7, column: 8 };
  assert.ok([pooled, unit, cut].every((cell) => signs(cell).found.includes(',')));
  writeIn(localeOf('de'));
  try {
    for (const cell of [pooled, unit, cut]) {
      const { texts, found } = signs(cell);
      assert.ok(found.includes(';') && !found.includes(','), texts);
      assert.doesNotMatch(texts, /,\d+, [−\d]|\d\.\d/, texts);
    }
    const image = receipt(lenet, preprocessed(), { ...pooled, layer: 'input' });
    const facts = table(image).rows.map(({ cells }) => cells[1].text);
    assert.ok(facts.includes('0,2500; 0,1250; 0,7500; 0,8750'), facts.join(' | '));
    assert.ok(facts.includes('13,90; 14,20'), facts.join(' | '));
    const said = words(image)
      .map(({ text }) => text)
      .join(' ');
    assert.match(said, /now at 13,90; 14,20, comes next to the middle, 14; 14\./);
  } finally {
    writeIn(ENGLISH);
  }
});

/** A trace with what preprocessing adds to it. */
function preprocessed() {
  const made = tamed(lenet, 3);
  const add = (name, ...data) =>
    made.trace.set(`preprocess.${name}`, {
      dtype: 'F32',
      shape: [],
      data: Float32Array.from(data),
    });
  add('crop', 0.25, 0.125, 0.75, 0.875);
  add('scale', 20 / 0.75);
  add('centre', 13.9, 14.2);
  add('shift', 2, -1);
  return made;
}

/** Maps that are activated and then pooled. */
function ACTIVATED(kind) {
  return network({
    id: kind,
    shape: [1, 12, 12],
    border: 0,
    layers: [
      { name: 'conv', kind: 'conv', channels: 4, kernel: 3 },
      { name: 'bent', kind },
      { name: 'pool', kind: 'pool', mode: 'max', kernel: 2, stride: 2 },
    ],
  });
}

/** The account of a share whose scores all lie on one side of 0, or on both. */
function softmaxOf(seed, side) {
  const made = tamed(lenet, seed);
  const scores = made.trace.get('fc3').data;
  if (side) scores.forEach((score, i) => (scores[i] = side * (Math.abs(score) + 0.1)));
  const powers = scores.map((score) => Math.exp(score - Math.max(...scores)));
  const sum = powers.reduce((a, b) => a + b, 0);
  made.trace.get('softmax').data.forEach((_, i, data) => (data[i] = powers[i] / sum));
  return receipt(lenet, made, { layer: 'softmax', channel: seed % 10, row: 0, column: 0 });
}
