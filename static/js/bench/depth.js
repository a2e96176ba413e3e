// Depth, stride, padding, dilation: how many maps a convolution reads and makes, and how large they are.

import { createChoice, createSlider } from '../ui/hands.js';
import { html, say } from '../ui/dom.js';
import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { floats } from './arrays.js';
import { createGround, readLines, unread, windowLines } from './depth/ground.js';
import { kernelsOf, mapsOf } from './depth/patterns.js';
import { createVolumes } from './depth/volumes.js';
import { choice, whole } from './fields.js';

/** @import { Cell, Section, SectionState, Stand } from './types.d.ts' */
/** @import { Graph } from '../geometry/types.d.ts' */

/**
 * @typedef {object} Given
 * @property {number} maps that are read
 * @property {number} size rows and columns of each of them, n
 * @property {number} kernels
 * @property {number} kernel rows and columns of each of them, k
 * @property {number} stride s
 * @property {number} padding p, on each side
 * @property {number} dilation d
 */

const LAYER = 'conv';

/** The least, the first and the most of each. @type {Readonly<Record<keyof Given, readonly [number, number, number]>>} */
const RANGES = {
  maps: [1, 3, 6],
  size: [1, 7, 14],
  kernels: [1, 2, 6],
  kernel: [1, 3, 5],
  stride: [1, 1, 6],
  padding: [0, 0, 12],
  dilation: [1, 1, 3],
};
const NAMES = /** @type {(keyof Given)[]} */ (Object.keys(RANGES));

/** @param {keyof Given} name */
function field(name) {
  const [least, first, most] = RANGES[name];
  return whole(first, least, most);
}

/** From the first to the last row of a window, less 1. @param {Readonly<Given>} given */
const reach = ({ kernel, dilation }) => dilation * (kernel - 1);

/** What padding has a name. @type {Readonly<Record<string, (given: Readonly<Given>) => Partial<Given>>>} */
const PADDINGS = {
  valid: () => ({ padding: 0 }),
  same: (given) => ({ padding: Math.floor(reach(given) / 2), stride: 1 }),
  full: (given) => ({ padding: reach(given) }),
};
/** One kernel over six maps, as each of conv2's in LeNet. @type {Given} */
const SECOND = { maps: 6, size: 14, kernels: 1, kernel: 5, stride: 1, padding: 0, dilation: 1 };

/** @type {Section<Given>} */
export const depth = {
  name: 'depth',
  fields: {
    maps: field('maps'),
    size: field('size'),
    kernels: field('kernels'),
    kernel: field('kernel'),
    stride: field('stride'),
    padding: field('padding'),
    dilation: field('dilation'),
    guess: choice(['one', 'three']),
  },
  begins: { layer: LAYER, channel: 0, row: 0, column: 0 },
  shows: { maps: 3, kernels: 1 },

  asks({ maps, size, kernels, kernel, stride, padding, dilation }) {
    return {
      input: mapsOf(maps, size),
      layers: [
        {
          ...{ name: LAYER, kind: 'conv', inputs: ['input'], channels: kernels },
          ...{ kernel: [kernel, kernel], stride: [stride, stride] },
          ...{ padding: [padding, padding], dilation: [dilation, dilation] },
        },
      ],
      weights: {
        [`${LAYER}.weight`]: kernelsOf(kernels, maps, kernel),
        [`${LAYER}.bias`]: floats([kernels], new Float32Array(kernels)),
      },
    };
  },

  hands,

  verdict({ guess }, { tensors }) {
    const [maps] = tensors.get('input')?.shape ?? [];
    const [made] = tensors.get(LAYER)?.shape ?? [];
    if (!maps || !made) return null;
    return { right: guess === 'one', says: message('bench.depth.answer', { maps, count: made }) };
  },
};

