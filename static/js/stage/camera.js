// Moves the camera: at once or in a glide, held to the picture, and with it through every resize.

import {
  FIT,
  anchorAt,
  between,
  centredOn,
  furthest,
  held,
  showing,
  sightOf,
} from '../scene/camera.js';
import { standCell } from '../scene/marks/cone.js';
import { rectOf } from '../scene/pick.js';
import { inSight, meet, middleOf } from '../scene/metrics.js';
import { rectSeen, zoomed } from '../scene/zoom.js';

/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Camera, Layout, Rect } from '../scene/types.d.ts' */
/** @import { Stage } from './stage.js' */

/** Of LOOK's motion: how long a change of the layout takes. */
const GLIDE = 200;

export class Cameraman {
  #store;
  #viewport;
  #place;
  #loop;
  #still;
  #now;
  /** @type {Layout | null} */
  #fitted = null;
  /** @type {Graph | null} */
  #graph = null;
  #room = { width: 1, height: 1 };
  /** Where a glide leads. @type {Camera | null} */
  #aim = null;

  /**
   * @param {Stage} stage
   * @param {() => number} [now] milliseconds
   */
  constructor({ store, viewport, place, loop, still }, now = () => performance.now()) {
    this.#store = store;
    this.#viewport = viewport;
    this.#place = place;
    this.#loop = loop;
    this.#still = still;
    this.#now = now;
  }

