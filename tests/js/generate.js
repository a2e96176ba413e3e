// A tiny seeded generator for property tests, and networks and numbers made with it.

import { columnsOf, mapsOf, rowsOf } from '../../static/js/geometry/regions.js';
import { network } from './specs.js';

/** @param {number} seed @returns {(below: number) => number} whole numbers from 0 */
export function generator(seed) {
  let state = (seed * 2654435761) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** A conv or pool of any kernel, stride, padding and size, a conv of any dilation; rows and columns apart. */
export function stridedNetwork(seed) {
  const any = generator(seed);
  const pair = (from, below) => [from + any(below), from + any(below)];
  const kernel = pair(1, 4);
  const paper = pair(0, 60);
  const channels = 1 + any(3);
  const room = pair(0, 7);
  const kind = ['conv', 'pool', 'conv', 'pool', 'subsample'][any(5)];
  const dilation = kind === 'conv' && any(2) ? pair(1, 3) : [1, 1];
  const spans = kernel.map((k, axis) => dilation[axis] * (k - 1) + 1);
  const padding = spans.map((span, axis) => paper[axis] % span);
  const shape = [channels, ...spans.map((span, axis) => span + room[axis])];
  const more = kind === 'pool' ? { mode: ['max', 'average', 'sum', 'l2'][any(4)] } : {};
  if (kind === 'conv') Object.assign(more, { channels: 1 + any(3) });
  if (kind === 'conv' && any(2)) more.connections = tableOf(any, more.channels, channels);
  const layer = { name: 'layer', kind, kernel, padding, dilation, stride: pair(1, 3), ...more };
  return network({ shape, border: 0, layers: [layer] });
}

/** For each filter one map below or more. */
function tableOf(any, filters, maps) {
  return Array.from({ length: filters }, () => {
    const must = any(maps);
    return Array.from({ length: maps }, (_, map) => map).filter((map) => map === must || any(2));
  });
}

/** Every cell of a layer. */
export function* cellsOf(graph, name) {
  for (let i = 0; i < graph.count(name); i++) yield graph.cellAt(name, i);
}

/** Numbers for every layer and parameter; relu, pool, add, concat, flatten and softmax by their rule. */
export function madeUp(graph, seed = 7) {
  const any = generator(seed);
  const random = () => Math.fround((any(20001) - 10000) / 5000);
  const tensor = (shape, data) => ({ dtype: 'F32', shape, data });
  const [trace, weights] = [new Map(), new Map()];
  for (const name of graph.names) {
    const { shape, parameters } = graph.layer(name);
    for (const [key, of] of Object.entries(parameters)) {
      const count = of.reduce((a, b) => a * b, 1);
      weights.set(`${name}.${key}`, tensor(of, Float32Array.from({ length: count }, random)));
    }
    trace.set(name, tensor(shape, valuesOf(graph, name, trace, weights, random)));
  }
  return { trace, weights };
}

function valuesOf(graph, name, trace, weights, random) {
  const layer = graph.layer(name);
  const read = layer.inputs.map((source) => trace.get(source).data);
  const all = (value) => Float32Array.from({ length: graph.count(name) }, (_, i) => value(i));
  if (layer.kind === 'input') return all(() => Math.abs(random()) / 2);
  if (layer.kind === 'relu') return all((i) => Math.max(0, read[0][i]));
  if (layer.kind === 'tanh')
    return all((i) => layer.amplitude * Math.tanh(layer.slope * read[0][i]));
  if (layer.kind === 'sigmoid') return all((i) => 1 / (1 + Math.exp(-read[0][i])));
  if (layer.kind === 'square') return all((i) => read[0][i] ** 2);
  if (layer.kind === 'ratio') return all((i) => read[0][i] / read[0].reduce((a, b) => a + b, 0));
  if (layer.kind === 'flatten' || layer.kind === 'dropout') return read[0];
  if (layer.kind === 'add') return all((i) => read.reduce((sum, data) => sum + data[i], 0));
  if (layer.kind === 'concat') return Float32Array.from(read.flatMap((data) => [...data]));
  if (layer.kind === 'softmax') {
    const largest = Math.max(...read[0]);
    const sum = read[0].reduce((total, score) => total + Math.exp(score - largest), 0);
    return all((i) => Math.exp(read[0][i] - largest) / sum);
  }
  if (layer.kind === 'dense') {
    const { data } = weights.get(`${name}.weight`);
    const bias = weights.get(`${name}.bias`).data;
    const [values] = read;
    return all((i) => values.reduce((sum, x, j) => sum + x * data[i * values.length + j], bias[i]));
  }
  return all((i) => windowValue(graph, layer, graph.cellAt(name, i), read[0], weights));
}

/** Plain loops over the kernel: the witness for conv, pool and subsample. */
function windowValue(graph, layer, cell, data, weights) {
  const size = graph.size(layer.inputs[0]);
  const all = [...Array(size.channels).keys()];
  const maps = layer.kind === 'conv' ? (layer.connections?.[cell.channel] ?? all) : [cell.channel];
  const weight = weights.get(`${layer.name}.weight`)?.data;
  let sum = weights.get(`${layer.name}.bias`)?.data[cell.channel] ?? 0;
  let [most, squares] = [-Infinity, 0];
  for (const map of maps)
    for (let a = 0; a < layer.kernel[0]; a++)
      for (let b = 0; b < layer.kernel[1]; b++) {
        const row = cell.row * layer.stride[0] - layer.padding[0] + a * layer.dilation[0];
        const column = cell.column * layer.stride[1] - layer.padding[1] + b * layer.dilation[1];
        if (row < 0 || column < 0 || row >= size.rows || column >= size.columns) continue;
        const value = data[(map * size.rows + row) * size.columns + column];
        const tap =
          ((cell.channel * size.channels + map) * layer.kernel[0] + a) * layer.kernel[1] + b;
        sum += value * (weight?.[layer.kind === 'conv' ? tap : cell.channel] ?? 1);
        most = Math.max(most, value);
        squares += value * value;
      }
  if (layer.mode === 'max') return most;
  if (layer.mode === 'l2') return Math.sqrt(squares);
  return layer.mode === 'average' ? sum / (layer.kernel[0] * layer.kernel[1]) : sum;
}

/** Where `windowValue` reads, as a set of offsets: the witness for windows. */
export function readOffsets(graph, layer, cell) {
  const size = graph.size(layer.inputs[0]);
  const found = new Set();
  for (let map = 0; map < size.channels; map++)
    for (let a = 0; a < layer.kernel[0]; a++)
      for (let b = 0; b < layer.kernel[1]; b++) {
        if (layer.kind !== 'conv' && map !== cell.channel) continue;
        if (layer.connections && !layer.connections[cell.channel].includes(map)) continue;
        const row = cell.row * layer.stride[0] - layer.padding[0] + a * layer.dilation[0];
        const column = cell.column * layer.stride[1] - layer.padding[1] + b * layer.dilation[1];
        if (row < 0 || column < 0 || row >= size.rows || column >= size.columns) continue;
        found.add((map * size.rows + row) * size.columns + column);
      }
  return found;
}

/** All offsets in a region. */
export function offsetsIn(graph, region) {
  const found = new Set();
  for (const channel of mapsOf(region))
    for (const row of rowsOf(region))
      for (const column of columnsOf(region))
        found.add(graph.offset({ layer: region.layer, channel, row, column }));
  return found;
}

/** Four paths through two layers, two for the first guess and two against it; numbers as they come. */
export function madeUpPaths(graph, trace, seed = 7, against = null) {
  const any = generator(seed);
  const some = () => (any(20001) - 10000) / 1117;
  const tensor = (shape, make, Type = Float32Array) => {
    const data = Type.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => make(i));
    return { dtype: Type === Int32Array ? 'I32' : 'F32', shape, data };
  };
  const score = trace.get(graph.output).data;
  const last = graph.layer(graph.output);
  const layer = last.kind === 'softmax' ? last.inputs[0] : last.name;
  const cell = { layer, channel: score.indexOf(Math.max(...score)), row: 0, column: 0 };
  const known = graph.names.slice(1, graph.names.indexOf(layer));
  const named = (name) => (known.includes(name) ? name : null);
  const junctions = [
    ...new Set([named('pool2') ?? known[0], named('relu4') ?? known.at(-1)]),
  ].filter(Boolean);
  const [all, biases, rest] = [some(), some(), some() / 1e7];
  const at = (i) => any(graph.count(junctions[i % junctions.length]));
  const count = graph.count(layer);
  const tensors = new Map([
    ['score', tensor([], () => all + biases + rest)],
    ['all', tensor([], () => all)],
    ['biases', tensor([], () => biases)],
    ['rest', tensor([], () => rest)],
    ['values', tensor([4], (i) => (i < 2 ? 1 : -1) * Math.abs(some() + 0.1))],
    ['pixels', tensor([4, graph.count(graph.input)], some)],
    ['muted', tensor([4, count], some)],
    ['cells', tensor([4, junctions.length], at, Int32Array)],
  ]);
  const other = against === null ? null : { ...cell, channel: against };
  return { cell, against: other, junctions, exact: true, tensors };
}
