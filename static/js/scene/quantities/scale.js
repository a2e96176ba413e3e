// The one owner of the colour scale: the range of each layer, and what its legend says of it; and the
// first quantity, the activation itself.

import { blocksOf } from '../../geometry/graph.js';
import { traitsOf } from '../../kinds/traits.js';
import { message } from '../../text/messages.js';
import { MINUS, ends } from '../../text/numbers.js';
import { isAlone, percentShort } from '../../text/shares.js';

/** @import { AnyLayer, Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { LegendValue, Range, Scale, BarValue, Fits, Quantity, QuantityKind, View } from '../types.d.ts' */

/**
 * A number keeps its colour as it travels: layers that pass values on use the scale of what they
 * read, the widest where they read several. Never less than their own largest, so that it is true.
 * @param {Graph} graph
 * @param {Tensors} tensors
 * @param {Scale} scale
 * @param {object} [how]
 * @param {ReadonlyMap<string, number> | null} [how.limits] by layer, what its colours reach at least
 * @param {boolean} [how.signed] the image is no image, but signed like all others
 * @returns {Map<string, Range>}
 */
export function ranges(graph, tensors, scale, { limits, signed } = {}) {
  /** @type {Map<string, Range>} */
  const found = new Map();
  for (const name of graph.names) {
    const data = tensors.get(name)?.data;
    if (!data) continue;
    const [min, max] = extremes(data, 0, data.length);
    const ends = signed ? null : greyEnds(graph, name);
    if (ends) found.set(name, greyRange(graph, name, min, max, ends));
    else found.set(name, layerRange(graph, name, data, min, max, found, scale));
  }
  limits?.forEach((least, name) => widen(found, name, least));
  return scale === 'network' ? shared(found) : found;
}

/** @param {Map<string, Range>} found @param {string} name @param {number} least */
function widen(found, name, least) {
  const range = found.get(name);
  if (range && !range.image && range.limit < least) found.set(name, limitedTo(range, least));
}

/** @param {Range} range @param {number} limit @returns {Range} with arms as long as this */
function limitedTo(range, limit) {
  return { ...range, limit, low: -limit, high: limit };
}

/** The limit for one channel: of its own under the scale 'map'. */
/** @param {Range} range @param {number} channel */
export function limitOf({ limit, limits }, channel) {
  return limits?.[channel] ?? limit;
}

/** @typedef {readonly [least: number, most: number]} Extremes */

/** Of the numbers of an answer, which stay as they are: while one kernel changes, the many maps beside it need no second look. */
/** @type {WeakMap<ArrayLike<number | bigint>, Map<number, Extremes>>} */
const known = new WeakMap();

/** @param {ArrayLike<number | bigint>} data @param {number} from @param {number} to @returns {Extremes} */
function extremes(data, from, to) {
  const key = from * data.length + to;
  const found = known.get(data) ?? new Map();
  known.set(data, found);
  const ends = found.get(key) ?? between(data, from, to);
  found.set(key, ends);
  return ends;
}

