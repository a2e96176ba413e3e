// Networks with kinds of layer that the page has never heard of: it shows them, says so, and never throws.

import assert from 'node:assert/strict';
import test from 'node:test';
import { contributions } from '../../static/js/kinds/network/amounts.js';
import { createGraph } from '../../static/js/geometry/graph.js';
import { wholeLayer } from '../../static/js/geometry/regions.js';
import { influences } from '../../static/js/kinds/network/amounts.js';
import { reachOf } from '../../static/js/kinds/network/windows.js';
import { readersOf, windowOf } from '../../static/js/kinds/network/windows.js';
import { understood } from '../../static/js/kinds/traits.js';
import { account } from '../../static/js/scene/account.js';
import { afterwards } from '../../static/js/scene/afterwards.js';
import {
  cellRows,
  correspondence,
  networkRows,
  readingRows,
  sharedLimits,
} from '../../static/js/scene/compare.js';
import {
  blocksOf,
  filterText,
  hasKernels,
  mapFacts,
  mapsRead,
} from '../../static/js/scene/kernels.js';
import { layerAccount } from '../../static/js/scene/layers.js';
import { layout } from '../../static/js/scene/layout.js';
import { numbersOf } from '../../static/js/scene/numbers.js';
import { whyAccount } from '../../static/js/scene/paths.js';
import { pick, rectOf, step } from '../../static/js/scene/pick.js';
import { code, table, words } from '../../static/js/scene/receipt/forms.js';
import { formula } from '../../static/js/scene/receipt/formula.js';
import { receipt } from '../../static/js/scene/receipt/receipt.js';
import { cellSentences } from '../../static/js/scene/sentences.js';
import { blocksFor } from '../../static/js/scene/space/labels.js';
import { placeInSpace } from '../../static/js/scene/space/place.js';
import { differenceOf } from '../../static/js/scene/quantities/difference.js';
import { quantityOf } from '../../static/js/scene/quantities/index.js';
import { valueOf } from '../../static/js/scene/quantities/scale.js';
import { barsOf, stillItems } from '../../static/js/scene/still.js';
import { generator, madeUp, madeUpPaths } from './generate.js';
import { pathItems, overlayInSpace, overlayItems } from './marked.js';
import { network } from './specs.js';

/** Names that a kind may well have, and names that objects have from birth. */
const NAMES = ['leaky', 'batch_norm', 'input', 'image', 'other', 'constructor', 'toString'];
const ODD = ['valueOf', '__proto__', 'loading', 'hasOwnProperty', 'attention 2×2'];

/** A chain or a graph of known kinds with unknown ones anywhere, of any shape, with any parameters. */
function made(seed) {
  const any = generator(seed);
  const kinds = [...NAMES, ...ODD];
  const layers = [];
  const add = (kind, more) => layers.push({ name: `l${layers.length}`, kind, ...more });
  const unknown = (more = {}) =>
    layers.push({ name: `l${layers.length}`, kind: kinds[any(kinds.length)], ...more });
  const maps = 2 + any(4);
  if (any(4) === 0) unknown();
  add('conv', { channels: maps, kernel: 1 + any(3), padding: 0 });
  if (any(2)) add('relu');
  unknown(any(2) ? { parameters: { slope: [maps], 'odd name': [2, 3] } } : {});
  const source = layers.at(-1).name;
  if (any(2)) {
    add('relu', { inputs: [source] });
    const left = layers.at(-1).name;
    unknown({ inputs: [source] });
    const right = layers.at(-1).name;
    if (any(3)) add(['add', 'concat'][any(2)], { inputs: [left, right] });
    else unknown({ inputs: [left, right], out: [1 + any(5), 3, 1 + any(4)] });
  }
  if (any(2)) add('pool', { mode: any(3) ? 'max' : 'median', kernel: 2, stride: 2 });
  if (any(2)) unknown({ out: any(2) ? [7] : [3, 2, 2], parameters: { weight: [7, 4], bias: [7] } });
  add('dense', { channels: 6 });
  if (any(2)) unknown();
  add('dense', { channels: 4 });
  const end = any(3);
  if (end === 0) add('softmax');
  if (end === 1) unknown(any(2) ? {} : { out: [4, 1, 1] });
  return understood(network({ shape: [1, 9, 9], border: 1, layers }));
}

const seeds = Array.from({ length: 60 }, (_, i) => i + 1);
const DESK = { width: 1176, height: 540, dpr: 1 };
const PHONE = { width: 390, height: 700, dpr: 2 };
const EYE = [-3000, 300, 1800];

/** Some cells of each layer. */
function* someCells(graph) {
  for (const name of graph.names)
    for (const part of [0, 0.41, 1]) {
      const last = graph.count(name) - 1;
      yield graph.cellAt(name, Math.round(part * last));
    }
}

test('made-up networks hold kinds that nobody knows, at the end and at the beginning too', () => {
  const specs = seeds.map(made);
  const unknown = specs.map(createGraph).map((graph) => graph.layer(graph.output).kind === 'other');
  assert.ok(unknown.filter(Boolean).length > 8);
  const first = specs.map(createGraph).filter((graph) => graph.layer('l0').kind === 'other');
  assert.ok(first.length > 5);
});

