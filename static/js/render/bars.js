// Paints the answer: a name, a track and a percentage for every class.

/** @import { Brush } from './brush.js' */
/** @import { BarItem, BarValue } from '../scene/types.d.ts' */

/** Below this a probability is written as 0 and fills nothing. */
const VISIBLE = 0.0005;

/** A percentage below its bar may be wider than the bar's own place. */
const BEYOND = 10;

/**
 * Call for all bars of a layer before the first of them is painted.
 *
 * @param {Brush} brush
 * @param {BarItem} item
 */
export function clearBar(brush, { row, grow }) {
  const beyond = grow === 'y' ? BEYOND : 0;
  brush.clear({ ...row, x: row.x - beyond, width: row.width + 2 * beyond });
}

/**
 * @param {Brush} brush
 * @param {BarItem} item
 * @param {BarValue | undefined} value
 */
export function paintBar(brush, item, value) {
  const { track, nameSpot, percentSpot, small } = item;
  brush.fill(track, 'raised');
  const strong = value?.strong ?? false;
  if (value && Math.abs(value.fraction) >= VISIBLE) {
    const tone = strong ? 'ink' : 'ink3';
    brush.fill(filled(item, Math.abs(value.fraction)), value.fill ?? tone);
  }
  const nameRole = roleOf(strong, small);
  const tone = strong ? 'ink' : 'ink2';
  const { x, y, align, baseline } = nameSpot;
  brush.text(item.name, x, y, align, nameRole, tone, baseline);
  if (!value) return;
  paintPercent(brush, value, percentSpot, small);
}

/**
 * @param {boolean} strong
 * @param {boolean} small
 */
function roleOf(strong, small) {
  const plain = small ? 'classSmall' : 'class';
  return strong ? /** @type {const} */ (`${plain}Strong`) : plain;
}

/**
 * @param {Brush} brush
 * @param {BarValue} value
 * @param {BarItem['percentSpot']} spot
 * @param {boolean} small
 */
function paintPercent(brush, { text, strong, tone }, spot, small) {
  const plain = small ? 'percentSmall' : 'percent';
  const role = strong ? /** @type {const} */ (`${plain}Strong`) : plain;
  brush.text(text, spot.x, spot.y, spot.align, role, tone, spot.baseline);
}

/**
 * @param {BarItem} item
 * @param {number} fraction
 */
function filled({ track, grow }, fraction) {
  const { x, y, width, height } = track;
  if (grow === 'x') return { x, y, width: Math.max(1, width * fraction), height };
  const tall = Math.max(1, height * fraction);
  return { x, y: y + height - tall, width, height: tall };
}
