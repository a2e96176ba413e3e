// A receipt as NumPy code: a few lines that a student can run beside the downloaded trace.

import { counted } from '../format.js';
import { indexOf } from './mathml.js';

/** @import { ActivationReceipt, AddReceipt, Cell, ConvReceipt, DenseReceipt, Graph, InputReceipt, PassReceipt, PoolReceipt, Receipt, SoftmaxReceipt } from './types.d.ts' */

const FILE = 'trace.npz';

/**
 * @param {Receipt} receipt
 * @returns {string} it loads trace.npz: the trace by layer names, weights as "conv1.weight"
 */
export function code(receipt) {
  const { graph, cell, name, value, rounding } = receipt;
  const engine = `data[${quoted(cell.layer)}]${brackets(graph, cell)}`;
  return [
    `# ${name}`,
    'import numpy as np',
    '',
    `data = np.load("${FILE}")  # every layer's values, and the weights`,
    ...body(receipt),
    '',
    'print(f"{value:.9g}")',
    `print(f"the engine, in float32: {${engine.replaceAll('"', "'")}:.9g}")`,
    `# expected: ${plain(rounding?.exact ?? value)}; the engine: ${plain(value)}`,
    '',
  ].join('\n');
}

/** @param {Receipt} receipt @returns {string[]} lines that work `value` out in float64 */
function body(receipt) {
  switch (receipt.kind) {
    case 'conv':
      return conv(receipt);
    case 'dense':
      return dense(receipt);
    case 'pool':
      return pool(receipt);
    case 'activation':
      return activation(receipt);
    case 'softmax':
      return softmax(receipt);
    case 'add':
      return add(receipt);
    case 'pass':
      return pass(receipt);
    case 'input':
      return input(receipt);
    default:
      return [
        `value = data[${quoted(receipt.cell.layer)}]${brackets(receipt.graph, receipt.cell)}`,
      ];
  }
}

/** @param {ConvReceipt} receipt */
function conv({ graph, cell, source, maps, taps }) {
  const layer = quoted(cell.layer);
  return [
    ...windowLines(graph, cell, source),
    `weight = data[${layer.slice(0, -1)}.weight"].astype(np.float64)[channel]  # its filter: ${maps} × ${counted(taps, 'weight')}`,
    `bias = data[${layer.slice(0, -1)}.bias"].astype(np.float64)[channel]`,
    '',
    `window = x[:, top : top + rows, left : left + columns]  # the same place in every map`,
    'products = window * weight',
    'partial = products.sum(axis=(1, 2))  # one sum for each map',
    'value = partial.sum() + bias',
  ];
}

/**
 * The layer that it reads, with padding, and where the window begins in it.
 * @param {Graph} graph
 * @param {Cell} cell
 * @param {string} source
 * @param {string} [around] of the padding, as NumPy writes it
 */
function windowLines(graph, cell, source, around = '0') {
  const { kernel, stride, padding } = graph.layer(cell.layer);
  const [high, wide] = padding;
  const { channels, rows, columns } = graph.size(source);
  const what = counted(channels, 'map');
  const pad =
    high || wide
      ? [
          `x = np.pad(x, ((0, 0), (${high}, ${high}), (${wide}, ${wide})), constant_values=${around})  # padding`,
        ]
      : [];
  return [
    `x = data[${quoted(source)}].astype(np.float64)  # what it reads: ${what} of ${rows} × ${columns}`,
    ...pad,
    `channel, row, column = ${cell.channel}, ${cell.row}, ${cell.column}`,
    `rows, columns = ${kernel[0]}, ${kernel[1]}  # of its window`,
    `top, left = row * ${stride[0]}, column * ${stride[1]}  # stride ${stride[0]}, ${stride[1]}`,
  ];
}

/** @param {DenseReceipt} receipt */
function dense({ cell, source, count, graph }) {
  const layer = quoted(cell.layer).slice(0, -1);
  const flat = graph.layer(source).shape.length === 1 ? '' : '.ravel()';
  return [
    `x = data[${quoted(source)}].astype(np.float64)${flat}  # the ${count} values it reads`,
    `unit = ${cell.channel}`,
    `weight = data[${layer}.weight"].astype(np.float64)[unit]  # one for each of them`,
    `bias = data[${layer}.bias"].astype(np.float64)[unit]`,
    '',
    'terms = weight * x',
    'order = np.argsort(-terms)  # the largest first: terms[order]',
    'value = terms.sum() + bias',
  ];
}

