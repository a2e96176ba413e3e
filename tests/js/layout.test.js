import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createGraph } from '../../static/js/geometry/graph.js';
import { layout } from '../../static/js/scene/layout.js';
import { tileRect } from '../../static/js/scene/pick.js';
import { GRAPH, LENET, LENET5, MLP, WIDE } from './specs.js';

const fixture = JSON.parse(
  readFileSync(new URL('../fixtures/windows.json', import.meta.url), 'utf8'),
);
const SERVED = fixture.graph.model;
const DESK = { width: 1176, height: 540, dpr: 1, folded: true };
const LINE = { ...DESK, height: 788 };
const PHONE = { width: 390, height: 667, dpr: 2, folded: true };
const lay = (spec, options) => layout(createGraph(spec), options);
const grid = ({ lines, across, cell }) => `${lines} × ${across} at ${cell}`;

/** What must hold for every picture, whatever the network. */
function sound(made, note) {
  const whole = (value) => {
    const device = value * made.dpr;
    assert.ok(
      Math.abs(device - Math.round(device)) < 1e-6,
      `${note}: ${device} is no device pixel`,
    );
  };
  for (const box of made.boxes) {
    const name = `${note} ${box.layer}`;
    const { slot, rect } = box;
    const half = 0.5 / made.dpr;
    assert.ok(slot.x >= 0 && slot.x + slot.width <= made.extent.width + half, `${name} sticks out`);
    assert.ok(
      rect.y >= -half && rect.y + rect.height <= made.extent.height + half,
      `${name} is cut`,
    );
    if (box.look !== 'bars') whole(box.cell);
    box.x.forEach(whole);
    box.y.forEach(whole);
    assert.equal(box.channels.length, box.x.length);
    box.channels.forEach((channel, i) => assert.equal(box.place[channel], i));
    for (let i = 0; i < box.x.length; i++) {
      const tile = tileRect(made, box, i);
      assert.ok(tile.x >= rect.x - half && tile.y >= rect.y - half, `${name} tile ${i}`);
      assert.ok(tile.x + tile.width <= rect.x + rect.width + half, `${name} tile ${i}`);
      assert.ok(tile.y + tile.height <= rect.y + rect.height + half, `${name} tile ${i}`);
    }
  }
  const apart = (a, b) =>
    a.x + a.width <= b.x + 0.01 ||
    b.x + b.width <= a.x + 0.01 ||
    a.y + a.height <= b.y + 0.01 ||
    b.y + b.height <= a.y + 0.01;
  for (const [i, a] of made.boxes.entries())
    for (const b of made.boxes.slice(i + 1))
      assert.ok(apart(a.rect, b.rect), `${note}: ${a.layer} lies on ${b.layer}`);
}

test('at 1440 × 900 conv1 stands 2 × 3 at 4 px, conv2 2 × 8 at 5, what is pooled likewise', () => {
  const made = lay(LENET, DESK);
  assert.equal(grid(made.box('conv1')), '2 × 3 at 4');
  assert.equal(grid(made.box('pool1')), '2 × 3 at 4');
  assert.equal(grid(made.box('conv2')), '2 × 8 at 5');
  assert.equal(grid(made.box('pool2')), '2 × 8 at 5');
  assert.ok(!made.scrolls);
});

test('each map of pool1 stands beside its own of conv1, in grids of one kind', () => {
  for (const stage of [LINE, { ...LINE, folded: false }]) {
    const made = lay(LENET, stage);
    const [conv1, pool1] = [made.box('conv1'), made.box('pool1')];
    assert.deepEqual([conv1.lines, conv1.across], [pool1.lines, pool1.across]);
    for (let map = 0; map < 6; map++) {
      const middle = (box) => box.y[map] + (box.rows * box.cell) / 2;
      assert.ok(Math.abs(middle(conv1) - middle(pool1)) <= 1, `map ${map}`);
    }
  }
});

test('on a phone all of LeNet stands as bands without scrolling', () => {
  const made = lay(LENET, PHONE);
  assert.equal(made.axis, 'y');
  assert.ok(!made.scrolls);
  assert.equal(made.box('conv1').across, 6);
  assert.ok(made.box('conv1').cell >= 2);
});

test('a stage of 700 px reads downwards, a wider one to the right', () => {
  assert.equal(lay(MLP, { ...DESK, width: 700 }).axis, 'y');
  assert.equal(lay(MLP, { ...DESK, width: 701 }).axis, 'x');
});

