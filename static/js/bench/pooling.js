// Pooling: what of a window is kept; and by how much pooled maps stay as they were, or move along, when
// the picture is moved, turned and enlarged.

import { matrixOf } from '../geometry/matrix.js';
import { message } from '../text/messages.js';
import { html, say } from '../ui/dom.js';
import { createChoice, createSlider, createSwitch } from '../ui/hands.js';
import { createMatrix } from '../ui/matrix.js';
import { movesIn } from '../wire/operations.js';
import { mapOf, pictureIn } from './arrays.js';
import { choice, flag, matrix, some, whole } from './fields.js';
import { picture, sampleDigit, zeroOf } from './picture.js';
import { loadLearnt } from './kernels/loaded.js';
import { createPicture } from './picture/hand.js';
import { SOBEL } from './pictures.js';
import {
  graphOf,
  isMoved,
  kernelsOf,
  MODES,
  movedPicture,
  poolOf,
  RELU,
  STILL,
} from './pooling/graph.js';
import { createShares, isNothing, shareText } from './pooling/shares.js';

/** @import { Matrix } from '../geometry/matrix.js' */
/** @import { Shown } from '../stage/state.js' */
/** @import { Tensors } from '../geometry/types.d.ts' */
/** @import { Asked, Cell, Picture, Section, SectionState, Stand } from './types.d.ts' */
/** @import { Kernels, Mode, Placed } from './pooling/graph.js' */

/**
 * @typedef {object} Chosen
 * @property {string} maps '' by hand; else those that kernels make of the picture
 * @property {Matrix} map by hand
 * @property {Picture} picture
 * @property {readonly Mode[]} modes
 * @property {number} window rows and columns
 * @property {number} stride
 * @property {boolean} own each layer has a scale of its own
 */
/** @typedef {Chosen & Placed} Given */

/** Rows and columns of what is typed by hand. */
const LARGEST = 12;
/** And of a file. */
const LARGEST_FILE = 32;
/** The least and the most of each. @type {Readonly<Record<'window' | 'stride' | keyof Placed, readonly [number, number]>>} */
const RANGES = {
  ...{ window: [1, 6], stride: [1, 6] },
  ...{ right: [-10, 10], down: [-10, 10], rotation: [-45, 45], scale: [50, 150] },
};
const PLACED = /** @type {const} */ (['right', 'down', 'rotation', 'scale']);

/** The essay's, of its figure 10. */
const ESSAY = matrixOf([
  [1, 1, 2, 4],
  [5, 6, 7, 8],
  [3, 2, 1, 0],
  [1, 2, 3, 4],
]);
const EDGES = kernelsOf([SOBEL]);

/** @type {Section<Given>} */
export const pooling = {
  name: 'pooling',
  fields: {
    maps: choice(['edges', 'learnt']),
    map: matrix(ESSAY, LARGEST),
    picture: picture(sampleDigit(3), { side: LARGEST_FILE }),
    modes: some(MODES, ['max']),
    window: whole(2, ...RANGES.window),
    stride: whole(2, ...RANGES.stride),
    right: whole(STILL.right, ...RANGES.right),
    down: whole(STILL.down, ...RANGES.down),
    rotation: whole(STILL.rotation, ...RANGES.rotation),
    scale: whole(STILL.scale, ...RANGES.scale),
    own: flag(),
    guess: choice(['same', 'along', 'other']),
  },
  begins: { layer: poolOf('max'), channel: 0, row: 0, column: 0 },
  shows: { ...STILL, maps: 'edges', modes: ['max'], window: 2, stride: 2, right: 1 },

  prepares: (given, pictures) => movedPicture(inputOf(given, pictures), given),

  loads: loadLearnt,

  asks(given, prepared, /** @type {Kernels | null} */ learnt) {
    const moved = isMoved(given) ? (prepared.get('input.moved') ?? null) : null;
    const kernels = (given.maps === 'learnt' && learnt) || EDGES;
    const input = inputOf(given, prepared);
    if (!given.maps) return graphOf({ input, moved, kernels: null, given });
    const asked = graphOf({ input, moved, kernels, given });
    return { ...asked, painted: { zero: zeroOf(given.picture) } };
  },

  hands,

  verdict(given, shown) {
    const [plain, pooled] = layersOf(given).map((layer) => farthest(shown, layer));
    if (!isMoved(given) || !plain || !pooled) return null;
    const is = isNothing(pooled.before) ? 'same' : isNothing(pooled.along) ? 'along' : 'other';
    const gaps = {
      ...{ before: shareText(pooled.before), along: shareText(pooled.along) },
      ...{ plain: shareText(plain.along), stride: given.stride },
    };
    return { right: given.guess === is, says: message(`bench.pooling.is.${is}`, gaps) };
  },
};

/** @param {Readonly<Given>} given @param {Tensors} pictures @returns {Asked['input']} */
const inputOf = ({ maps, map }, pictures) => (maps ? pictureIn(pictures, 'picture') : mapOf(map));

/** @param {Readonly<Given>} given @returns {string[]} what is not pooled, and what is */
const layersOf = ({ maps, modes }) => [maps ? RELU : 'input', ...modes.map(poolOf)];

/** @param {Shown} shown @returns {number} of each layer, without those of the moved picture */
function mapsOf({ tensors }) {
  const [pictures = 1] = tensors.get('input')?.shape ?? [];
  const [maps = pictures] = (tensors.get(RELU) ?? tensors.get('input'))?.shape ?? [];
  return maps / pictures;
}

/**
 * As the picture is moved now: the map that is farthest from before, and the one that is farthest from that moved along.
 *
 * @param {Shown} shown
 * @param {string} layer
 */