test('a window of an unknown kind is all of its inputs, and every cell below is read by it', () => {
  for (const seed of seeds) {
    const graph = createGraph(made(seed));
    for (const cell of someCells(graph)) {
      const layer = graph.layer(cell.layer);
      if (layer.kind !== 'other') continue;
      const whole = layer.inputs.map((name) => wholeLayer(graph, name));
      assert.deepEqual(windowOf(graph, cell), whole);
      for (const name of layer.inputs) {
        const below = graph.cellAt(name, 0);
        const reached = readersOf(graph, below).filter((region) => region.layer === layer.name);
        assert.deepEqual(reached, [wholeLayer(graph, layer.name)]);
      }
      assert.equal(contributions(graph, new Map(), null, cell), null);
    }
  }
});

test('all five forms of a cell of an unknown kind show its value and say that the kind is unknown', () => {
  for (const seed of seeds.slice(0, 30)) {
    const graph = createGraph(made(seed));
    const view = madeUp(graph, seed);
    const flat = layout(graph, { ...DESK, folded: true });
    for (const cell of someCells(graph)) {
      const made = receipt(graph, view, cell, flat);
      const layer = graph.layer(cell.layer);
      const said = words(made).flatMap(({ runs }) => runs.map(({ text }) => text));
      assert.ok(code(made).includes('value ='));
      assert.ok(Array.isArray(formula(made)));
      const rows = table(made).rows.flatMap(({ cells }) => cells.map(({ text }) => text));
      if (layer.kind !== 'other') continue;
      const sentence = `this page does not know the kind “${layer.called}”`;
      assert.ok(made.check.includes(sentence), made.check);
      assert.ok(said.join('').includes(sentence), said.join(''));
      assert.ok(said.includes(made.valueText) && rows.includes(made.valueText));
      assert.ok(layerAccount(graph, layer.name).sentences.flat().join(' ').includes(sentence));
    }
  }
});

test('a receptive field behind an unknown kind says that it is the most that it can be', () => {
  for (const seed of seeds) {
    const graph = createGraph(made(seed));
    for (const cell of someCells(graph)) {
      if (graph.layer(cell.layer).kind !== 'other') continue;
      const said = cellSentences(graph, cell, null).map(({ text }) => text);
      assert.ok(said.some((text) => text.includes('at most')) || cell.layer === 'l0', said.join());
    }
  }
});

test('nothing that the stage, the account, the panels and space show of them throws', () => {
  for (const seed of seeds.slice(0, 16)) {
    const graph = createGraph(made(seed));
    const view = { ...madeUp(graph, seed), scale: 'layer' };
    const { trace } = view;
    for (const name of graph.names) {
      assert.ok(layerAccount(graph, name).kind || graph.layer(name).called === '');
      mapFacts(graph, trace, name, 0);
      for (const { layer, channel } of mapsRead(graph, name, 0))
        assert.ok(channel < graph.size(layer).channels);
      if (hasKernels(graph, name)) filterText(graph, name, 0);
      blocksOf(graph, name, 0);
    }
    assert.equal(account(graph, view, null).kind, 'answer');
    const stage = [{ ...DESK, folded: true }, { ...DESK, folded: false }, PHONE][seed % 3];
    const flat = layout(graph, stage);
    const space = placeInSpace(flat, graph);
    assert.ok(stillItems(flat, graph).some((item) => item.kind === 'text'));
    blocksFor(space, graph, (text) => 7 * text.length, false);
    for (const cell of someCells(graph)) everything(graph, view, flat, space, cell);
    const other = createGraph(made(seed + 1));
    const corresponding = correspondence(graph, other);
    sharedLimits({ graph, trace }, { graph: other, trace: null }, corresponding, 'layer');
    differenceOf(graph, trace, trace);
  }
});

/** What is drawn and said while one cell is pointed at and another is pinned. */
function everything(graph, view, flat, space, cell) {
  const { trace, weights } = view;
  numbersOf(flat, trace);
  const value = valueOf(graph, view);
  for (const name of graph.names) barsOf(flat, value, name);
  const pinned = graph.cellAt(graph.names[1], 0);
  const tensors = new Map(graph.names.map((name) => [name, trace.get(name)]));
  const answer = { cell: pinned, tensors };
  const influence = quantityOf(graph, 'derivative', { view, value, pinned, answer });
  assert.equal(influence.under, value);
  overlayItems(flat, graph, view, cell, pinned, cell, influence);
  const found = madeUpPaths(graph, trace);
  pathItems(flat, graph, view, found);
  const why = whyAccount(graph, found, { folded: true, hidden: [], path: 0, muted: true });
  assert.ok(why.rows.length > 0 && why.muted);
  reachOf(graph, cell);
  influences(graph, trace, weights, cell);
  afterwards(graph, trace, cell, []);
  const rect = rectOf(flat, cell);
  if (rect) pick(flat, rect.x + rect.width / 2, rect.y + rect.height / 2);
  if (rect) step(flat, graph, cell, 1, 0);
  const side = { name: 'one', graph, trace, accuracy: null, times: [], cell };
  assert.ok([...networkRows([side]), ...readingRows([side]), ...cellRows([side])].length > 4);
  const sight = { space, graph, heights: null, eye: EYE };
  overlayInSpace({ sight, layout: flat, view, pointed: cell, pinned, focus: null });
}