test('where only the other direction needs no scrolling, the picture is turned', () => {
  const stage = { ...DESK, width: 760, height: 656 };
  assert.ok(lay(LENET, { ...stage, axis: 'x' }).scrolls);
  assert.equal(lay(LENET, stage).axis, 'y');
  assert.ok(!lay(LENET, stage).scrolls);
});

test('small networks grow into the room', () => {
  const made = lay(MLP, LINE);
  assert.ok(made.box('fc1').cell >= 20);
  assert.ok(made.box('input').cell >= 8);
});

test('a convolution to single cells stands as units', () => {
  const made = lay(LENET5, LINE);
  assert.equal(made.box('c5').look, 'units');
  assert.deepEqual(made.box('c5').fold, ['tanh5']);
});

test('activations fold and stand for their source, or stand themselves', () => {
  const folded = lay(LENET, DESK);
  assert.equal(folded.box('relu1'), undefined);
  assert.equal(folded.stand('relu1'), 'conv1');
  assert.deepEqual(folded.box('conv1').fold, ['relu1']);
  const shown = lay(LENET, { ...DESK, folded: false });
  assert.ok(shown.box('relu1'));
  assert.equal(shown.stand('relu1'), 'relu1');
  assert.equal(grid(shown.box('relu1')).split(' at')[0], grid(shown.box('conv1')).split(' at')[0]);
});

test('an activation that two layers read stands by itself, flatten never', () => {
  const made = lay(GRAPH, LINE);
  assert.ok(made.box('stem_relu'));
  assert.equal(made.box('flat'), undefined);
  assert.equal(made.stand('flat'), 'small');
});

test('lanes stand across, what they read before and what joins them behind', () => {
  const made = lay(GRAPH, LINE);
  const lanes = ['narrow', 'wide_in', 'shrunk'].map((name) => made.box(name));
  for (const lane of lanes) {
    assert.equal(lane.lanes, 3);
    assert.equal(lane.slot.x, lanes[0].slot.x);
    assert.ok(lane.slot.x >= made.box('pool').slot.x + made.box('pool').slot.width);
  }
  assert.equal(new Set(lanes.map(({ slot }) => slot.y)).size, 3);
});

test('a skip edge runs outside the lanes that it passes', () => {
  const made = lay(GRAPH, LINE);
  const skips = made.edges.filter(({ skip }) => skip);
  assert.deepEqual(skips.map(({ from, to }) => `${from} ${to}`).sort(), [
    ...['narrow mixed', 'shrunk mixed', 'stem_relu joined'],
  ]);
  for (const { points } of skips) {
    const lowest = Math.max(...points.map(([, y]) => y));
    for (const { slot } of made.boxes) assert.ok(lowest > slot.y + slot.height);
  }
});

test('a concat stands in blocks with a gap of 10 between its sources', () => {
  const box = lay(GRAPH, LINE).box('mixed');
  const height = box.rows * box.cell;
  const gaps = new Map();
  for (let i = 1; i < box.channels.length; i++)
    if (box.y[i] > box.y[i - 1]) gaps.set(i, box.y[i] - box.y[i - 1] - height);
  assert.ok(gaps.get(4) >= 10, 'narrow ends after 4');
  assert.ok(gaps.get(10) >= 10, 'wide ends after 10');
});

test('a layer too large for the stage shows its most active maps and says how many more', () => {
  const order = () => Array.from({ length: 1000 }, (_, i) => 999 - i);
  const made = lay(WIDE, { ...LINE, order });
  const box = made.box('scores');
  assert.equal(box.hidden + box.channels.length, 1000);
  assert.equal(box.channels.at(-1), 999);
  assert.equal(box.channels[0], 1000 - box.channels.length);
  assert.deepEqual(box.channels, made.box('softmax').channels);
  assert.ok(made.scrolls);
});

const STAGES = [
  ...[DESK, LINE, PHONE, { ...LINE, dpr: 1.25 }, { ...DESK, dpr: 1.5 }, { ...LINE, dpr: 2 }],
  ...[
    { ...PHONE, dpr: 3 },
    { ...LINE, folded: false },
    { ...PHONE, folded: false },
  ],
  ...[
    { ...DESK, width: 760, height: 656 },
    { ...DESK, width: 1656, height: 720 },
  ],
  ...[
    { ...DESK, text: 1.25, height: 700 },
    { ...DESK, width: 320, height: 300 },
  ],
];

for (const spec of [LENET, MLP, LENET5, GRAPH, SERVED, WIDE])
  test(`${spec.id}: every cell on a device pixel, nothing on anything else, on any stage`, () => {
    for (const stage of STAGES) sound(lay(spec, stage), JSON.stringify(stage));
  });
