// One map, enlarged, with what it is made by beside it: its kernel, or the map that it reads.

import { mapsOf } from '../../geometry/regions.js';
import { channelNoun, countedFrom, placeName, traitsOf } from '../../kinds/traits.js';
import { windowOf } from '../../kinds/network/windows.js';
import { mapLabel } from '../../kinds/parts/labels.js';
import { message } from '../../text/messages.js';
import { own } from '../../text/numbers.js';
import { blocksOf, filterText, hasKernels, mapFacts, mapsRead } from '../../scene/kernels.js';
import { whatLayer } from '../../scene/layers.js';
import { button, html, say } from '../dom.js';
import { link } from '../frames.js';
import { titled } from '../receipt/tiles.js';
import { createBlock } from './block.js';
import { createBoard } from './board.js';
import { createKernelPart, mapSide } from './kernel.js';
import { createFacts, framed } from './parts.js';

/** @import { Cell, Graph } from '../../geometry/types.d.ts' */
/** @import { Weight } from '../../kinds/types.d.ts' */
/** @import { Colours, Span } from '../../render/brush.js' */
/** @import { Figure } from '../../scene/numbers.js' */
/** @import { View } from '../../scene/types.d.ts' */
/** @import { How } from './board.js' */

/** Height for a map in the sheet, px. */
const SHEET = 240;

/**
 * @typedef {object} Seen what the panels show
 * @property {Graph} graph
 * @property {View} view
 * @property {{ layer: string, channel: number }} subject
 * @property {Cell | null} cell the selection
 * @property {Weight | null} kernel the weight that is pointed at
 * @property {Colours} colours
 * @property {(layer: string, channel: number) => Span} span
 * @property {number} room px beside each other
 * @property {number} tall px for a map where the panel is open
 * @property {Figure} figure what stands in a cell
 */

/**
 * @typedef {object} Acts
 * @property {() => void} close
 * @property {(layer: string, place: number | null, how: How) => void} onCell
 * @property {(layer: string, term: number | null, how: How) => void} onWeight
 * @property {(layer: string, channel: number) => void} onMap
 * @property {() => void} onKernels
 * @property {(layer: string) => void} onLayer
 */

/**
 * @param {Seen} seen that it is made for: everything but values may not change
 * @param {'open' | 'sheet'} shape
 * @param {Acts} on
 */
export function createMapPanel(seen, shape, on) {
  const { graph, subject } = seen;
  const { layer, channel } = subject;
  const facts = createFacts(factNames(graph, layer));
  const readout = html('p', { class: 'readout', role: 'status' });
  const kernel = createKernelPart(seen, shape, on);
  const maps = createMaps(seen, shape, on);
  const [own, ...read] = maps.map(({ element }) => element);
  const from = read.length > 0 && html('div', { class: 'made-of' }, '←');
  const which = html('small', {}, mapName(graph, subject));
  const name = html('div', { class: 'name' }, layer, ' ', which);
  const learnt = hasKernels(graph, layer);
  const told = learnt ? filterText(graph, layer, channel) : whatLayer(graph, layer);
  const why = html('p', { class: 'why' }, told);
  const label = message(`map.enlarged.${channelNoun(graph, layer)}`);
  const group = { class: 'enlarged', tabindex: 0, role: 'group', 'aria-label': label };
  // a kernel stands between what it makes and what it slides over
  const content = html('div', group, own ?? null, kernel.element, from, ...read);
  const links = linksOf(seen, on);
  const element = framed(shape, name, [facts.element, readout, why], links, content, on.close);

  return {
    element,
    /** @param {Seen} now */
    show(now) {
      const { trace } = now.view;
      const found = trace && mapFacts(graph, trace, layer, channel);
      facts.show(found ? [found.least, found.most, found.mean] : ['–', '–', '–']);
      say(readout, readoutOf(now));
      for (const map of maps) map.show(now);
      kernel.show(now);
    },
  };
}

/** @param {Graph} graph @param {string} layer */
function factNames(graph, layer) {
  if (graph.size(layer).unit) return [];
  return [message('map.smallest'), message('map.largest'), message('map.mean')];
}

/** @param {Graph} graph @param {{ layer: string, channel: number }} subject */
function mapName(graph, { layer, channel }) {
  const { channels, unit } = graph.size(layer);
  if (unit) return placeName(graph, { layer, channel, row: 0, column: 0 });
  const noun = channelNoun(graph, layer);
  return channels === 1
    ? message(`map.only.${noun}`)
    : message(`place.${noun}`, { channel }) + countedFrom(channels);
}