/** @param {PoolReceipt} receipt */
function pool({ graph, cell, source, mode, divisor }) {
  const window = 'window = x[channel, top : top + rows, left : left + columns]';
  const around = mode === 'max' ? '-np.inf' : '0'; // padding never wins
  const last = {
    max: ['value = window.max()'],
    sum: ['value = window.sum()'],
    average: [`value = window.sum() / ${divisor}  # the whole kernel, padding included`],
  };
  return [...windowLines(graph, cell, source, around), '', window, ...last[mode]];
}

/** @param {ActivationReceipt} receipt */
function activation({ graph, source, function: name }) {
  const made = {
    relu: 'value = max(0.0, z)',
    tanh: 'value = np.tanh(z)',
    sigmoid: 'value = 1 / (1 + np.exp(-z))',
  };
  return [
    `z = np.float64(data[${quoted(source.layer)}]${brackets(graph, source)})  # the number before`,
    ...[made[name]],
  ];
}

/** @param {SoftmaxReceipt} receipt */
function softmax({ graph, source, unit }) {
  const flat = graph.layer(source).shape.length === 1 ? '' : '.ravel()';
  return [
    `scores = data[${quoted(source)}].astype(np.float64)${flat}`,
    'exponentials = np.exp(scores - scores.max())  # less the largest, so that none is huge',
    `value = exponentials[${unit}] / exponentials.sum()`,
  ];
}

/** @param {AddReceipt} receipt */
function add({ graph, parts }) {
  const each = parts.map(
    ({ cell }) => `    np.float64(data[${quoted(cell.layer)}]${brackets(graph, cell)}),`,
  );
  return ['parts = [', ...each, ']', 'value = sum(parts)'];
}

/** @param {PassReceipt} receipt */
function pass({ graph, source, of, title }) {
  const from = `data[${quoted(source.layer)}]${brackets(graph, source)}`;
  return [`value = np.float64(${from})  # ${title}: ${of} passes it on`];
}

/** @param {InputReceipt} receipt */
function input({ graph, cell, scaling, border, pixel, preprocess }) {
  const { scale, offset } = scaling;
  const lines = [
    `value = np.float64(data[${quoted(cell.layer)}]${brackets(graph, cell)})`,
    `ink = (value - ${ascii(offset)}) / ${ascii(scale)}  # 0 is paper, 1 is ink`,
  ];
  if (!pixel)
    return [...lines, `# the cell lies in the border of ${border}, which is always paper`];
  const onPad = preprocess?.centred && !preprocess.blank;
  return onPad ? [...lines, '', ...padLines(pixel, graph.size(cell.layer), border)] : lines;
}

/** Where on the pad the middle of a pixel lies: preprocessing the other way round. */
/**
 * @param {NonNullable<InputReceipt['pixel']>} pixel
 * @param {{ rows: number, columns: number }} size
 * @param {number} border
 */
function padLines({ row, column }, { rows, columns }, border) {
  const [down, across] = [rows / 2 - border, columns / 2 - border];
  return [
    `left, top, right, bottom = data["preprocess.crop"]  # the ink's box on the pad, 0 to 1`,
    `columns, rows = data["preprocess.shift"]  # moved by so many pixels`,
    `pixels = data["preprocess.scale"]  # for one side of the pad`,
    `x = (left + right) / 2 + (${column} + 0.5 - ${across} - columns) / pixels`,
    `y = (top + bottom) / 2 + (${row} + 0.5 - ${down} - rows) / pixels`,
    `print(f"from the pad at {x:.3f} across, {y:.3f} down")`,
  ];
}

/** @param {number} value @returns {string} nine digits: enough to tell any two float32 apart */
function plain(value) {
  return String(Number(value.toPrecision(9)));
}

/** @param {number} value */
function ascii(value) {
  return value < 0 ? `(${value})` : String(value);
}

/** @param {string} name */
function quoted(name) {
  return JSON.stringify(name);
}

/** @param {Graph} graph @param {Cell} cell @returns {string} "[7, 7, 3]" */
function brackets(graph, cell) {
  return `[${indexOf(graph, cell).join(', ')}]`;
}
