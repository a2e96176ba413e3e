// From where the network is looked at: presets, what fits the stage, the way on after a throw.

/** @import { Camera, Orbit, Space, Stand, Turn, Vec3 } from './types.d.ts' */

/** How far the eye is away, in radii of the network: the further, the milder the perspective. */
const AWAY = 4;
const DEGREE = Math.PI / 180;
const HIGHEST = 88;
const LEAST_ZOOM = 0.4;
const MOST_ZOOM = 40;

/** @typedef {'oblique' | 'side' | 'top' | 'axis'} Preset */

/** The flow goes to the right; where the stage is upright, away from the reader and up. */
/** @type {Readonly<Record<'wide' | 'upright', Readonly<Record<Preset, readonly [azimuth: number, elevation: number]>>>>} */
const ANGLES = {
  wide: { oblique: [-52, 11], side: [-68, 7], top: [-66, 38], axis: [-32, 10] },
  upright: { oblique: [-22, 46], side: [-34, 44], top: [-24, 66], axis: [-10, 22] },
};

/**
 * @param {Preset} preset
 * @param {Pick<Stand, 'width' | 'height'>} stage
 * @returns {Orbit}
 */
export function presetOrbit(preset, { width, height }) {
  const [azimuth, elevation] = ANGLES[width > height ? 'wide' : 'upright'][preset];
  return { azimuth, elevation, zoom: 1, x: 0, y: 0, preset };
}

/**
 * As the network is looked at: a preset at the angles that it has in this stage.
 *
 * @param {Orbit | null} orbit null as it is first
 * @param {Pick<Stand, 'width' | 'height'>} stand
 * @returns {Orbit}
 */
export function orbitIn(orbit, stand) {
  return orbit && !orbit.preset ? orbit : presetOrbit(orbit?.preset ?? 'oblique', stand);
}

/**
 * The eye stays at its distance and sees the same whatever the zoom: zoom and shift are of the
 * picture, so that no plane is ever passed through.
 *
 * @param {Space} space
 * @param {Orbit} orbit
 * @param {Stand} stand
 * @returns {Camera}
 */
export function cameraOf(space, orbit, stand) {
  const view = viewOf(space, orbit);
  const { width, height, left, top } = stand;
  const room = { x: width - left - stand.right, y: height - top - stand.bottom };
  const seen = extent(space, view);
  const fit = Math.min(room.x / (seen.x1 - seen.x0), room.y / (seen.y1 - seen.y0));
  const scale = Math.max(1e-6, fit * orbit.zoom);
  return {
    ...{ ...view, scale, width, height },
    x: left + room.x / 2 + orbit.x - (scale * (seen.x0 + seen.x1)) / 2,
    y: top + room.y / 2 + orbit.y - (scale * (seen.y0 + seen.y1)) / 2,
    near: (AWAY - 1.05) * space.radius,
    far: (AWAY + 1.05) * space.radius,
  };
}

/**
 * How large the network is seen, before any scale.
 *
 * @param {Pick<Space, 'planes' | 'centre' | 'radius'>} space
 * @param {Orbit} orbit
 */
export function seenSize(space, orbit) {
  const { x0, x1, y0, y1 } = extent(space, viewOf(space, orbit));
  return { width: x1 - x0, height: y1 - y0 };
}

/** @param {Pick<Space, 'centre' | 'radius'>} space @param {Orbit} orbit @returns {Pick<Camera, 'eye' | 'forward' | 'right' | 'up'>} */
function viewOf(space, orbit) {
  const [azimuth, elevation] = [orbit.azimuth * DEGREE, orbit.elevation * DEGREE];
  const level = Math.cos(elevation);
  /** @type {Vec3} */
  const forward = [level * Math.cos(azimuth), -Math.sin(elevation), level * Math.sin(azimuth)];
  /** @type {Vec3} */
  const right = [-Math.sin(azimuth), 0, Math.cos(azimuth)];
  const up = cross(right, forward);
  const distance = AWAY * space.radius;
  /** @type {Vec3} */
  const eye = [
    space.centre[0] - forward[0] * distance,
    space.centre[1] - forward[1] * distance,
    space.centre[2] - forward[2] * distance,
  ];
  return { eye, forward, right, up };
}

/** What the eye sees of the network, before any scale: all corners of all planes. */
/** @param {Pick<Space, 'planes'>} space @param {Pick<Camera, 'eye' | 'forward' | 'right' | 'up'>} view */
function extent({ planes }, view) {
  const seen = { x0: Infinity, x1: -Infinity, y0: Infinity, y1: -Infinity };
  for (const { x, thickness, bounds } of planes)
    for (const along of [x, x - thickness])
      for (const up of [bounds.y0, bounds.y1])
        for (const out of [bounds.z0, bounds.z1]) {
          const [right, down] = glance(view, [along, up, out]);
          seen.x0 = Math.min(seen.x0, right);
          seen.x1 = Math.max(seen.x1, right);
          seen.y0 = Math.min(seen.y0, down);
          seen.y1 = Math.max(seen.y1, down);
        }
  return seen;
}

/** @param {Pick<Camera, 'eye' | 'forward' | 'right' | 'up'>} view @param {Vec3} point @returns {readonly [x: number, y: number]} y downwards */
function glance({ eye, forward, right, up }, point) {
  const [x, y, z] = [point[0] - eye[0], point[1] - eye[1], point[2] - eye[2]];
  const depth = forward[0] * x + forward[1] * y + forward[2] * z;
  return [
    (right[0] * x + right[1] * y + right[2] * z) / depth,
    -(up[0] * x + up[1] * y + up[2] * z) / depth,
  ];
}

