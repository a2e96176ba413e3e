// One word for one thing: a map of a single cell is a unit, wherever it is spoken of.

import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { placeName } from '../../static/js/kinds/traits.js';
import { blocksOf, filterText, weightAccount, weightAt } from '../../static/js/scene/kernels.js';
import { layerAccount, whatLayer } from '../../static/js/scene/layers.js';
import { operationsOf } from '../../static/js/kinds/index.js';
import { code, table, words } from '../../static/js/scene/receipt/forms.js';
import { formula } from '../../static/js/scene/receipt/formula.js';
import { receipt } from '../../static/js/scene/receipt/receipt.js';
import { cellSentences } from '../../static/js/scene/sentences.js';
import { madeUp } from './generate.js';
import { LENET5, network } from './specs.js';

/** Units alone, in layers of every kind that has kernels or joins: all that comes after the first. */
const UNITS = network({
  shape: [1, 4, 4],
  border: 0,
  layers: [
    { name: 'first', kind: 'conv', channels: 9, kernel: 4 },
    { name: 'again', kind: 'conv', channels: 8, kernel: 1 },
    {
      ...{ name: 'some', kind: 'conv', channels: 3, kernel: 1 },
      connections: [[0, 2], [1], [0, 1, 2]].map((maps) => maps.concat(5)),
    },
    { name: 'single', kind: 'subsample', kernel: 1 },
    { name: 'pooled', kind: 'pool', mode: 'max', kernel: 1 },
    { name: 'joined', kind: 'concat', inputs: ['pooled', 'again'] },
    { name: 'scores', kind: 'dense', channels: 10 },
    { name: 'softmax', kind: 'softmax' },
  ],
});

/** All that is said of a layer and of one of its cells, but for the names of code. */
function said(graph, made, name) {
  const cell = { layer: name, channel: 0, row: 0, column: 0 };
  const told = receipt(graph, made, cell);
  const shown = table(told);
  const uses = blocksOf(graph, name, 0).map(({ terms }) =>
    weightAccount(graph, made, weightAt(graph, name, terms[0])),
  );
  return [
    ...[whatLayer(graph, name), placeName(graph, cell), filterText(graph, name, 0)],
    ...Object.values(layerAccount(graph, name)).flat(2).filter(isText),
    operationsOf(graph, name)?.factorText ?? '',
    ...cellSentences(graph, cell, null).map(({ text }) => text),
    ...words(told).map(({ text }) => text),
    ...[told.name, told.check, told.why?.title ?? '', told.why?.text ?? ''],
    ...told.equations.flatMap(({ items }) =>
      items.flatMap(({ label, short }) => [label, ...short]),
    ),
    ...[shown.caption, ...shown.columns.map(({ text }) => text)],
    ...formula(told).map(({ text }) => text),
    ...code(told).match(/#.*/g),
    ...uses.flatMap((use) => Object.values(use)),
  ].filter(Boolean);
}

const isText = (value) => typeof value === 'string';

test('where there are units alone, nothing is called a map', () => {
  const graph = createGraph(UNITS);
  const made = madeUp(graph);
  for (const name of graph.names.slice(2)) {
    const texts = said(graph, made, name);
    assert.ok(
      texts.some((text) => /\bunits?\b/.test(text)),
      name,
    );
    for (const text of texts) assert.doesNotMatch(text, /\bmaps?\b/i, `${name}: ${text}`);
  }
});

test('units made from maps are units, and the maps are maps', () => {
  const graph = createGraph(LENET5);
  const texts = said(graph, madeUp(graph), 'c5');
  assert.ok(texts.includes('Why 120 units, not 1\u202f920?'), texts.join('\n'));
  assert.ok(texts.includes('unit 0 (of 0–119)'));
  assert.ok(texts.some((text) => text.includes('all 16 maps of tanh4')));
  for (const text of texts) {
    assert.doesNotMatch(text, /maps? (\d+ )?of c5|makes one map/, text);
    assert.doesNotMatch(text, /units? (\d+ )?of (the \d+ )?tanh4/, text);
  }
  assert.ok(said(graph, madeUp(graph), 'c3').every((text) => !/\bunits?\b/.test(text)));
});
