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

/** @type {BarValue} */
const NOTHING = { fraction: 0, text: '', strong: false, tone: 'ink3' };

/**
 * @param {Brush} brush
 * @param {BarItem} item
 * @param {BarValue} [value]
 */
export function paintBar(brush, item, value = NOTHING) {
  const { text, strong, tone, fill = strong ? 'ink' : 'ink3' } = value;
  const size = item.small ? 'Small' : '';
  const weight = strong ? 'Strong' : '';
  const fraction = Math.abs(value.fraction);
  brush.fill(item.track, 'raised');
  if (fraction >= VISIBLE) brush.fill(filled(item, fraction), fill);
  const name = /** @type {const} */ (`class${size}${weight}`);
  brush.text({ ...item.nameSpot, text: item.name, font: name, tone: strong ? 'ink' : 'ink2' });
  const percent = /** @type {const} */ (`percent${size}${weight}`);
  brush.text({ ...item.percentSpot, text, font: percent, tone });
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
