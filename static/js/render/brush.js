// The few strokes everything on the stage is painted with, in CSS pixels, sharp at any ratio; and its
// fonts: the sizes behind the scene's roles, and how wide a text is in them.

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
      context.save();
      context.translate(crisp(end[0]), crisp(end[1]));
      context.rotate(angle);
      context.beginPath();
      context.moveTo(0, 0);
      context.lineTo(-ARROW, -ARROW_HALF);
      context.lineTo(-ARROW, ARROW_HALF);
      context.fill();
      context.restore();
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
