// Labels in space: where they stand, what leads to their layer, what they leave room for.

import assert from 'node:assert/strict';
import test from 'node:test';
import { layout } from '../../../static/js/scene/layout.js';
import { valueOf } from '../../../static/js/scene/quantities/scale.js';
import { barsOf } from '../../../static/js/scene/still.js';
import { placeLabels } from '../../../static/js/scene/space/beside.js';
import {
  cameraOf,
  limited,
  presetOrbit,
  project,
  seenSize,
  standIn,
} from '../../../static/js/scene/space/camera.js';
import { blocksFor } from '../../../static/js/scene/space/labels.js';
import { namesRoom, unitNames } from '../../../static/js/scene/space/names.js';
import { placeInSpace } from '../../../static/js/scene/space/place.js';
import { madeUp } from '../generate.js';
import { GRAPH, LENET, LENET5, MLP } from '../specs.js';
import { DESK, STAND, UPRIGHT, spaceOf, tenCameras } from './made.js';

const measure = (text) => 7 * text.length;

/** Corners of a plane on the screen, one after the other. */
function cornersOf({ x, bounds: { y0, y1, z0, z1 } }, camera) {
  const corners = [
    [y1, z0],
    [y1, z1],
    [y0, z1],
    [y0, z0],
  ];
  return corners.map(([y, z]) => project(camera, [x, y, z]));
}

/** How far a rectangle is from a plane's edge. */
function apart({ x, y, width, height }, corners) {
  const shares = Array.from({ length: 9 }, (_, i) => i / 8);
  const points = shares.flatMap((a) => shares.map((b) => [x + a * width, y + b * height]));
  const sides = corners.map((from, i) => [from, corners[(i + 1) % 4]]);
  return Math.min(
    ...points.flatMap(([px, py]) =>
      sides.map(([[ax, ay], [bx, by]]) => {
        const [dx, dy] = [bx - ax, by - ay];
        const t = ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy);
        const at = Math.max(0, Math.min(1, t));
        return Math.hypot(px - ax - at * dx, py - ay - at * dy);
      }),
    ),
  );
}

/** Whether a line ends on a plane. */
function within([, , x, y], corners) {
  const sides = corners.map(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % 4];
    return Math.sign((bx - ax) * (y - ay) - (by - ay) * (x - ax));
  });
  return new Set(sides).size === 1;
}

test('what a class may ever say keeps clear of the labels, so that no value moves one', () => {
  for (const spec of [LENET, MLP]) {
    const { space, graph, flat } = spaceOf(spec);
    const view = { ...madeUp(graph), scale: 'layer' };
    const values = valueOf(graph, view);
    const bars = (layer) => barsOf(flat, values, layer);
    const widest = 7 * '9  100%'.length;
    for (const camera of tenCameras(space)) {
      const room = namesRoom(space, camera, widest);
      const labels = placeLabels(blocksFor(space, graph, measure, false), camera, STAND, room);
      for (const { text, x, y } of unitNames(space, graph, camera, bars))
        for (const { block, ...label } of labels) {
          const beside = label.x + block.width <= x || x + 7 * text.length <= label.x;
          assert.ok(beside || label.y + block.height <= y - 7 || y + 7 <= label.y);
        }
    }
  }
});

test('a label that is far from its layer has a line that ends on it, and lines cross no label', () => {
  let led = 0;
  for (const spec of [LENET, LENET5, GRAPH])
    for (const stand of [STAND, UPRIGHT]) {
      const { space, graph } = spaceOf(spec);
      const blocks = blocksFor(space, graph, measure, stand === UPRIGHT);
      for (const camera of tenCameras(space).slice(0, 6)) {
        const labels = placeLabels(blocks, camera, stand, []);
        for (const { block, x, y, leader } of labels) {
          const own = cornersOf(block.plane, camera);
          const rect = { x, y, width: block.width, height: block.height };
          if (!leader) assert.ok(apart(rect, own) <= 20, `${spec.id}: ${block.plane.layer}`);
          if (!leader) continue;
          led++;
          const [fromX, fromY, toX, toY] = leader;
          const end = { x: toX, y: toY, width: 0, height: 0 };
          const onIt = within(leader, own) || apart(end, own) < 3; // a dot's size
          assert.ok(onIt, `${spec.id}: ${block.plane.layer}`);
          assert.ok(fromX >= x && fromX <= x + block.width);
          assert.ok(fromY >= y && fromY <= y + block.height);
          for (const other of labels)
            for (const t of [0.1, 0.3, 0.5, 0.7, 0.9]) {
              const [atX, atY] = [fromX + (toX - fromX) * t, fromY + (toY - fromY) * t];
              const inside =
                atX > other.x &&
                atX < other.x + other.block.width &&
                atY > other.y &&
                atY < other.y + other.block.height;
              assert.ok(!inside, `${block.plane.layer} through ${other.block.plane.layer}`);
            }
        }
      }
    }
  assert.ok(led > 20, `${led} labels are led to`);
});