function farthest(shown, layer) {
  const [, ...found] = movesIn(shown)?.[0]?.[layer] ?? [];
  const [before, along] = found.map((shares) => {
    const numbers = shares.slice(0, mapsOf(shown)).filter((one) => one !== null);
    return numbers.length ? Math.max(...numbers) : null;
  });
  return typeof before === 'number' && typeof along === 'number' ? { before, along } : null;
}

/** @param {Stand<Given>} stand */
function hands({ give, point, store, page }) {
  const of = createSource((maps) => give({ maps }));
  const map = createMatrix({
    ...{ name: message('bench.pooling.map.typed'), most: LARGEST, change: (map) => give({ map }) },
    point: (row, column) => point(above(store.get().given, row, column)),
  });
  const shown = createPicture({ page, change: (picture) => give({ picture }) });
  const modes = MODES.map((mode) => createSwitchOf(mode, { give, store }));
  const sliders = /** @type {const} */ (['window', 'stride', ...PLACED]).map((name) => {
    const [least, most] = RANGES[name];
    const change = (/** @type {number} */ value) => give({ [name]: value });
    const slider = createSlider({ name: message(`bench.pooling.${name}`), least, most, change });
    return { ...slider, name };
  });
  const own = createSwitch(message('bench.pooling.own'), (own) => give({ own }));
  const still = createChoice(
    message('bench.pooling.moves'),
    { still: message('bench.pooling.still') },
    () => give(STILL),
  );
  const shares = createShares((right) => give({ ...STILL, right }));
  const told = html('p', { class: 'told', role: 'status' });
  keepScale(store);

  return {
    elements: [
      group([of, map, shown]),
      group([
        { element: html('div', { class: 'pool-modes' }, ...modes.map((one) => one.element)) },
        ...sliders.slice(0, 2),
        own,
      ]),
      group([...sliders.slice(2), still]),
      html('div', { class: 'hand shares-hand' }, ...shares.elements, told),
    ],
    /** @param {Readonly<SectionState<Given>>} state */
    show({ given, trace, pinned, pointed }) {
      const cell = pinned ?? pointed;
      of.show(given.maps);
      map.element.hidden = given.maps !== '';
      shown.element.hidden = !map.element.hidden;
      shown.show(given.picture);
      map.show(given.map, cell && windowOf(given, cell));
      for (const one of modes) one.show(given.modes.includes(one.mode));
      for (const one of sliders) one.show(given[one.name]);
      own.show(given.own);
      const found = trace && movesIn(trace);
      if (!found) return;
      const maps = mapsOf(trace);
      const how = { map: (cell?.channel ?? 0) % maps, moved: isMoved(given) };
      shares.show(found, layersOf(given), maps, how);
      say(told, toldOf(given, trace, found[0]));
    },
    pause: shown.pause,
  };
}

/** @param {(maps: string) => void} take */
function createSource(take) {
  const words = {
    '': message('bench.pooling.essay'),
    edges: message('bench.pooling.edges'),
    learnt: message('bench.pooling.learnt'),
  };
  return createChoice(message('bench.pooling.maps'), words, take);
}

/** @param {readonly { element: HTMLElement }[]} parts */
function group(parts) {
  return html('div', { class: 'hand' }, ...parts.map(({ element }) => element));
}

/** One mode is always on. @param {Mode} mode @param {Pick<Stand<Given>, 'give' | 'store'>} stand */
function createSwitchOf(mode, { give, store }) {
  const flip = createSwitch(message(`bench.pooling.${mode}`), (on) => {
    const { modes } = store.get().given;
    const next = MODES.filter((one) => (one === mode ? on : modes.includes(one)));
    give({ modes: next.length ? next : [mode] });
  });
  return { ...flip, mode };
}

/** The window of a pooled cell. @param {Readonly<Given>} given @param {Cell} cell */
function windowOf({ modes, window, stride }, { layer, channel, row, column }) {
  if (channel || !modes.some((mode) => poolOf(mode) === layer)) return null;
  return { row: row * stride, column: column * stride, rows: window, columns: window };
}

/** The cell in whose window a number of the map is. @param {Readonly<Given>} given @param {number} row @param {number} column @returns {Cell} */
function above({ modes: [mode = 'max'], stride }, row, column) {
  const at = (/** @type {number} */ one) => Math.floor(one / stride);
  return { layer: poolOf(mode), channel: 0, row: at(row), column: at(column) };
}

/** How many cells are pooled into how many, and how many of them are compared. */
/** @param {Readonly<Given>} given @param {Shown} shown @param {import('./pooling/shares.js').Compared} [found] */
function toldOf(given, { tensors }, found) {
  const cells = layersOf(given).map((layer) => {
    const [, rows = 0, columns = 0] = tensors.get(layer)?.shape ?? [];
    return { all: rows * columns, count: found?.[layer]?.[0] ?? 0 };
  });
  const [from, to] = cells;
  if (!from?.all || !to?.all) return '';
  const smaller = message('bench.pooling.smaller', { from: from.all, to: to.all });
  if (!isMoved(given)) return smaller;
  const counts = { plain: from.count, all: from.all, pooled: to.count, rest: to.all };
  const twice = given.maps ? ` ${message('bench.pooling.twice')}` : '';
  return `${smaller} ${message('bench.pooling.counted', counts)}${twice}`;
}

/** The scale of the stage is given, too. @param {Stand<Given>['store']} store */
function keepScale(store) {
  const follow = () => {
    const scale = store.get().given.own ? 'own' : 'network';
    if (store.get().scale !== scale) store.set({ scale });
  };
  store.subscribe((_, changed) => {
    if ('given' in changed) follow();
  });
  follow();
}
