// All cells of the network as boxes, in one instanced draw.

import { growing, programOf, rgbaOf, uniformsOf } from './gl.js';
import { STEPS } from '../colours.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Colours } from '../colours.js' */
/** @import { Gl } from './gl.js' */

/** Texels of the palette: the diverging scale, the image's scale, the three colours of bars. */
export const PALETTE = {
  steps: STEPS,
  zero: STEPS,
  image: 2 * STEPS + 1,
  track: 3 * STEPS + 2,
  bar: 3 * STEPS + 3,
  strong: 3 * STEPS + 4,
};
const TEXELS = 3 * STEPS + 5;

// Only the three faces that can be seen are drawn: 18 corners. `flight` moves a box between its
// flat rectangle and its place in space; both are mixed on the screen, where the eye follows.
const VERTEX = `
in vec4 place;  // x, top y, left z, side
in vec2 rise;   // at value 0, and as much more at the end of the scale
in vec4 home;   // the flat rectangle, CSS pixels
in uint colour;
in float height;
in float lit;
uniform mat4 matrix;
uniform vec3 eye;
uniform vec2 stage;
uniform float flight, relief, scrim, scale, facing;
uniform vec4 paper;
uniform sampler2D palette;
flat out vec3 shown;
const int CORNERS[6] = int[6](0, 1, 2, 2, 1, 3);

void main() {
  int face = gl_VertexID / 6;
  int corner = CORNERS[gl_VertexID % 6];
  float depth = rise.x + relief * height * rise.y;
  vec3 low = vec3(place.x - depth, place.y - place.w, place.z);
  vec3 high = vec3(place.x, place.y, place.z + place.w);
  vec3 side = step((low + high) * 0.5, eye);
  vec2 ab = vec2(corner & 1, corner >> 1);
  vec3 at = face == 0 ? vec3(side.x, ab) : face == 1 ? vec3(ab.x, side.y, ab.y) : vec3(ab, side.z);

  // where cells are large enough a hair of the paper parts them
  vec4 middle = matrix * vec4((low + high) * 0.5, 1.0);
  float pixels = place.w * scale / middle.w * facing;
  float gap = clamp((pixels - 5.0) / 6.0, 0.0, 1.0) * 0.5 / pixels * place.w;
  low.yz += gap;
  high.yz -= gap;

  vec4 seen = matrix * vec4(mix(low, high, at), 1.0);
  vec2 corners = vec2(home.x + at.z * home.z, home.y + (1.0 - at.y) * home.w);
  vec2 flat_ = vec2(corners.x / stage.x * 2.0 - 1.0, 1.0 - corners.y / stage.y * 2.0);
  vec3 point = mix(vec3(flat_, 0.0), seen.xyz / seen.w, flight);
  // a side begins behind the face: where cells touch, faces alone are seen
  gl_Position = vec4(point + vec3(0.0, 0.0, face == 0 ? 0.0 : 0.0006), 1.0);

  vec3 full = texelFetch(palette, ivec2(int(colour), 0), 0).rgb;
  float shade = face == 0 ? 1.0 : face == 1 ? 0.8 : 0.62;
  shown = mix(full * shade, paper.rgb, (1.0 - lit) * scrim * paper.a);
}`;

const FRAGMENT = `
flat in vec3 shown;
out vec4 fragment;
void main() { fragment = vec4(shown, 1.0); }`;

/**
 * @typedef {object} CellPlaces by cell
 * @property {Float32Array} place x, top, left, side
 * @property {Float32Array} rise
 * @property {Float32Array} home flat rectangles
 */

/**
 * @typedef {object} Look
 * @property {Float32Array} matrix
 * @property {readonly [number, number, number]} eye
 * @property {readonly [number, number, number]} right of the reader
 * @property {readonly [number, number]} stage CSS pixels
 * @property {number} scale of the camera
 * @property {number} flight 0 flat, 1 in space
 * @property {number} relief 0..1
 * @property {number} scrim 0..1
 */

