// A canvas that becomes SVG: the methods and settings of a canvas that the painters use, each written
// down as an element. One unit is one pixel of the canvas.

/** @typedef {Record<string, string | number>} Attributes */
/**
 * An image that a piece is cut from.
 *
 * @typedef {object} Source
 * @property {number} width
 * @property {(kind: '2d') => { getImageData: (x: number, y: number, width: number, height: number) => { data: ArrayLike<number> } } | null} getContext
 */

/** What a canvas calls its alignments. @type {Readonly<Record<string, string>>} */
const ANCHORS = { left: 'start', center: 'middle', right: 'end' };
/** From the middle of a line down to the one its letters stand on, by their size. */
const MIDDLE = 0.31;

/** Stands where a painter is given a canvas, and is its context, too. */
export class SvgCanvas {
  canvas = this;
  width = 0;
  height = 0;
  style = { width: '', height: '' };
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  lineCap = 'butt';
  font = '400 10px sans-serif';
  textAlign = 'left';
  textBaseline = 'alphabetic';
  globalAlpha = 1;
  scale = 1;
  /** @type {readonly number[]} */
  dash = [];
  /** How many groups are open, and where what stands in the last one begins. */
  depth = 0;
  start = 0;
  #path = '';
  /** @type {string[]} */
  #out = [];
  /** @type {Partial<SvgCanvas>[]} */
  #saved = [];
  #ids = 0;
  /** Of what was cleared last: where its mask stands, and how long all was then. */
  #mask = { at: 0, end: -1 };

  /** @param {string} name that no other canvas of the same file has */
  constructor(name) {
    this.name = name;
  }

  getContext() {
    return this;
  }

