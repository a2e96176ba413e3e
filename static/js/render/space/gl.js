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

/** Texels in a row of a sheet. */
export const WIDE = 1024;

/**
 * What is known of each cell, row after row of a texture that texelFetch reads.
 *
 * @param {Gl} gl
 * @param {'four' | 'two' | 'one' | 'word' | 'byte'} kind four, two or one float; an integer
 */
export function sheetOf(gl, kind) {
  const texture = gl.createTexture();
  const [inside, format, type, size] = /** @type {const} */ ({
    four: [gl.RGBA32F, gl.RGBA, gl.FLOAT, 4],
    two: [gl.RG32F, gl.RG, gl.FLOAT, 2],
    one: [gl.R32F, gl.RED, gl.FLOAT, 1],
    word: [gl.R16UI, gl.RED_INTEGER, gl.UNSIGNED_SHORT, 1],
    byte: [gl.R8UI, gl.RED_INTEGER, gl.UNSIGNED_BYTE, 1],
  })[kind];
  let rows = 0;

  /** @param {number} needed */
  function grow(needed) {
    rows = needed;
    gl.texImage2D(gl.TEXTURE_2D, 0, inside, WIDE, rows, 0, format, type, null);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
      gl.texParameteri(gl.TEXTURE_2D, name, gl.NEAREST);
  }

  return {
    /** @param {Float32Array | Uint16Array | Uint8Array} data */
    write(data) {
      const count = data.length / size;
      const whole = Math.floor(count / WIDE);
      const rest = count % WIDE;
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.pixelStorei(gl.UNPACK_ALIGNMENT, 1);
      if (Math.ceil(count / WIDE) > rows) grow(Math.ceil(count / WIDE));
      /** @type {(row: number, width: number, height: number) => void} */
      const put = (row, width, height) =>
        gl.texSubImage2D(
          gl.TEXTURE_2D,
          0,
          0,
          row,
          width,
          height,
          format,
          type,
          data,
          row * WIDE * size,
        );
      if (whole > 0) put(0, WIDE, whole);
      if (rest > 0) put(whole, rest, 1);
    },

    /** @param {WebGLUniformLocation | null} sampler @param {number} unit */
    use(sampler, unit) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.uniform1i(sampler, unit);
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
