import assert from 'node:assert/strict';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { layout } from '../../static/js/scene/layout.js';
import { stillItems } from '../../static/js/scene/still.js';
import { generator } from './generate.js';
import { GRAPH, LENET, LENET5, MLP, WIDE, network } from './specs.js';

/** Convolutions, activations and pooling of any kind in a row, sometimes with a branch that joins again. */
function anyNetwork(seed) {
  const any = generator(seed);
  const layers = [];
  let side = 20 + any(30);
  let maps = 0;
  const shape = [1 + any(3), side, side + any(5)];
  const push = (kind, more) => {
    const name = `${kind}${layers.length}`;
    layers.push({ name, kind, ...more });
    return name;
  };
  for (let stage = 1 + any(4); stage > 0 && side > 6; stage--) {
    const kernel = [1, 3, 5][any(3)];
    const padding = any(2) ? (kernel - 1) / 2 : 0;
    maps = 1 + any(20);
    side += 2 * padding - kernel + 1;
    const made = push('conv', { channels: maps, kernel, padding });
    if (any(2)) push('relu');
    if (any(3) === 0) {
      const branch = push('conv', { channels: maps, kernel: 3, padding: 1, inputs: [made] });
      push(any(2) ? 'add' : 'concat', { inputs: [made, branch] });
    }
    if (any(4) === 0) continue;
    const stride = 2 + any(2);
    const window = any(2) ? stride : 3;
    push(any(3) ? 'pool' : 'subsample', { mode: 'max', kernel: window, stride });
    side = Math.floor((side - window) / stride + 1);
    if (any(3) === 0 && side > 2)
      push('pool', { mode: 'average', kernel: 3, stride: 1, padding: 1 });
  }
  if (any(4) === 0) {
    const { rows, columns } = createGraph(network({ shape, border: 0, layers })).size(
      layers.at(-1).name,
    );
    push('pool', { mode: 'average', kernel: [rows, columns], stride: 1 });
  }
  for (let hidden = any(3); hidden > 0; hidden--) push('dense', { channels: 5 + any(200) });
  push('dense', { channels: 10 });
  if (any(3)) push('softmax');
  return network({ id: `network ${seed}`, shape, border: 0, layers });
}

const SIZES = [
  ...[
    [1016, 300],
    [1016, 604],
    [1176, 540],
    [1176, 788],
    [1656, 968],
    [2296, 1330],
    [560, 480],
    [1102, 400],
  ].map(([width, height]) => ({ width, height, dpr: 1 })),
  { width: 1176, height: 700, dpr: 1.25 },
  { width: 820, height: 700, dpr: 2 },
  { width: 390, height: 667, dpr: 3 },
  { width: 360, height: 300, dpr: 2 },
];
const STAGES = SIZES.flatMap((size) => [
  { ...size, folded: true },
  { ...size, folded: false },
]);

/** What the captions say of a layer. */
const said = (made, graph, layer) =>
  stillItems(made, graph)
    .filter((item) => item.kind === 'text' && item.layer === layer)
    .map(({ text }) => text);

/** A map's sides on the screen. */
const sides = ({ rows, columns, cell }) => [rows * cell, columns * cell];

function holds(spec, stage) {
  const graph = createGraph(spec);
  const made = layout(graph, stage);
  const note = `${spec.id} ${JSON.stringify(stage)}`;
  const drawn = made.boxes.filter(({ look }) => look !== 'bars');
  const shapes = new Map();
  for (const { layer, rows, columns, cell, look } of drawn) {
    if (look === 'units') continue;
    const shape = `${rows} × ${columns}`;
    const [first, size] = shapes.get(shape) ?? [layer, cell];
    assert.equal(cell, size, `${note}: maps of ${shape} differ, ${first} and ${layer}`);
    shapes.set(shape, [first, size]);
  }
  const answer = made.boxes.some(({ look }) => look === 'bars');
  const scores = answer ? graph.layer(graph.output).inputs.map(made.stand) : [];
  const units = drawn.filter(({ look, layer }) => look === 'units' && !scores.includes(layer));
  assert.ok(new Set(units.map(({ cell }) => cell)).size <= 1, `${note}: units differ`);

  for (const box of drawn) {
    const { kind, inputs, stride } = graph.layer(box.layer);
    if (kind !== 'pool' && kind !== 'subsample') continue;
    const source = made.box(made.stand(inputs[0]));
    const times = box.cell / source.cell;
    const words = said(made, graph, box.layer).filter((text) => text.startsWith('drawn × '));
    if (Math.abs(times - 1) < 1e-9) assert.deepEqual(words, [], note);
    else {
      const [, about, number] = /^drawn × (≈\u202f)?([\d.]+)$/.exec(words[0]);
      assert.ok(
        Math.abs(Number(number) - times) < (about ? 0.05 * times : 1e-9),
        `${note}: ${words}`,
      );
    }
    const [down, across] = sides(box);
    const [most, widest] = sides(source);
    if (Math.min(...stride) > 1 || (down < most && across < widest && times !== 1))
      assert.ok(
        down < 0.76 * most && across < 0.76 * widest,
        `${note}: ${box.layer} looks enlarged`,
      );
  }
}

for (const spec of [LENET, MLP, LENET5, GRAPH, WIDE])
  test(`${spec.id}: equal shapes have one size, and pooling halves a map or says what it does`, () => {
    for (const stage of STAGES) holds(spec, stage);
  });

test('so it is in networks that nobody has thought of yet', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const spec = anyNetwork(seed);
    for (let i = 0; i < 4; i++) holds(spec, STAGES[(seed * 5 + i * 7) % STAGES.length]);
  }
});

test('a pooled map stands in cells of its source’s size, so that it is half of it', () => {
  for (const stage of STAGES.filter(({ width }) => width > 1100)) {
    const made = layout(createGraph(LENET), stage);
    const [conv1, pool1] = [made.box('conv1'), made.box('pool1')];
    if (conv1.cell < 4) continue;
    assert.deepEqual(
      sides(pool1).map((side) => 2 * side),
      sides(conv1),
      JSON.stringify(stage),
    );
  }
});

test('a larger stage is used: with its area the cells grow', () => {
  const graph = createGraph(LENET);
  const areas = [
    [1176, 540],
    [1656, 720],
    [2296, 1080],
  ].map(([width, height]) => {
    const made = layout(graph, { width, height, dpr: 1, folded: true });
    const cells = made.boxes
      .filter(({ look }) => look !== 'bars')
      .map(({ channels, rows, columns, cell }) => channels.length * rows * columns * cell * cell);
    return cells.reduce((a, b) => a + b, 0) / (width * height);
  });
  for (const [i, share] of areas.entries()) {
    assert.ok(share > 0.28, `${i}: ${share}`);
    if (i) assert.ok(share > areas[i - 1], String(areas));
  }
});

test('where much is pooled into one cell, its number can be read', () => {
  const layers = [
    { name: 'conv', kind: 'conv', channels: 1, kernel: 3 },
    { name: 'sum', kind: 'pool', kernel: [22, 22], stride: [24, 24], mode: 'sum' },
  ];
  const graph = createGraph(network({ shape: [1, 24, 456], border: 0, layers }));
  const made = layout(graph, { width: 940, height: 400, dpr: 1, folded: false, few: true });
  const [conv, sum] = [made.box('conv'), made.box('sum')];
  assert.equal(conv.cell, 2);
  assert.ok(sum.cell >= 20, String(sum.cell));
  assert.ok(sum.cell * 19 < conv.cell * 454, 'it is still smaller than what it is pooled from');
});
