// "Move the digit": what the network makes of a drawing at every place, angle and size.

import { pixel } from '../../render/colours.js';
import {
  home,
  inkAt,
  placeText,
  queryOf,
  readText,
  sayHolding,
  shareText,
} from '../../scene/moves.js';
import { message, pieces } from '../../text/messages.js';
import { html, say } from '../dom.js';
import { gap, head, leave, lineFrame, openFrame, sheetFrame } from '../frames.js';
import { createPlane } from '../receipt/plane.js';
import { titled } from '../receipt/tiles.js';
import { MoveCurve } from './curve.js';
import { createShiftMap } from './map.js';

/** @import { Colours } from '../../render/colours.js' */
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
 * @param {boolean} narrow on a phone
 * @param {Acts} on
 */
export function createMovesPanel(narrow, on) {
  const { who, shows, value, place, read, holding } = createWho();
  const choice = createChoice(on.choose);
  const body = html('div', { class: 'body moves' });
  const element = narrow
    ? sheetFrame(who, null, html('div', { class: 'body' }, choice.element, body), on.close)
    : openFrame(who, head([choice.element], [leave(message('close.word'), on.close)]), body);

  /** @type {Parts | null} */
  let parts = null;
  /** @type {Moves | null} */
  let moves = null;
  /** @type {Image | null} */
  let image = null;
  /** @type {Colours | null} */
  let shades = null;
  /** @type {Spot} */
  let spot = { way: 'shift', index: 0 };

  /** @param {Spot | null} next */
  function point(next) {
    if (!moves) return;
    spot = next ?? home(moves, 'shift');
    mark();
    on.point(movedTo(moves, spot));
  }

  function mark() {
    if (!moves || !parts || !image || !shades) return;
    const { map, curves, preview, legend } = parts;
    map.mark(moves, spot);
    for (const curve of curves) curve.mark(moves, spot);
    const name = moves.classes[moves.chosen] ?? '';
    say(legend.caption, message('moves.probability', { class: name }));
    const ink = inkAt(moves, spot, image.ink, image.width);
    const colours = shades;
    preview.paint((index) => pixel(colours, ink(index), INK));
    say(value, shareText(moves, spot));
    say(place, message('moves.is', { class: name, place: placeText(moves, spot) }));
    say(read, readText(moves, spot));
  }

  /**
   * @param {Moves} now
   * @param {Image} drawn
   * @param {string} above what was done to the digit that the stage shows
   * @param {Colours} colours
   */
  function show(now, drawn, above, colours) {
    [moves, image, shades] = [now, drawn, colours];
    if (!parts || parts.side !== now.side || parts.width !== drawn.width) {
      parts = createParts(now, drawn, narrow, point);
      spot = home(now, 'shift');
      body.replaceChildren(parts.element);
    }
    choice.show(now.classes, now.chosen);
    parts.map.paint(now, colours);
    for (const curve of parts.curves) curve.paint(now);
    say(shows, message('moves.above', { how: above }));
    say(holding, sayHolding(now));
    mark();
  }

  /** @param {string} sentence in place of everything, while there is nothing to show */
  function wait(sentence) {
    parts = null;
    for (const part of [shows, value, place, read]) say(part, '');
    say(holding, sentence);
    body.replaceChildren();
  }

  return { element, show, wait };
}

/**
 * @param {Moves} moves
 * @param {Spot} spot
 * @returns {Moved | null} null where nothing is changed
 */
function movedTo(moves, spot) {
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

function createWho() {
  const shows = html('p', { class: 'after' });
  const value = html('div', { class: 'value' });
  const place = html('p', { class: 'after' });
  const read = html('p', { class: 'after', 'aria-live': 'polite' });
  const holding = html('p', { class: 'why' });
  const name = html('div', { class: 'name' }, message('moves.title'));
  const who = html('div', { class: 'who' }, name, shows, value, place, read, holding);
  return { who, shows, value, place, read, holding };
}

/** @typedef {ReturnType<typeof createParts>} Parts */

/**
 * @param {Moves} moves
 * @param {Image} image
 * @param {boolean} narrow
 * @param {(spot: Spot | null) => void} point null once nothing is pointed at
 */
function createParts(moves, image, narrow, point) {
  const map = createShiftMap(moves.side, CELL, point);
  const size = narrow ? { ...CURVE, width: 320 } : CURVE;
  const turned = new MoveCurve('rotation', message('moves.turned'), size, point);
  const sized = new MoveCurve('scale', message('moves.enlarged'), size, point);
  for (const { element } of [map, turned, sized]) whenLeft(element, () => point(null));
  const preview = createPlane(image.width, image.ink.length / image.width, PREVIEW);
  const reach = Math.max(...Array.from(moves.offsets));
  const legend = createLegend();
  const blocks = [
    block(message('moves.moved'), message('moves.reach', { reach }), map.element),
    block(message('moves.read'), '', html('div', {}, preview.element, legend.element)),
    block(message('moves.turned'), message('moves.degrees'), turned.element),
    block(message('moves.enlarged'), message('moves.times'), sized.element),
  ];
  const element = html('div', { class: 'moves-parts' }, ...blocks);
  const kept = { side: moves.side, width: image.width };
  return { element, map, curves: [turned, sized], preview, legend, ...kept };
}

/** What the colours of the map are, with their ends. */
function createLegend() {
  const caption = html('span', { class: 'moves-caption' });
  const bar = html('span', { class: 'moves-bar', 'aria-hidden': true });
  const ends = html(
    'span',
    { class: 'moves-ends' },
    html('span', {}, '0'),
    html('span', {}, '100\u202f%'),
  );
  return { caption, element: html('div', { class: 'moves-legend' }, bar, ends, caption) };
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
  const select = html('select', { class: 'choice' });
  select.addEventListener('change', () => choose(select.selectedIndex));
  const element = html(
    'label',
    { class: 'choose' },
    ...pieces('moves.probability', { class: select }),
  );

  /**
   * @param {readonly string[]} classes
   * @param {number} chosen
   */
  function show(classes, chosen) {
    if (select.options.length !== classes.length) {
      select.replaceChildren(...classes.map((one) => html('option', {}, one)));
    }
    select.selectedIndex = chosen;
  }

  return { element, show };
}

/**
 * The folded account has a line only.
 *
 * @param {string} sentence
 * @param {Acts} on
 */
export function movesLine(sentence, on) {
  const says = html(
    'span',
    { class: 'says' },
    html('b', {}, message('moves.title')),
    ' ',
    sentence,
  );
  return lineFrame(says, gap(), leave(message('close.word'), on.close));
}
