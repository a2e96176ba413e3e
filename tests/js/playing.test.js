// The window that slides over a map: what is lit at each step is what the engine read, what has filled
// is what it made, and each cell has its turn once.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createStore } from '../../static/js/core/store.js';
import { createGraph } from '../../static/js/geometry/graph.js';
import { wholeMap } from '../../static/js/geometry/regions.js';
import { traitsOf } from '../../static/js/kinds/traits.js';
import { playing, playOf } from '../../static/js/account/playing.js';
import { INITIAL } from '../../static/js/page/state.js';
import { layout } from '../../static/js/scene/layout.js';
import { regionRects } from '../../static/js/scene/marks/rects.js';
import {
  PACES,
  atPlace,
  cellsOfMap,
  placeInMap,
  plays,
  slidingText,
} from '../../static/js/scene/playing.js';
import { MARKS, marksFor } from '../../static/js/stage/marks.js';
import { createClock } from './clock.js';
import { cellsOf, madeUp, offsetsIn, readOffsets, stridedNetwork } from './generate.js';
import { LENET } from './specs.js';

const DESK = { width: 1176, height: 540, dpr: 1, folded: false };
const PLAY = { running: false, pace: 4 };
const measured = JSON.parse(
  readFileSync(new URL('../fixtures/windows.json', import.meta.url), 'utf8'),
);

/** A page on which nothing is pinned yet. */
function stateOf(graph) {
  const { trace, weights } = madeUp(graph);
  return {
    ...INITIAL,
    graph,
    trace: { tensors: trace, metadata: {} },
    weights: { tensors: weights },
  };
}

/** What the stage shows while the window stands at a cell. */
function shownAt(state, pinned) {
  const now = { ...state, pinned, play: PLAY };
  return { now, quantity: MARKS.createShown()(state.graph, now) };
}

const sliding = (graph) =>
  graph.names.filter((layer) => plays(graph, { layer, channel: 0, row: 0, column: 0 }));

/** Up to the cell the values of the trace; after it in its map nothing; all else untouched. */
function assertFilled(state, cell, quantity, note) {
  const { graph, trace } = state;
  const last = graph.offset(cell);
  for (const [name, { data }] of trace.tensors) {
    const shown = quantity.tensors.get(name).data;
    if (name !== cell.layer) assert.equal(shown, data, note);
    else
      data.forEach((value, offset) => {
        const waits = offset > last && graph.cellAt(name, offset).channel === cell.channel;
        assert.ok(Object.is(shown[offset], waits ? NaN : value), `${note}, offset ${offset}`);
      });
  }
}

const framed = (frames, wanted) =>
  frames.filter(({ role }) => role === wanted).map(({ region }) => region);

const boundsOf = (r) => [
  ...[r.layer, r.channel0, r.channel1, r.row0, r.row1, r.column0, r.column1],
  ...(r.maps ? [r.maps] : []),
];

for (const [name, { model, cells }] of Object.entries(measured))
  test(`${name}: the window lights exactly the cells that the engine read`, () => {
    const graph = createGraph(model);
    const state = stateOf(graph);
    const made = layout(graph, DESK);
    let count = 0;
    for (const { cell: at, window } of cells) {
      const [layer, channel, row, column] = at;
      const cell = { layer, channel, row, column };
      if (!plays(graph, cell)) continue;
      count += 1;
      const { now, quantity } = shownAt(state, cell);
      assertFilled(state, cell, quantity, at.join());
      const frames = marksFor(made, graph, now, quantity).frames;
      const boxes = window.map((region) => region.filter((part) => part.rows === undefined));
      assert.deepEqual(framed(frames, 'window').map(boundsOf), boxes, at.join());
      const gaps = window.map((region) => region.at(-1)).filter(({ rows }) => rows !== undefined);
      assert.deepEqual(
        framed(frames, 'taken').map(({ rows, columns }) => ({ rows, columns })),
        gaps,
        at.join(),
      );
      const onwards = frames.filter(({ role }) => role === 'forward');
      const own = wholeMap(graph, layer, channel);
      assert.deepEqual(
        onwards.map(({ region }) => region),
        [own],
        'what it leads to is not there yet',
      );
      const painted = MARKS.items(made, graph, now, quantity).filter(
        (item) => item.kind === 'frame' && item.role === 'window',
      );
      const rects = frames
        .filter(({ role }) => role === 'window')
        .flatMap(({ region, whole }) =>
          whole ? [made.box(region.layer).rect] : regionRects(made, graph, region),
        );
      assert.deepEqual(
        painted.map(({ rect }) => rect),
        rects,
        at.join(),
      );
    }
    assert.ok(count > 20);
  });

test('it does so for any kernel, stride and padding, and says how it moves', () => {
  for (let seed = 1; seed <= 60; seed++) {
    const graph = createGraph(stridedNetwork(seed));
    if (!sliding(graph).includes('layer')) continue;
    const state = stateOf(graph);
    const made = layout(graph, DESK);
    const { stride, kernel, dilation, ...layer } = graph.layer('layer');
    for (const cell of cellsOf(graph, 'layer')) {
      const note = `seed ${seed}, ${cell.row}, ${cell.column}`;
      const { now, quantity } = shownAt(state, cell);
      assertFilled(state, cell, quantity, note);
      const { frames } = marksFor(made, graph, now, quantity);
      const [window] = framed(frames, 'window');
      const [taken = window] = framed(frames, 'taken');
      const lit = taken ? offsetsIn(graph, taken) : new Set();
      if (window) assert.deepEqual(boundsOf(window), boundsOf(taken), note);
      const read = readOffsets(graph, graph.layer('layer'), cell);
      assert.deepEqual(lit, read, note);
      const maps = traitsOf(graph.layer('layer')).slides
        ? (layer.connections?.[cell.channel].length ?? graph.size('input').channels)
        : 1;
      const outside = kernel[0] * kernel[1] - read.size / maps;
      const said = slidingText(graph, cell);
      assert.ok(
        said.startsWith(`The window of ${kernel.join(' × ')} cells moves ${stride[1]} cell`),
        said,
      );
      const spans = kernel.map((k, axis) => dilation[axis] * (k - 1) + 1).join(' × ');
      assert.equal(
        said.includes(`, so that it covers ${spans}. `.trimEnd()),
        Math.max(...dilation) > 1,
        said,
      );
      assert.equal(/Here one of/.test(said) || / 1 of them lies/.test(said), outside === 1, said);
      const counted = said.match(/Here (\d+|one) of/)?.[1] ?? '0';
      assert.equal(counted === 'one' ? 1 : Number(counted), outside, `${note}: ${said}`);
      assert.equal(/padding/.test(said), layer.padding.some(Boolean), said);
    }
  }
});

