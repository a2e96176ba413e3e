// Witnesses for receipts: what a text shows, in whole units of its last digit, and plain loops.

import { createGraph } from '../../../static/js/geometry/graph.js';
import { generator, madeUp, stridedNetwork } from '../generate.js';
import { GRAPH, LENET, LENET5, network } from '../specs.js';

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** "−0.145" is { units: -145, decimals: 3, exponent: 0 }: read from the text alone. */
export function read(text) {
  const [, minus, whole, part = '', power] =
    /^([−+]?)(\d+)(?:\.(\d+))?(?:×10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$/.exec(text) ?? [];
  if (whole === undefined) throw new Error(`Not a number: ${text}`);
  const units = Number(whole + part) * (minus === '−' ? -1 : 1);
  return { units: units || 0, decimals: part.length, exponent: exponentOf(power) };
}

function exponentOf(power) {
  if (!power) return 0;
  const figures = [...power].filter((figure) => figure !== '⁻');
  const size = Number(figures.map((figure) => RAISED.indexOf(figure)).join(''));
  return power.startsWith('⁻') ? -size : size;
}

/** The number that a text shows. */
export function valueOf(text) {
  const { units, decimals, exponent } = read(text);
  return Number(`${units}e${exponent - decimals}`);
}

/** Networks of every kind of layer and of any geometry, with numbers of any size. */
export function* networks(seeds = 30) {
  for (const spec of [LENET, LENET5, GRAPH]) {
    const graph = createGraph(spec);
    yield { graph, ...tamed(graph, 3), seed: 3 };
  }
  for (let seed = 1; seed <= seeds; seed++) {
    const strided = createGraph(stridedNetwork(seed));
    yield { graph: strided, ...scaled(madeUp(strided, seed), 10 ** ((seed % 13) - 9)), seed };
    const graph = createGraph(shares(seed));
    yield { graph, ...madeUp(graph, seed), seed };
  }
}

/** Weights as a trained network has them: values neither vanish nor explode on the way. */
export function tamed(graph, seed) {
  const made = madeUp(graph, seed);
  for (const [name, { shape, data }] of made.weights) {
    const fan = name.endsWith('.weight') ? shape.slice(1).reduce((a, b) => a * b, 1) : 16;
    data.forEach((value, i) => (data[i] = value / Math.sqrt(fan)));
  }
  return { ...recomputed(graph, made), weights: made.weights };
}

/** The layers again, from the image on, with these weights: plain loops, rounded to float32. */
export function recomputed(graph, { trace, weights }) {
  const now = new Map([[graph.input, trace.get(graph.input)]]);
  for (const name of graph.names.slice(1)) {
    const layer = graph.layer(name);
    const data = Float32Array.from({ length: graph.count(name) }, (_, i) =>
      plainly(graph, layer, graph.cellAt(name, i), now, weights),
    );
    now.set(name, { dtype: 'F32', shape: layer.shape, data });
  }
  return { trace: now };
}

/** One layer whose numbers are all so many times as large; inputs stay. */
function scaled({ trace, weights }, factor) {
  const layer = trace.get('layer').data;
  if (!weights.size) return { trace, weights };
  for (const { data } of weights.values()) data.forEach((value, i) => (data[i] = value * factor));
  layer.forEach((value, i) => (layer[i] = value * factor));
  return { trace, weights };
}

/** A few units in a row, their sigmoids, and their shares. */
function shares(seed) {
  const units = 2 + generator(seed)(20);
  return network({
    ...{ shape: [1, 3, 2], border: 0 },
    layers: [
      { name: 'flat', kind: 'flatten' },
      { name: 'scores', kind: 'dense', channels: units },
      { name: 'squeezed', kind: ['sigmoid', 'tanh', 'relu'][seed % 3] },
      { name: 'both', kind: 'add', inputs: ['scores', 'squeezed'] },
      { name: 'dropped', kind: 'dropout', rate: 0.25, inputs: ['both'] },
      { name: 'joined', kind: 'concat', inputs: ['dropped', 'scores'] },
      { name: 'squares', kind: 'square', inputs: ['both'] },
      { name: 'parts', kind: 'ratio', inputs: [seed % 2 ? 'squares' : 'both'] },
      { name: 'shares', kind: 'softmax', inputs: [seed % 2 ? 'joined' : 'both'] },
    ],
  });
}

/** The value of a cell in float64, by plain loops over everything it reads. */
export function plainly(graph, layer, cell, trace, weights) {
  const read_ = layer.inputs.map((source) => trace.get(source).data);
  const offset = graph.offset(cell);
  const same = read_[0]?.[offset];
  switch (layer.kind) {
    case 'relu':
      return same > 0 ? same : 0;
    case 'tanh':
      return layer.amplitude * Math.tanh(layer.slope * same);
    case 'sigmoid':
      return 1 / (1 + Math.exp(-same));
    case 'square':
      return same * same;
    case 'ratio':
      return same / read_[0].reduce((sum, value) => sum + value, 0);
    case 'dropout':
    case 'flatten':
      return same;
    case 'add':
      return read_.reduce((sum, data) => sum + data[offset], 0);
    case 'concat':
      return read_.flatMap((data) => [...data])[offset];
    case 'softmax': {
      const largest = Math.max(...read_[0]);
      const powers = [...read_[0]].map((score) => Math.exp(score - largest));
      return powers[offset] / powers.reduce((a, b) => a + b, 0);
    }
    case 'dense': {
      const [values] = read_;
      const { data } = weights.get(`${layer.name}.weight`);
      let sum = weights.get(`${layer.name}.bias`).data[cell.channel];
      for (let i = 0; i < values.length; i++)
        sum += values[i] * data[cell.channel * values.length + i];
      return sum;
    }
    default:
      return windowed(graph, layer, cell, read_[0], weights);
  }
}

function windowed(
  graph,
  { name, kind, mode, inputs, kernel, stride, padding, dilation, connections },
  cell,
  data,
  weights,
) {
  const { channels, rows, columns } = graph.size(inputs[0]);
  const all = connections?.[cell.channel] ?? [...Array(channels).keys()];
  const maps = kind === 'conv' ? all : [cell.channel];
  const weight = weights.get(`${name}.weight`)?.data;
  const area = kernel[0] * kernel[1];
  let [sum, most] = [weights.get(`${name}.bias`)?.data[cell.channel] ?? 0, -Infinity];
  let squares = 0;
  for (const map of maps)
    for (let tap = 0; tap < area; tap++) {
      const row = cell.row * stride[0] - padding[0] + Math.floor(tap / kernel[1]) * dilation[0];
      const column = cell.column * stride[1] - padding[1] + (tap % kernel[1]) * dilation[1];
      if (row < 0 || column < 0 || row >= rows || column >= columns) continue;
      const value = data[(map * rows + row) * columns + column];
      const place = kind === 'conv' ? (cell.channel * channels + map) * area + tap : cell.channel;
      sum += value * (weight?.[place] ?? 1);
      most = Math.max(most, value);
      squares += value * value;
    }
  if (mode === 'max') return most;
  if (mode === 'l2') return Math.sqrt(squares);
  return mode === 'average' ? sum / area : sum;
}

/** Every place of a window, padding included, in reading order, map after map. */
export function tapsOf(graph, layer, cell) {
  const { name, inputs, kernel, stride, padding, dilation, connections } = layer;
  const size = graph.size(inputs[0]);
  const taps = [];
  for (const map of connections?.[cell.channel] ?? Array(size.channels).keys())
    for (let a = 0; a < kernel[0]; a++)
      for (let b = 0; b < kernel[1]; b++) {
        const row = cell.row * stride[0] - padding[0] + a * dilation[0];
        const column = cell.column * stride[1] - padding[1] + b * dilation[1];
        const inside = row >= 0 && row < size.rows && column >= 0 && column < size.columns;
        taps.push({
          ...{ name, map, row, column, inside },
          offset: (map * size.rows + row) * size.columns + column,
          weight: ((cell.channel * size.channels + map) * kernel[0] + a) * kernel[1] + b,
        });
      }
  return taps;
}

/** Some cells of each layer: corners and random ones. */
export function* someCells(graph, seed, most = 6) {
  const any = generator(seed);
  for (const name of graph.names) {
    const count = graph.count(name);
    const picked = new Set([0, count - 1]);
    while (picked.size < Math.min(most, count)) picked.add(any(count));
    for (const offset of picked) yield graph.cellAt(name, offset);
  }
}
