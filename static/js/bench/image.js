// An image is numbers: as shares of 1 and as 0 to 255, ink dark or light, and of colour three matrices.

import { message } from '../text/messages.js';
import { html, say } from '../ui/dom.js';
import { createChoice, createSwitch } from '../ui/hands.js';
import { floats, pictureIn } from './arrays.js';
import { choice, flag } from './fields.js';
import { picture, sampleDigit, zeroOf } from './picture.js';
import { createPicture } from './picture/hand.js';

/** @import { Tensor } from '../geometry/types.d.ts' */
/** @import { Shown } from '../stage/state.js' */
/** @import { LayerBody } from '../wire/types.d.ts' */
/** @import { Picture, Section, SectionState, Stand } from './types.d.ts' */

/**
 * @typedef {object} Given
 * @property {Picture} picture
 * @property {string} zero black or white: what 0 looks like; '' as is usual for this picture
 * @property {boolean} turned the numbers are turned round
 * @property {boolean} red left out @property {boolean} green @property {boolean} blue
 */

/** What the layers are called. */
const [TURNED, LEVELS, GREY] = ['turned', 'levels', 'grey'];
const MOST = 255;
/** How much of red, green and blue the eye takes for bright (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114];
const COLOURS = /** @type {const} */ (['red', 'green', 'blue']);
/** Rows and columns at most. */
const SIDE = 80;

/** @type {Section<Given>} */
export const image = {
  name: 'image',
  fields: {
    picture: picture(sampleDigit(8), { side: SIDE, colour: true, whole: true }),
    zero: choice(['black', 'white']),
    turned: flag(),
    ...{ red: flag(), green: flag(), blue: flag() },
    guess: choice(['black', 'white', 'either']),
  },
  begins: { layer: LEVELS, channel: 0, row: 7, column: 16 },

  asks(given, prepared) {
    const input = pictureIn(prepared, 'picture');
    const [maps = 1] = input.shape;
    const kept = maps === 1 ? [1] : COLOURS.map((colour) => Number(!given[colour]));
    const all = kept.map(() => 1);
    const most = kept.map((share) => share * MOST);
    const turned = mixing(TURNED, 'input', diagonal(all.map((one) => -one)), all);
    const levels = given.turned
      ? mixing(LEVELS, 'input', diagonal(most.map((share) => -share)), most)
      : mixing(
          LEVELS,
          'input',
          diagonal(most),
          kept.map(() => 0),
        );
    const grey = mixing(GREY, LEVELS, [LUMA], [0]);
    const used = [...(given.turned ? [turned] : []), levels, ...(maps === 1 ? [] : [grey])];
    return {
      input,
      layers: used.map(({ layer }) => layer),
      weights: Object.assign({}, ...used.map(({ weights }) => weights)),
      painted: {
        zero: zeroIn(given),
        greys: { [TURNED]: [0, 1], [LEVELS]: [0, MOST], [GREY]: [0, MOST] },
      },
    };
  },

  hands,

  verdict: ({ guess }) => ({ right: guess === 'either', says: message('bench.image.convention') }),
};

/** @param {Pick<Given, 'zero' | 'picture'>} given @returns {'black' | 'white'} */
function zeroIn({ zero, picture }) {
  if (zero === 'black' || zero === 'white') return zero;
  return zeroOf(picture) ?? 'white';
}

/** Which numbers are large: of ink, of paper, of light, of darkness. @param {Pick<Given, 'picture' | 'turned'>} given @returns {'high' | 'low' | 'photo' | 'negative'} */
function kindOf({ picture, turned }) {
  if (zeroOf(picture)) return turned ? 'negative' : 'photo';
  return turned ? 'low' : 'high';
}

/** @param {readonly number[]} weights @returns {number[][]} each map for itself */
function diagonal(weights) {
  return weights.map((weight, i) => weights.map((_, j) => (i === j ? weight : 0)));
}

/**
 * A convolution of single cells: each map a sum of the maps below, times their weights.
 *
 * @param {string} name
 * @param {string} below
 * @param {readonly (readonly number[])[]} weights
 * @param {readonly number[]} bias of each map
 */
function mixing(name, below, weights, bias) {
  const [{ length: reads }] = /** @type {[readonly number[]]} */ (weights);
  /** @type {LayerBody} */
  const layer = {
    ...{ name, kind: 'conv', inputs: [below], channels: weights.length },
    ...{ kernel: [1, 1], stride: [1, 1], padding: [0, 0] },
    // three maps, each of its own; else of all
    connections: reads > 1 && weights.length === reads ? weights.map((_, k) => [k]) : null,
  };
  return {
    layer,
    weights: {
      [`${name}.weight`]: floats([weights.length, reads, 1, 1], weights.flat()),
      [`${name}.bias`]: floats([weights.length], bias),
    },
  };
}

/** @param {Stand<Given>} stand */
function hands({ give, page }) {
  const hand = createPicture({ page, change: (picture) => give({ picture }) });
  const zero = createChoice(
    message('bench.image.zero'),
    { white: message('bench.image.zero.white'), black: message('bench.image.zero.black') },
    (name) => give({ zero: name }),
  );
  const turned = createSwitch(message('bench.image.turn'), (on) => give({ turned: on }));
  const told = html('p', { class: 'told', role: 'status' });
  const together = createTogether(give);
  const below = html('div', { class: 'hand' }, zero.element, turned.element, told);

  return {
    elements: [hand.element, below, together.element],
    /** @param {Readonly<SectionState<Given>>} state */
    show({ given, trace }) {
      const { guess } = /** @type {Given & { guess: string }} */ (given);
      hand.show(given.picture);
      zero.show(zeroIn(given));
      turned.show(given.turned);
      const [kind, zeros] = [kindOf(given), zeroIn(given)];
      const who = guess ? ` ${message(`bench.image.who.${kind}.${zeros}`)}` : '';
      say(told, message(`bench.image.${kind}.${zeros}`) + who);
      together.show(given, trace);
    },
    pause: hand.pause,
  };
}

/** The three matrices as light of three colours in one picture. @param {Stand<Given>['give']} give */
function createTogether(give) {
  const canvas = html('canvas', { role: 'img' });
  canvas.ariaLabel = message('bench.image.together');
  const switches = COLOURS.map((colour) => ({
    colour,
    ...createSwitch(message(`bench.image.${colour}`), (on) => give({ [colour]: !on })),
  }));
  const title = html('p', {}, html('b', {}, message('bench.image.together')));
  const lights = html('div', {}, title, ...switches.map(({ element }) => element));
  const element = html('div', { class: 'together' }, canvas, lights);
  /** @type {unknown} */
  let painted = null;

  return {
    element,
    /** @param {Readonly<Given>} given @param {Shown | null} trace */
    show(given, trace) {
      const tensor = trace?.tensors.get(LEVELS);
      const coloured = tensor?.shape[0] === COLOURS.length;
      element.hidden = !coloured;
      for (const { colour, show } of switches) show(!given[colour]);
      if (!coloured || tensor === painted) return;
      painted = tensor;
      paint(canvas, tensor);
    },
  };
}

/** @param {HTMLCanvasElement} canvas @param {Tensor} tensor of three maps, 0 to 255 */
function paint(canvas, { data, shape: [, rows = 1, columns = 1] }) {
  Object.assign(canvas, { width: columns, height: rows });
  const [area, pixels] = [rows * columns, new ImageData(columns, rows)];
  for (let i = 0; i < area; i++) {
    const light = COLOURS.map((_, k) => Math.round(data[k * area + i] ?? 0));
    pixels.data.set([...light, MOST], 4 * i);
  }
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
}
