// The few strokes everything on the stage is painted with, in CSS pixels, sharp at any ratio; and its
// fonts (the sizes behind the scene's roles, and how wide a text is in them) and tables of colours.

/** @import { Theme } from '../core/theme.js' */
/** @import { EdgeItem, FontRole, Measure, Rect, TextItem, Tone } from '../scene/types.d.ts' */

/** @typedef {ReturnType<typeof createBrush>} Brush */
/** @typedef {Omit<TextItem, 'kind' | 'layer' | 'baseline'> & Partial<Pick<TextItem, 'baseline'>>} Said */

const ARROW = 5;
const ARROW_HALF = 3.5;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {object} options
 * @param {Theme} options.theme
 * @param {(role: FontRole) => string} options.fonts
 * @param {Measure} options.measure at plain size
 * @param {number} [options.text] how much larger than plain the fonts are
 * @param {number} options.dpr
 */
export function createBrush(context, { theme, fonts, measure, dpr, text: size = 1 }) {
  const { tokens } = theme;
  context.imageSmoothingEnabled = false; // cells and scales have edges, whatever was painted before
  /** The middle of a device pixel, so that a thin line fills just that one. */
  const crisp = (/** @type {number} */ place) => (Math.floor(place * dpr) + 0.5) / dpr;

  return {
    context,
    theme,
    dpr,
    size,
    width: (/** @type {string} */ said, /** @type {FontRole} */ role) => measure(said, role) * size,

    /** @param {Rect} rect */
    clear({ x, y, width, height }) {
      context.fillStyle = tokens.bg;
      context.fillRect(x, y, width, height);
    },

    /**
     * @param {Rect} rect
     * @param {Tone} tone
     */
    fill({ x, y, width, height }, tone) {
      context.fillStyle = tokens[tone];
      context.fillRect(x, y, width, height);
    },

    /**
     * A line just outside the rect.
     *
     * @param {Rect} rect
     * @param {Tone} tone
     */
    outline({ x, y, width, height }, tone) {
      context.strokeStyle = tokens[tone];
      context.lineWidth = 1;
      context.strokeRect(x - 0.5, y - 0.5, width + 1, height + 1);
    },

    /** @param {Said} said */
    text({ text, x, y, align, font, tone, baseline = 'alphabetic' }) {
      context.font = fonts(font);
      context.textAlign = align;
      context.textBaseline = baseline;
      context.fillStyle = tokens[tone];
      context.fillText(text, x, y);
    },

    /** @param {EdgeItem} item */
    arrow({ points, tone }) {
      const end = points.at(-1);
      const before = points.at(-2);
      if (!end || !before) return;
      const angle = Math.atan2(end[1] - before[1], end[0] - before[0]);
      context.strokeStyle = tokens[tone];
      context.fillStyle = tokens[tone];
      context.lineWidth = 1;
      context.beginPath();
      for (const [x, y] of points) context.lineTo(crisp(x), crisp(y));
      context.stroke();
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      context.beginPath();
      for (const aside of [0, -ARROW_HALF, ARROW_HALF]) {
        const back = aside && ARROW;
        context.lineTo(
          crisp(end[0]) - back * cos - aside * sin,
          crisp(end[1]) - back * sin + aside * cos,
        );
      }
      context.fill();
    },
  };
}

/** @type {Readonly<Record<FontRole, readonly [size: number, weight: number]>>} */
const ROLES = {
  name: [15, 600],
  nameSmall: [14, 600],
  fold: [13, 400],
  shape: [13, 400],
  params: [13, 400],
  legend: [12, 400],
  class: [16, 500],
  classStrong: [16, 700],
  classSmall: [15, 500],
  classSmallStrong: [15, 700],
  percent: [13, 400],
  percentStrong: [13, 650],
  percentSmall: [12, 400],
  percentSmallStrong: [12, 600],
};

/**
 * @param {string} family
 * @param {number} text size of the text against its plain size
 * @returns {(role: FontRole) => string}
 */
export function createFonts(family, text) {
  /** @type {Partial<Record<FontRole, string>>} */
  const fonts = {};
  return (role) => {
    const [size, weight] = ROLES[role];
    return (fonts[role] ??= `${weight} ${size * text}px ${family}`);
  };
}

/**
 * @param {CanvasRenderingContext2D} context that the text will be drawn in: another one may hint
 *   its letters differently
 * @param {string} family
 * @returns {Measure} at plain size; remembers every answer
 */
