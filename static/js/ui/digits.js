// Several digits on the pad: a numbered button at each, to choose which is read.

import { contained } from '../input/strokes.js';
import { message } from '../text/messages.js';
import { html, percentage } from './dom.js';

/** @typedef {readonly [number, number, number, number]} Box left, top, right, bottom */

/**
 * @param {HTMLElement} place above the pad
 * @param {(digit: number) => void} onChoose
 */
export function createDigits(place, onChoose) {
  let shown = '';

  /**
   * @param {readonly Box[]} boxes of the pad, or of the image
   * @param {{ width: number, height: number } | null} image
   */
  function show(boxes, image) {
    const news = JSON.stringify([boxes, image]);
    if (news === shown) return;
    shown = news;
    const within = image ? contained(image) : { left: 0, top: 0, width: 1, height: 1 };
    const held = [...place.children].indexOf(document.activeElement ?? place);
    place.replaceChildren(...boxes.map((box, digit) => button(box, digit, boxes.length, within)));
    const again = place.children[held];
    if (again instanceof HTMLElement) again.focus();
  }

  /**
   * @param {Box} box
   * @param {number} digit
   * @param {number} count
   * @param {{ left: number, top: number, width: number, height: number }} within
   */
  function button([left, , right, bottom], digit, count, within) {
    const made = html('button');
    made.type = 'button';
    made.textContent = String(digit + 1);
    made.title = message('digits.read', { digit: digit + 1, all: count });
    made.setAttribute('aria-label', made.title);
    made.style.left = percentage(within.left + ((left + right) / 2) * within.width);
    made.style.top = percentage(within.top + bottom * within.height);
    made.addEventListener('click', () => onChoose(digit));
    return made;
  }

  return { show };
}
