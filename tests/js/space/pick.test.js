import assert from 'node:assert/strict';
import test from 'node:test';
import { matrixOf, project, rayAt } from '../../../static/js/scene/space/camera.js';
import { boundsOf } from '../../../static/js/scene/space/place.js';
import { pickInSpace, rectInSpace, seenOf } from '../../../static/js/scene/space/pick.js';
import { generator } from '../generate.js';
import { GRAPH, LENET, LENET5, MLP } from '../specs.js';
import { someHeights, spaceOf, tenCameras } from './made.js';

/** Any cell that is shown. */
function anyCell(space, any) {
  const plane = space.planes[any(space.planes.length)];
  const channel = plane.channels[any(plane.channels.length)];
  return { layer: plane.layer, channel, row: any(plane.rows), column: any(plane.columns) };
}

/** Plain slabs over every single cell of the network, and its layers' sheets: the witness. */
function nearestOfAll(space, heights, eye, ray) {
  let best = { distance: Infinity, cell: null };
  for (const plane of space.planes) {
    const { y0, y1, z0, z1 } = plane.bounds;
    const distance = (plane.x - eye[0]) / ray[0];
    const [y, z] = [eye[1] + ray[1] * distance, eye[2] + ray[2] * distance];
    const met = y > y0 && y < y1 && z > z0 && z < z1;
    if (met && distance > 0 && distance < best.distance) best = { distance, cell: null };
  }
  for (const plane of space.planes)
    for (let tile = 0; tile < plane.channels.length; tile++)
      for (let row = 0; row < plane.rows; row++)
        for (let column = 0; column < plane.columns; column++) {
          const at = plane.first + (tile * plane.rows + row) * plane.columns + column;
          const high = plane.thickness + (heights ? heights[at] * plane.relief : 0);
          const { y0, y1, z0, z1 } = boundsOf(plane, tile, row, row + 1, column, column + 1);
          const sides = [
            [plane.x - high, plane.x],
            [y0, y1],
            [z0, z1],
          ];
          let [enter, leave] = [-Infinity, Infinity];
          sides.forEach(([low, top], axis) => {
            const met = [low, top].map((side) => (side - eye[axis]) / ray[axis]);
            enter = Math.max(enter, Math.min(...met));
            leave = Math.min(leave, Math.max(...met));
          });
          if (enter <= leave && enter <= best.distance)
            best = {
              distance: enter,
              cell: { layer: plane.layer, channel: plane.channels[tile], row, column },
            };
        }
  return best;
}

/** Where the graphics card draws the middle of the face of a cell that the eye sees. */
function drawnAt(space, heights, camera, { layer, channel, row, column }) {
  const plane = space.plane(layer);
  const { first, rows, columns, cell, place, y, z } = plane;
  const tile = place[channel];
  const height = heights ? heights[first + (tile * rows + row) * columns + column] : 0;
  const face = camera.eye[0] > plane.x ? 0 : plane.thickness + height * plane.relief;
  const point = [plane.x - face, y[tile] - (row + 0.5) * cell, z[tile] + (column + 0.5) * cell, 1];
  const matrix = new Float32Array(16);
  matrixOf(camera, matrix);
  const [u, v, , w] = [0, 1, 2, 3].map((out) =>
    point.reduce((sum, at, i) => sum + matrix[4 * i + out] * at, 0),
  );
  return [((u / w + 1) / 2) * camera.width, ((1 - v / w) / 2) * camera.height];
}

const same = (a, b) =>
  a &&
  b &&
  a.layer === b.layer &&
  a.channel === b.channel &&
  a.row === b.row &&
  a.column === b.column;

for (const [name, spec] of Object.entries({ LENET, MLP, LENET5, GRAPH }))
  for (const raised of [false, true])
    test(`${name}: 500 cells from 10 sides are picked by their middle unless something stands before it${raised ? ', also when cells rise' : ''}`, () => {
      const { space } = spaceOf(spec);
      const heights = raised ? someHeights(space) : null;
      const any = generator(11);
      let [seen, hidden] = [0, 0];
      for (const camera of tenCameras(space))
        for (let i = 0; i < 50; i++) {
          const cell = anyCell(space, any);
          const { middle } = seenOf(space, heights, camera, cell);
          const drawn = drawnAt(space, heights, camera, cell);
          for (const axis of [0, 1]) assert.ok(Math.abs(drawn[axis] - middle[axis]) < 0.05);
          const picked = pickInSpace(space, heights, camera, ...middle);
          const rect = rectInSpace(space, heights, camera, cell);
          const witness = nearestOfAll(space, heights, camera.eye, rayAt(camera, ...middle));
          if (same(witness.cell, cell)) {
            assert.deepEqual(picked, cell);
            const centre = [rect.x + rect.width / 2, rect.y + rect.height / 2];
            assert.deepEqual(pickInSpace(space, heights, camera, ...centre), cell);
            seen++;
          } else {
            assert.deepEqual(picked, witness.cell);
            assert.equal(rect, null);
            hidden++;
          }
        }
      assert.equal(seen + hidden, 500);
      assert.ok(
        seen > 100 && (hidden > 10 || name === 'MLP'),
        `${seen} were in sight, ${hidden} hidden`,
      );
    });

test('the rect of a cell is there exactly when its middle picks it, and lies around the cell', () => {
  const { space } = spaceOf(LENET);
  const heights = someHeights(space);
  const any = generator(3);
  let nulls = 0;
  for (const camera of tenCameras(space))
    for (let i = 0; i < 50; i++) {
      const cell = anyCell(space, any);
      const { middle } = seenOf(space, heights, camera, cell);
      const rect = rectInSpace(space, heights, camera, cell);
      const picked = pickInSpace(space, heights, camera, ...middle);
      assert.equal(rect !== null, Boolean(same(picked, cell)));
      if (!rect) {
        nulls++;
        continue;
      }
      const centre = [rect.x + rect.width / 2, rect.y + rect.height / 2];
      assert.deepEqual(pickInSpace(space, heights, camera, ...centre), cell);
      assert.ok(rect.width > 0 && rect.height > 0);
    }
  assert.ok(nulls > 20, 'some cells are hidden');
});

test('between maps and outside the network nothing is picked', () => {
  const { space } = spaceOf(LENET);
  const [camera] = tenCameras(space);
  const plane = space.plane('conv2');
  const gap = [
    plane.x - plane.thickness,
    plane.y[0] - plane.rows * plane.cell - 3,
    plane.bounds.z1 - 2,
  ];
  const picked = pickInSpace(space, null, camera, ...project(camera, gap));
  assert.notEqual(picked?.layer, 'conv2');
  assert.equal(pickInSpace(space, null, camera, 2, 2), null);
});

test('a layer, map or cell that is not shown has no place', () => {
  const { space } = spaceOf(LENET);
  const [camera] = tenCameras(space);
  assert.equal(
    rectInSpace(space, null, camera, { layer: 'relu1', channel: 0, row: 0, column: 0 }),
    null,
  );
});