test('the scales of two labels are never read as one: each is within its label, and labels keep apart', () => {
  const narrow = (text) => 5.5 * text.length;
  for (const small of [false, true]) {
    const { space, graph } = spaceOf(LENET);
    const blocks = blocksFor(space, graph, narrow, small);
    for (const { legend, width } of blocks.flatMap((block) => [block, block.brief ?? block])) {
      if (!legend) continue;
      assert.ok(legend.x >= 0 && legend.x + legend.width <= width, `${legend.x}, ${width}`);
    }
    for (const camera of tenCameras(space)) {
      const labels = placeLabels(blocks, camera, STAND, []);
      for (const one of labels)
        for (const other of labels) {
          if (other.x <= one.x || one === other) continue;
          const level = one.y < other.y + other.block.height && other.y < one.y + one.block.height;
          assert.ok(!level || other.x - one.x - one.block.width > 5);
        }
    }
  }
});

test('on a wide stage every layer has its label, from wherever a button leads', () => {
  for (const spec of [LENET, LENET5, MLP])
    for (const stage of [
      { width: 1176, height: 540 },
      { width: 1016, height: 396 },
    ]) {
      const { graph } = spaceOf(spec);
      const space = placeInSpace(layout(graph, { ...DESK, ...stage }), graph);
      const blocks = blocksFor(space, graph, measure, false);
      const widest = measure('9  >99.9%');
      const stand = standIn(stage, widest + 24);
      for (const preset of ['oblique', 'side', 'top', 'axis']) {
        const camera = cameraOf(space, presetOrbit(preset, stand), stand);
        const labels = placeLabels(blocks, camera, stand, namesRoom(space, camera, widest));
        const named = labels.map(({ block }) => block.plane.layer).toSorted();
        assert.deepEqual(named, space.planes.map(({ layer }) => layer).toSorted(), preset);
      }
    }
});

test('where room is short a label is brief and keeps its legend: with a sheet open on a phone all are', () => {
  const { space, graph } = spaceOf(LENET);
  const blocks = blocksFor(space, graph, measure, true);
  const placed = (stand) =>
    placeLabels(blocks, cameraOf(space, presetOrbit('oblique', stand), stand), stand, []);
  const low = placed({ ...UPRIGHT, height: 300 });
  assert.ok(low.length > 5);
  const whole = placed(UPRIGHT);
  assert.ok(whole.filter(({ block }) => block.brief?.brief).length >= 3, 'some are whole');
  for (const { block } of [...low, ...whole]) {
    const { plane, legend, words, width, height } = block;
    if (plane.look === 'bars') continue;
    assert.ok(legend, `${plane.layer} has its legend`);
    assert.ok(legend.lowX >= 0 && legend.highX <= width && legend.baseline < height);
    for (const { y } of words) assert.ok(y <= legend.baseline - 12, 'below its words');
  }
  for (const { block } of low) assert.ok(!block.brief?.brief, `${block.plane.layer} is brief`);
});

test('a wide stage is filled both ways at first, by few layers as by many', () => {
  const room = (DESK.width - 136) / (DESK.height - 138);
  for (const spec of [LENET, LENET5, MLP]) {
    const { width, height } = seenSize(spaceOf(spec).space, presetOrbit('oblique', DESK));
    assert.ok(Math.abs(Math.log(width / height / room)) < 0.08, `${spec.id}: ${width / height}`);
  }
});

test('a preset keeps its name until somebody turns, moves or zooms it', () => {
  const wide = presetOrbit('side', STAND);
  assert.equal(wide.preset, 'side');
  assert.notEqual(presetOrbit('side', UPRIGHT).azimuth, wide.azimuth);
  assert.ok(!('preset' in limited({ ...wide, azimuth: 3 })));
});