/** @param {Stand<Given>} stand */
function hands({ give, point, store }) {
  const sliders = NAMES.map((name) => {
    const [least, , most] = RANGES[name];
    const change = (/** @type {number} */ value) => give({ [name]: value });
    const slider = createSlider({ name: message(`bench.depth.${name}`), least, most, change });
    return { name, slider };
  });
  const paddings = createChoice(
    message('bench.depth.paddings'),
    {
      valid: message('bench.depth.valid'),
      same: message('bench.depth.same'),
      full: message('bench.depth.full'),
      second: message('bench.depth.second'),
    },
    (name) => give(PADDINGS[name]?.(store.get().given) ?? SECOND),
  );
  const ground = createGround((place) => point(around(store.get(), place)));
  const volumes = createVolumes();
  const filled = html('span', { class: 'depth-filled', role: 'status' });
  const formula = html('p', { class: 'depth-size' }, message('bench.depth.formula'), filled);
  const told = html('p', { class: 'depth-told', role: 'status' });
  const all = html('div', { class: 'hand' }, ...sliders.map(({ slider }) => slider.element));

  return {
    elements: [all, ground.element, paddings.element, formula, told, volumes.element],
    /** @param {Readonly<SectionState<Given>>} state */
    show(state) {
      const { given } = state;
      for (const { name, slider } of sliders) slider.show(given[name]);
      const graph = answered(state);
      const made = graph?.size(LAYER).rows ?? null;
      const drawn = groundOf(state, graph);
      ground.show(drawn);
      volumes.show({ ...given, made, own: (state.pinned ?? state.pointed)?.channel ?? 0 });
      say(filled, sizeText(given, made));
      say(told, graph ? toldOf(given, graph, unread(drawn)) : '');
    },
  };
}

/**
 * The graph that answers what is given now.
 *
 * @param {Readonly<SectionState<Given>>} state
 * @returns {Graph | null} null while there is none, or none yet
 */
function answered({ given, graph, refused }) {
  if (!graph || refused) return null;
  const { kernel, stride, padding, dilation } = graph.layer(LAYER);
  const { channels: maps, rows: size } = graph.size(graph.input);
  const of = { maps, size, kernels: graph.size(LAYER).channels };
  const sides = { kernel: kernel[0], stride: stride[0], padding: padding[0] };
  const asked = { ...of, ...sides, dilation: dilation[0] };
  const same = NAMES.every((name) => asked[name] === given[name]);
  return same ? graph : null;
}

/** @param {Readonly<SectionState<Given>>} state @param {Graph | null} graph @returns {import('./depth/ground.js').Ground} */
function groundOf({ given, pinned, pointed }, graph) {
  const { size, padding } = given;
  const cell = pinned ?? pointed;
  const read = graph && readLines(graph, LAYER);
  const window = graph && cell?.layer === LAYER ? windowLines(graph, cell) : null;
  return { size, padding, values: Array.from(mapsOf(1, size).data), window, read };
}

/** @param {Readonly<Given>} given @param {number | null} made rows, as the server says */
function sizeText({ size, padding, dilation, kernel, stride }, made) {
  const gaps = { n: size, p: padding, d: dilation, k: kernel, s: stride };
  if (made === null) return message('bench.depth.impossible', gaps);
  return message('bench.depth.filled', { ...gaps, made });
}

/** @param {Readonly<Given>} given @param {Graph} graph @param {{ cells: number, padding: number }} left */
function toldOf(given, { spec, size: sizes }, left) {
  const { padding, stride, size } = given;
  const wide = reach(given);
  const [made, all] = [sizes(LAYER).rows, size * size];
  const names = [
    padding === 0 && message('bench.depth.is.valid'),
    stride === 1 && made === size && message('bench.depth.is.same'),
    padding > 0 && padding === wide && message('bench.depth.is.full'),
    wide % 2 === 1 && message('bench.depth.odd', { reach: wide }),
  ];
  const { parameters = 0, multiply_adds: multiplied = 0 } = spec;
  return [
    ...names,
    left.cells + left.padding > 0
      ? message('bench.depth.unread', { count: left.cells, all, padding: left.padding })
      : message('bench.depth.all'),
    message('bench.depth.cost', {
      parameters: grouped(parameters),
      multiplied: grouped(multiplied),
    }),
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * The cell whose window has this place in its middle, or as near to it as there is one.
 *
 * @param {Readonly<SectionState<Given>>} state
 * @param {import('./depth/ground.js').Place} place
 * @returns {Cell}
 */
function around({ given, pinned, pointed }, { row, column }) {
  const { padding, stride } = given;
  const at = (/** @type {number} */ one) =>
    Math.max(0, Math.round((one + padding - reach(given) / 2) / stride));
  const cell = pinned ?? pointed;
  const channel = cell?.layer === LAYER ? cell.channel : 0;
  return { layer: LAYER, channel, row: at(row), column: at(column) };
}
