// "Move the digit": what the network makes of a drawing at every place, angle and size.

import { pixel } from '../../render/brush.js';
import {
  home,
  inkAt,
  isText,
  nameKey,
  nameText,
  placeText,
  queryOf,
  readText,
  shareText,
} from '../../scene/moves.js';
import { message, pieces } from '../../text/messages.js';
import { ends } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { html, say } from '../dom.js';
import { gap, leave, lineFrame, panelFrame } from '../frames.js';
import { createPlane } from '../receipt/plane.js';
import { titled } from '../receipt/tiles.js';
import { createMoveCurve } from './curve.js';
import { createShiftMap } from './map.js';

/** @import { Colours } from '../../render/brush.js' */
/** @import { Moves, Spot } from '../../scene/moves.js' */
/** @import { Moved } from '../../wire/questions.js' */

/**
 * The drawing's image as the network reads it, without its border.
 *
 * @typedef {object} Image
 * @property {ArrayLike<number>} ink 0..1
 * @property {number} width
 */

/**
 * @typedef {object} Acts
 * @property {() => void} close
 * @property {(channel: number) => void} choose a class
 * @property {(moved: Moved | null) => void} point what the stage shall show; null for the drawing as it is
 */

const INK = { image: true, limit: 1, low: 0, high: 1 };
const CELL = 9;
const PREVIEW = 5;
const CURVE = { width: 268, height: 212 };

/**
 * @typedef {object} Seen
 * @property {Found | null} found null while there is nothing to show
 * @property {string} sentence how far the answer holds, or why there is nothing to show
 */

/**
 * @typedef {object} Found
 * @property {Moves} moves
 * @property {Image} image
 * @property {Spot | null} dragged how far the digit is dragged on the stage
 * @property {string} above what was done to the digit that the stage shows
 * @property {Colours} colours
 */

/**
 * @param {'open' | 'sheet'} shape
 * @param {Acts} on
 */
export function createMovesPanel(shape, on) {
  const name = html('div', { class: 'name' }, message('moves.title'));
  const shows = html('p', { class: 'after' });
  const value = html('div', { class: 'value' });
  const place = html('p', { class: 'after' });
  const read = html('p', { class: 'after', 'aria-live': 'polite' });
  const holding = html('p', { class: 'why' });
  const choice = createChoice(on.choose);
  const body = html('div', { class: 'body moves' });
  const who = [name, shows, value, place, read, holding];
  const element = panelFrame(shape, who, [choice.element], body, on.close);

  /** @type {Parts | null} */
  let parts = null;
  /** @type {Found | null} */
  let found = null;
  /** @type {Spot} */
  let spot = { way: 'shift', index: 0 };
  let held = false;

  /** @param {Spot | null} next */
  function point(next) {
    if (!found) return;
    spot = next ?? home(found.moves, 'shift');
    mark(found);
    on.point(movedTo(found.moves, spot));
  }

  /** @param {Found} found */
  function mark({ moves, image, colours }) {
    if (!parts) return;
    for (const picture of parts.pictures) picture.mark(moves, spot);
    parts.legend.show(moves);
    const ink = inkAt(moves, spot, image.ink, image.width);
    parts.preview.paint((index) => pixel(colours, ink(index), INK));
    say(value, shareText(moves, spot));
    say(place, isText(moves, spot));
    say(read, readText(moves, spot));
  }

  /** @param {Seen} seen */
  function show({ found: now, sentence }) {
    found = now;
    say(holding, sentence);
    if (!found) {
      parts = null;
      for (const part of [shows, value, place, read]) say(part, '');
      return body.replaceChildren();
    }
    const { moves, image, above, colours } = found;
    if (!parts || parts.side !== moves.side || parts.width !== image.width) {
      parts = createParts(moves, image, shape, point);
      spot = home(moves, 'shift');
      body.replaceChildren(parts.element);
    }
    if (held || found.dragged) spot = found.dragged ?? home(moves, 'shift');
    held = found.dragged !== null;
    choice.show(moves);
    for (const picture of parts.pictures) picture.paint(moves, colours);
    say(shows, `${message('moves.above', { how: above })} ${message('moves.drag')}`);
    mark(found);
  }

  return { element, show };
}

