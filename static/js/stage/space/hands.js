// What hands do in space: turning, moving and zooming, with pointer, keys and buttons.

import { createOrbiting } from '../../input/orbit.js';
import { limited, presetOrbit, turnedBy, zoomedAt } from '../../scene/space/camera.js';
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
export function createHands({ store, loop, viewport, signal }, ground, canvas, motion) {
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
  /** @param {Orbit} orbit what is pointed at is another cell then */
  const put = (orbit) => store.set({ pointed: null, orbit });

  createOrbiting({
    place: canvas,
    signal,
    corner: () => viewport.place(canvas),
    onGrab: () => motion.hold(),
    onTurn(dx, dy, time) {
      const by = { azimuth: dx * TURN, elevation: dy * TURN };
      motion.turned(by, time);
      put(turnedBy(ground.orbit(), by));
    },
    onMove(dx, dy) {
      const from = ground.orbit();
      put(limited({ ...from, x: from.x + dx, y: from.y + dy }));
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
      glide(turnedBy(ground.orbit(), { azimuth: dx * ARROW, elevation: dy * ARROW }));
    },
  });
  const { element: bar, showRelief } = createSpaceBar({
    onPreset: go,
    onZoom: zoom,
    onReset: fit,
    onRelief: (relief) => store.set({ relief }),
    signal,
  });
  return { bar, showRelief, zoom, fit };
}
