// Keeps what is pointed at in sight where the picture is larger than the place for it.

import { around } from '../scene/metrics.js';

/** @import { OverlayItem, Rect } from '../scene/types.d.ts' */
/** @import { Stage } from './stage.js' */

const MARGIN = 24;
const SHOWN = ['pointed', 'pinned', 'window', 'focus'];

/**
 * How far to scroll along one axis so that a stretch is in sight; as little as possible.
 *
 * @param {number} scrolled
 * @param {number} room
 * @param {number} from
 * @param {number} to
 */
export function scrolledTo(scrolled, room, from, to) {
  const start = from - MARGIN;
  const end = to + MARGIN;
  if (end - start > room) return Math.max(0, end - room); // the cell, at its end, counts most
  if (start < scrolled) return Math.max(0, start);
  return end > scrolled + room ? end - room : scrolled;
}

/**
 * The rectangle around the cell and its immediate window.
 *
 * @param {readonly OverlayItem[]} items
 * @returns {Rect | null}
 */
export function aroundCell(items) {
  const shown = items.flatMap((item) =>
    item.kind === 'frame' && SHOWN.includes(item.role) ? [item.rect] : [],
  );
  return shown.length ? shown.reduce(around) : null;
}

/**
 * Scrolls to a cell that is pinned or walked to, and to the pinned one when the place is another.
 *
 * @param {Stage} stage
 */
export function keepInSight(stage) {
  const { store, loop, viewport, place, closing } = stage;
  let wanted = false;
  const stops = [
    store.subscribe(({ pinned, walking }, changed) => {
      if (('pinned' in changed && pinned) || ('pointed' in changed && walking)) wanted = true;
    }),
    viewport.measure(place, () => (wanted = store.get().pinned !== null)),
    loop.add('after', () => {
      if (wanted) bringIntoSight(stage);
      wanted = false;
    }),
  ];
  for (const stop of stops) closing.add(stop);
}

/** @param {Stage} stage */
function bringIntoSight({ place, viewport, view }) {
  const rect = aroundCell(view.overlay);
  const box = viewport.box(place);
  if (!rect || !box) return;
  const { left, top } = viewport.scroll(place);
  place.scrollTo({
    left: scrolledTo(left, box.width, rect.x, rect.x + rect.width),
    top: scrolledTo(top, box.height, rect.y, rect.y + rect.height),
  });
}
