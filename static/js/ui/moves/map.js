// The map of shifts: one cell for each place the drawing is moved to, to be pointed at and walked.

import { ARROWS } from '../../input/listening.js';
import { pixel } from '../../render/brush.js';
import { answerAt, placeText, readText } from '../../scene/moves.js';
import { message } from '../../text/messages.js';
import { html, svg } from '../dom.js';
import { createPlane } from '../receipt/plane.js';

/** @import { Colours } from '../../render/brush.js' */
/** @import { Moves, Spot } from '../../scene/moves.js' */

/**
 * @param {number} side cells along an edge
 * @param {number} cell px
 * @param {(spot: Spot) => void} onPoint
 */
export function createShiftMap(side, cell, onPoint) {
  const plane = createPlane(side, side, cell);
  const size = side * cell;
  const frame = svg('rect', { class: 'spot', width: cell, height: cell });
  const middle = ((side - 1) / 2) * cell;
  const still = svg('rect', { class: 'still', x: middle, y: middle, width: cell, height: cell });
  const whole = { class: 'marks', width: size, height: size, 'aria-hidden': true };
  const marks = svg('svg', whole, still, frame, ...axes((side - 1) / 2, cell, size));
  const role = { role: 'application', 'aria-roledescription': message('moves.map') };
  const element = html('div', { class: 'shift-map', tabindex: 0, ...role }, plane.element, marks);
  let at = (side * side - 1) / 2;

  /** @param {number} index */
  const point = (index) => onPoint({ way: 'shift', index });
  plane.element.addEventListener('pointermove', (event) => point(plane.at(event)));
  plane.element.addEventListener('pointerdown', (event) => point(plane.at(event)));
  element.addEventListener('keydown', (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const within = (/** @type {number} */ value) => Math.min(side - 1, Math.max(0, value));
    const [right, down] = arrow;
    point(within(Math.floor(at / side) + down) * side + within((at % side) + right));
  });

  /**
   * @param {Moves} moves
   * @param {Colours} colours
   */
  function paint(moves, colours) {
    plane.paint((index) => pixel(colours, answerAt(moves, { way: 'shift', index }), moves.range));
  }

  /**
   * @param {Moves} moves
   * @param {Spot} spot
   */
  function mark(moves, spot) {
    const here = spot.way === 'shift';
    frame.toggleAttribute('hidden', !here);
    if (!here) return;
    at = spot.index;
    frame.setAttribute('x', String((at % side) * cell));
    frame.setAttribute('y', String(Math.floor(at / side) * cell));
    element.setAttribute('aria-label', `${placeText(moves, spot)}: ${readText(moves, spot)}`);
  }

  return { element, paint, mark };
}

/**
 * How far a place is from where the digit was drawn: to the sides below the map, up and down beside it.
 *
 * @param {number} reach px to each side
 * @param {number} cell px
 * @param {number} size of the map
 */
function axes(reach, cell, size) {
  const middle = size / 2;
  /** @type {[x: number, y: number, anchor: string, text: string][]} */
  const words = [
    [0, size + 13, 'start', message('moves.left', { reach })],
    [middle, size + 13, 'middle', '0'],
    [size, size + 13, 'end', message('moves.right', { reach })],
    [size + 5, cell, 'start', message('moves.up', { reach })],
    [size + 5, middle + 4, 'start', '0'],
    [size + 5, size - 1, 'start', message('moves.down', { reach })],
  ];
  return words.map(([x, y, anchor, text]) => svg('text', { x, y, 'text-anchor': anchor }, text));
}
