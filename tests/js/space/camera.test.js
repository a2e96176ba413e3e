import assert from 'node:assert/strict';
import test from 'node:test';
import {
  between,
  cameraOf,
  limited,
  matrixOf,
  presetOrbit,
  project,
  rayAt,
  zoomedAt,
} from '../../../static/js/scene/space/camera.js';
import { GRAPH, LENET, MLP, WIDE } from '../specs.js';
import { STAND, UPRIGHT, spaceOf, tenCameras } from './made.js';

const near = (a, b, by = 1e-6) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);
const cornersOf = ({ x, thickness, bounds }) =>
  [x, x - thickness].flatMap((along) =>
    [bounds.y0, bounds.y1].flatMap((up) => [bounds.z0, bounds.z1].map((out) => [along, up, out])),
  );

test('at zoom 1 the whole network fits its part of the stage and touches two of its sides, from anywhere', () => {
  for (const spec of [LENET, MLP, GRAPH, WIDE])
    for (const stand of [STAND, UPRIGHT])
      for (const [azimuth, elevation] of [
        [-52, 11],
        [0, 0],
        [170, 60],
        [-90, -80],
      ]) {
        const { space } = spaceOf(spec);
        const camera = cameraOf(space, { azimuth, elevation, zoom: 1, x: 0, y: 0 }, stand);
        const seen = space.planes.flatMap(cornersOf).map((corner) => project(camera, corner));
        const [xs, ys] = [0, 1].map((axis) => seen.map((point) => point[axis]));
        const room = {
          left: Math.min(...xs) - stand.left,
          right: stand.width - stand.right - Math.max(...xs),
          top: Math.min(...ys) - stand.top,
          bottom: stand.height - stand.bottom - Math.max(...ys),
        };
        for (const side of Object.values(room)) assert.ok(side > -1e-6);
        near(room.left, room.right);
        near(room.top, room.bottom);
        near(Math.min(room.left, room.top), 0);
      }
});

test('the matrix of the graphics card shows a point where project() does, nearer ones before', () => {
  const { space } = spaceOf(LENET);
  const matrix = new Float32Array(16);
  for (const camera of tenCameras(space)) {
    matrixOf(camera, matrix);
    for (const plane of space.planes)
      for (const corner of cornersOf(plane)) {
        const [x, y, z, w] = [0, 1, 2, 3].map(
          (row) =>
            [0, 1, 2].reduce((sum, i) => sum + matrix[4 * i + row] * corner[i], 0) +
            matrix[12 + row],
        );
        const seen = project(camera, corner);
        near(((x / w + 1) / 2) * camera.width, seen[0], 0.02);
        near(((1 - y / w) / 2) * camera.height, seen[1], 0.02);
        assert.ok(z / w > -1 && z / w < 1, 'between the near and the far end');
        near(w, Math.hypot(...corner.map((at, i) => at - camera.eye[i])), w * 0.2);
      }
  }
});

test('the ray of a pixel meets the points that are seen there', () => {
  const { space } = spaceOf(LENET);
  for (const camera of tenCameras(space)) {
    const ray = rayAt(camera, 300, 200);
    const point = camera.eye.map((at, i) => at + 900 * ray[i]);
    const seen = project(camera, point);
    near(seen[0], 300);
    near(seen[1], 200);
  }
});

test('zooming keeps what is under the pointer there', () => {
  const { space } = spaceOf(LENET);
  const orbit = { ...presetOrbit('oblique', STAND), x: 14, y: -8 };
  const before = cameraOf(space, orbit, STAND);
  const point = before.eye.map((at, i) => at + 800 * rayAt(before, 500, 260)[i]);
  for (const by of [1.5, 0.5, 9]) {
    const seen = project(cameraOf(space, zoomedAt(orbit, STAND, by, 500, 260), STAND), point);
    near(seen[0], 500);
    near(seen[1], 260);
  }
});

test('from one view to another the way is the shorter turn', () => {
  const a = limited({ azimuth: 170, elevation: 0, zoom: 1, x: 0, y: 0 });
  const b = limited({ azimuth: 190, elevation: 10, zoom: 4, x: 8, y: 0 });
  const middle = between(a, b, 0.5);
  near(Math.abs(middle.azimuth), 180);
  near(middle.zoom, 2);
  near(between(a, b, 1).azimuth, b.azimuth);
});

test('a digit is never mirrored: along the flow the columns run to the right and rows down', () => {
  const { space } = spaceOf(LENET);
  const image = space.plane('input');
  for (const preset of ['oblique', 'side', 'top', 'axis'])
    for (const stand of [STAND, UPRIGHT]) {
      const camera = cameraOf(space, presetOrbit(preset, stand), stand);
      const at = (y, z) => project(camera, [image.x, y, z]);
      const { y0, y1, z0, z1 } = image.bounds;
      assert.ok(at(y1, z1)[0] > at(y1, z0)[0]);
      assert.ok(at(y0, z0)[1] > at(y1, z0)[1]);
    }
});
