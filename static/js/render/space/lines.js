// Lines of a width in pixels, and translucent triangles: whatever stands between the cells.

import { attributesOf, programOf, rgbaOf } from './gl.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Line3 } from '../../scene/space/types.d.ts' */
/** @import { Gl, Program } from './gl.js' */

const SEGMENTS = 20;
/** Planes that are turned further away than this (cosine) get no wider frames. */
const LEAST_FACING = 0.25;

// A strip along a cubic, widened on the screen. Dashes are counted in pixels along the chord.
const VERTEX = `
in vec3 p0, p1, p2, p3;
in vec4 grow;
in vec4 tint;
in vec3 style;  // width, cap, dashed
uniform mat4 matrix;
uniform vec2 stage;
uniform vec2 facing;
uniform float scale, segments;
out vec4 colour;
out float along;
flat out float dashed;

vec4 at(float t) {
  float s = 1.0 - t;
  vec3 p = s * s * s * p0 + 3.0 * s * s * t * p1 + 3.0 * s * t * t * p2 + t * t * t * p3;
  vec2 g = mix(grow.xy, grow.zw, t);
  float w = (matrix * vec4(p, 1.0)).w;
  p.yz += g * w / scale / facing; // turned away, it is seen narrower
  return matrix * vec4(p, 1.0);
}

void main() {
  float t = float(gl_VertexID / 2) / segments;
  float side = gl_VertexID % 2 == 0 ? -1.0 : 1.0;
  vec4 here = at(t);
  vec4 before = at(max(0.0, t - 0.02));
  vec4 after = at(min(1.0, t + 0.02));
  vec2 along_ = (after.xy / after.w - before.xy / before.w) * stage;
  vec2 way = length(along_) > 1e-6 ? normalize(along_) : vec2(1.0, 0.0);
  float cap = t == 0.0 ? -style.y : t == 1.0 ? style.y : 0.0;
  vec2 off = vec2(-way.y, way.x) * side * style.x * 0.5 + way * cap;
  vec4 first = at(0.0);
  vec4 last = at(1.0);
  along = t * length((last.xy / last.w - first.xy / first.w) * stage) * 0.5;
  dashed = style.z;
  colour = tint;
  gl_Position = here;
  gl_Position.xy += off * 2.0 / stage * here.w;
  gl_Position.z -= 0.0006 * here.w; // before the face it lies on
}`;

const FRAGMENT = `
in vec4 colour;
in float along;
flat in float dashed;
uniform float fade;
out vec4 fragment;
void main() {
  if (dashed > 0.5 && mod(along, 5.0) > 3.0) discard;
  fragment = vec4(colour.rgb, colour.a * fade);
}`;

/** @param {Gl} gl */
export function createLineProgram(gl) {
  return programOf(gl, VERTEX, FRAGMENT);
}

/**
 * @typedef {object} LineLook
 * @property {Float32Array} matrix
 * @property {readonly [number, number]} stage
 * @property {number} scale
 * @property {readonly [number, number, number]} right of the reader
 * @property {readonly [number, number, number]} up
 * @property {number} fade 0..1
 */

/** Four points, growth of both ends, colour, and width, cap and dash: an instance. */
const PARTS = { p0: 3, p1: 3, p2: 3, p3: 3, grow: 4, tint: 4, style: 3 };
const STRIDE = 23;

/**
 * Lines that are drawn together: straight ones as one piece, curves as many.
 *
 * @param {Gl} gl
 * @param {Program} program
 * @param {number} [segments]
 */
export function createLines(gl, program, segments = SEGMENTS) {
  const lines = attributesOf(gl, program, PARTS, 1);
  let count = 0;

  return {
    /** @param {readonly Line3[]} items @param {Theme} theme */
    set: (items, theme) => void (count = lines.write(packed(items, theme))),

    /** @param {LineLook} look */
    draw(look) {
      if (count === 0 || look.fade <= 0) return;
      const facing = [look.up[1], look.right[2]].map((part) =>
        Math.max(LEAST_FACING, Math.abs(part)),
      );
      program.use({ ...look, facing, segments });
      lines.bind();
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 2 * segments + 2, count);
    },
  };
}

/** @param {readonly Line3[]} items @param {Theme} theme */
function packed(items, theme) {
  const data = new Float32Array(items.length * STRIDE);
  /** @type {Map<string, readonly number[]>} */
  const tints = new Map();
  items.forEach((line, i) => {
    const tint = tints.get(line.tone) ?? rgbaOf(theme, line.tone);
    tints.set(line.tone, tint);
    const at = i * STRIDE;
    data.set(line.from, at);
    data.set(line.control1, at + 3);
    data.set(line.control2, at + 6);
    data.set(line.to, at + 9);
    data.set(line.grow, at + 12);
    data.set(tint, at + 16);
    data[at + 19] = line.opacity;
    data[at + 20] = line.width;
    data[at + 21] = line.cap;
    data[at + 22] = line.dashed ? 1 : 0;
  });
  return data;
}

const FILL_VERTEX = `
in vec4 place;
uniform mat4 matrix;
uniform float nearer;
out float opacity;
void main() {
  opacity = place.w;
  gl_Position = matrix * vec4(place.xyz, 1.0);
  gl_Position.z -= nearer * gl_Position.w;
}`;

const FILL_FRAGMENT = `
in float opacity;
uniform vec4 tint;
out vec4 fragment;
void main() { fragment = vec4(tint.rgb, tint.a * opacity); }`;

/**
 * Triangles of one colour.
 *
 * @param {Gl} gl
 * @param {'window' | 'bg'} tone
 * @param {number} nearer than they are, a part of the depth: before what they lie on, or behind it
 */
export function createFill(gl, tone, nearer) {
  const program = programOf(gl, FILL_VERTEX, FILL_FRAGMENT);
  const corners = attributesOf(gl, program, { place: 4 }, 0);
  let count = 0;
  /** @type {readonly number[]} */
  let colour = [0, 0, 0];

  return {
    /** @param {Float32Array} places of corners, and how opaque they are @param {Theme} theme */
    set(places, theme) {
      count = corners.write(places);
      colour = rgbaOf(theme, tone).slice(0, 3);
    },

    /** @param {Pick<LineLook, 'matrix' | 'fade'>} look */
    draw({ matrix, fade }) {
      if (count === 0 || fade <= 0) return;
      program.use({ matrix, nearer, tint: [...colour, fade] });
      corners.bind();
      gl.drawArrays(gl.TRIANGLES, 0, count);
    },
  };
}
