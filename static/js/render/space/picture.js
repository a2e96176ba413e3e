// The picture in space on one canvas: what is drawn in which order, and how it survives the loss
// of the graphics card.

import { createColours } from '../brush.js';
import { PALETTE, createCells } from './cells.js';
import { contextOf, rgbaOf } from './gl.js';
import { createFill, createLineProgram, createLines } from './lines.js';
import { matrixOf } from '../../scene/space/camera.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Camera, Line3, SpaceOverlay } from '../../scene/space/types.d.ts' */
/** @import { CellPlaces } from './cells.js' */
/** @import { Gl } from './gl.js' */

/** What stands behind something is shown through it by as much. */
const THROUGH = 0.22;
/** Of the depth: the cone lies on its window, a layer's sheet behind all sides of its cells. */
const BEFORE = 0.0003;
const BEHIND = -0.0012;

/** @param {Gl} gl */
function createParts(gl) {
  const program = createLineProgram(gl);
  return {
    cells: createCells(gl),
    sheets: createFill(gl, 'bg', BEHIND),
    cone: createFill(gl, 'window', BEFORE),
    rest: createLines(gl, program),
    through: createLines(gl, program, 1),
    curves: createLines(gl, program),
    front: createLines(gl, program, 1),
  };
}

/** While the card is lost, what is asked of it does nothing. */
export class Picture {
  #canvas;
  #gl;
  #theme;
  #parts;
  #matrix = new Float32Array(16);
  #ending = new AbortController();
  /** @type {(() => void) | null} called when the card is back: everything must be set anew */
  onRestored = null;
  palette = PALETTE;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {Theme} theme
   */
  constructor(canvas, theme) {
    const gl = contextOf(canvas);
    if (!gl) throw new Error('This browser has no WebGL2.');
    this.#canvas = canvas;
    this.#gl = gl;
    this.#theme = theme;
    this.#parts = createParts(gl);
    this.setTheme(theme);
    const { signal } = this.#ending;
    /** Or it would never come back. @param {Event} event */
    const keep = (event) => event.preventDefault();
    canvas.addEventListener('webglcontextlost', keep, { signal });
    canvas.addEventListener('webglcontextrestored', () => this.#restore(), { signal });
  }

  #restore() {
    this.#parts = createParts(this.#gl);
    this.setTheme(this.#theme);
    this.onRestored?.();
  }

  /** Gives the graphics card back, for good. */
  end() {
    this.#ending.abort();
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.#theme = theme;
    this.#parts.cells.setTheme(theme, createColours(theme));
  }

  /** @param {number} width device pixels @param {number} height @returns {boolean} whether it was another size */
  resize(width, height) {
    if (this.#canvas.width === width && this.#canvas.height === height) return false;
    this.#canvas.width = width;
    this.#canvas.height = height;
    return true;
  }

  /**
   * @param {CellPlaces} places
   * @param {readonly Line3[]} rest
   * @param {Float32Array} sheets corners of triangles
   */
  setPlaces(places, rest, sheets) {
    this.#parts.cells.setPlaces(places);
    this.#parts.rest.set(rest, this.#theme);
    this.#parts.sheets.set(sheets, this.#theme);
  }

  /** @param {Uint16Array} colours @param {Float32Array} heights */
  setValues(colours, heights) {
    this.#parts.cells.setValues(colours, heights);
  }

  /** @param {SpaceOverlay} overlay @param {Uint8Array} lit */
  setOverlay({ lines, cone }, lit) {
    this.#parts.through.set(lines.through, this.#theme);
    this.#parts.curves.set(lines.curves, this.#theme);
    this.#parts.front.set(lines.front, this.#theme);
    this.#parts.cone.set(cone, this.#theme);
    this.#parts.cells.setLit(lit);
  }

  /**
   * @param {Camera} camera
   * @param {{ flight: number, relief: number, scrim: number }} state each 0..1
   */
  draw(camera, { flight, relief, scrim }) {
    const gl = this.#gl;
    const { cells, sheets, cone, rest, through, curves, front } = this.#parts;
    const stage = /** @type {const} */ ([camera.width, camera.height]);
    matrixOf(camera, this.#matrix);
    const look = { ...camera, matrix: this.#matrix, stage, flight, relief, scrim };
    const fade = Math.max(0, flight * 2 - 1);
    gl.viewport(0, 0, this.#canvas.width, this.#canvas.height);
    const [red, green, blue] = rgbaOf(this.#theme, 'bg');
    gl.clearColor(red, green, blue, 1);
    gl.depthMask(true);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    gl.disable(gl.BLEND);
    cells.draw(look);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    sheets.draw({ ...look, fade });
    gl.depthMask(false);
    rest.draw({ ...look, fade });
    cone.draw({ ...look, fade });
    gl.depthFunc(gl.GREATER);
    const faint = { ...look, fade: fade * THROUGH };
    through.draw(faint);
    curves.draw(faint);
    gl.depthFunc(gl.LEQUAL);
    through.draw({ ...look, fade });
    curves.draw({ ...look, fade });
    gl.disable(gl.DEPTH_TEST);
    front.draw({ ...look, fade });
  }
}