/** @param {Seen} seen @returns {string} "row 3, column 4: 1.234" */
function readoutOf({ graph, view, subject, cell }) {
  if (!cell || cell.layer !== subject.layer || cell.channel !== subject.channel) return '';
  const value = view.trace?.get(cell.layer)?.data[graph.offset(cell)];
  if (value === undefined) return '';
  const place = graph.size(cell.layer).unit
    ? message('map.value')
    : message('place.cell', { row: cell.row, column: cell.column });
  return `${place}: ${own(Number(value))}`;
}

/** @param {Seen} seen @param {Acts} on */
function linksOf({ graph, subject: { layer, channel } }, on) {
  const { channels } = graph.size(layer);
  const turn = (/** @type {string} */ text, /** @type {string} */ label, by = 1) => {
    const next = (channel + by + channels) % channels;
    const onclick = () => on.onMap(layer, next);
    return button({ class: 'link turn', 'aria-label': label, onclick }, text);
  };
  const noun = channelNoun(graph, layer);
  const turns =
    channels > 1
      ? [turn('‹', message(`map.before.${noun}`), -1), turn('›', message(`map.next.${noun}`))]
      : [];
  const layers = button({ class: 'link', onclick: () => on.onLayer(layer) }, message('map.about'));
  const kernels = hasKernels(graph, layer)
    ? [link(message('kernels.title'), 'K', on.onKernels)]
    : [];
  return [...turns, ...kernels, layers];
}

/**
 * The map, and the maps that it reads one by one, or the one map that its filter slides over, with
 * the window of the cell that is selected.
 *
 * @param {Seen} seen
 * @param {'open' | 'sheet'} shape
 * @param {Acts} on
 */
function createMaps({ graph, subject, room, tall, figure }, shape, on) {
  const { layer, channel } = subject;
  const { slides } = traitsOf(graph.layer(layer));
  const [source = ''] = graph.layer(layer).inputs;
  const read = mapsRead(graph, layer, channel);
  const alone = slides && graph.size(source).channels === 1 ? [{ layer: source, channel: 0 }] : [];
  const own = shape === 'sheet' ? room : Math.max(120, room / (read.length + 1) - 30);
  const beside = shape === 'open' && alone.length ? room / 3 : own;
  return [subject, ...read, ...alone].map((map) => {
    const size = { shape, room: map === subject ? own : beside, tall, figure };
    return createOneMap(graph, map, size, on);
  });
}

/**
 * @param {Graph} graph
 * @param {{ layer: string, channel: number }} map
 * @param {{ shape: 'open' | 'sheet', room: number, tall: number, figure: Figure }} size
 * @param {Acts} on
 */
function createOneMap(graph, { layer, channel }, { shape, room, tall, figure }, on) {
  const { rows, columns, unit } = graph.size(layer);
  const side = shape === 'sheet' ? SHEET : mapSide(blocksOf(graph, layer, channel).length, tall);
  const most = unit ? 72 : 64;
  const cell = Math.max(1, Math.min(most, Math.floor(side / rows), Math.floor(room / columns)));
  const area = rows * columns;
  const terms = Int32Array.from({ length: area }, (_, i) => channel * area + i);
  const block = createBlock({ wide: columns, high: rows, terms }, cell, figure);
  block.element.classList.toggle('image', layer === graph.input);
  const holder = html('div', { class: 'board' }, block.element);
  const [map, size] = [mapLabel(graph, layer, channel), `${rows} × ${columns}`];
  const label = message('map.label', { map, size });
  const board = createBoard(holder, [block], label, 1, (term, how) => on.onCell(layer, term, how));
  const whole = titled(holder);
  whole.title(unit ? message('value') : map, unit ? '' : size);
  return {
    element: whole.element,
    /** @param {Seen} now */
    show({ view, colours, span, cell: selected }) {
      block.paint(view.trace?.get(layer)?.data ?? null, colours, span(layer, channel));
      const inside = selected?.layer === layer && selected.channel === channel;
      board.mark(inside && selected ? graph.offset(selected) : -1);
      if (selected && !inside) markWindow(graph, block, selected, { layer, channel });
    },
  };
}

/**
 * What the selected cell reads of this map.
 *
 * @param {Graph} graph
 * @param {import('./block.js').BlockView} block
 * @param {Cell} cell
 * @param {{ layer: string, channel: number }} map
 */
function markWindow(graph, block, cell, { layer, channel }) {
  const region = windowOf(graph, cell).find((read) => read.layer === layer);
  if (!region || !mapsOf(region).includes(channel)) return;
  block.markWindow(region);
}
