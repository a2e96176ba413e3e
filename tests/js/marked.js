// What pointing adds, flat and in space, as the stage asks for it.

import { flatMarks } from '../../static/js/scene/marks/flat.js';
import { marksOf } from '../../static/js/scene/marks/marks.js';
import { withQuantity } from '../../static/js/scene/marks/over.js';
import { marksInSpace } from '../../static/js/scene/space/marks.js';

/** Items of the flat picture; of a quantity that lies over the values, too, where one does. */
export function overlayItems(layout, graph, view, pointed, pinned, focus = null, quantity = null) {
  const marks = marksOf(layout, graph, view, { pointed, pinned, focus });
  return flatMarks(layout, graph, quantity ? withQuantity(layout, graph, quantity, marks) : marks);
}

/** Items of the paths to a score. */
export function pathItems(layout, graph, view, paths, path = null) {
  const pointing = { pointed: null, pinned: null, paths, path };
  return flatMarks(layout, graph, marksOf(layout, graph, view, pointing));
}

/** The same for a network in space. */
export function overlayInSpace({ sight, layout, view, ...pointing }) {
  return marksInSpace(sight, marksOf(layout, sight.graph, view, pointing));
}
