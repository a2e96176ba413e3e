// The image: it reads nothing, and says how much ink lies on each of its cells, and where on the pad that
// comes from.

import { pairText, digitsFor, listed, number, short } from '../text/numbers.js';
import { message, pieces } from '../text/messages.js';
import { sentences } from '../text/sentences.js';
import { percent } from '../text/shares.js';
import { draft, factorsOf, passEquation, sumEquation, totalDraft } from './parts/equation.js';
import { together } from './parts/gist.js';
import { ascii, read } from './parts/lines.js';
import { indexed, mi, mo } from './parts/mathml.js';
import { padOf, pixelOf, preprocessOf } from './parts/pad.js';
import { columnsOf, itemRow, row } from './parts/rows.js';
import { addsUp, paragraph, strong } from './parts/runs.js';

/** @import { Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { KindOnPage } from './kind.d.ts' */
/** @import { Account, Found, InputReceipt, PadRect, Paragraph, ReceiptAsked, Table } from './receipt.d.ts' */

/** @type {Account<InputReceipt>} */
const account = {
  receipt: inputReceipt,
  gist: inputGist,
  words: inputWords,
  table: inputTable,

  code({ graph, cell, scaling, border, pixel, preprocess, picture }) {
    const { scale, offset } = scaling;
    const lines = [
      `value = np.float64(${read(graph, cell)})`,
      `ink = (value - ${ascii(offset)}) / ${ascii(scale)}  # ${message('code.ink')}`,
    ];
    if (!pixel) return [...lines, `# ${message('code.border', { border })}`];
    const onPad = preprocess?.centred && !preprocess.blank;
    return onPad
      ? [...lines, '', ...padLines(pixel, graph.size(cell.layer), border, picture)]
      : lines;
  },

  symbols({ pixel, scaling }) {
    const ink = pixel ? indexed('ink', pixel.row, pixel.column) : mi('paper');
    if (scaling.scale === 1 && scaling.offset === 0) return [ink];
    return [ink, mo('·'), mi('scale'), mo('+'), mi('offset')];
  },
};

/** @type {KindOnPage} */
export const input = {
  reads: () => [],
  feeds: () => [],
  contributions: () => null,
  influences: () => [],
  title: () => message('image.image'),
  does: () => message('image.does'),
  is: (graph, _, cell, trace) => ink(graph, trace, cell),
  account,
};

/** @param {Graph} graph @param {Tensors | null} trace @param {Cell} cell */
function ink({ spec, ...graph }, trace, cell) {
  const value = trace?.get(cell.layer)?.data[graph.offset(cell)];
  const { rows, columns } = graph.size(cell.layer);
  const edge = Math.min(cell.row, cell.column, rows - 1 - cell.row, columns - 1 - cell.column);
  const { scale, offset } = spec.input.scaling;
  const [paper, full] = [short(offset), short(offset + scale)];
  if (edge < spec.input.border) return message('image.always-paper', { paper });
  if (value === undefined) return message('image.cell', { paper, full });
  const share = inkOf(value, spec.input.scaling);
  if (share <= 0) return message('image.no-ink');
  return share >= 1
    ? message('image.full-ink')
    : message('image.some-ink', { share: percent(share), paper, full });
}

/**
 * Where on the pad the middle of a pixel lies: preprocessing the other way round.
 * @param {NonNullable<InputReceipt['pixel']>} pixel
 * @param {{ rows: number, columns: number }} size
 * @param {number} border
 * @param {InputReceipt['picture']} picture
 */
function padLines({ row, column }, { rows, columns }, border, picture) {
  const [down, across] = [rows / 2 - border, columns / 2 - border];
  const ground = picture ? 'picture' : 'pad';
  const size = picture ? `${picture.width}, ${picture.height}` : '1, 1';
  return [
    `left, top, right, bottom = data["preprocess.crop"]  # ${message(`code.crop.${ground}`)}`,
    `columns, rows = data["preprocess.shift"]  # ${message('code.shift')}`,
    `pixels = data["preprocess.scale"]  # ${message(`code.scale.${ground}`)}`,
    `wide, high = ${size}  # ${message(`code.ground.${ground}`)}`,
    `across = (${column} + 0.5 - ${across} - columns) / pixels * max(wide, high) / wide`,
    `down = (${row} + 0.5 - ${down} - rows) / pixels * max(wide, high) / high`,
    `x, y = (left + right) / 2 + across, (top + bottom) / 2 + down`,
    `print(f"${message(`code.from.${ground}`)}")`,
  ];
}

/** @param {InputReceipt} receipt @returns {Table} */
function inputTable(receipt) {
  const { equation, name, ink, preprocess, pad, pixel, side, picture } = receipt;
  const ground = picture ? 'picture' : 'pad';
  /** @type {[string, string][]} */
  const facts = [[message('image.share'), percent(ink)]];
  if (pixel)
    facts.push([
      message('image.pixel', { size: pairText([side.rows, side.columns]) }),
      `${pixel.row}, ${pixel.column}`,
    ]);
  if (preprocess)
    facts.push(
      [message(`table.crop.${ground}`), edges(preprocess.crop)],
      [message(`table.scale.${ground}`), number(preprocess.scale, 2)],
      [message('table.centre'), pair(preprocess.centre, 2)],
      [message('table.moved'), pair(preprocess.shift, 0)],
    );
  if (pad) facts.push([message(`table.part.${ground}`), edges(pad)]);
  const rows = facts.map(([label, text]) => row('fact', label, [text]));
  const sum = equation ? [...equation.items, equation.total] : [];
  return {
    caption: message('image.caption', { name }),
    columns: columnsOf('what', ['value']),
    rows: [...rows, ...sum.map((item) => itemRow(item))],
  };
}

