// All cells of the network as boxes, in one instanced draw.
//
// An instance is a block of many cells, and textures tell what a cell is: where a processor stands in
// for the graphics card, each instance costs as much as a draw of its own.

import { WIDE, programOf, rgbaOf, sheetOf } from './gl.js';
import { STEPS } from '../brush.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Colours } from '../brush.js' */
/** @import { Gl } from './gl.js' */

/** Texels of the palette: the diverging scale, the image's scale, the three colours of bars, the ground. */
export const PALETTE = {
  steps: STEPS,
  zero: STEPS,
  image: 2 * STEPS + 1,
  track: 3 * STEPS + 2,
  bar: 3 * STEPS + 3,
  strong: 3 * STEPS + 4,
  ground: 3 * STEPS + 5,
};
const TEXELS = 3 * STEPS + 6;

// Only the three faces that can be seen are drawn: 12 corners. `flight` moves a box between its
// flat rectangle and its place in space; both are mixed on the screen, where the eye follows.
const VERTEX = `
uniform highp sampler2D places;  // x, top y, left z, side
uniform highp sampler2D rises;   // at value 0, and as much more at the end of the scale
uniform highp sampler2D homes;   // the flat rectangle, CSS pixels
uniform highp usampler2D colours;
uniform highp sampler2D heights;
uniform highp usampler2D lits;
uniform int count;
uniform mat4 matrix;
uniform vec3 eye;
uniform vec2 stage;
uniform float flight, relief, scrim, scale, facing;
uniform vec4 paper;
uniform sampler2D palette;
flat out vec3 shown;

void main() {
  ivec2 cell = ivec2(gl_VertexID / 12, gl_InstanceID);
  int face = gl_VertexID % 12 / 4;
  int corner = gl_VertexID % 4;
  if (cell.y * ${WIDE} + cell.x >= count) { // the last block is not full
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    shown = vec3(0.0);
    return;
  }
  vec4 place = texelFetch(places, cell, 0);
  vec4 home = texelFetch(homes, cell, 0);
  vec2 rise = texelFetch(rises, cell, 0).xy;
  uint colour = texelFetch(colours, cell, 0).x;
  float height = texelFetch(heights, cell, 0).x;
  float lit = float(texelFetch(lits, cell, 0).x);
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
  full = mix(paper.rgb, full, shade); // sides recede into the paper, dark or light
  shown = mix(full, paper.rgb, (1.0 - lit) * scrim * paper.a);
}`;

// The corners of a block: of the first face of each cell, or of all three.
const LEVEL = cornersOf(1);
const RAISED = cornersOf(3);

/** @param {number} faces */
function cornersOf(faces) {
  return Array.from({ length: WIDE * faces * 6 }, (_, i) => {
    const [cell, face] = [Math.floor(i / (6 * faces)), Math.floor(i / 6) % faces];
    return 12 * cell + 4 * face + ([0, 1, 2, 2, 1, 3][i % 6] ?? 0);
  });
}

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
  const array = gl.createVertexArray();
  const sheets = {
    ...{ places: sheetOf(gl, 'four'), rises: sheetOf(gl, 'two'), homes: sheetOf(gl, 'four') },
    ...{ colours: sheetOf(gl, 'word'), heights: sheetOf(gl, 'one'), lits: sheetOf(gl, 'byte') },
  };
  /** The palette is the first texture, sheets follow. */
  const units = Object.fromEntries(Object.keys(sheets).map((name, i) => [name, i + 1]));
  const palette = gl.createTexture();
  let count = 0;
  /** @type {readonly [number, number, number, number]} */
  let paper = [0, 0, 0, 1];

  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
  gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, Uint16Array.of(...LEVEL, ...RAISED), gl.STATIC_DRAW);
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
      sheets.places.write(place);
      sheets.rises.write(rise);
      sheets.homes.write(home);
      sheets.lits.write(new Uint8Array(count).fill(1));
    },

    /** @param {Uint16Array} colours @param {Float32Array} heights */
    setValues(colours, heights) {
      sheets.colours.write(colours);
      sheets.heights.write(heights);
    },

    /** @param {Uint8Array} lit */
    setLit: (lit) => sheets.lits.write(lit),

    /** @param {Look} look */
    draw(look) {
      const facing = Math.abs(look.right[2]);
      program.use({ ...look, ...units, palette: 0, count, paper, facing });
      gl.bindVertexArray(array);
      Object.values(sheets).forEach((sheet, i) => sheet.use(i + 1));
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, palette);
      // level cells are sheets: their sides are nothing, and a third of the corners is enough
      const [corners, from] = look.relief > 0 ? [RAISED, 2 * LEVEL.length] : [LEVEL, 0];
      const blocks = Math.ceil(count / WIDE);
      gl.drawElementsInstanced(gl.TRIANGLES, corners.length, gl.UNSIGNED_SHORT, from, blocks);
    },
  };
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
    [PALETTE.ground, 'bg'],
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
