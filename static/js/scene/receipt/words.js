// A receipt in plain words: complete, with this cell's numbers, and adding up as it is read.

import { counted, numbered, spanText } from '../../text/counts.js';
import { isAlone, percent } from '../../text/shares.js';
import { short, written } from '../../text/numbers.js';
import { channelNoun } from '../format.js';
import { field, goes } from '../sentences.js';
import { addsUp, joint, named, paragraph, strong, tinted } from './runs.js';
import { inputWords } from './words_input.js';

/** @import { AddReceipt, ActivationReceipt, ConvReceipt, DenseReceipt, Equation, PassReceipt, PoolReceipt, Paragraph, Receipt, SoftmaxReceipt } from './types.d.ts' */

/**
 * @param {Receipt} receipt
 * @returns {Paragraph[]}
 */
export function words(receipt) {
  const own = ownWords(receipt);
  const after = receipt.after.map(({ sentence }) => sentence).join(' ');
  const why = receipt.why && [strong(receipt.why.title), ` ${receipt.why.text}`];
  return [
    ...own,
    ...(receipt.rounding ? [paragraph('rounding', roundingPieces(receipt))] : []),
    ...(after ? [paragraph('after', [after])] : []),
    ...reach(receipt),
    ...(why ? [paragraph('why', why)] : []),
  ];
}

/** What it sees of the image, and who reads it. */
/** @param {Receipt} receipt @returns {Paragraph[]} */
function reach({ graph, cell, after }) {
  const seen = cell.layer === graph.input ? null : field(graph, cell);
  const read = goes(graph, after.at(-1)?.cell ?? cell);
  const said = [seen, read].filter((text) => text !== null).join(' ');
  return said ? [paragraph('field', [said])] : [];
}

/** @param {Receipt} receipt @returns {Paragraph[]} */
function ownWords(receipt) {
  switch (receipt.kind) {
    case 'conv':
      return convWords(receipt);
    case 'dense':
      return denseWords(receipt);
    case 'pool':
      return poolWords(receipt);
    case 'activation':
      return activationWords(receipt);
    case 'softmax':
      return softmaxWords(receipt);
    case 'input':
      return inputWords(receipt);
    default:
      return plainWords(receipt);
  }
}

/** @param {Receipt} receipt */
function roundingPieces({ rounding, kind }) {
  const does = kind === 'activation' || kind === 'softmax' ? 'works it out' : 'adds';
  if (!rounding?.value) return [`The engine ${does} in float32; here that is exact.`];
  return [`The engine ${does} in float32, which differs from the exact value by ${rounding.text}.`];
}

/** @param {ConvReceipt} receipt @returns {Paragraph[]} */
function convWords(receipt) {
  const { rows, columns, taps, source, inside } = receipt;
  const padding = taps - inside.reduce((count, one) => count + one, 0);
  const reads = [
    `This cell looks at a window of ${rows} × ${columns} cells in ${mapsText(receipt)}${source}`,
    `${placeOf(receipt.region(0))}. `,
    filterText(receipt),
    padding ? ` ${paddingText(padding, taps)}` : '',
  ];
  const [sum, products] = receipt.equations;
  return [
    paragraph('reads', reads),
    ...(sum ? [paragraph('sum', [...extremes(sum), ...addsUp(sum)])] : []),
    ...(products ? [paragraph('sum', ofWhich(products))] : []),
  ];
}

/** @param {ConvReceipt} receipt @returns {string} "all 6 maps of ", "maps 0, 1 and 5 of " */
function mapsText({ maps, channels, graph, source }) {
  const all = graph.size(source).channels;
  if (all === 1) return '';
  const noun = channelNoun(graph, source);
  return maps === all ? `all ${counted(maps, noun)} of ` : `${numbered(channels, noun)} of `;
}