export function createMeasure(context, family) {
  const fonts = createFonts(family, 1);
  /** @type {Map<string, number>} */
  const widths = new Map();
  return (text, role) => {
    const key = `${role}\n${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    context.font = fonts(role);
    const { width } = context.measureText(text);
    widths.set(key, width);
    return width;
  };
}

// -------- colour tables: every step of the scales as packed pixels, made once a theme

/** Steps from zero to the end of an arm; zero itself is one more. */
export const STEPS = 255;

/**
 * @typedef {object} Colours
 * @property {Uint32Array} diverging -STEPS..STEPS, zero at index STEPS
 * @property {Uint32Array} image paper..ink
 * @property {Uint32Array} black the same, whatever the theme: black..white
 * @property {Uint32Array} white white..black
 * @property {number} ground of what holds no number
 */

/** What a value's colour depends on; a Range of the scene has these, and so has a Swatch.
 * @typedef {object} Span
 * @property {boolean} image
 * @property {'black' | 'white' | undefined} [zero] what 0 looks like in it, where that does not follow the theme
 * @property {number} limit largest |value| of the scope
 * @property {number} low value of paper, for the image
 * @property {number} high value of ink
 */

/**
 * @param {Pick<Theme, 'pos' | 'neg' | 'image'> & { tokens: Pick<Theme['tokens'], 'bg'> }} theme
 * @returns {Colours}
 */
export function createColours(theme) {
  const above = ramp(theme.pos);
  const below = ramp(theme.neg);
  const diverging = new Uint32Array(2 * STEPS + 1);
  for (let step = 0; step <= STEPS; step++) {
    diverging[STEPS - step] = below[step] ?? 0;
    diverging[STEPS + step] = above[step] ?? 0;
  }
  const ground = pack(parse(theme.tokens.bg));
  const image = ramp(theme.image);
  const ends = [image, image.toReversed()];
  const [black = image, white = image] =
    green(image[0]) < green(image[STEPS]) ? ends : ends.reverse();
  return { diverging, image, black, white, ground };
}

/** Of a grey, how light it is. @param {number} [packed] */
const green = (packed = 0) => (packed >> 8) & 255;

/**
 * Linear between the stops, which lie at equal distances.
 *
 * @param {readonly string[]} stops
 */
function ramp(stops) {
  const colours = stops.map(parse);
  const table = new Uint32Array(STEPS + 1);
  for (let step = 0; step <= STEPS; step++) {
    const place = (step / STEPS) * (colours.length - 1);
    const index = Math.min(colours.length - 2, Math.floor(place));
    table[step] = pack(mix(colours[index], colours[index + 1], place - index));
  }
  return table;
}

/** @typedef {readonly [red: number, green: number, blue: number]} Rgb */

/**
 * @param {string} text #rgb or #rrggbb
 * @returns {Rgb}
 */
function parse(text) {
  const digits = text.slice(1);
  const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
  const value = parseInt(long, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/**
 * @param {Rgb} [a]
 * @param {Rgb} [b]
 * @param {number} [t]
 * @returns {Rgb}
 */
function mix(a = [0, 0, 0], b = a, t = 0) {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/**
 * One pixel as ImageData holds it on a little-endian machine: red in the lowest byte.
 *
 * @param {Rgb} colour
 */
function pack([red, green, blue]) {
  return (
    ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0
  );
}

/**
 * @param {Colours} colours
 * @param {number} value
 * @param {Span} span
 * @param {number} [limit] of its map, where each map has its own scale
 */
export function pixel(colours, value, span, limit = span.limit) {
  if (Number.isNaN(value)) return colours.ground;
  if (span.image) {
    const step = ((value - span.low) / (span.high - span.low)) * STEPS;
    return colours[span.zero ?? 'image'][clamp(step, 0)] ?? 0;
  }
  return colours.diverging[STEPS + clamp((value / limit) * STEPS, -STEPS)] ?? 0;
}

/**
 * @param {number} step
 * @param {number} least
 */
function clamp(step, least) {
  return Math.round(Math.min(STEPS, Math.max(least, step))) || 0; // 0 / 0 is drawn as zero
}

/**
 * @param {number} packed
 * @returns {string} as CSS reads it
 */
export function css(packed) {
  return `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;
}