/**
 * Where a point of the world is seen.
 *
 * @param {Camera} camera
 * @param {Vec3} point
 * @returns {readonly [x: number, y: number]} CSS pixels of the stage
 */
export function project(camera, point) {
  const [x, y] = glance(camera, point);
  return [camera.x + camera.scale * x, camera.y + camera.scale * y];
}

/**
 * The direction in which a pixel looks; as long as one step of depth.
 *
 * @param {Camera} camera
 * @param {number} x CSS pixels of the stage
 * @param {number} y
 * @returns {Vec3}
 */
export function rayAt({ forward, right, up, scale, ...camera }, x, y) {
  const a = (x - camera.x) / scale;
  const b = -(y - camera.y) / scale;
  return [
    forward[0] + right[0] * a + up[0] * b,
    forward[1] + right[1] * a + up[1] * b,
    forward[2] + right[2] * a + up[2] * b,
  ];
}

/**
 * The same projection as columns of a matrix, for the graphics card; written into `into`.
 *
 * @param {Camera} camera
 * @param {Float32Array} into sixteen numbers
 */
export function matrixOf(camera, into) {
  const { eye, forward, right, up, scale, width, height, near, far } = camera;
  const [ax, bx] = [(2 * scale) / width, (2 * camera.x) / width - 1];
  const [ay, by] = [(2 * scale) / height, 1 - (2 * camera.y) / height];
  const az = (far + near) / (far - near);
  for (let i = 0; i < 3; i++) {
    const [f, r, u] = [forward[i] ?? 0, right[i] ?? 0, up[i] ?? 0];
    into[4 * i] = ax * r + bx * f;
    into[4 * i + 1] = ay * u + by * f;
    into[4 * i + 2] = az * f;
    into[4 * i + 3] = f;
  }
  for (let row = 0; row < 4; row++) {
    const moved = [0, 1, 2].reduce((sum, i) => sum + (into[4 * i + row] ?? 0) * (eye[i] ?? 0), 0);
    into[12 + row] = -moved - (row === 2 ? (2 * far * near) / (far - near) : 0);
  }
}

/**
 * @param {Orbit} orbit
 * @returns {Orbit} with angles and zoom as far as they go, no preset's any more
 */
export function limited({ azimuth, elevation, zoom, x, y }) {
  return {
    azimuth: ((((azimuth + 180) % 360) + 360) % 360) - 180,
    elevation: Math.max(-HIGHEST, Math.min(HIGHEST, elevation)),
    zoom: Math.max(LEAST_ZOOM, Math.min(MOST_ZOOM, zoom)),
    ...{ x, y },
  };
}

/**
 * Magnifies the picture; what is under a point stays there.
 *
 * @param {Orbit} orbit
 * @param {Stand} stand
 * @param {number} by factor
 * @param {number} x CSS pixels of the stage
 * @param {number} y
 * @returns {Orbit}
 */
export function zoomedAt(orbit, stand, by, x, y) {
  const next = limited({ ...orbit, zoom: orbit.zoom * by });
  const factor = next.zoom / orbit.zoom;
  const middle = {
    x: (stand.left + stand.width - stand.right) / 2,
    y: (stand.top + stand.height - stand.bottom) / 2,
  };
  return {
    ...next,
    x: x - middle.x - (x - middle.x - orbit.x) * factor,
    y: y - middle.y - (y - middle.y - orbit.y) * factor,
  };
}

/** @param {Orbit} orbit @param {Turn} by degrees @returns {Orbit} */
export function turnedBy({ azimuth, elevation, ...orbit }, by) {
  return limited({
    ...orbit,
    ...{ azimuth: azimuth + by.azimuth, elevation: elevation + by.elevation },
  });
}

/**
 * On the way from one orbit to another, by the shorter turn.
 *
 * @param {Orbit} from
 * @param {Orbit} to
 * @param {number} t 0..1
 * @returns {Orbit}
 */
export function between(from, to, t) {
  const turn = ((((to.azimuth - from.azimuth + 180) % 360) + 360) % 360) - 180;
  const mix = (/** @type {number} */ a, /** @type {number} */ b) => a + (b - a) * t;
  return limited({
    azimuth: from.azimuth + turn * t,
    elevation: mix(from.elevation, to.elevation),
    zoom: from.zoom * (to.zoom / from.zoom) ** t,
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
  });
}

/** Slow at both ends. */
/** @param {number} t 0..1 */
export function eased(t) {
  const held = Math.max(0, Math.min(1, t));
  return held * held * held * (held * (6 * held - 15) + 10);
}

/** @param {Vec3} a @param {Vec3} b @returns {Vec3} */
function cross(a, b) {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** Stages this narrow have small labels. */
const SMALL = 700;

/** @param {{ width: number }} stage */
export function isSmall({ width }) {
  return width <= SMALL;
}

/**
 * The room of the network within a stage: what labels and controls leave of it.
 *
 * @param {{ width: number, height: number }} stage CSS pixels
 * @param {number} named how far the names of the answer reach beyond it
 * @returns {Stand}
 */
export function standIn({ width, height }, named) {
  const small = isSmall({ width });
  const side = small ? 14 : 40;
  const [top, bottom] = small ? [52, 50] : [56, 82];
  return { width, height, left: side, right: Math.max(side, named), top, bottom };
}