/** @param {ArrayLike<number | bigint>} data @param {number} from @param {number} to @returns {Extremes} */
function between(data, from, to) {
  let [min, max] = [Infinity, -Infinity];
  for (let i = from; i < to; i++) {
    const value = Number(data[i]);
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}

/** @param {Graph} graph @param {number} min @param {number} max @returns {Range} */
function imageRange(graph, min, max) {
  const { input } = graph;
  return greyRange(graph, input, min, max, greyEnds(graph, input) ?? [0, 1]);
}

/** The values of paper and of ink, where a layer is painted in grey. */
/** @param {Graph} graph @param {string} name @returns {readonly [paper: number, ink: number] | null} */
function greyEnds({ input, spec }, name) {
  const { scale, offset } = spec.input.scaling;
  return name === input ? [offset, offset + scale] : (spec.input.greys?.[name] ?? null);
}

/** @param {Pick<Graph, 'spec'>} graph @param {string} layer @param {number} min @param {number} max @param {readonly [paper: number, ink: number]} ends @returns {Range} */
function greyRange({ spec }, layer, min, max, [low, high]) {
  const limit = Math.max(Math.abs(low), Math.abs(high));
  const { zero } = spec.input;
  return { layer, image: true, zero, min, max, limit, limits: null, signed: low < 0, low, high };
}

/** Of numbers that have a scale of their own, 0 always inside. */
/** @param {string} layer @param {ArrayLike<number | bigint>} data @returns {Range} */
export function ownRange(layer, data) {
  const [least, most] = extremes(data, 0, data.length);
  const [min, max] = [Math.min(0, least), Math.max(0, most)];
  return signedRange(layer, min, max, Math.max(-min, max) || 1);
}

/** @param {string} layer @param {number} min @param {number} max @param {number} limit @param {Float64Array | null} [limits] @returns {Range} */
function signedRange(layer, min, max, limit, limits = null) {
  const range = { layer, image: false, min, max, limit, limits, signed: min < 0, low: 0, high: 0 };
  return limitedTo(range, limit);
}

/**
 * @param {Graph} graph
 * @param {string} name
 * @param {ArrayLike<number>} data
 * @param {number} min
 * @param {number} max
 * @param {Map<string, Range>} found of all earlier layers
 * @param {Scale} scale
 * @returns {Range}
 */
function layerRange(graph, name, data, min, max, found, scale) {
  const layer = graph.layer(name);
  const along = scale !== 'own' && passesOn(layer);
  const sources = along ? layer.inputs.filter((source) => source !== graph.input) : [];
  const own = Math.max(-min, max);
  const limit = Math.max(own, ...sources.map((source) => found.get(source)?.limit ?? 0)) || 1;
  const { unit, channels } = graph.size(name);
  const perMap = scale === 'map' && !unit && channels > 1;
  const limits = perMap ? mapLimits(graph, layer, data, found) : null;
  return signedRange(name, min, max, limit, limits);
}

/** What leaves such a layer is never larger than what it read. */
/** @param {AnyLayer} layer */
function passesOn(layer) {
  return traitsOf(layer).bounded?.(layer) ?? false;
}

/** @param {Graph} graph @param {AnyLayer} layer @param {ArrayLike<number>} data @param {Map<string, Range>} found */
function mapLimits(graph, layer, data, found) {
  const { channels, rows, columns } = graph.size(layer.name);
  const area = rows * columns;
  const limits = Float64Array.from({ length: channels }, (_, channel) => {
    const [min, max] = extremes(data, channel * area, (channel + 1) * area);
    return Math.max(-min, max);
  });
  const joins = traitsOf(layer).joins;
  const read = passesOn(layer) ? blocksOf(graph, layer) : [];
  for (const { name, start } of read)
    found.get(name)?.limits?.forEach((limit, i) => {
      const channel = joins ? start + i : i;
      limits[channel] = Math.max(limits[channel] ?? 0, limit);
    });
  return limits.map((limit) => limit || 1);
}

/** One scale for the whole network; the image keeps its own. */
/** @param {Map<string, Range>} found */
function shared(found) {
  const limit = Math.max(...[...found.values()].map((range) => (range.image ? 0 : range.limit)));
  for (const [name, range] of found) if (!range.image) found.set(name, limitedTo(range, limit));
  return found;
}

/** @param {Range} range @returns {LegendValue} what occurs, with 0 in it */
export function legendValue(range) {
  const { image, min, max, low, high } = range;
  if (range.limits) return legendOfEach(range);
  const [from, to] = image
    ? [low, high]
    : [Math.min(0, min), Math.max(0, max) || (min < 0 ? 0 : 1)];
  const zero = from < 0 && to > 0 ? -from / (to - from) : null;
  return { low: from, high: to, ...ends(from, to), zero };
}

/** Every map has a scale of its own: no one number is true of all, so the ends are named. */
/** @param {Range} range @returns {LegendValue} */
function legendOfEach({ limit, signed }) {
  const named = { high: limit, highText: message('legend.max'), both: `±${message('legend.max')}` };
  return signed
    ? { low: -limit, lowText: `${MINUS}${message('legend.max')}`, zero: 0.5, ...named }
    : { low: 0, lowText: '0', zero: null, ...named };
}

// -------------- the first quantity: what each cell holds, its activation

/** @type {QuantityKind} */
export const value = {
  get word() {
    return message('effect.values');
  },
  of: (_, sources) => sources.value,
};

/** By trace, or by network while nothing is drawn: as it was last made. @type {WeakMap<Tensors | Graph, { scale: View['scale'], beside: View['beside'], quantity: Quantity }>} */
const made = new WeakMap();

/** Two readings side by side have one scale a layer: were each map to have its own, a map would look the same in both. */
/** @param {Scale} scale @param {View['beside'] | undefined} beside @returns {Scale} */
export function scaleBeside(scale, beside) {
  return beside && scale === 'map' ? 'layer' : scale;
}

/**
 * The values of a trace, the same ones for whoever asks. While nothing is drawn every cell is the
 * scale's zero and the image paper; what paper and ink are is known before.
 * @param {Graph} graph
 * @param {Pick<View, 'trace' | 'scale' | 'beside'>} view
 * @returns {Quantity}
 */
export function valueOf(graph, { trace, scale, beside = null }) {
  const known = made.get(trace ?? graph);
  if (known?.scale === scale && known.beside === beside) return known.quantity;
  const tensors = trace ?? new Map();
  const found = trace
    ? ranges(graph, trace, scaleBeside(scale, beside), beside ?? {})
    : new Map([[graph.input, imageRange(graph, 0, 0)]]);
  const quantity = {
    ...{ name: 'value', of: null, regions: null, under: null },
    ...{ tensors, ranges: found, legend: legendsOf(found) },
    bars: (/** @type {string} */ layer, /** @type {Fits} */ fits) =>
      shares(tensors.get(layer)?.data ?? [], fits),
  };
  made.set(trace ?? graph, { scale, beside, quantity });
  return quantity;
}

/**
 * What legends say, worked out when it is asked for.
 * @param {Quantity['ranges']} ranges
 * @returns {Quantity['legend']}
 */
export function legendsOf(ranges) {
  /** @type {Map<string, LegendValue>} */
  const said = new Map();
  return (layer) => {
    const range = ranges.get(layer);
    const known = said.get(layer) ?? (range && legendValue(range));
    if (known) said.set(layer, known);
    return known ?? null;
  };
}

/** @param {ArrayLike<number>} data probabilities of the classes @param {Fits} fits @returns {BarValue[]} */
function shares(data, fits) {
  const best = Array.prototype.indexOf.call(data, Math.max(...Array.from(data)));
  const alone = isAlone(data);
  return Array.from(data, (fraction, channel) => {
    const strong = channel === best;
    const tone = strong ? 'ink' : Math.abs(fraction) > 0.01 ? 'ink2' : 'ink3';
    const text = percentShort(fraction, alone, fits);
    return { fraction, text, strong: strong && fraction > 0, tone };
  });
}