/** @param {ConvReceipt} receipt */
function filterText({ graph, source, maps, taps, title, cell, shared }) {
  const own = channelNoun(graph, cell.layer);
  if (shared) return `All of them have the same weight, that of ${own} ${cell.channel}.`;
  const each = maps > 1 ? ` for each of the ${counted(maps, channelNoun(graph, source))}` : '';
  return `Filter ${cell.channel} of ${title} holds ${counted(taps, 'weight')}${each}.`;
}

/** @param {number} padding @param {number} taps */
export function paddingText(padding, taps) {
  return padding === 1
    ? `One of the ${taps} places lies outside, in the padding, and counts as 0.`
    : `${padding} of the ${taps} places lie outside, in the padding, and count as 0.`;
}

/** @param {ReturnType<ConvReceipt['region']>} region @returns {string} ": rows 7–11, columns 3–7" */
function placeOf(region) {
  if (!region) return ', all of it outside';
  const { row0, row1, column0, column1 } = region;
  const rows = `row${row1 - row0 > 1 ? 's' : ''} ${spanText(row0, row1)}`;
  return `: ${rows}, column${column1 - column0 > 1 ? 's' : ''} ${spanText(column0, column1)}`;
}

/** Which map speaks for it most, and which against it. */
/** @param {Equation} equation */
function extremes({ items }) {
  const maps = items.filter(({ role }) => role === 'map').toSorted((a, b) => b.units - a.units);
  const [most] = maps;
  const least = maps.at(-1);
  if (!most || !least || maps.length < 2) return [];
  const pieces = [];
  if (most.units > 0) pieces.push(`${most.label} speaks for it most (`, tinted(most), '). ');
  if (least.units < 0) pieces.push(`${least.label} speaks against it most (`, tinted(least), '). ');
  return pieces;
}

/** @param {Equation} equation the strongest products of one map */
function ofWhich(equation) {
  return [`Of ${equation.total.label} alone: `, ...addsUp(equation)];
}

/** @param {DenseReceipt} receipt @returns {Paragraph[]} */
function denseWords(receipt) {
  const { graph, count, source, above, below, zero, equations } = receipt;
  const noun = graph.size(source).unit ? 'unit' : 'cell';
  const counts = `${counted(above, 'term')} above zero, ${below} below, ${zero} at zero`;
  const reads = [
    `This unit reads all ${counted(count, noun)} of ${source}, each with a weight of its own: ${counts}.`,
  ];
  const sums = equations.map((equation) => paragraph('sum', addsUp(equation)));
  return [paragraph('reads', reads), ...sums];
}

/** @param {PoolReceipt} receipt @returns {Paragraph[]} */
function poolWords(receipt) {
  const { rows, columns, source, values, inside, mode } = receipt;
  const padding = values.length - inside.reduce((count, one) => count + one, 0);
  const never = padding
    ? mode === 'max'
      ? ` ${padding} of them ${padding === 1 ? 'lies' : 'lie'} in the padding and never ${padding === 1 ? 'wins' : 'win'}.`
      : ` ${paddingText(padding, values.length)}`
    : '';
  const reads = [`This cell looks at a window of ${rows} × ${columns} cells of ${source}.${never}`];
  const sum = mode === 'max' ? winnerPieces(receipt) : sharePieces(receipt);
  return [paragraph('reads', reads), paragraph('sum', sum)];
}

/** @param {PoolReceipt} receipt */
function winnerPieces({ equation, ties, winner }) {
  const items = equation?.items ?? [];
  const best = items.find(({ index }) => index === winner);
  const listed = items.flatMap((item, i) => [
    joint(i, items.length),
    ...(item.role === 'more' ? [item.label] : named(item)),
  ]);
  const which =
    ties > 1 ? `${ties} of them are equally large, and the first is taken: ` : 'The largest is ';
  return [
    'Of ',
    ...listed,
    ' one is kept. ',
    which,
    strong(best?.signedText ?? '', best?.cell ?? null),
    ` (${best?.label ?? ''}).`,
  ];
}