/** @param {Gl} gl */
export function createCells(gl) {
  const program = programOf(gl, VERTEX, FRAGMENT);
  const uniform = uniformsOf(gl, program);
  const array = gl.createVertexArray();
  const still = { place: growing(gl), rise: growing(gl), home: growing(gl) };
  const live = { colour: growing(gl), height: growing(gl), lit: growing(gl) };
  const palette = gl.createTexture();
  let count = 0;
  /** @type {readonly [number, number, number, number]} */
  let paper = [0, 0, 0, 1];

  gl.bindVertexArray(array);
  attribute(gl, program, 'place', still.place.buffer, 4, gl.FLOAT);
  attribute(gl, program, 'rise', still.rise.buffer, 2, gl.FLOAT);
  attribute(gl, program, 'home', still.home.buffer, 4, gl.FLOAT);
  attribute(gl, program, 'colour', live.colour.buffer, 1, gl.UNSIGNED_SHORT);
  attribute(gl, program, 'height', live.height.buffer, 1, gl.FLOAT);
  attribute(gl, program, 'lit', live.lit.buffer, 1, gl.UNSIGNED_BYTE);
  gl.bindVertexArray(null);

  return {
    /** @param {Theme} theme @param {Colours} colours */
    setTheme(theme, colours) {
      writePalette(gl, palette, theme, colours);
      const [red, green, blue] = rgbaOf(theme, 'bg');
      paper = [red, green, blue, rgbaOf(theme, 'scrim')[3]];
    },

    /** @param {CellPlaces} places */
    setPlaces({ place, rise, home }) {
      count = place.length / 4;
      still.place.write(place);
      still.rise.write(rise);
      still.home.write(home);
      live.lit.write(new Uint8Array(count).fill(1));
    },

    /** @param {Float32Array} home the flat rectangles have moved */
    setHome: (home) => still.home.write(home),

    /** @param {Uint16Array} colours @param {Float32Array} heights */
    setValues(colours, heights) {
      live.colour.write(colours);
      live.height.write(heights);
    },

    /** @param {Uint8Array} lit */
    setLit: (lit) => live.lit.write(lit),

    /** @param {Look} look */
    draw({ matrix, eye, right, stage, scale, flight, relief, scrim }) {
      gl.useProgram(program);
      gl.bindVertexArray(array);
      gl.bindTexture(gl.TEXTURE_2D, palette);
      gl.uniformMatrix4fv(uniform('matrix'), false, matrix);
      gl.uniform3f(uniform('eye'), ...eye);
      gl.uniform2f(uniform('stage'), ...stage);
      gl.uniform4f(uniform('paper'), ...paper);
      gl.uniform1f(uniform('scale'), scale);
      gl.uniform1f(uniform('facing'), Math.abs(right[2]));
      gl.uniform1f(uniform('flight'), flight);
      gl.uniform1f(uniform('relief'), relief);
      gl.uniform1f(uniform('scrim'), scrim);
      // level cells are sheets: their sides are nothing, and a third of the corners is enough
      gl.drawArraysInstanced(gl.TRIANGLES, 0, relief > 0 ? 18 : 6, count);
    },
  };
}

/**
 * One value for each box.
 *
 * @param {Gl} gl
 * @param {WebGLProgram} program
 * @param {string} name
 * @param {WebGLBuffer | null} buffer
 * @param {number} size
 * @param {number} type
 */
function attribute(gl, program, name, buffer, size, type) {
  const place = gl.getAttribLocation(program, name);
  if (place < 0) return; // the context is lost
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.enableVertexAttribArray(place);
  if (type === gl.UNSIGNED_SHORT) gl.vertexAttribIPointer(place, size, type, 0, 0);
  else gl.vertexAttribPointer(place, size, type, false, 0, 0);
  gl.vertexAttribDivisor(place, 1);
}

/** The very colours of the flat picture, step by step. */
/** @param {Gl} gl @param {WebGLTexture | null} palette @param {Theme} theme @param {Colours} colours */
function writePalette(gl, palette, theme, colours) {
  const texels = new Uint8Array(4 * TEXELS);
  const packed = new Uint32Array(texels.buffer);
  packed.set(colours.diverging, 0);
  packed.set(colours.image, PALETTE.image);
  for (const [at, token] of /** @type {const} */ ([
    [PALETTE.track, 'raised'],
    [PALETTE.bar, 'ink3'],
    [PALETTE.strong, 'ink'],
  ]))
    texels.set(
      rgbaOf(theme, token).map((part) => Math.round(part * 255)),
      4 * at,
    );
  gl.bindTexture(gl.TEXTURE_2D, palette);
  for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
  const size = /** @type {const} */ ([TEXELS, 1, 0]);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, ...size, gl.RGBA, gl.UNSIGNED_BYTE, texels);
}
