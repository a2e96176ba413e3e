// Fonts of the stage: the sizes behind the scene's roles, and how wide a text is in them.

/** @import { FontRole, Measure } from '../scene/types.d.ts' */

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