/** The folded account has a line only. @param {Acts} on */
export function createMovesLine({ close }) {
  const says = html('span');
  const title = html('b', {}, message('moves.title'));
  const whole = html('span', { class: 'says' }, title, ' ', says);
  const element = lineFrame(whole, gap(), leave(message('close.word'), close));
  return { element, show: (/** @type {Seen} */ { sentence }) => say(says, sentence) };
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {Moved | null} null where nothing is changed
 */
export function movedTo(moves, spot) {
  if (spot.index === home(moves, spot.way).index) return null;
  return { query: queryOf(moves, spot), text: placeText(moves, spot) };
}

/**
 * A finger may be lifted, to look: it leaves by touching something else, as keys do.
 *
 * @param {HTMLElement | SVGSVGElement} element
 * @param {() => void} leave
 */
function whenLeft(element, leave) {
  element.addEventListener('pointerdown', () => element.focus({ preventScroll: true }));
  element.addEventListener('blur', leave);
  element.addEventListener('pointerleave', (event) => {
    if (/** @type {PointerEvent} */ (event).pointerType !== 'touch') leave();
  });
}

/** @typedef {ReturnType<typeof createParts>} Parts */

/**
 * @param {Moves} moves
 * @param {Image} image
 * @param {'open' | 'sheet'} shape
 * @param {(spot: Spot | null) => void} point null once nothing is pointed at
 */
function createParts(moves, image, shape, point) {
  const map = createShiftMap(moves.side, CELL, point);
  const size = shape === 'sheet' ? { ...CURVE, width: 320 } : CURVE;
  const turned = createMoveCurve('rotation', message('moves.turned'), size, point);
  const sized = createMoveCurve('scale', message('moves.enlarged'), size, point);
  const pictures = [map, turned, sized];
  for (const { element } of pictures) whenLeft(element, () => point(null));
  const preview = createPlane(image.width, image.ink.length / image.width, PREVIEW);
  const reach = Math.max(...Array.from(moves.offsets));
  const legend = createLegend();
  const read = html('div', {}, preview.element, legend.element);
  const element = html(
    'div',
    { class: 'moves-parts' },
    block(message('moves.moved'), message('moves.reach', { reach }), map.element),
    block(message('moves.read'), '', read),
    block(message('moves.turned'), message('moves.degrees'), turned.element),
    block(message('moves.enlarged'), message('moves.times'), sized.element),
  );
  return { element, pictures, preview, legend, side: moves.side, width: image.width };
}

/** What the colours of the map are, with their ends: those of shares have one side, those of scores two. */
function createLegend() {
  const bar = html('span', { class: 'moves-bar', 'aria-hidden': true });
  const [low, high] = [html('span'), html('span')];
  const caption = html('span', { class: 'moves-caption' });
  const sides = html('span', { class: 'moves-ends' }, low, high);
  const element = html('div', { class: 'moves-legend' }, bar, sides, caption);

  /** @param {Moves} moves */
  function show(moves) {
    const { shares, range } = moves;
    const { lowText, highText } = ends(-range.limit, range.limit);
    bar.classList.toggle('signed', !shares);
    say(low, shares ? '0' : lowText);
    say(high, shares ? percent(1) : highText);
    say(caption, nameText(moves));
  }

  return { element, show };
}

/**
 * @param {string} name
 * @param {string} more
 * @param {HTMLElement | SVGSVGElement} content
 */
function block(name, more, content) {
  const { element, title } = titled(content);
  title(name, more);
  return element;
}

/** @param {(channel: number) => void} choose */
function createChoice(choose) {
  const act = { class: 'choice', onchange: () => choose(select.selectedIndex) };
  const select = html('select', act);
  const element = html('label', { class: 'choose' });
  /** @type {import('../../text/messages.js').Key | null} */
  let said = null;

  /** @param {Moves} moves */
  function show(moves) {
    const { classes, chosen } = moves;
    const words = nameKey(moves);
    if (said !== words) element.replaceChildren(...pieces(words, { class: select }));
    said = words;
    if (select.options.length !== classes.length) {
      select.replaceChildren(...classes.map((one) => html('option', {}, one)));
    }
    select.selectedIndex = chosen;
  }

  return { element, show };
}