/** @param {NonNullable<InputReceipt['pad']>} rect */
function edges({ left, top, right, bottom }) {
  return listed([left, top, right, bottom].map((edge) => number(edge, 4)));
}

/** @param {{ x: number, y: number }} point @param {number} digits */
function pair({ x, y }, digits) {
  return listed([number(x, digits), number(y, digits)]);
}

/** @param {InputReceipt} receipt @returns {Paragraph[]} */
function inputGist({ pixel, side, ink, border, valueText }) {
  const value = strong(valueText);
  if (!pixel) return together(sentences().borderIs(border, value));
  /** @type {'none' | 'full' | 'some'} */
  const much = ink <= 0 ? 'none' : ink >= 1 ? 'full' : 'some';
  const told = {
    ...pixel,
    share: percent(ink),
    ink: much,
    size: pairText([side.rows, side.columns]),
  };
  return together(sentences().pixelIs(told, value));
}

/** @param {InputReceipt} receipt @returns {Paragraph[]} */
function inputWords(receipt) {
  const { pixel, side, ink, border, equation } = receipt;
  const size = `${side.rows} × ${side.columns}`;
  if (!equation) return [];
  const where = pixel
    ? message(ink === 1 ? 'image.pixel.full' : 'image.pixel.ink', {
        ...{ row: pixel.row, column: pixel.column, size, share: percent(ink) },
      })
    : message('image.border.paper', { border, size });
  const sum =
    equation.how === 'pass'
      ? pieces('image.as-it-is', { value: strong(equation.total.signedText) })
      : [`${message('image.scaled')} `, ...addsUp(equation)];
  return [paragraph('is', [where]), paragraph('sum', sum), ...how(receipt)];
}

/** @param {InputReceipt} receipt @returns {Paragraph[]} */
function how({ preprocess, pad, side, picture }) {
  if (!preprocess || preprocess.blank) return [];
  const { crop, scale, centre, shift, centred } = preprocess;
  const ground = picture ? 'picture' : 'pad';
  const text = centred
    ? sentences().wasCentred({
        ...{ ground, crop, shift, box: pad, scale: number(scale, 2) },
        longest: number(longestOf(crop, picture) * scale, 0),
        centre: [number(centre.x, 2), number(centre.y, 2)],
        middle: [short(side.columns / 2), short(side.rows / 2)],
      })
    : sentences().asItStands({ ground, scale: short(scale), box: pad });
  return [paragraph('reads', [text])];
}

/** The longer side of a box, as a part of the longer side of what it lies in. */
/** @param {PadRect} box @param {InputReceipt['picture']} picture */
function longestOf({ left, top, right, bottom }, picture) {
  const { width, height } = picture ?? { width: 1, height: 1 };
  return Math.max((right - left) * width, (bottom - top) * height) / Math.max(width, height);
}

/**
 * How much ink an image cell is. Paper is none and full ink is 1, also where float32 rounds them.
 * @param {number} value
 * @param {{ scale: number, offset: number }} scaling
 * @returns {number} 0..1
 */
function inkOf(value, { scale, offset }) {
  const paper = Math.fround(offset);
  if (value === Math.fround(paper + Math.fround(scale))) return 1;
  return value === paper ? 0 : (value - offset) / scale;
}

/** @param {ReceiptAsked} asked @returns {Found<InputReceipt>} */
function inputReceipt(asked) {
  const { graph, trace, cell, value, picture } = asked;
  const { border, scaling } = graph.spec.input;
  const { rows, columns } = graph.size(cell.layer);
  const side = { rows: rows - 2 * border, columns: columns - 2 * border };
  const pixel = pixelOf(cell, border, side);
  const ink = inkOf(value, scaling);
  const preprocess = preprocessOf(trace, side);
  return {
    diagram: 'image',
    ...{ ink, scaling, border, pixel, side, preprocess },
    picture,
    pad: pixel && preprocess && padOf(pixel, preprocess, side, picture),
    equations: [equationOf(asked, ink, pixel !== null)],
  };
}

/** Ink · scale + offset; ink alone where the network takes it as it is. */
/** @param {ReceiptAsked} asked @param {number} ink @param {boolean} inside */
function equationOf(asked, ink, inside) {
  const { scale, offset } = asked.graph.spec.input.scaling;
  const label = message(inside ? 'image.ink' : 'image.paper');
  const total = totalDraft(asked);
  if (scale === 1 && offset === 0)
    return passEquation(draft('ink', label, ink), total, digitsFor(asked.value));
  const digits = digitsFor(asked.value, Math.max(Math.abs(ink * scale), Math.abs(offset)));
  const [factors = null] = factorsOf([[ink, scale]], digits);
  const items = [
    draft('ink', `${label} × ${short(scale)}`, ink * scale, { factors }),
    draft('offset', message('image.offset'), offset),
  ];
  return sumEquation({ role: 'value', items, total }, digits);
}
