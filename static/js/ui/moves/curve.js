// The probability of each class along one way of changing a drawing: a curve to be walked.

import { percent } from '../../text/shares.js';
import {
  home,
  peakOf,
  placeText,
  probabilityAt,
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
/** A class that never gets this far has no curve of its own. */
const VISIBLE = 0.05;
/** Room for a letter of a class's name, and for a line of it, px. */
const NAME = 8;
const LINE = 13;

/** @type {Readonly<Record<string, (at: number, last: number) => number>>} */
const WALKS = {
  ArrowLeft: (at) => at - 1,
  ArrowDown: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

export class MoveCurve {
  #way;
  #width;
  #height;
  #onPoint;
  #others = svg('g', { class: 'others' });
  #chosen = svg('path', { class: 'graph' });
  #still;
  #line;
  #dot = svg('circle', { class: 'spot', r: 5 });
  #labels = svg('g', { class: 'labels' });
  #count = 1;
  #at = 0;

  /**
   * @param {'rotation' | 'scale'} way
   * @param {string} name
   * @param {{ width: number, height: number }} size
   * @param {(spot: Spot) => void} onPoint
   */
  constructor(way, name, { width, height }, onPoint) {
    this.#way = way;
    this.#width = width;
    this.#height = height;
    this.#onPoint = onPoint;
    const upright = { y1: TOP, y2: height - BOTTOM };
    this.#still = svg('line', { class: 'axis', ...upright });
    this.#line = svg('line', { class: 'spot', ...upright });
    const view = { width, height, viewBox: `0 0 ${width} ${height}` };
    this.element = svg(
      'svg',
      { class: 'move-curve', ...view, tabindex: 0, role: 'slider', 'aria-label': name },
      ...[grid(width, height), this.#still, this.#others, this.#chosen],
      ...[this.#labels, this.#line, this.#dot],
    );
    this.element.addEventListener('pointermove', (event) => this.#point(this.#index(event)));
    this.element.addEventListener('pointerdown', (event) => this.#point(this.#index(event)));
    this.element.addEventListener('keydown', (event) => this.#walk(event));
  }

  /** @param {Moves} moves */
  paint(moves) {
    const values = valuesOf(moves, this.#way);
    this.#count = values.length;
    this.#chosen.setAttribute('d', this.#path(moves, moves.chosen));
    const rivals = moves.classes.map((_, i) => i).filter((i) => i !== moves.chosen);
    /** @type {[x: number, y: number][]} */
    const taken = [];
    this.#others.replaceChildren(...rivals.flatMap((i) => this.#rival(moves, i, taken)));
    const middle = home(moves, this.#way).index;
    place(this.#still, this.#x(middle));
    const last = this.#count - 1;
    this.#labels.replaceChildren(
      ...[0, middle, last].map((i) => this.#label(i, valueText(this.#way, values[i] ?? 0))),
    );
    this.element.setAttribute('aria-valuemin', String(values[0] ?? 0));
    this.element.setAttribute('aria-valuemax', String(values[last] ?? 0));
  }

  /**
   * @param {Moves} moves
   * @param {Spot} spot
   */
  mark(moves, spot) {
    const here = spot.way === this.#way;
    const own = here ? spot : home(moves, this.#way);
    this.#at = own.index;
    for (const part of [this.#line, this.#dot]) part.toggleAttribute('hidden', !here);
    place(this.#line, this.#x(own.index));
    this.#dot.setAttribute('cx', String(this.#x(own.index)));
    this.#dot.setAttribute('cy', String(this.#y(probabilityAt(moves, own))));
    const value = valuesOf(moves, this.#way)[own.index] ?? 0;
    this.element.setAttribute('aria-valuenow', String(value));
    const text = `${placeText(moves, own)}: ${readText(moves, own)}`;
    this.element.setAttribute('aria-valuetext', text);
  }

  /** @param {number} index */
  #x(index) {
    return LEFT + (index / Math.max(1, this.#count - 1)) * (this.#width - LEFT - RIGHT);
  }

  /** @param {number} share */
  #y(share) {
    return TOP + (1 - share) * (this.#height - TOP - BOTTOM);
  }

  /** @param {PointerEvent} event */
  #index({ offsetX }) {
    return ((offsetX - LEFT) / (this.#width - LEFT - RIGHT)) * (this.#count - 1);
  }

  /** @param {number} index */
  #point(index) {
    const within = Math.min(this.#count - 1, Math.max(0, Math.round(index)));
    this.#onPoint({ way: this.#way, index: within });
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const walk = WALKS[event.key];
    if (!walk) return;
    event.preventDefault();
    event.stopPropagation();
    this.#point(walk(this.#at, this.#count - 1));
  }

  /**
   * @param {Moves} moves
   * @param {number} channel
   */
  #path(moves, channel) {
    const points = Array.from({ length: this.#count }, (_, index) => {
      const share = probabilityAt(moves, { way: this.#way, index }, channel);
      return `${tenth(this.#x(index))} ${tenth(this.#y(share))}`;
    });
    return `M${points.join('L')}`;
  }

  /**
   * A thin curve with its class at its highest place.
   *
   * @param {Moves} moves
   * @param {number} channel
   * @param {[x: number, y: number][]} taken where other classes stand; its own place is added
   */
  #rival(moves, channel, taken) {
    const { index, share } = peakOf(moves, this.#way, channel);
    if (share < VISIBLE) return [];
    const name = moves.classes[channel] ?? '';
    const [x, wide] = [this.#x(index), NAME * name.length + NAME];
    const [wanted, lowest] = [this.#y(share) - 5, this.#height - BOTTOM - 2];
    const free = (/** @type {number} */ at) =>
      !taken.some(([a, b]) => Math.abs(a - x) < wide && Math.abs(b - at) < LINE);
    const places = Array.from({ length: lowest - TOP - 12 }, (_, i) => TOP + 12 + i);
    places.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted));
    const y = places.find(free) ?? wanted; // beside those that peak at the same place
    taken.push([x, y]);
    const text = this.#label(index, name, y);
    return [svg('path', { d: this.#path(moves, channel) }), text];
  }

  /**
   * @param {number} index
   * @param {string} text
   * @param {number} [y]
   */
  #label(index, text, y = this.#height - 6) {
    const ends = index === 0 ? 'start' : 'end';
    const anchor = index === 0 || index === this.#count - 1 ? ends : 'middle';
    return svg('text', { x: this.#x(index), y, 'text-anchor': anchor }, text);
  }
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
 * @param {number} width
 * @param {number} height
 */
function grid(width, height) {
  const lines = [0, 0.5, 1].flatMap((share) => {
    const y = TOP + (1 - share) * (height - TOP - BOTTOM);
    const name = percent(share);
    return [
      svg('line', { class: 'axis', x1: LEFT, x2: width - RIGHT, y1: y, y2: y }),
      svg('text', { x: LEFT - 6, y: y + 4, 'text-anchor': 'end' }, name),
    ];
  });
  return svg('g', { class: 'grid' }, ...lines);
}
