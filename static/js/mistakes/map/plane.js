// The plane of the map: from places to pixels and back, which point is near, which comes next.

/** @typedef {readonly [x: number, y: number]} Point */
/** @typedef {{ zoom: number, x: number, y: number }} Camera x and y: px from the corner to that of the picture */
/** @typedef {{ width: number, height: number }} Size */
/** @typedef {{ scale: number, left: number, top: number }} Fit of places to px: x · scale + left; top − y · scale */

/** @type {Camera} */
export const WHOLE = { zoom: 1, x: 0, y: 0 };
export const FURTHEST = 64;
/** Px that stay free around all points. */
const MARGIN = 18;

/** All points at one scale on both axes, in the middle. @param {ArrayLike<number>} places @param {Size} size @returns {Fit} */
export function fitOf(places, { width, height }) {
  let [west, east, south, north] = [0, 0, 0, 0];
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = pointOf(places, i / 2);
    [west, east] = [Math.min(west, x), Math.max(east, x)];
    [south, north] = [Math.min(south, y), Math.max(north, y)];
  }
  const room = (/** @type {number} */ px, /** @type {number} */ span) =>
    Math.max(1, px - 2 * MARGIN) / (span || 1);
  const scale = Math.min(room(width, east - west), room(height, north - south));
  return {
    scale,
    left: width / 2 - ((west + east) / 2) * scale,
    top: height / 2 + ((south + north) / 2) * scale,
  };
}

/** @param {ArrayLike<number>} places @param {number} i @returns {Point} */
export function pointOf(places, i) {
  return [places[2 * i] ?? 0, places[2 * i + 1] ?? 0];
}

/** @param {Fit} fit @param {Camera} camera @param {Point} place @returns {Point} px */
export function toPx({ scale, left, top }, { zoom, x, y }, [right, up]) {
  return [(right * scale + left) * zoom + x, (top - up * scale) * zoom + y];
}

/** Nothing beyond the whole picture is looked at. @param {Camera} camera @param {Size} size @returns {Camera} */
export function within({ zoom, x, y }, { width, height }) {
  const near = Math.max(1, Math.min(FURTHEST, zoom));
  const held = (/** @type {number} */ at, /** @type {number} */ px) =>
    Math.min(0, Math.max(px - px * near, at));
  return { zoom: near, x: held(x, width), y: held(y, height) };
}

/** @param {Camera} camera @param {number} factor @param {Point} about stays where it is @param {Size} size @returns {Camera} */
export function zoomed({ zoom, x, y }, factor, [right, down], size) {
  const next = Math.max(1, Math.min(FURTHEST, zoom * factor));
  const by = next / zoom;
  return within({ zoom: next, x: right - (right - x) * by, y: down - (down - y) * by }, size);
}

/** @param {readonly Point[]} spots px @param {Point} at @param {number} reach px @returns {number | null} */
export function nearestOf(spots, [x, y], reach) {
  let [best, least] = [/** @type {number | null} */ (null), reach];
  spots.forEach(([right, down], i) => {
    const far = Math.hypot(right - x, down - y);
    if (far < least) [best, least] = [i, far];
  });
  return best;
}

/** The nearest one that way, within a quarter of a turn. @param {readonly Point[]} spots px @param {number} from @param {Point} way of length 1 @returns {number} itself where there is none */
export function nextOf(spots, from, [right, down]) {
  const [x, y] = spots[from] ?? [0, 0];
  let [best, least] = [from, Infinity];
  spots.forEach(([px, py], i) => {
    const along = (px - x) * right + (py - y) * down;
    const aside = Math.abs((px - x) * down - (py - y) * right);
    const far = Math.hypot(along, aside);
    if (along > 0 && aside <= along && far < least) [best, least] = [i, far];
  });
  return best;
}
