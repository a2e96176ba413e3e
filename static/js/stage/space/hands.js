// What hands do in space: turning, moving, zooming, pointing; with pointer, keys and buttons.

import { createOrbiting } from '../../input/orbit.js';
import { createPointing } from '../../input/pointing.js';
import { limited, presetOrbit, zoomedAt } from '../../scene/space/camera.js';
import { createSpaceBar } from '../../ui/space.js';

/** @import { Page } from '../../page/later.js' */
/** @import { Ground } from './ground.js' */
/** @import { Motion } from './motion.js' */
/** @import { Orbit } from '../../scene/space/types.d.ts' */
/** @import { Preset } from '../../scene/space/camera.js' */

/** Degrees for a pixel that is dragged, for a press of an arrow key; factor of a press of +. */
const TURN = 0.35;
const ARROW = 12;
const ZOOM = 1.4;

/**
 * @param {Page} page
 * @param {Ground} ground
 * @param {HTMLCanvasElement} canvas
 * @param {Motion} motion
 * @returns {HTMLElement} the controls
 */
export function handle(page, ground, canvas, motion) {
  const { store, loop } = page;

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
  /** About the middle. @param {number} factor */
  function zoom(factor) {
    const stand = ground.stand();
    if (!stand) return;
    const [x, y] = [(stand.left + stand.width - stand.right) / 2, stand.height / 2];
    glide(zoomedAt(ground.orbit(), stand, factor, x, y));
  }

  orbit(page, ground, canvas, motion, glide);
  point(page, ground, canvas);

  const bar = createSpaceBar({
    onPreset: go,
    onZoom: zoom,
    onReset: () => go('oblique'),
    onRelief: (relief) => store.set({ relief }),
  });
  store.subscribe(({ relief }, changed) => {
    if ('relief' in changed) bar.showRelief(relief);
  });
  const zooms = { '+': () => zoom(ZOOM), '=': () => zoom(ZOOM), '-': () => zoom(1 / ZOOM) };
  lend(page, { ...zooms, f: () => go('oblique') });
  return bar.element;
}

/**
 * @param {Page} page
 * @param {Ground} ground
 * @param {HTMLCanvasElement} canvas
 * @param {Motion} motion
 * @param {(to: Orbit) => void} glide
 */
function orbit({ store, viewport, loop }, ground, canvas, motion, glide) {
  createOrbiting({
    place: canvas,
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

/** Hovering, pinning and walking are the flat stage's own. */
/** @param {Page} page @param {Ground} ground @param {HTMLCanvasElement} canvas */
function point({ store, view, timing, loop }, ground, canvas) {
  createPointing({
    canvas,
    ground: {
      pick: (x, y) => ground.pick(x, y),
      step: (cell, dx, dy) => view.step(cell, dx, dy),
      jump: (cell, by) => view.jump(cell, by),
    },
    present: store.get,
    onPoint(pointed, time, walking) {
      store.set({ pointed, walking });
      if (loop.awake()) timing.begin('hover', time);
    },
    onPin: (pinned) => store.set({ pinned }),
  });
}

/** In space some keys do here what they do in the flat view. */
/** @param {Page} page @param {Record<string, () => void>} own */
function lend({ store, keys }, own) {
  for (const [key, act] of Object.entries(own)) {
    const flat = keys[key];
    keys[key] = () => (store.get().space ? act() : flat?.());
  }
}
