// Numbers on the parts of the network: which cells they are about, and where they stand, so that none
// lies on a word or on another.

import { wholeLayer, wholeMap } from '../../geometry/regions.js';
import { traitsOf } from '../../kinds/traits.js';
import { around, inSight, meet } from '../metrics.js';
import { stillItems } from '../still.js';
import { wordRects } from '../words.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { FrameRole, Layout, LayerBox, Marks, Note, NoteItem, NoteMark, Part, Point, Rect, StillItem, TextItem } from '../types.d.ts' */

/** Half of a number's disc, and between it and what it stands beside, CSS px at plain text size. */
const RADIUS = 10;
const APART = 4;
/** A disc has no corners. */
const CORNER = 2;
/** Middle of a line of words above the line that they stand on. */
const RISE = 5;

/**
 * @param {Graph} graph
 * @param {readonly Note[]} notes
 * @param {Marks} marks of the cell that is selected
 * @returns {Marks}
 */
export function withNotes(graph, notes, marks) {
  return { ...marks, notes: notes.flatMap((note) => noteMark(graph, note, marks)) };
}

/** @param {Graph} graph @param {Note} note @param {Marks} marks @returns {NoteMark[]} none where nothing of the kind is seen now */
function noteMark(graph, { text, strong, layer, part }, marks) {
  const [place] = (PLACES[part] ?? onLayer)(graph, layer, marks.frames);
  return place ? [{ text, strong, ...place, ...MORE[part] }] : [];
}

/** @typedef {(graph: Graph, layer: string, frames: Marks['frames']) => Part[]} Places of which the first counts */

/** @type {Places} */
const onLayer = (graph, layer) => [{ region: wholeLayer(graph, layer), whole: true }];
/** @type {Places} */
const onMap = (graph, layer) => [
  { region: wholeMap(graph, layer, graph.size(layer).channels >> 1) },
];
/** @param {...FrameRole} roles @returns {Places} */
const framed = (...roles) => {
  return (_, __, frames) =>
    frames.flatMap(({ role, region, whole }) => (roles.includes(role) ? [{ region, whole }] : []));
};
const onCell = framed('pointed', 'pinned');

/** Where a part is seen that is not the whole layer. @type {Readonly<Record<string, Places>>} */
const PLACES = {
  ...{ map: onMap, unit: onMap, cell: onCell, window: framed('window') },
  kernel(graph, layer, frames) {
    const [own] = onCell(graph, layer, frames);
    const slides = own && traitsOf(graph.layer(own.region.layer)).slides;
    return slides ? framed('window')(graph, layer, frames) : [];
  },
  field: (graph, layer, frames) =>
    [framed('field'), framed('window')]
      .flatMap((parts) => parts(graph, layer, frames))
      .filter(({ region }) => region.layer === graph.input),
};

/** @type {Readonly<Record<string, Pick<NoteMark, 'named' | 'nth'>>>} */
const MORE = { layer: { named: 'before' }, fold: { named: 'behind' }, kernel: { nth: 1 } };

/**
 * @param {Layout} layout
 * @param {Graph} graph
 * @param {readonly NoteMark[]} notes
 * @param {(part: Part) => Rect[]} rectsOf
 * @returns {NoteItem[]}
 */
export function noteItems(layout, graph, notes, rectsOf) {
  if (notes.length === 0) return [];
  const still = stillItems(layout, graph);
  const taken = [...wordRects(layout, still), ...barWords(layout, still)];
  const radius = RADIUS * layout.text;
  const sight = layout.sight ?? layout.field;
  const free = (/** @type {Point} */ spot, aside = 0) => {
    const { x, width, ...place } = square(spot, radius - CORNER);
    const wide = { ...place, x: x - aside, width: width + aside };
    return inSight(square(spot, radius), sight) && !taken.some((other) => meet(other, wide));
  };
  return notes.flatMap(({ text, strong, nth = 0, named, ...part }) => {
    const rects = rectsOf(part);
    const rect = rects[Math.min(nth, rects.length - 1)];
    const own = layout.box(layout.stand(part.region.layer));
    if (!rect || !own) return [];
    const name = named ? besideName(layout, still, own, named) : null;
    const spots = [
      ...about(part.whole ? shownRect(own, still) : rect, radius),
      ...inside(own.rect, radius),
    ].filter((middle) => inSight(square(middle, 0), own.slot)); // nearer to no other layer
    const spot =
      name && free(name, 2 * APART * layout.text) ? name : spots.find((one) => free(one));
    if (!spot) return [];
    taken.push(square(spot, radius));
    const [x, y] = spot;
    return [{ kind: 'note', text, layer: own.layer, strong, x, y, radius }];
  });
}

