// Spaces for tests, and ten cameras around them.

import { createGraph } from '../../../static/js/geometry/graph.js';
import { layout } from '../../../static/js/scene/layout.js';
import { cameraOf, presetOrbit } from '../../../static/js/scene/space/camera.js';
import { placeInSpace } from '../../../static/js/scene/space/place.js';
import { generator } from '../generate.js';

export const DESK = { width: 1176, height: 540, dpr: 1, folded: true };
export const STAND = { width: 1176, height: 540, top: 56, right: 96, bottom: 76, left: 40 };
export const UPRIGHT = { width: 390, height: 640, top: 52, right: 92, bottom: 50, left: 14 };

export function spaceOf(spec) {
  const graph = createGraph(spec);
  const flat = layout(graph, DESK);
  return { graph, flat, space: placeInSpace(flat, graph) };
}

/** The presets of both stages, and views from behind, from below, near and moved. */
export function tenCameras(space) {
  const presets = ['oblique', 'side', 'top', 'axis'].map((name) => [
    presetOrbit(name, STAND),
    STAND,
  ]);
  const upright = ['oblique', 'top'].map((name) => [presetOrbit(name, UPRIGHT), UPRIGHT]);
  const orbit = (azimuth, elevation, zoom = 1, x = 0, y = 0) => [
    { azimuth, elevation, zoom, x, y },
    STAND,
  ];
  const more = [
    orbit(130, 20),
    orbit(-150, -35, 2, 40, -30),
    orbit(40, 12, 5),
    orbit(-60, -70, 1.4),
  ];
  return [...presets, ...upright, ...more].map(([at, stand]) => cameraOf(space, at, stand));
}

/** Heights of all cells, some of them 0 and some at the end of the scale. */
export function someHeights(space, seed = 5) {
  const any = generator(seed);
  return Float32Array.from({ length: space.count }, () => any(101) / 100);
}
