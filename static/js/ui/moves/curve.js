// The answer for each class along one way of changing a drawing: a curve to be walked.

import { ARROWS } from '../../input/listening.js';
import { ends } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import {
  answerAt,
  home,
  peakOf,
  placeText,
  readText,
  valueText,
  valuesOf,
} from '../../scene/moves.js';
import { svg, tenth } from '../dom.js';

/** @import { Moves, Spot } from '../../scene/moves.js' */

const LEFT = 48;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 24;
/** A class that never gets this far up has no curve of its own, as a share of the height. */
const VISIBLE = 0.05;
/** As near to an end, as a share of the height, no line is drawn for 0. */
const NEAR = 0.15;
/** Room for a letter of a class's name, and for a line of it, px. */
const NAME = 8;
const LINE = 13;

/** @typedef {'rotation' | 'scale'} Way */
/** @typedef {ReturnType<typeof createPlaces>} Places */

/**
 * @param {Way} way
 * @param {string} name
 * @param {{ width: number, height: number }} size
 * @param {(spot: Spot) => void} onPoint
 */
export function createMoveCurve(way, name, { width, height }, onPoint) {
  const places = createPlaces(way, width, height);
  const lines = svg('g', { class: 'grid' });
  const others = svg('g', { class: 'others' });
  const chosen = svg('path', { class: 'graph' });
  const upright = { y1: TOP, y2: height - BOTTOM };
  const still = svg('line', { class: 'axis', ...upright });
  const line = svg('line', { class: 'spot', ...upright });
  const dot = svg('circle', { class: 'spot', r: 5 });
  const labels = svg('g', { class: 'labels' });
  const view = { width, height, viewBox: `0 0 ${width} ${height}` };
  const element = svg(
    'svg',
    { class: 'move-curve', ...view, tabindex: 0, role: 'slider', 'aria-label': name },
    ...[lines, still, others, chosen, labels, line, dot],
  );
  let at = 0;

  /** @param {number} index */
  function point(index) {
    onPoint({ way, index: Math.min(places.last(), Math.max(0, Math.round(index))) });
  }
  const pointed = (/** @type {PointerEvent} */ { offsetX }) => point(places.indexAt(offsetX));
  element.addEventListener('pointermove', pointed);
  element.addEventListener('pointerdown', pointed);
  element.addEventListener('keydown', (event) => {
    const arrow = ARROWS[event.key];
    const to = { Home: 0, End: places.last() }[event.key] ?? (arrow && at + arrow[0] - arrow[1]);
    if (to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    point(to);
  });

  /** @param {Moves} moves */
  function paint(moves) {
    const values = valuesOf(moves, way);
    places.set(values.length, moves.range);
    lines.replaceChildren(...grid(moves, places));
    const [middle, last] = [home(moves, way).index, places.last()];
    chosen.setAttribute('d', places.path(moves, moves.chosen));
    others.replaceChildren(...rivalsOf(moves, places));
    place(still, places.x(middle));
    labels.replaceChildren(...[0, middle, last].map((i) => label(places, i, values[i] ?? 0)));
    element.ariaValueMin = String(values[0] ?? 0);
    element.ariaValueMax = String(values[last] ?? 0);
  }

  /**
   * @param {Moves} moves
   * @param {Spot} spot
   */
  function mark(moves, spot) {
    const here = spot.way === way;
    const own = here ? spot : home(moves, way);
    at = own.index;
    for (const part of [line, dot]) part.toggleAttribute('hidden', !here);
    place(line, places.x(at));
    dot.setAttribute('cx', String(places.x(at)));
    dot.setAttribute('cy', String(places.y(answerAt(moves, own))));
    element.ariaValueNow = String(valuesOf(moves, way)[at] ?? 0);
    element.ariaValueText = `${placeText(moves, own)}: ${readText(moves, own)}`;
  }

  return { element, paint, mark };
}

/**
 * Where a curve's points stand, px.
 *
 * @param {Way} way
 * @param {number} width
 * @param {number} height
 */
function createPlaces(way, width, height) {
  const [wide, high] = [width - LEFT - RIGHT, height - TOP - BOTTOM];
  let [last, low, span] = [1, 0, 1];
  const x = (/** @type {number} */ index) => LEFT + (index / last) * wide;
  const up = (/** @type {number} */ answer) => (answer - low) / span;
  const y = (/** @type {number} */ answer) => TOP + (1 - up(answer)) * high;

  return {
    ...{ way, width, height, x, y, up, last: () => last },
    /** @param {number} count of points @param {Moves['range']} range of the answers */
    set(count, { min, max }) {
      last = Math.max(1, count - 1);
      [low, span] = [min, max - min || 1];
    },
    /** @param {number} at px */
    indexAt: (at) => ((at - LEFT) / wide) * last,
    /** @param {Moves} moves @param {number} channel */
    path(moves, channel) {
      const points = Array.from({ length: last + 1 }, (_, index) => {
        const answer = answerAt(moves, { way, index }, channel);
        return `${tenth(x(index))} ${tenth(y(answer))}`;
      });
      return `M${points.join('L')}`;
    },
  };
}

/**
 * A thin curve for each other class that gets far enough, with its name as near to its highest place
 * as there is room: a name stands on no other one. Where there is none at all, it has no name.
 *
 * @param {Moves} moves
 * @param {Places} places
 */
function rivalsOf(moves, places) {
  /** @type {[left: number, y: number, right: number][]} */
  const taken = [];
  return moves.classes.flatMap((name, channel) => {
    const peak = peakOf(moves, places.way, channel);
    if (channel === moves.chosen || places.up(peak.answer) < VISIBLE) return [];
    const curve = svg('path', { d: places.path(moves, channel) });
    const half = (NAME * name.length) / 2;
    const spot = spotsFor(moves, places, { channel, half, most: peak.answer }).find(
      ({ x, y }) =>
        !taken.some(
          ([left, at, right]) =>
            x - half < right + NAME && left < x + half + NAME && Math.abs(at - y) < LINE,
        ),
    );
    if (!spot) return [curve];
    taken.push([spot.x - half, spot.y, spot.x + half]);
    return [curve, svg('text', { x: spot.x, y: spot.y, 'text-anchor': 'middle' }, name)];
  });
}

/**
 * Where the middle of a curve's name can stand, px: above its highest place first, then what is
 * nearest to that, counted as far as the curve has come down and as the name is away from it.
 *
 * @param {Moves} moves
 * @param {Places} places
 * @param {{ channel: number, half: number, most: number }} curve half of its name's width, px; its largest answer
 */
function spotsFor(moves, { way, x, y, last, height, width }, { channel, half, most }) {
  const highest = y(most);
  /** @type {number[]} */
  const rows = [];
  for (let row = height - BOTTOM - 2; row > TOP + 12; row -= 4) rows.push(row);
  const spots = Array.from({ length: last() + 1 }, (_, index) => {
    const at = y(answerAt(moves, { way, index }, channel));
    const inside = Math.min(Math.max(x(index), LEFT + half), width - RIGHT - half);
    return [at - 5, ...rows]
      .filter((row) => row > TOP + 8)
      .map((row) => ({ x: inside, y: row, far: at - highest + Math.abs(row - at + 5) }));
  });
  return spots.flat().sort((a, b) => a.far - b.far);
}

/**
 * What stands below a place.
 *
 * @param {Places} places
 * @param {number} index
 * @param {number} value
 */
function label({ way, x, height, last }, index, value) {
  const side = index === 0 ? 'start' : 'end';
  const anchor = index === 0 || index === last() ? side : 'middle';
  return svg('text', { x: x(index), y: height - 6, 'text-anchor': anchor }, valueText(way, value));
}

/**
 * @param {SVGLineElement} line
 * @param {number} x
 */
function place(line, x) {
  line.setAttribute('x1', String(x));
  line.setAttribute('x2', String(x));
}

/**
 * A line and a number at both ends and between them: half of all, or the score of 0.
 *
 * @param {Moves} moves
 * @param {Places} places
 */
function grid({ shares, range: { min, max } }, { up, y, width }) {
  const { lowText, highText } = ends(min, max);
  /** @type {[at: number, text: string][]} */
  const lines = shares
    ? [0, 0.5, 1].map((share) => [share, percent(share)])
    : [
        [min, lowText],
        [max, highText],
      ];
  if (!shares && up(0) > NEAR && up(0) < 1 - NEAR) lines.push([0, '0']);
  return lines.flatMap(([at, text]) => [
    svg('line', { class: 'axis', x1: LEFT, x2: width - RIGHT, y1: y(at), y2: y(at) }),
    svg('text', { x: LEFT - 6, y: y(at) + 4, 'text-anchor': 'end' }, text),
  ]);
}
