// Keeps what is pointed at in sight where the picture is larger than the place for it.

/** @import { Viewport } from '../core/viewport.js' */
/** @import { OverlayItem, Rect } from '../scene/types.d.ts' */

const MARGIN = 24;

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
  const frames = items.filter((item) => item.kind === 'frame');
  const shown = frames.filter(({ role }) =>
    ['pointed', 'pinned', 'window', 'focus'].includes(role),
  );
  if (shown.length === 0) return null;
  const left = Math.min(...shown.map(({ rect }) => rect.x));
  const top = Math.min(...shown.map(({ rect }) => rect.y));
  const right = Math.max(...shown.map(({ rect }) => rect.x + rect.width));
  const bottom = Math.max(...shown.map(({ rect }) => rect.y + rect.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * @param {HTMLElement} scroller
 * @param {Viewport} viewport
 * @param {readonly OverlayItem[]} items
 */
export function bringIntoSight(scroller, viewport, items) {
  const rect = aroundCell(items);
  const box = viewport.box(scroller);
  if (!rect || !box) return;
  const { left, top } = viewport.scroll(scroller);
  scroller.scrollTo({
    left: scrolledTo(left, box.width, rect.x, rect.x + rect.width),
    top: scrolledTo(top, box.height, rect.y, rect.y + rect.height),
  });
}