/** @param {Point} middle @param {number} half @returns {Rect} */
function square([x, y], half) {
  return { x: x - half, y: y - half, width: 2 * half, height: 2 * half };
}

/** What stands beside bars. @param {Layout} layout @param {readonly StillItem[]} still @returns {Rect[]} */
function barWords({ text }, still) {
  return still.flatMap((item) => {
    if (item.kind !== 'bar') return [];
    const { row, track, grow } = item;
    if (grow === 'y') return [{ ...row, y: track.y + track.height, height: row.height }];
    const right = track.x + track.width;
    const [high, y] = [16 * text, track.y + track.height / 2 - 8 * text];
    const beside = { x: right, width: row.x + row.width - right };
    return [{ x: row.x, width: track.x - row.x }, beside].map((one) => ({
      ...one,
      y,
      height: high,
    }));
  });
}

/** Of bars what can be covered: their tracks. @param {LayerBox} own @param {readonly StillItem[]} still @returns {Rect} */
function shownRect({ layer, look, rect }, still) {
  if (look !== 'bars') return rect;
  const tracks = still.flatMap((item) =>
    item.kind === 'bar' && item.layer === layer ? [item.track] : [],
  );
  return tracks.reduce(around);
}

/**
 * In the caption.
 * @param {Layout} layout
 * @param {readonly StillItem[]} still
 * @param {LayerBox} own
 * @param {'before' | 'behind'} side
 * @returns {Point | null}
 */
function besideName({ measure, text: size }, still, { layer }, side) {
  const away = (RADIUS + APART) * size;
  const fonts = side === 'before' ? ['name', 'nameSmall'] : ['fold'];
  for (const item of still) {
    if (item.kind !== 'text' || item.layer !== layer || !fonts.includes(item.font)) continue;
    const { text, font, x, y } = item;
    const right = x + measure(text, font) * size + away;
    return [side === 'before' ? x - away : right, y - RISE * size];
  }
  return null;
}

/** In the corners of what is large, else beside it. @param {Rect} rect @param {number} radius @returns {Point[]} */
function about({ x, y, width, height }, radius) {
  const large = Math.min(width, height) >= 4 * radius;
  const off = large ? -radius : radius + APART;
  const [left, top, right, bottom] = [x - off, y - off, x + width + off, y + height + off];
  const [middle, centre] = [x + width / 2, y + height / 2];
  /** @type {Point[]} */
  const corners = [
    [left, top],
    [right, top],
    [left, bottom],
    [right, bottom],
  ];
  /** @type {Point[]} */
  const sides = [
    [right, centre],
    [left, centre],
    [middle, top],
    [middle, bottom],
  ];
  return large ? [...corners, ...sides] : [...sides, ...corners];
}

/** Wherever there is room. @param {Rect} rect @param {number} radius @returns {Point[]} */
function inside({ x, y, width, height }, radius) {
  const along = (/** @type {number} */ from, /** @type {number} */ length) => {
    const steps = Math.max(0, Math.floor(length / radius) - 2);
    const start = from + (length - steps * radius) / 2;
    return Array.from({ length: steps + 1 }, (_, i) => start + i * radius);
  };
  return along(y, height).flatMap((v) => along(x, width).map((u) => /** @type {Point} */ ([u, v])));
}