test('it slides on convolutions and poolings alone, and not where a map is one cell', () => {
  const graph = createGraph(LENET);
  assert.deepEqual(sliding(graph), ['conv1', 'pool1', 'conv2', 'pool2']);
});

/** The page's hand on a network, with a clock that a test moves on. */
function started(spec, { still = false } = {}) {
  const graph = createGraph(spec);
  const store = createStore(stateOf(graph));
  const listeners = {};
  globalThis.matchMedia = () => ({ matches: still });
  globalThis.document = {
    hidden: false,
    addEventListener: (name, listener) => (listeners[name] = listener),
  };
  const pass = letTimePass();
  const { keys } = playing.open({ store });
  return { graph, store, keys, listeners, pass, pinned: () => store.get().pinned };
}

/** The page's timers are those of a clock that goes when it is told to; the way to tell it. */
function letTimePass() {
  const { timers, skip } = createClock();
  globalThis.setTimeout = timers.start;
  globalThis.clearTimeout = timers.stop;
  return (milliseconds) => skip(milliseconds + 1e-6);
}

test('it passes each cell of the map once, in reading order, and stands at the last', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { graph, store, keys, pass, pinned } = started(stridedNetwork(seed));
    if (!sliding(graph).includes('layer')) continue;
    const { channels } = graph.size('layer');
    const cell = graph.cellAt('layer', graph.count('layer') - 1);
    store.set({ pinned: { ...cell, channel: seed % channels } });
    const seen = [];
    store.subscribe((_, changed) => 'pinned' in changed && seen.push(placeInMap(graph, pinned())));
    keys.r();
    pass(60_000);
    const all = Array.from({ length: cellsOfMap(graph, cell) }, (_, place) => place);
    assert.deepEqual(seen, all, `seed ${seed}`);
    assert.equal(pinned().channel, seed % channels);
    assert.equal(store.get().play.running, false);
    keys.r();
    assert.equal(placeInMap(graph, pinned()), 0, 'once more from the first');
  }
});

test('it pauses, steps, is scrubbed and goes at the pace that is chosen', () => {
  const { graph, store, keys, pass, pinned } = started(LENET);
  const at = () => placeInMap(graph, pinned());
  store.set({ pinned: { layer: 'conv2', channel: 7, row: 4, column: 3 } });
  assert.equal(playOf(store).on, false);
  keys['>']();
  assert.deepEqual(store.get().play, null, 'no step before it plays');
  keys.r();
  for (const pace of PACES) {
    playOf(store).scrub(5);
    playOf(store).choose(pace);
    pass(3000);
    assert.equal(at(), 5, 'scrubbing pauses it');
    keys.r();
    pass(1000 / PACES[0]);
    assert.equal(at(), 5 + pace);
  }
  keys.r();
  const stood = at();
  pass(5000);
  assert.equal(at(), stood);
  assert.equal(store.get().walking, true, 'whoever listens hears where');
  keys['<']();
  assert.equal(at(), stood - 1);
  playOf(store).scrub(1e9);
  keys['>']();
  assert.deepEqual(pinned(), atPlace(graph, pinned(), 99), 'the last is the last');
});

test('it ends with its pin, goes on elsewhere, and stands while a panel or nothing is there', () => {
  const { store, keys, listeners } = started(LENET);
  const running = () => store.get().play?.running;
  store.set({ pinned: { layer: 'conv2', channel: 7, row: 4, column: 3 } });
  keys.r();
  store.set({ pinned: { layer: 'pool1', channel: 1, row: 2, column: 3 } });
  assert.equal(running(), true);
  for (const [change, back] of [
    [{ panel: 'help' }, { panel: null }],
    [{ trace: null }, { trace: store.get().trace }],
  ]) {
    store.set(change);
    assert.equal(running(), false);
    store.set(back);
    keys.r();
    assert.equal(running(), true);
  }
  globalThis.document.hidden = true;
  listeners.visibilitychange();
  assert.equal(running(), false);
  for (const pinned of [null, { layer: 'fc1', channel: 1, row: 0, column: 0 }]) {
    store.set({ pinned: { layer: 'conv1', channel: 0, row: 0, column: 0 } });
    if (!store.get().play) keys.r();
    store.set({ pinned });
    assert.equal(store.get().play, null);
  }
});

test('who asked for less motion steps', () => {
  const { graph, store, keys, pass, pinned } = started(LENET, { still: true });
  store.set({ pinned: { layer: 'conv1', channel: 2, row: 4, column: 3 } });
  keys.r();
  pass(5000);
  assert.equal(placeInMap(graph, pinned()), 0);
  assert.equal(store.get().play.running, false);
  keys.r();
  keys['>']();
  pass(5000);
  assert.equal(placeInMap(graph, pinned()), 2);
});
