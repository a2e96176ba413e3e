// What preprocessing found on the pad, as the trace says: the dashed box that it cut out, and of
// several digits a numbered button at each, to choose which is read.

import { contained } from '../input/strokes.js';
import { message } from '../text/messages.js';
import { button, percentage } from './dom.js';

/** @import { Tensor } from '../geometry/types.d.ts' */
/** @typedef {readonly [number, number, number, number]} Box left, top, right, bottom; of the pad, or of the image */
/** @typedef {{ width: number, height: number } | null} Image null for strokes, which take all of the pad */

/**
 * @param {HTMLElement} box
 * @param {Tensor | undefined} crop left, top, right, bottom
 * @param {Image} image
 */
export function showCrop(box, crop, image) {
  if (box.hidden !== !crop) box.hidden = !crop;
  if (!crop) return;
  const [left = 0, top = 0, right = 0, bottom = 0] = crop.data;
  const within = placeOf(image);
  putAt(box, left, top, within);
  box.style.width = percentage((right - left) * within.width);
  box.style.height = percentage((bottom - top) * within.height);
}

/**
 * @param {HTMLElement} place above the pad
 * @param {(digit: number) => void} onChoose
 * @returns {(boxes: readonly Box[], image: Image) => void}
 */
export function createDigits(place, onChoose) {
  let shown = '';

  return (boxes, image) => {
    const news = JSON.stringify([boxes, image]);
    if (news === shown) return;
    shown = news;
    const within = placeOf(image);
    const held = [...place.children].indexOf(document.activeElement ?? place);
    const made = boxes.map(([left, , right, bottom], digit) => {
      const title = message('digits.read', { digit: digit + 1, all: boxes.length });
      const act = { title, 'aria-label': title, onclick: () => onChoose(digit) };
      return putAt(button(act, String(digit + 1)), (left + right) / 2, bottom, within);
    });
    place.replaceChildren(...made);
    made[held]?.focus();
  };
}

/** @param {Image} image */
function placeOf(image) {
  return image ? contained(image) : { left: 0, top: 0, width: 1, height: 1 };
}

/**
 * @template {HTMLElement} Kind
 * @param {Kind} element
 * @param {number} x of the image, or of the pad
 * @param {number} y
 * @param {ReturnType<typeof placeOf>} within
 */
function putAt(element, x, y, within) {
  element.style.left = percentage(within.left + x * within.width);
  element.style.top = percentage(within.top + y * within.height);
  return element;
}
