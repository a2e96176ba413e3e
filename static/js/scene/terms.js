// Which part of a network shows what an entry of the glossary explains: what a layer is called, where
// an entry is seen, and the numbers of the annotated picture. By traits and the graph alone.

import { scoreLayerOf, traitsOf } from '../kinds/traits.js';
import { foldGraph } from './fold.js';

/** @import { AnyLayer, Cell, Graph, Tensors } from '../geometry/types.d.ts' */
/** @import { Traits } from '../kinds/types.d.ts' */
/** @import { Note } from './types.d.ts' */

/** @typedef {(traits: Traits, layer: AnyLayer, graph: Graph) => boolean | undefined} Shows whether a layer shows what is explained */

/** @type {Shows} */
const sliding = ({ slides }) => slides;
/** @type {Shows} */
const dilated = (_, { dilation }) => dilation.some((apart) => apart > 1);
/** @type {Shows} */
const weighted = ({ weighted: learns }) => learns;
/** @type {Shows} */
const whole = ({ weighted: learns, slides, pools }) => learns && !slides && !pools;
/** @type {Shows} */
const image = (_, { name }, graph) => name === graph.input;
/** @type {Shows} */
const sharing = ({ shares }) => shares;
/** @type {Shows} */
const scoring = (_, { name }, graph) => scoreLayerOf(graph) === name;

/** By entry. @type {Readonly<Record<string, Shows>>} */
const SHOWN_BY = {
  ...{ input: image, pixel: image, border: image, preprocessing: image },
  ...{ convolution: sliding, kernel: sliding, stride: sliding, window: sliding, field: sliding },
  dilation: dilated,
  ...{ map: sliding, weight: weighted, bias: weighted, product: weighted, parameters: weighted },
  ...{ cell: weighted, place: weighted, argue: weighted, operations: weighted },
  ...{ unit: whole, connected: whole, sum: whole, lines: whole },
  activation: ({ activation }) => activation,
  rectifier: ({ activation, bends }) => activation && !bends,
  tangent: ({ activation, bends, probable }) => activation && bends && !probable,
  logistic: ({ activation, probable }) => activation && probable,
  pooling: ({ pools, weighted: learns }) => pools && !learns,
  subsampling: ({ pools, weighted: learns }) => pools && learns,
  joining: ({ reshapes }, { inputs }) => reshapes || inputs.length > 1,
  ...{ score: scoring, class: sharing, shares: sharing, exponential: sharing, energy: sharing },
};

/** What a layer as a whole can be called, each before those that it would show, too. */
const CALLED = [
  ...['input', 'subsampling', 'pooling', 'convolution', 'connected', 'shares', 'joining'],
  ...['rectifier', 'tangent', 'logistic'],
];

/** What else is numbered, in this order where it stands in one layer. */
const PARTS = ['field', 'window', 'kernel', 'map', 'cell', 'unit', 'score'];

/** @param {Graph} graph @param {string} id of an entry @param {string} name of a layer */
function shows(graph, id, name) {
  const layer = graph.layer(name);
  return SHOWN_BY[id]?.(traitsOf(layer), layer, graph) ?? false;
}

/** @param {string} id of an entry @returns {boolean} whether cells can show what it explains */
export function isShown(id) {
  return id in SHOWN_BY;
}

/** @param {Graph} graph @param {string} id of an entry @returns {string | undefined} the first layer that shows it */
export function layerShowing(graph, id) {
  return graph.names.find((name) => shows(graph, id, name));
}

/** @param {Graph} graph @param {string} name of a layer @returns {string | null} the entry that says what it is */
export function termOfLayer(graph, name) {
  return CALLED.find((id) => shows(graph, id, name)) ?? null;
}

/**
 * The cell that says most.
 * @param {Graph} graph
 * @param {Tensors | null} trace
 * @param {string | undefined} layer
 * @returns {Cell | null} null where there is none, or nothing is drawn
 */
export function loudest(graph, trace, layer = '') {
  const data = trace?.get(layer)?.data;
  if (!data) return null;
  let most = 0;
  for (let i = 0; i < data.length; i++)
    if (Math.abs(Number(data[i])) > Math.abs(Number(data[most]))) most = i;
  return graph.cellAt(layer, most);
}

/** @typedef {{ folded: boolean, hidden: readonly string[] }} Seen which layers are shown */

/**
 * A cell whose window and receptive field are shown while none is selected: of the last convolution
 * that makes maps, or of the first layer that is fully connected.
 * @param {Graph} graph
 * @param {Tensors | null} trace
 * @param {Seen} seen
 * @returns {Cell | null} null where neither is shown
 */
export function exampleCell(graph, trace, { folded, hidden }) {
  const { visible } = foldGraph(graph, folded, hidden);
  const layer =
    visible.findLast((name) => shows(graph, 'convolution', name) && !graph.size(name).unit) ??
    visible.find((name) => shows(graph, 'unit', name));
  if (layer === undefined) return null;
  const { channels, rows, columns } = graph.size(layer);
  const [channel = 0, row = 0, column = 0] = [channels, rows, columns].map((n) => (n - 1) >> 1);
  return loudest(graph, trace, layer) ?? { layer, channel, row, column };
}

/**
 * @typedef {object} Annotated the whole network, part by part
 * @property {Cell | null} cell whose parts are named while none is selected
 * @property {readonly string[]} ids of the entries, in the order of their numbers
 * @property {string | null} strong the entry whose numbers stand out
 * @property {readonly Note[]} notes what stands on the picture
 */

/**
 * Every kind of layer that is shown, and what can be seen of a cell, numbered from the image to the
 * answer.
 * @param {Graph} graph
 * @param {Seen} seen
 * @param {Cell | null} cell
 * @param {string | null} strong
 * @returns {Annotated}
 */
export function annotated(graph, { folded, hidden }, cell, strong) {
  const { visible, stand } = foldGraph(graph, folded, hidden);
  const first = (/** @type {string} */ id) => visible.find((name) => shows(graph, id, name));
  const slides = cell && shows(graph, 'convolution', cell.layer) ? cell.layer : null;
  const read = slides ? stand(graph.layer(slides).inputs[0] ?? '') : undefined;
  /** @type {Readonly<Record<string, string | undefined>>} */
  const places = {
    ...{ field: slides ? graph.input : undefined, window: read, kernel: read },
    ...{ map: first('map'), cell: cell?.layer, unit: first('unit'), score: first('score') },
  };
  const called = graph.names.flatMap((name) => calledAt(graph, name, stand(name)));
  const parts = PARTS.map((id) => ({ id, layer: places[id] ?? '', part: id }));
  const found = [...called, ...parts].filter(({ layer }) => visible.includes(layer));
  const at = (/** @type {string} */ layer) => graph.names.indexOf(layer);
  found.sort((a, b) => at(a.layer) - at(b.layer)); // what stands on one layer keeps its order
  const ids = [...new Set(found.map(({ id }) => id))];
  const notes = found.map(({ id, ...place }) => ({
    ...{ ...place, text: String(ids.indexOf(id) + 1), strong: id === strong },
  }));
  return { cell, ids, strong, notes };
}

/** Of what is folded into another layer, the first of each is named. @param {Graph} graph @param {string} name @param {string} under */
function calledAt(graph, name, under) {
  const id = termOfLayer(graph, name);
  const folded = under !== name;
  const before = graph.names.slice(0, graph.names.indexOf(name));
  const again = before.some((other) => termOfLayer(graph, other) === id);
  if (!id || (folded && (again || traitsOf(graph.layer(name)).reshapes))) return [];
  return [{ id, layer: under, part: folded ? 'fold' : 'layer' }];
}
