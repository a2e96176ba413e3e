// The few WebGL2 calls that every part of the picture in space needs.

/** @import { Theme } from '../../core/theme.js' */

/** @typedef {WebGL2RenderingContext} Gl */

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Gl | null} null where the browser has no WebGL2
 */
export function contextOf(canvas) {
  return canvas.getContext('webgl2', {
    ...{ alpha: false, antialias: true, depth: true, stencil: false },
    powerPreference: 'high-performance',
  });
}

/**
 * @param {Gl} gl
 * @param {string} vertex
 * @param {string} fragment
 * @returns {WebGLProgram}
 */
export function programOf(gl, vertex, fragment) {
  const program = gl.createProgram();
  for (const [kind, source] of /** @type {const} */ ([
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ])) {
    const shader = gl.createShader(kind);
    if (!shader) continue; // the context is lost: what draws knows
    gl.shaderSource(shader, `#version 300 es\nprecision highp float;\n${source}`);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(`The graphics card refuses a program: ${gl.getProgramInfoLog(program)}`);
  return program;
}

/**
 * @param {Gl} gl
 * @param {WebGLProgram} program
 * @returns {(name: string) => WebGLUniformLocation | null}
 */
export function uniformsOf(gl, program) {
  /** @type {Map<string, WebGLUniformLocation | null>} */
  const known = new Map();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const place = gl.getUniformLocation(program, name);
    known.set(name, place);
    return place;
  };
}

/**
 * A buffer that grows when it must and is otherwise written in place.
 *
 * @param {Gl} gl
 */
export function growing(gl) {
  const buffer = gl.createBuffer();
  let room = 0;
  return {
    buffer,
    /** @param {ArrayBufferView} data */
    write(data) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      if (data.byteLength > room) {
        gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
        room = data.byteLength;
      } else if (data.byteLength > 0) gl.bufferSubData(gl.ARRAY_BUFFER, 0, data);
    },
  };
}

/** @typedef {readonly [red: number, green: number, blue: number, alpha: number]} Rgba 0..1 */

/**
 * A colour token as numbers.
 *
 * @param {Theme} theme
 * @param {keyof Theme['tokens']} token
 * @returns {Rgba}
 */
export function rgbaOf({ tokens }, token) {
  const text = tokens[token];
  if (text.startsWith('#')) {
    const digits = text.length === 4 ? text.slice(1).replace(/./g, '$&$&') : text.slice(1);
    const value = parseInt(digits, 16);
    return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255, 1];
  }
  const [red = 0, green = 0, blue = 0, alpha = 100] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red / 255, green / 255, blue / 255, alpha / 100];
}
