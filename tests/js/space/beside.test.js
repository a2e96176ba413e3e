// Labels in space: where they stand, what leads to their layer, what they leave room for.

import assert from 'node:assert/strict';
import test from 'node:test';
import { valueOf } from '../../../static/js/scene/quantities/value.js';
import { barsOf } from '../../../static/js/scene/still.js';
import { placeLabels } from '../../../static/js/scene/space/beside.js';
import { cameraOf, limited, presetOrbit, seenSize } from '../../../static/js/scene/space/camera.js';
import { blocksFor } from '../../../static/js/scene/space/labels.js';
import { namesRoom, unitNames } from '../../../static/js/scene/space/names.js';
import { apart, outlineOf } from '../../../static/js/scene/space/outlines.js';
import { madeUp } from '../generate.js';
import { GRAPH, LENET, LENET5, MLP } from '../specs.js';
import { DESK, STAND, UPRIGHT, spaceOf, tenCameras } from './made.js';

const measure = (text) => 7 * text.length;

test('what a class may ever say keeps clear of the labels, so that no value moves one', () => {
  for (const spec of [LENET, MLP]) {
    const { space, graph, flat } = spaceOf(spec);
    const view = { ...madeUp(graph), scale: 'layer' };
    const values = valueOf(graph, view);
    const bars = (layer) => barsOf(flat, values, layer);
    const widest = 7 * '9  100%'.length;
    for (const camera of tenCameras(space)) {
      const room = namesRoom(space, camera, widest);
      const { labels } = placeLabels(blocksFor(space, graph, measure, false), camera, STAND, room);
      for (const { text, x, y } of unitNames(space, graph, camera, bars))
        for (const { block, ...label } of labels) {
          const beside = label.x + block.width <= x || x + 7 * text.length <= label.x;
          assert.ok(beside || label.y + block.height <= y - 7 || y + 7 <= label.y);
        }
    }
  }
});

test('a label that is far from its layer, or closer to another, has a line that ends on its layer', () => {
  let led = 0;
  for (const spec of [LENET, LENET5, GRAPH])
    for (const stand of [STAND, UPRIGHT]) {
      const { space, graph } = spaceOf(spec);
      const blocks = blocksFor(space, graph, measure, stand === UPRIGHT);
      for (const camera of tenCameras(space).slice(0, 6))
        for (const { block, x, y, leader } of placeLabels(blocks, camera, stand, []).labels) {
          const own = outlineOf(block.plane, camera);
          const rect = { x, y, width: block.width, height: block.height };
          if (!leader) assert.ok(apart(rect, own) <= 20, block.plane.layer);
          if (!leader) continue;
          led++;
          const end = { x: leader[2], y: leader[3], width: 0, height: 0 };
          assert.ok(apart(end, own) < 1, `${spec.id}: ${block.plane.layer}`);
          const begin = { x: leader[0], y: leader[1], width: 0, height: 0 };
          const off = Math.max(rect.x - begin.x, begin.x - rect.x - rect.width, 0);
          assert.ok(off <= 3 && begin.y >= rect.y && begin.y <= rect.y + rect.height);
        }
    }
  assert.ok(led > 20, `${led} labels are led to`);
});

test('where room is short a label is brief and keeps its legend: with a sheet open on a phone all are', () => {
  const { space, graph } = spaceOf(LENET);
  const blocks = blocksFor(space, graph, measure, true);
  const placed = (stand) =>
    placeLabels(blocks, cameraOf(space, presetOrbit('oblique', stand), stand), stand, []).labels;
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