  /**
   * The whole file.
   *
   * @param {string} title
   * @param {string} about the picture in words
   * @param {string} family of its fonts
   */
  file(title, about, family) {
    const { width, height } = this;
    const open = written('svg', {
      ...{ xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
      ...{ role: 'img', 'aria-labelledby': 'title about', 'font-family': family },
    });
    const words = `<title id="title">${escaped(title)}</title>\n<desc id="about">${escaped(about)}</desc>`;
    const lines = ['<?xml version="1.0" encoding="UTF-8"?>', open, words, ...this.#out, '</svg>\n'];
    return lines.join('\n');
  }

  save() {
    this.#saved.push({ ...this });
  }

  restore() {
    const saved = this.#saved.pop() ?? {};
    for (let { depth } = this; depth > (saved.depth ?? 0); depth--) this.#out.push('</g>');
    Object.assign(this, saved);
  }

  /** Nothing is turned or moved. @param {number} scale */
  setTransform(scale) {
    this.scale = scale;
  }

  /** @param {readonly number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.#path = '';
  }

  /** @param {readonly number[]} point */
  moveTo(...point) {
    this.#path += `M${this.#spots(point)}`;
  }

  /** @param {readonly number[]} point */
  lineTo(...point) {
    this.#path += `${this.#path ? 'L' : 'M'}${this.#spots(point)}`;
  }

  /** @param {readonly number[]} points */
  bezierCurveTo(...points) {
    this.#path += `C${this.#spots(points)}`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    const [right, bottom] = [x + width, y + height];
    this.#path += `M${this.#spots([x, y, right, y, right, bottom, x, bottom])}Z`;
  }

  fill() {
    this.#put('path', { ...this.#paint('fill', this.fillStyle), d: this.#path });
  }

  stroke() {
    this.#put('path', { ...this.#line(), d: this.#path });
  }

  /** @param {readonly [number, number, number, number]} box */
  fillRect(...box) {
    this.#put('rect', { ...this.#paint('fill', this.fillStyle), ...this.#box(box) });
  }

  /** @param {readonly [number, number, number, number]} box */
  strokeRect(...box) {
    this.#put('rect', { ...this.#line(), ...this.#box(box) });
  }

  /** Until it is restored, only what lies within the path is seen. @param {string} [rule] */
  clip(rule = 'nonzero') {
    const id = this.#id();
    const path = written('path', { d: this.#path, 'clip-rule': rule }, true);
    this.#out.push(`<clipPath id="${id}">${path}</clipPath>`, `<g clip-path="url(#${id})">`);
    this.depth += 1;
    this.start = this.#out.length;
  }

  /** Leaves a hole in what was drawn since the last clip. @param {readonly [number, number, number, number]} box */
  clearRect(...box) {
    if (this.start === this.#out.length) return;
    const hole = written('rect', this.#box(box), true);
    if (this.#mask.end !== this.#out.length) {
      const { width, height } = this;
      const all = { x: 0, y: 0, width, height };
      const id = this.#id();
      const mask = written('mask', { id, maskUnits: 'userSpaceOnUse', ...all });
      const seen = written('rect', { fill: '#fff', ...all }, true);
      this.#out.splice(this.start, 0, `${mask}${seen}</mask>`, `<g mask="url(#${id})">`);
      this.#mask = { at: this.start, end: this.#out.push('</g>') };
    }
    const mask = this.#out[this.#mask.at] ?? '';
    this.#out[this.#mask.at] = mask.replace('</mask>', `${hole}</mask>`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    const [, weight = '400', size = 10] = /^(\d+) ([\d.]+)px/.exec(this.font) ?? [];
    const high = Number(size) * this.scale;
    const down = this.textBaseline === 'middle' ? MIDDLE * high : 0;
    const open = written('text', {
      ...{ ...this.#paint('fill', this.fillStyle), x: x * this.scale, y: y * this.scale + down },
      ...{ 'font-size': high, 'font-weight': weight },
      'text-anchor': ANCHORS[this.textAlign] ?? 'start',
    });
    if (text !== '') this.#out.push(`${open}${escaped(text)}</text>`);
  }

  /**
   * All of another one of these, or a piece of an image: its pixels as squares.
   *
   * @param {SvgCanvas | Source} source
   * @param {readonly number[]} places x, y, width and height in the source, and where that is drawn
   */
  drawImage(source, ...places) {
    if (source instanceof SvgCanvas) {
      const { width, height } = source;
      const [x = 0, y = 0] = places;
      this.#out.push(written('svg', { x, y, width, height }), ...source.#out, '</svg>');
      return;
    }
    const [from, to] = [boxOf(places), this.#box(places.slice(4))];
    const columns = Math.max(1, Math.round(Math.min(from.width, to.width)));
    const rows = Math.max(1, Math.round(Math.min(from.height, to.height)));
    const place = `translate(${short(to.x)} ${short(to.y)})`;
    const size = `scale(${short(to.width / columns)} ${short(to.height / rows)})`;
    const group = { transform: `${place} ${size}`, 'shape-rendering': 'crispEdges' };
    const squares = runs(rows, columns, coloursOf(source, from, rows, columns));
    this.#out.push(written('g', group), ...squares, '</g>');
  }

  #id() {
    this.#ids += 1;
    return `${this.name}-${this.#ids}`;
  }

  /** @param {string} tag @param {Attributes} attributes */
  #put(tag, attributes) {
    this.#out.push(written(tag, attributes, true));
  }

  /** @param {readonly number[]} places */
  #spots(places) {
    return places.map((place) => short(place * this.scale)).join(' ');
  }

  /** @param {readonly number[]} box */
  #box(box) {
    return boxOf(box.map((place) => place * this.scale));
  }

  /** As every program reads it. @param {'fill' | 'stroke'} what @param {string} colour of CSS: #rrggbb, rgb(r g b) or rgb(r g b / a%) @returns {Attributes} */
  #paint(what, colour) {
    const numbers = colour.startsWith('#') ? null : (colour.match(/[\d.]+/g) ?? []).map(Number);
    const opacity = this.globalAlpha * ((numbers?.[3] ?? 100) / 100);
    const text = numbers ? hexadecimal(numbers, 0) : colour;
    return { [what]: text, ...(opacity < 1 ? { [`${what}-opacity`]: opacity } : {}) };
  }

  /** @returns {Attributes} */
  #line() {
    /** @type {Attributes} */
    const line = { fill: 'none', ...this.#paint('stroke', this.strokeStyle) };
    line['stroke-width'] = this.lineWidth * this.scale;
    if (this.dash.length) line['stroke-dasharray'] = this.#spots(this.dash);
    if (this.lineCap === 'round') line['stroke-linecap'] = 'round';
    return line;
  }
}

/** @param {readonly number[]} numbers */
function boxOf([x = 0, y = 0, width = 0, height = 0]) {
  return { x, y, width, height };
}

/** @param {Source} source @param {ReturnType<typeof boxOf>} from @param {number} rows in which it is seen @param {number} columns @returns {(row: number, column: number) => string} */
function coloursOf(source, { x, y, width, height }, rows, columns) {
  const { data = [] } = source.getContext('2d')?.getImageData(0, y, source.width, height) ?? {};
  return (row, column) => {
    const down = Math.floor(((row + 0.5) * height) / rows);
    const right = Math.floor(x + ((column + 0.5) * width) / columns);
    return hexadecimal(data, 4 * (down * source.width + Math.min(source.width - 1, right)));
  };
}

/**
 * Neighbours of one colour in a row are one rectangle, all of one colour one path.
 *
 * @param {number} rows
 * @param {number} columns
 * @param {(row: number, column: number) => string} colourAt
 */
function runs(rows, columns, colourAt) {
  /** @type {Map<string, string>} */
  const paths = new Map();
  for (let row = 0; row < rows; row++)
    for (let from = 0, to = 0; from < columns; from = to) {
      const colour = colourAt(row, from);
      while (to < columns && colourAt(row, to) === colour) to++;
      const run = `M${from} ${row}h${to - from}v1h${from - to}z`;
      paths.set(colour, (paths.get(colour) ?? '') + run);
    }
  return [...paths].map(([fill, d]) => written('path', { fill, d }, true));
}

/** @param {string} tag @param {Attributes} attributes @param {boolean} [closed] nothing stands in it */
function written(tag, attributes, closed = false) {
  const texts = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${typeof value === 'number' ? short(value) : escaped(value)}"`,
  );
  return `<${tag}${texts.join('')}${closed ? '/' : ''}>`;
}

/** @param {number} place */
function short(place) {
  return String(Math.round(place * 1e4) / 1e4);
}

/** @type {Readonly<Record<string, string>>} */
const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML cannot hold is left out. @param {string} text */
function escaped(text) {
  return text.replace(/\p{Cc}/gu, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** @param {ArrayLike<number>} data red, green and blue @param {number} at */
function hexadecimal(data, at) {
  const two = (/** @type {number} */ k) => (data[at + k] ?? 0).toString(16).padStart(2, '0');
  return `#${two(0)}${two(1)}${two(2)}`;
}