/** @param {PoolReceipt} receipt */
function sharePieces({ equations, divisor }) {
  const [sum, mean] = equations;
  if (!sum) return [];
  if (!mean) return addsUp(sum);
  const { total } = mean;
  const rest = closing(mean);
  return [...addsUp(sum), ` Divided by ${divisor}${rest}, that is `, strong(total.signedText), '.'];
}

/** @param {Equation} equation @returns {string} what closes a quotient or function, if anything */
function closing({ items }) {
  const rounding = items.find(({ role }) => role === 'rounding');
  return rounding ? `, with a rounding of the display of ${rounding.signedText},` : '';
}

/** @param {ActivationReceipt} receipt @returns {Paragraph[]} */
function activationWords(receipt) {
  const { equation, curve, sentence, origin, title } = receipt;
  const [argument] = equation?.items ?? [];
  if (!equation || !argument) return [];
  const pieces = [
    `${title} is the function ${curve.formula}. Before it stands `,
    tinted(argument),
    ` (${argument.label}), after it${closing(equation)} `,
    strong(equation.total.signedText),
    '. ',
    sentence,
  ];
  const before = origin ? words(origin).filter(({ role }) => !['why', 'field'].includes(role)) : [];
  return [...before, paragraph('after', pieces)];
}

/** @param {SoftmaxReceipt} receipt @returns {Paragraph[]} */
function softmaxWords({ equations, whatIf, value, probabilities }) {
  const [away, power, sum, share] = equations;
  if (!away || !power || !sum || !share) return [];
  const changes = whatIf.flatMap(({ deltaText, probabilityText, changeText }, i) => [
    joint(i, whatIf.length),
    `${probabilityText} (${changeText} points) at ${deltaText}`,
  ]);
  const powered = [` e to that${closing(power)} is `, strong(power.total.signedText), '.'];
  return [
    paragraph('sum', [...lessLargest(away), ...powered]),
    paragraph('sum', ['The exponentials of all scores: ', ...addsUp(sum)]),
    paragraph('sum', [
      `${power.total.signedText} divided by ${sum.total.signedText}${closing(share)} is `,
      ...[
        strong(share.total.signedText),
        `, a share of ${percent(value, { alone: isAlone(probabilities) })}.`,
      ],
    ]),
    paragraph('what-if', ['If only this score changed, its share would be ', ...[...changes, '.']]),
  ];
}

/** "Its score is 6.2 (fc3 [7]). Less the largest of all, 8.1 (fc3 [4]), that is −1.9." */
/** @param {Equation} equation the difference of the two */
function lessLargest(equation) {
  const { items, total, digits } = equation;
  const [score, largest] = items;
  if (!score || !largest) return [];
  const text = written(-largest.units, digits); // it is subtracted there
  return [
    ...['Its score is ', tinted(score), ` (${score.label}). Less the largest of all, `],
    ...[tinted({ ...largest, units: -largest.units }, text), ` (${largest.label})`],
    ...[closing(equation), ', that is ', strong(total.signedText), '.'],
  ];
}

/** @param {AddReceipt | PassReceipt | Exclude<Receipt, { equation: Equation }>} receipt @returns {Paragraph[]} */
function plainWords(receipt) {
  const { equation } = receipt;
  if (receipt.kind === 'loading' || !equation)
    return [
      paragraph('is', [`${receipt.name} is `, strong(receipt.valueText), `. ${receipt.check}`]),
    ];
  if (receipt.kind === 'add')
    return [paragraph('sum', ['The cells at the same place are added: ', ...addsUp(equation)])];
  if (receipt.kind !== 'pass') return [];
  const noun = channelNoun(receipt.graph, receipt.cell.layer);
  const how =
    receipt.of === 'flatten'
      ? 'only puts all cells into one long row'
      : `only puts the ${noun}s of several layers side by side`;
  return [
    paragraph('is', [
      `The same value as ${receipt.sourceName}: `,
      strong(equation.total.signedText, receipt.source),
      `. ${receipt.title} ${how}; this is ${noun} ${short(receipt.cell.channel)} of it.`,
    ]),
  ];
}
