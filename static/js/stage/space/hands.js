// What hands do in space: turning, moving and zooming, with pointer, keys and buttons.

import { createOrbiting } from '../../input/orbit.js';
import { limited, presetOrbit, zoomedAt } from '../../scene/space/camera.js';
import { createSpaceBar } from '../../ui/space.js';

/** @import { Stage } from '../stage.js' */
/** @import { Ground } from './ground.js' */
/** @import { Motion } from './motion.js' */
/** @import { Orbit } from '../../scene/space/types.d.ts' */
/** @import { Preset } from '../../scene/space/camera.js' */

/** Degrees for a pixel that is dragged, and for a press of an arrow key. */
const TURN = 0.35;
const ARROW = 12;

/**
 * Call before anyone else listens to the canvas.
 *
 * @param {Stage} stage
 * @param {Ground} ground
 * @param {HTMLCanvasElement} canvas
 * @param {Motion} motion
 */
export function createHands(stage, ground, canvas, motion) {
  const { store, loop } = stage;

  /** @param {Orbit} to */
  function glide(to) {
    motion.glide(ground.orbit(), to);
    loop.wake();
  }
  /** @param {Preset} preset */
  function go(preset) {
    const stand = ground.stand();
    if (stand) glide(presetOrbit(preset, stand));
  }
  const fit = () => go('oblique');
  /** About the middle. @param {number} factor */
  function zoom(factor) {
    const stand = ground.stand();
    if (!stand) return;
    const [x, y] = [(stand.left + stand.width - stand.right) / 2, stand.height / 2];
    glide(zoomedAt(ground.orbit(), stand, factor, x, y));
  }

  orbit(stage, ground, canvas, motion, glide);
  const { element: bar, showRelief } = createSpaceBar({
    onPreset: go,
    onZoom: zoom,
    onReset: fit,
    onRelief: (relief) => store.set({ relief }),
    signal: stage.signal,
  });
  return { bar, showRelief, zoom, fit };
}

/**
 * @param {Stage} stage
 * @param {Ground} ground
 * @param {HTMLCanvasElement} canvas
 * @param {Motion} motion
 * @param {(to: Orbit) => void} glide
 */
function orbit({ store, viewport, loop, signal }, ground, canvas, motion, glide) {
  createOrbiting({
    place: canvas,
    signal,
    corner: () => viewport.place(canvas),
    onGrab: () => motion.hold(),
    onTurn(dx, dy, time) {
      const by = { azimuth: dx * TURN, elevation: dy * TURN };
      motion.turned(by, time);
      const from = ground.orbit();
      store.set({
        pointed: null,
        orbit: limited({
          ...from,
          azimuth: from.azimuth + by.azimuth,
          elevation: from.elevation + by.elevation,
        }),
      });
    },
    onMove(dx, dy) {
      const from = ground.orbit();
      store.set({ pointed: null, orbit: limited({ ...from, x: from.x + dx, y: from.y + dy }) });
    },
    onZoom(factor, x, y) {
      const stand = ground.stand();
      motion.hold();
      if (stand) store.set({ orbit: zoomedAt(ground.orbit(), stand, factor, x, y) });
    },
    onLetGo(time) {
      motion.letGo(ground.orbit(), time);
      loop.wake();
    },
    onArrow(dx, dy) {
      const from = ground.orbit();
      const [azimuth, elevation] = [from.azimuth + dx * ARROW, from.elevation + dy * ARROW];
      glide(limited({ ...from, azimuth, elevation }));
    },
  });
}
