// Where every layer, map and cell stands, from the spec and the size of the stage alone.

import { edgesOf } from './edges.js';
import { foldGraph } from './fold.js';
import { axisFor } from './metrics.js';
import { place } from './place.js';
import { planOf } from './plan.js';

/** @import { Graph } from '../geometry/types.d.ts' */
/** @import { Layout, LayoutOptions } from './types.d.ts' */
/** @import { Metrics } from './metrics.js' */

/**
 * The picture reads along the stage's longer side, unless only the other way needs no scrolling.
 * @param {Graph} graph
 * @param {LayoutOptions} options
 * @returns {Layout}
 */
export function layout(graph, options) {
  const picture = along(graph, options);
  if (picture && (!picture.scrolls || options.axis)) return picture;
  const axis = axisFor(options) === 'x' ? 'y' : 'x';
  const turned = options.axis ? null : along(graph, { ...options, axis });
  const better = turned && (!picture || !turned.scrolls) ? turned : picture;
  if (!better) throw new Error('A layer has maps too large for this stage: enlarge the window.');
  return better;
}

/**
 * LOOK.md "Layout: from the spec alone": fold, group, candidates, value, choose, place, graphs.
 * Recomputed when the stage changes its size and on folding, never on pointing.
 * @param {Graph} graph
 * @param {LayoutOptions} options
 * @returns {Layout | null}
 */
function along(graph, options) {
  const folded = foldGraph(graph, options.folded, options.hidden);
  const plan = planOf(graph, folded, options);
  if (!plan) return null;
  const { boxes, length } = place(plan, folded);
  const { metrics } = plan;
  const byName = new Map(boxes.map((box) => [box.layer, box]));
  const extent = extentOf(metrics, length, options);
  return {
    width: options.width,
    height: options.height,
    dpr: options.dpr,
    text: metrics.text,
    measure: metrics.measure,
    axis: metrics.axis,
    extent,
    scrolls: length > metrics.mainPx,
    cells: plan.cells,
    boxes,
    box: (name) => byName.get(name),
    stand: folded.stand,
    sources: folded.sources,
    edges: edgesOf(plan, folded, boxes),
    field: { x: 0, y: 0, ...extent },
  };
}

/** @param {Metrics} metrics @param {number} length @param {LayoutOptions} options */
function extentOf({ axis, mainPx, dpr }, length, { width, height }) {
  const more = Math.max(0, length - mainPx) / dpr;
  return axis === 'x' ? { width: width + more, height } : { width, height: height + more };
}
