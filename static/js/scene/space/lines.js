// Lines in space: frames around patches, curves of contributions, the cone, the way of the flow.

/** @import { Line3, Patch, Space, Vec3 } from './types.d.ts' */
/** @import { FrameStyle } from '../types.d.ts' */

/** @type {readonly [number, number, number, number]} */
const NOWHERE = [0, 0, 0, 0];

/**
 * @param {Vec3} from
 * @param {Vec3} to
 * @param {Pick<Line3, 'width' | 'tone' | 'opacity'>} style
 * @returns {Line3}
 */
export function straight(from, to, style) {
  const third = (/** @type {number} */ t) =>
    /** @type {Vec3} */ ([
      from[0] + (to[0] - from[0]) * t,
      from[1] + (to[1] - from[1]) * t,
      from[2] + (to[2] - from[2]) * t,
    ]);
  return {
    ...{ from, to, control1: third(1 / 3), control2: third(2 / 3) },
    ...{ cap: 0, grow: NOWHERE, dashed: false, ...style },
  };
}

/**
 * Leaves along the flow and arrives along it.
 *
 * @param {Vec3} from
 * @param {Vec3} to
 * @param {Pick<Line3, 'width' | 'tone' | 'opacity'>} style
 * @returns {Line3}
 */
export function curved(from, to, style) {
  const half = (from[0] + to[0]) / 2;
  return {
    ...straight(from, to, style),
    control1: [half, from[1], from[2]],
    control2: [half, to[1], to[2]],
  };
}

/**
 * Four lines around a patch, outside it, as wide as they are whatever the distance.
 *
 * @param {Patch} patch
 * @param {FrameStyle} style
 * @returns {Line3[]}
 */
export function frameLines(patch, { width, opacity, tone, halo, line, away = 0 }) {
  const off = away + width / 2 + (halo ? 1 : 0);
  const ring = (/** @type {number} */ wide, /** @type {Line3['tone']} */ colour) =>
    sidesOf(patch, off).map(({ from, to, grow }) => ({
      ...straight(from, to, { width: wide, tone: colour, opacity }),
      ...{ grow, dashed: line === 'dashed' && colour !== 'halo', cap: wide / 2 },
    }));
  const between = line === 'double' ? ring(width / 3, 'halo') : [];
  return [...(halo ? ring(width + 2, 'halo') : []), ...ring(width, tone), ...between];
}

/** @param {Patch} patch @param {number} off @returns {Pick<Line3, 'from' | 'to' | 'grow'>[]} */
function sidesOf({ x, y0, y1, z0, z1 }, off) {
  /** @type {readonly (readonly [number, number, number, number])[]} */
  const corners = [
    [y1, z0, off, -off],
    [y1, z1, off, off],
    [y0, z1, -off, off],
    [y0, z0, -off, -off],
  ];
  return corners.map(([y, z, up, out], i) => {
    const [nextY, nextZ, nextUp, nextOut] = corners[(i + 1) % 4] ?? NOWHERE;
    return { from: [x, y, z], to: [x, nextY, nextZ], grow: [up, out, nextUp, nextOut] };
  });
}

/** @param {Patch} patch @returns {Vec3[]} */
function cornersOf({ x, y0, y1, z0, z1 }) {
  return [
    [x, y1, z0],
    [x, y1, z1],
    [x, y0, z1],
    [x, y0, z0],
  ];
}

/**
 * The four sides between two patches, as triangles, and their edges.
 *
 * @param {Patch} a
 * @param {Patch} b
 * @param {number[]} corners of triangles: x, y, z, opacity, …
 * @param {number} fill its opacity
 * @param {number} opacity of the edges
 * @returns {Line3[]}
 */
export function frustum(a, b, corners, fill, opacity) {
  const [near, far] = [cornersOf(a), cornersOf(b)];
  return near.map((from, i) => {
    const next = (i + 1) % 4;
    const to = /** @type {Vec3} */ (far[i]);
    const [from2, to2] = /** @type {[Vec3, Vec3]} */ ([near[next], far[next]]);
    for (const corner of [from, to, to2, from, to2, from2]) corners.push(...corner, fill);
    return straight(from, to, { width: 1, tone: 'window', opacity });
  });
}

/** @param {Patch} patch @returns {Vec3} */
export function middle({ x, y0, y1, z0, z1 }) {
  return [x, (y0 + y1) / 2, (z0 + z1) / 2];
}

const FLOW = /** @type {const} */ ({ width: 1.25, tone: 'line2', opacity: 1 });
const OVER = 36;

/**
 * What is always there: the way of the flow from layer to layer, and the frame of the image.
 *
 * @param {Space} space
 * @returns {Line3[]}
 */
export function restLines(space) {
  const lines = space.edges.flatMap(({ from, to, skip }) => {
    const [a, b] = [space.plane(from), space.plane(to)];
    if (!a || !b) return [];
    const start = /** @type {Vec3} */ ([a.x, (a.bounds.y0 + a.bounds.y1) / 2, 0]);
    const end = /** @type {Vec3} */ ([b.x - b.thickness, (b.bounds.y0 + b.bounds.y1) / 2, 0]);
    if (!skip) return [curved(start, end, FLOW)];
    const passed = space.planes.filter(({ x }) => x >= a.x && x <= b.x);
    const top = Math.max(...passed.map(({ bounds }) => bounds.y1)) + OVER;
    const line = straight([a.x, a.bounds.y1, 0], [b.x, b.bounds.y1, 0], FLOW);
    /** @type {Line3} */
    const over = { ...line, control1: [a.x, top, 0], control2: [b.x, top, 0] };
    return [over];
  });
  const frames = space.planes
    .filter(({ look }) => look === 'image')
    .flatMap(({ layer, x, thickness, bounds }) =>
      frameLines({ ...bounds, layer, x: x - thickness }, IMAGE),
    );
  return [...lines, ...frames];
}

/**
 * The sheets of paper on which the layers stand: through the gaps between the maps or the units of
 * one, those behind it would show as a mesh.
 *
 * @param {Space} space
 * @returns {Float32Array} corners of triangles: x, y, z, opacity, …
 */
export function sheetsOf({ planes }) {
  return Float32Array.from(
    planes.flatMap(({ layer, x, bounds }) => {
      const [a, b, c, d] = cornersOf({ ...bounds, layer, x });
      return [a, b, c, a, c, d].flatMap((corner) => [...(corner ?? []), 1]);
    }),
  );
}

/** @type {FrameStyle} */
const IMAGE = { width: 1, opacity: 1, tone: 'line2', halo: false, line: 'solid' };
