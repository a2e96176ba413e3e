// A cell of the image: the pad beside the pixels it became, and the numbers of the way between.

import { pixel } from '../../../render/brush.js';
import { contained } from '../../../input/strokes.js';
import { message } from '../../../text/messages.js';
import { number } from '../../../text/numbers.js';
import { html, percentage, say } from '../../dom.js';
import { createPlane } from '../plane.js';
import { titled } from '../tiles.js';

/** @import { InputReceipt, PadRect } from '../../../kinds/receipt.d.ts' */
/** @import { FormView, Means, Told } from '../types.d.ts' */

const SIDE = 188;
const FACTS = ['ink', 'crop', 'scale', 'centre', 'shift'];

/**
 * @param {InputReceipt} like
 * @param {Means} means
 * @returns {FormView}
 */
export function createInputPicture(like, means) {
  const pad = createPad(means);
  const { rows, columns } = like.side;
  const cell = Math.max(2, Math.floor(SIDE / Math.max(rows, columns)));
  const plane = createPlane(columns, rows, cell);
  const mark = html('span', { class: 'mark' });
  mark.style.width = mark.style.height = `${cell}px`;
  plane.element.classList.add('plain');
  plane.element.append(mark);
  const arrow = html('div', { class: 'arrow' }, '');
  const image = titled(plane.element);
  image.title(message('image.image'), `${rows} × ${columns}`);
  const facts = createFacts();
  const element = html(
    'div',
    { class: 'picture pooling' },
    ...[pad.element, arrow, image.element, facts.element],
  );
  /** @type {object | null} */
  let drawn = null;

  /** @param {Told} told */
  function show(told) {
    const { receipt } = told;
    if (receipt.diagram !== 'image') return;
    if (drawn !== told.drawn) pad.paint();
    paintImage(told, receipt);
    drawn = told.drawn;
    pad.show(receipt);
    facts.show(receipt);
    const { pixel: at } = receipt;
    mark.hidden = !at;
    if (!at) return;
    mark.style.left = `${at.column * cell}px`;
    mark.style.top = `${at.row * cell}px`;
  }

  /**
   * @param {Told} told
   * @param {InputReceipt} receipt
   */
  function paintImage({ tensor, span, colours }, { cell: { layer }, border }) {
    const values = tensor(layer);
    const wide = columns + 2 * border;
    const scale = span(layer, 0);
    plane.paint((i) => {
      const at = (Math.floor(i / columns) + border) * wide + (i % columns) + border;
      return pixel(colours, values?.[at] ?? scale.low, scale);
    });
  }

  return { element, show };
}

/** @param {Means} means */
function createPad({ pad }) {
  const canvas = html('canvas', { width: SIDE, height: SIDE, 'aria-hidden': true });
  const context = canvas.getContext('2d');
  const crop = html('span', { class: 'crop' });
  const mark = html('span', { class: 'mark' });
  const frame = html('div', { class: 'small-pad' }, canvas, crop, mark);
  const { element, title } = titled(frame);
  title(message('image.pad'));

  return {
    element,
    paint() {
      const source = pad();
      context?.clearRect(0, 0, SIDE, SIDE);
      // a pad that is out of sight may have no size, and then nothing to be painted from
      if (source) context?.drawImage(source, 0, 0, SIDE, SIDE);
    },
    /** @param {InputReceipt} receipt */
    show(receipt) {
      title(message(receipt.picture ? 'image.picture' : 'image.pad'));
      place(crop, receipt.preprocess?.crop ?? null, receipt.picture);
      place(mark, receipt.pad, receipt.picture);
    },
  };
}

/**
 * @param {HTMLElement} box
 * @param {PadRect | null} rect as parts of the pad, or of the picture that stands on it
 * @param {InputReceipt['picture']} picture
 */
function place(box, rect, picture) {
  box.hidden = !rect;
  if (!rect) return;
  const within = contained(picture ?? { width: 1, height: 1 });
  const { style } = box;
  style.left = percentage(within.left + rect.left * within.width);
  style.top = percentage(within.top + rect.top * within.height);
  style.width = percentage((rect.right - rect.left) * within.width);
  style.height = percentage((rect.bottom - rect.top) * within.height);
}

function createFacts() {
  const terms = FACTS.map(() => [html('dt'), html('dd')]);
  const element = html('dl', { class: 'facts' }, ...terms.map((pair) => html('div', {}, ...pair)));

  /** @param {InputReceipt} receipt */
  function show(receipt) {
    const told = factsOf(receipt);
    terms.forEach((pair, i) => pair.forEach((part, j) => say(part, told[i]?.[j] ?? '')));
  }

  return { element, show };
}

/**
 * @param {InputReceipt} receipt
 * @returns {(readonly [string, string])[]}
 */
function factsOf({ equation, valueText, preprocess, border, picture }) {
  const ground = picture ? 'picture' : 'pad';
  /** @type {(readonly [string, string])[]} */
  const facts = [[message('value'), equation?.text || valueText]];
  if (!preprocess)
    return [...facts, [message('image.border'), message('image.border.is', { count: border })]];
  const { crop, scale, centre, shift, centred } = preprocess;
  const edge = (/** @type {keyof PadRect} */ name) => number(crop[name], 3);
  const box = {
    left: edge('left'),
    right: edge('right'),
    top: edge('top'),
    bottom: edge('bottom'),
  };
  return [
    ...facts,
    [message('image.crop'), message('image.crop.is', box)],
    [message('image.scale'), message(`image.scale.${ground}`, { pixels: number(scale, 2) })],
    [
      message('image.centre'),
      message('image.centre.is', { x: number(centre.x, 2), y: number(centre.y, 2) }),
    ],
    centred
      ? [
          message('image.moved'),
          message('image.moved.is', { x: number(shift.x, 0), y: number(shift.y, 0) }),
        ]
      : [message('image.placed'), message(`image.placed.${ground}`)],
  ];
}