  /**
   * For the view: what is seen of the fitted picture.
   *
   * @param {Layout} next
   * @returns {Layout}
   */
  lens(next) {
    const box = this.#viewport.box(this.#place);
    if (!box) return next;
    if (next !== this.#fitted || Number.isNaN(this.#store.get().camera.x)) {
      const room = { width: box.deviceWidth / box.dpr, height: box.deviceHeight / box.dpr };
      const camera = this.#linked(next, room) ?? this.#kept(next, room);
      this.#fitted = next;
      this.#graph = this.#store.get().graph;
      this.#room = room;
      if (camera.zoom !== 1) this.#aim = null; // it was a place in another picture
      this.#put(camera);
    }
    const { camera } = this.#store.get();
    return camera.zoom === 1 ? next : zoomed(next, camera, this.#room);
  }

  /** Where the camera is, or is going to. A fitted picture may be scrolled. @returns {Camera} */
  present() {
    if (this.#aim) return this.#aim;
    const { camera } = this.#store.get();
    if (camera.zoom !== 1) return camera;
    const { left, top } = this.#viewport.scroll(this.#place);
    return { zoom: 1, x: -left, y: -top };
  }

  sight() {
    return this.#fitted && sightOf(this.#fitted, this.#room);
  }

  furthest() {
    return this.#fitted ? furthest(this.#fitted) : 1;
  }

  /** A plain wheel belongs to scrolling where the fitted picture is longer than its place. */
  scrollsDown() {
    return this.#fitted !== null && this.#fitted.scrolls && this.#fitted.axis === 'y';
  }

  /**
   * @param {Cell} cell
   * @returns {Rect | null} where it is, when it is in sight
   */
  inSight(cell) {
    const sight = this.sight();
    const rect = this.#fitted && this.#rectSeen(this.#fitted, this.present(), cell);
    return rect && sight && inSight(rect, sight) ? rect : null;
  }

  /** Ends a glide where it is. */
  stay() {
    this.#aim = null;
  }

  /** @param {Camera} camera */
  jump(camera) {
    this.#aim = null;
    this.#put(camera);
  }

  /** @param {Camera} camera */
  async glide(camera) {
    if (this.#still() || !this.#fitted) return this.jump(camera);
    const from = this.present();
    const to = held(this.#fitted, camera, this.#room);
    this.#aim = to;
    const begun = this.#now();
    for (let t = 0; t < 1;) {
      await this.#loop.painted();
      if (this.#aim !== to) return;
      t = Math.min(1, (this.#now() - begun) / GLIDE);
      this.#put(between(from, t < 1 ? to : camera, 1 - (1 - t) ** 3));
    }
    this.#aim = null;
  }

  /**
   * Brings a cell into sight that is out of it.
   *
   * @param {Cell} cell
   * @param {boolean} atOnce
   */
  reveal(cell, atOnce) {
    const camera = this.present();
    const sight = this.sight();
    const rect = this.#fitted && this.#rectSeen(this.#fitted, camera, cell);
    if (!rect || !sight || camera.zoom === 1 || inSight(rect, sight)) return;
    const there = showing(camera, rect, sight);
    if (atOnce) this.jump(there);
    else void this.glide(there);
  }

  /** @param {Camera} wanted */
  #put(wanted) {
    const { camera } = this.#store.get();
    const next = this.#fitted ? held(this.#fitted, wanted, this.#room) : FIT;
    const at = next.zoom === 1 ? null : this.#anchor(next);
    if (next.x === camera.x && next.zoom === camera.zoom && next.y === camera.y && at === camera.at)
      return;
    this.#store.set({ camera: { ...next, at } });
    if (next.zoom !== 1 || !this.#fitted?.scrolls) return;
    const { x, y } = wanted;
    void this.#loop.painted().then(() => this.#place.scrollTo({ left: -x, top: -y }));
  }

  /**
   * Of a link only what is in the middle is known, until it is seen in this room.
   *
   * @param {Layout} next
   * @param {{ width: number, height: number }} room
   */
  #linked(next, room) {
    const { x, zoom, at } = this.#store.get().camera;
    return Number.isNaN(x) && at ? held(next, centredOn(next, at, zoom, room), room) : null;
  }

  /**
   * The same point stays in the middle, whatever becomes of the picture, and a pinned cell in
   * sight. Where only the place changed, as under a phone's sheet, nothing moves without need.
   *
   * @param {Layout} next
   * @param {{ width: number, height: number }} room that it will be seen in
   */
  #kept(next, room) {
    const { camera, pinned, graph } = this.#store.get();
    const fitted = this.#fitted;
    if (!fitted || camera.zoom === 1 || graph !== this.#graph) return FIT;
    const sight = sightOf(fitted, this.#room);
    const there = held(next, sameTiles(fitted, next) ? camera : this.#centred(next, room), room);
    const before = pinned && this.#rectSeen(fitted, camera, pinned);
    const after = pinned && this.#rectSeen(next, there, pinned);
    if (!before || !after || !meet(before, sight)) return there;
    return held(next, showing(there, after, sightOf(next, room)), room);
  }

  /**
   * @param {Layout} next
   * @param {{ width: number, height: number }} room
   */
  #centred(next, room) {
    const { camera } = this.#store.get();
    const stays = (/** @type {string} */ layer) => Boolean(next.box(next.stand(layer)));
    const anchor = camera.at && stays(camera.at.layer) ? camera.at : this.#middle(camera, stays);
    return anchor ? centredOn(next, anchor, camera.zoom, room) : FIT;
  }

  /**
   * What a camera has in the middle: the same as before, where that leads to it.
   *
   * @param {Camera} camera held to the picture
   */
  #anchor(camera) {
    const { at } = this.#store.get().camera;
    if (!at || !this.#fitted) return this.#middle(camera);
    const there = centredOn(this.#fitted, at, camera.zoom, this.#room);
    const { x, y } = held(this.#fitted, there, this.#room);
    return x === camera.x && y === camera.y ? at : this.#middle(camera);
  }

  /**
   * @param {Camera} camera
   * @param {(layer: string) => boolean} [counts] which layers may say what is in the middle
   */
  #middle({ zoom, ...pan }, counts = () => true) {
    if (!this.#fitted) return null;
    const [x, y] = middleOf(sightOf(this.#fitted, this.#room));
    const boxes = this.#fitted.boxes.filter(({ layer }) => counts(layer));
    return anchorAt({ boxes }, [(x - pan.x) / zoom, (y - pan.y) / zoom]);
  }

  /**
   * @param {Layout} layout fitted
   * @param {Camera} camera
   * @param {Cell} cell
   */
  #rectSeen(layout, camera, cell) {
    const { graph } = this.#store.get();
    const rect = graph && rectOf(layout, standCell(layout, graph, cell));
    return rect && rectSeen(rect, camera);
  }
}

/** @param {Layout} a @param {Layout} b */
function sameTiles(a, b) {
  return (
    a.dpr === b.dpr &&
    a.boxes.length === b.boxes.length &&
    a.boxes.every(({ layer, rect }) => {
      const other = b.box(layer)?.rect;
      return other && rect.x === other.x && rect.y === other.y && rect.width === other.width;
    })
  );
}
