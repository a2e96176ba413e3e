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

/** @typedef {number | readonly number[] | Float32Array} Uniform as many numbers as the program declares */
/** @typedef {ReturnType<typeof programOf>} Program */

/**
 * @param {Gl} gl
 * @param {string} vertex
 * @param {string} fragment
 */
export function programOf(gl, vertex, fragment) {
  const program = gl.createProgram();
  for (const [kind, source] of /** @type {const} */ ([
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ])) {
    const shader = gl.createShader(kind);
    if (!shader) continue; // the context is lost: nothing is drawn
    gl.shaderSource(shader, `#version 300 es\nprecision highp float;\n${source}`);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(`The graphics card refuses a program: ${gl.getProgramInfoLog(program)}`);
  const count = Number(gl.getProgramParameter(program, gl.ACTIVE_UNIFORMS));
  const uniforms = Array.from({ length: count }, (_, i) => setterOf(gl, program, i));

  return {
    program,
    /** Draws come from it now. @param {Readonly<Record<string, unknown>>} values of its uniforms, by name */
    use(values) {
      gl.useProgram(program);
      for (const { name, set } of uniforms) set(/** @type {Uniform} */ (values[name]));
    },
  };
}

/**
 * @param {Gl} gl
 * @param {WebGLProgram} program
 * @param {number} i of its uniforms
 * @returns {{ name: string, set: (value: Uniform) => void }}
 */
function setterOf(gl, program, i) {
  const { name = '', type = gl.INT } = gl.getActiveUniform(program, i) ?? {};
  const place = gl.getUniformLocation(program, name);
  /** @type {Readonly<Record<number, (value: any) => void>>} */
  const setters = {
    [gl.FLOAT]: (value) => gl.uniform1f(place, value),
    [gl.FLOAT_VEC2]: (value) => gl.uniform2fv(place, value),
    [gl.FLOAT_VEC3]: (value) => gl.uniform3fv(place, value),
    [gl.FLOAT_VEC4]: (value) => gl.uniform4fv(place, value),
    [gl.FLOAT_MAT4]: (value) => gl.uniformMatrix4fv(place, false, value),
  };
  const whole = (/** @type {any} */ value) => gl.uniform1i(place, value); // textures, too
  return { name, set: setters[type] ?? whole };
}

/**
 * What vertices or instances are made of: a buffer that grows when it must and is otherwise written
 * in place.
 *
 * @param {Gl} gl
 * @param {Program} shared
 * @param {Readonly<Record<string, number>>} parts how many numbers each attribute takes
 * @param {0 | 1} divisor 1: once an instance
 */
export function attributesOf(gl, { program }, parts, divisor) {
  const array = gl.createVertexArray();
  const buffer = gl.createBuffer();
  const stride = Object.values(parts).reduce((sum, size) => sum + size, 0);
  let [offset, room] = [0, 0];
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  for (const [name, size] of Object.entries(parts)) {
    const place = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, gl.FLOAT, false, 4 * stride, 4 * offset);
    gl.vertexAttribDivisor(place, divisor);
    offset += size;
  }
  gl.bindVertexArray(null);

  return {
    bind: () => gl.bindVertexArray(array),
    /** @param {Float32Array} data @returns {number} how many they are */
    write(data) {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      if (data.byteLength > room) {
        gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
        room = data.byteLength;
      } else if (data.byteLength > 0) gl.bufferSubData(gl.ARRAY_BUFFER, 0, data);
      return data.length / stride;
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
      const put = (row, ...sides) =>
        gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, row, ...sides, format, type, data, row * WIDE * size);
      if (whole > 0) put(0, WIDE, whole);
      if (rest > 0) put(whole, rest, 1);
    },

    /** @param {number} unit */
    use(unit) {
      gl.activeTexture(gl.TEXTURE0 + unit);
      gl.bindTexture(gl.TEXTURE_2D, texture);
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
