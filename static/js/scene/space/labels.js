// What is written beside each layer in space: its name, its shape, its legend.

import { message } from '../../text/messages.js';
import { captionText } from '../captions.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { FontRole, LegendItem, Measure, Rect, Tone } from '../types.d.ts' */
/** @import { Plane, Space } from './types.d.ts' */

/**
 * @typedef {object} Word
 * @property {string} text
 * @property {FontRole} font
 * @property {Tone} tone
 * @property {number} x of its left end, from the label's corner
 * @property {number} y of its baseline
 */

/**
 * @typedef {object} Block what is written for a layer, before it has a place
 * @property {Plane} plane
 * @property {readonly Word[]} words
 * @property {Legend | null} legend its bar, from the label's corner
 * @property {number} width
 * @property {number} height
 * @property {Block | null} brief a shorter one, where there is no room for this
 */

/** @typedef {Rect & Pick<LegendItem, 'labels' | 'baseline' | 'lowX' | 'highX'>} Legend */

const LINE = 17;
const BAR = { width: 64, height: 6 };
/** Both ends of a legend at their longest. */
const ENDS = '\u22120.000.00';

/**
 * @param {Space} space
 * @param {Graph} graph
 * @param {Measure} measure
 * @param {boolean} small a phone: smaller names, and the legend in one line
 * @returns {Block[]}
 */
export function blocksFor(space, graph, measure, small) {
  return space.planes.map((plane) => blockOf(plane, graph, measure, small));
}

/** @param {Plane} plane @param {Graph} graph @param {Measure} measure @param {boolean} small @returns {Block} */
function blockOf(plane, graph, measure, small) {
  const { fold, shape } = captionText(graph, plane.layer, plane.fold);
  const more = plane.hidden ? message('stage.more', { maps: plane.hidden }) : '';
  const name = small ? 'nameSmall' : 'name';
  /** @type {[string, FontRole, Tone][][]} */
  const rows = [
    [[plane.layer, name, 'ink'], ...(small ? [] : [entry(fold, 'fold', 'ink3')])],
    [[[shape, more].filter(Boolean).join(' '), 'shape', 'ink2']],
  ];
  if (plane.look === 'bars') return worded(plane, rows, measure, 0);
  const ends = measure(ENDS, 'legend');
  const own = small ? ends + 26 : Math.max(ends + 6, BAR.width);
  const tight = ends + 26;
  const [called = [], said = []] = rows;
  const title = called.slice(0, 1);
  const full = worded(plane, rows, measure, own);
  const brief = worded(plane, [[...title, ...said]], measure, tight);
  const least = worded(plane, [title], measure, ends + 6);
  // from the shortest, a name above the ends of its scale, to the whole
  const last = withLegend(least, tightLegend(least.width, ends + 6, 1), null);
  const next = withLegend(brief, tightLegend(brief.width, tight, 1), last);
  const legend = small ? tightLegend(full.width, own, 2) : wideLegend(full.width);
  return withLegend(full, legend, next);
}

/** @param {Block} block @param {Legend} legend @param {Block | null} brief @returns {Block} */
function withLegend(block, legend, brief) {
  return { ...block, legend, height: legend.baseline + 4, brief };
}

/** Rows of words, each in the middle. */
/** @param {Plane} plane @param {[string, FontRole, Tone][][]} rows @param {Measure} measure @param {number} least width @returns {Block} */
function worded(plane, rows, measure, least) {
  const widths = rows.map((row) =>
    row.reduce((sum, [text, font]) => sum + (text ? measure(text, font) + 5 : 0), -5),
  );
  const width = Math.ceil(Math.max(...widths, least));
  const words = rows.flatMap((row, line) => {
    let x = (width - (widths[line] ?? 0)) / 2;
    return row.flatMap(([text, font, tone]) => {
      if (!text) return [];
      const word = { text, font, tone, x, y: 14 + LINE * line };
      x += measure(text, font) + 5;
      return [word];
    });
  });
  return { plane, words, legend: null, width, height: 1 + LINE * rows.length, brief: null };
}

/** In one line, its ends beside it. @param {number} width of the label @param {number} own of the legend with its ends @param {number} line @returns {Legend} */
function tightLegend(width, own, line) {
  const [lowX, highX] = [(width - own) / 2, (width + own) / 2];
  const y = 6 + LINE * line;
  return { ...BAR, x: lowX, y, width: own, labels: 'tight', baseline: y + 8, lowX, highX };
}

/** Its ends below it. @param {number} width of the label @returns {Legend} */
function wideLegend(width) {
  const x = (width - BAR.width) / 2;
  return { ...BAR, x, y: 40, labels: 'below', baseline: 60, lowX: x, highX: x + BAR.width };
}

/** @param {string} text @param {FontRole} font @param {Tone} tone @returns {[string, FontRole, Tone]} */
function entry(text, font, tone) {
  return [text, font, tone];
}
