// A convolution: filters slide over maps, each with a slice of weights for every map that it reads.

import { among, columnsOf, mapsOf, regionOf, rowsOf, wholeLayer } from '../geometry/regions.js';
import { pairText } from '../text/numbers.js';
import { message } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { account } from './conv/account.js';
import { filterOf, productsOf } from './conv/receipt.js';
import { channelNoun } from './traits.js';
import { at, biasOf, weightOf } from './parts/data.js';
import { mapLabel } from './parts/labels.js';
import { readMaps, spreadOf, strided, touched } from './parts/reading.js';
import { rowMajor } from './parts/weights.js';

/** @import { AnyLayer, Cell, Region, Tensor } from '../geometry/types.d.ts' */
/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Asked, Steps, Weights } from './types.d.ts' */

/** @type {Weights} */
const weights = {
  ...rowMajor((graph, { inputs: [source = ''], kernel: [rows, columns] }) => ({
    ...{ channels: graph.size(source).channels, rows, columns },
  })),

  blocks(graph, layer, out) {
    const [source = ''] = layer.inputs;
    const [high, wide] = layer.kernel;
    const { channels } = graph.size(source);
    return readMaps(graph, layer, out).map((into) => {
      const first = (out * channels + into) * high * wide;
      const terms = Int32Array.from({ length: high * wide }, (_, i) => first + i);
      return { label: mapLabel(graph, source, into), out, into, wide, high, terms };
    });
  },

  uses(graph, layer, weight) {
    const [source = ''] = layer.inputs;
    const made = graph.size(layer.name);
    const read = graph.size(source);
    if (!readMaps(graph, layer, weight.out).includes(weight.into)) return null;
    const rows = steps(layer, 0, weight.row, made.rows, read.rows);
    const columns = steps(layer, 1, weight.column, made.columns, read.columns);
    const inside = rows.count * columns.count;
    return { source, rows, columns, times: made.rows * made.columns, inside, taps: 1 };
  },

  name(graph, { name, inputs: [source = ''] }, { out, into, row, column }) {
    const place = { layer: name, out, row, column };
    if (graph.size(source).channels === 1) return message('conv.weight.one', place);
    return message(`conv.weight.${channelNoun(graph, source)}`, { ...place, into });
  },

  filter(graph, layer, out) {
    const [source = ''] = layer.inputs;
    const reads = readMaps(graph, layer, out).length;
    const [rows, columns] = layer.kernel;
    return sentences().convFilter({
      size: reads === 1 ? `${rows} × ${columns}` : `${reads} × ${rows} × ${columns}`,
      ...{ reads, of: graph.size(source).channels, noun: channelNoun(graph, source), source },
      steps: layer.stride[0] * layer.stride[1] > 1 ? pairText(layer.stride) : '',
      spread: spreadOf(layer),
    });
  },

  all(graph, { parameters, connections, inputs }) {
    const [count = 0, ...rest] = parameters['weight'] ?? [];
    const size = (rest[0] === 1 ? rest.slice(1) : rest).join(' × ');
    const weights = count * rest.reduce((a, b) => a * b, 1);
    const noun = channelNoun(graph, inputs[0] ?? '');
    return sentences().convKernels({ count, size, few: Boolean(connections), noun, weights });
  },

  title: (_, out) => message('kernel.of', { out }),
};

/** @type {KindOnPage} */
export const conv = {
  reads(graph, layer, region) {
    const maps = new Set(mapsOf(region).flatMap((map) => readMaps(graph, layer, map)));
    const read = [...maps].sort((a, b) => a - b);
    return strided(layer, region).map((source) => among(source, read));
  },

  feeds(graph, layer, cell) {
    const maps = mapsOf(wholeLayer(graph, layer.name)).filter((map) =>
      readMaps(graph, layer, map).includes(cell.channel),
    );
    return touched(layer, cell).map((region) => among(region, maps));
  },

  /** A partial sum for each map that the filter reads. */
  contributions(asked) {
    const { cell, window } = asked;
    const read = productsFor(asked);
    if (!read) return null;
    return {
      values: window ? read.sums : new Float64Array(0),
      region: (map) => read.region(map) ?? regionOf(cell),
      how: 'sum',
      bias: biasOf(asked),
    };
  },

  /** One for each map: the sum over the cells that it reaches there. */
  influences({ graph, layer, cell, own, region, ...given }) {
    const weight = weightOf({ layer, ...given });
    if (!weight) return [];
    const { kernel, stride, padding, dilation } = layer;
    const { channels } = graph.size(cell.layer);
    return mapsOf(region).map((map) => {
      const first = (map * channels + cell.channel) * kernel[0] * kernel[1];
      let sum = 0;
      for (const row of rowsOf(region))
        for (const column of columnsOf(region)) {
          const tapRow = (cell.row - (row * stride[0] - padding[0])) / dilation[0];
          const tapColumn = (cell.column - (column * stride[1] - padding[1])) / dilation[1];
          sum += at(weight, first + tapRow * kernel[1] + tapColumn);
        }
      return { region: among(region, [map]), value: sum * own };
    });
  },

  title(layer) {
    const size = pairText(layer.kernel);
    const spread = spreadOf(layer);
    return spread
      ? message('conv.title.dilated', { size, dilation: spread.apartText })
      : message('conv.title', { size });
  },

  does(graph, layer) {
    const { channels } = graph.size(layer.name);
    const [source = ''] = layer.inputs;
    return sentences().convDoes({
      ...{ count: channels, kernel: pairText(layer.kernel), few: Boolean(layer.connections) },
      ...{ of: graph.size(source).channels, noun: channelNoun(graph, source), source },
      made: channelNoun(graph, layer.name),
    });
  },

  is(graph, { inputs, connections, kernel }, { channel }) {
    const [source = ''] = inputs;
    const of = graph.size(source).channels;
    const reads = connections?.[channel]?.length ?? of;
    const products = reads * kernel[0] * kernel[1];
    return sentences().convIs({ reads, of, noun: channelNoun(graph, source), products });
  },

  operations(graph, layer) {
    const { channels, rows, columns } = graph.size(layer.name);
    const connected = Array.from(
      { length: channels },
      (_, map) => readMaps(graph, layer, map).length,
    );
    const slices = connected.reduce((a, b) => a + b, 0);
    const even = connected.every((count) => count === connected[0]);
    const filters = even ? [channels, connected[0] ?? 0] : [slices];
    const noun = channelNoun(graph, layer.inputs[0] ?? '');
    const what = sentences().convFactors({ even, noun, made: channelNoun(graph, layer.name) });
    const factors = [...filters, ...layer.kernel, rows, columns];
    return { factors, noun: 'multiply-add', factorText: what };
  },

  account,
  weights,
};

/** @param {Asked} asked @returns {ReturnType<typeof productsOf> | null} null without weights */
function productsFor(asked) {
  const weight = weightOf(asked);
  return weight ? productsOf(asked, filterOf(asked, weight)) : null;
}

/**
 * Output r reads input r·stride − padding + tap·dilation: those r for which that lies inside.
 * @param {AnyLayer} layer
 * @param {0 | 1} axis
 * @param {number} tap
 * @param {number} made cells along this axis
 * @param {number} read
 * @returns {Steps}
 */
function steps({ stride, padding, dilation }, axis, tap, made, read) {
  const [step, before] = [stride[axis], padding[axis] - tap * dilation[axis]];
  const from = Math.max(0, Math.ceil(before / step));
  const to = Math.min(made - 1, Math.floor((read - 1 + before) / step));
  return { first: from * step - before, step, count: Math.max(0, to - from + 1), from };
}
