// The network in space as the stage's other ground: what of it must be drawn anew, once a frame.

import { LabelCanvas } from '../../render/space/labels.js';
import { Picture } from '../../render/space/picture.js';
import { cameraOf, presetOrbit } from '../../scene/space/camera.js';
import { pickInSpace, rectInSpace } from '../../scene/space/pick.js';
import { html } from '../../ui/dom.js';
import { loadStyles } from '../../page/later.js';
import { handle } from './hands.js';
import { Motion } from './motion.js';
import { Scenery } from './scenery.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { OverlayItem } from '../../scene/types.d.ts' */
/** @import { Camera, Orbit, Stand } from '../../scene/space/types.d.ts' */
/** @import { Page } from '../../page/later.js' */
/** @import { StageState } from '../state.js' */

/** What a change of the state makes stale. @type {Partial<Record<keyof StageState, Step>>} */
const STALE = {
  ...{ graph: 'places', folded: 'places', hidden: 'places' },
  ...{ trace: 'values', scale: 'values', beside: 'values', effect: 'values' },
  ...{ derivatives: 'values', pinned: 'values', relief: 'overlay' },
  ...{ weights: 'overlay', pointed: 'overlay', walking: 'overlay', links: 'overlay' },
  kernel: 'overlay',
  orbit: 'camera',
};
/** @typedef {'places' | 'values' | 'overlay' | 'camera'} Step */
/** @type {readonly Step[]} */
const ALL = ['places', 'values', 'overlay', 'camera'];

const PIN_TIME = 120;
const RELIEF_TIME = 220;
/** Stages this narrow have small labels. */
const SMALL = 700;

/** @param {Page} page */
export async function createGround(page) {
  await loadStyles('space');
  return new Ground(page);
}

export class Ground {
  #page;
  #picture;
  #labels;
  #element;
  #canvas;
  #motion;
  /** @type {Set<Step>} */
  #stale = new Set(ALL);
  /** @type {Scenery | null} */
  #made = null;
  /** @type {Camera | null} */
  #camera = null;
  #sides = '';
  #inside = false;
  #scroll = { left: 0, top: 0 };
  /** The stage as it was in the frame before. @type {Stand | null} */
  #seen = null;
  /** When scrim or heights began to change, and where they are. */
  #scrim = { since: NaN, at: 0 };
  #relief = { since: NaN, from: 0, at: 0 };

  /** @param {Page} page */
  constructor(page) {
    const { store, theme, loop } = page;
    this.#page = page;
    const reduced = matchMedia('(prefers-reduced-motion: reduce)');
    this.still = () => reduced.matches;
    this.#motion = new Motion(this.still);
    this.#canvas = html('canvas', {
      ...{ class: 'space-picture', tabindex: 0, role: 'application' },
      'aria-roledescription': 'network',
      'aria-label':
        'The network in space. Arrow keys walk the cells, Page Up and Page Down the layers, with Shift they turn it, Enter pins, Escape releases.',
      'aria-describedby': 'stage-said',
    });
    const labels = html('canvas', { class: 'space-labels', 'aria-hidden': true });
    this.#element = html('div', { class: 'space', hidden: true }, this.#canvas, labels);
    this.#picture = new Picture(this.#canvas, theme.current());
    this.#labels = new LabelCanvas(labels, theme.current());
    this.#picture.onRestored = () => {
      this.#made = null;
      loop.wake();
    };
    this.#element.append(handle(page, this, this.#canvas, this.#motion));
    page.scroller.append(this.#element);
    store.subscribe((state, changed) => this.#changed(state, changed));
  }

  /** @param {Readonly<StageState>} state @param {Partial<StageState>} changed */
  #changed(state, changed) {
    for (const key of /** @type {(keyof StageState)[]} */ (Object.keys(changed))) {
      const step = STALE[key];
      if (step) this.#stale.add(step);
    }
    // from one pinned cell to the next nothing lights up in between
    if ('pinned' in changed && this.#scrim.at < 1) this.#scrim.since = NaN;
    if ('relief' in changed)
      this.#relief = { since: NaN, from: this.#relief.at, at: this.#relief.at };
    if ('theme' in changed) this.#setTheme();
  }

  #setTheme() {
    const theme = this.#page.theme.current();
    this.#picture.setTheme(theme);
    this.#labels.setTheme(theme);
    this.#made = null;
  }

  // -------------------------------------------------------------- coming and going

  enter() {
    const { view, viewport, scroller, canvas } = this.#page;
    if (this.#inside) return;
    this.#inside = true;
    if (!this.#motion.flying) this.#scroll = viewport.scroll(scroller);
    const focused = document.activeElement === canvas;
    this.#element.hidden = false;
    this.#element.dataset['fade'] = 'in';
    if (!this.still()) delete this.#element.dataset['fade'];
    document.documentElement.toggleAttribute('data-space', true);
    scroller.toggleAttribute('data-space', true);
    if (focused) this.#canvas.focus();
    this.#made = null;
    this.#motion.fly(1);
    view.space = this;
  }

  leave() {
    if (!this.#inside) return;
    this.#inside = false;
    this.#made = null; // the flat picture may have changed
    this.#motion.fly(0);
    this.#page.loop.wake();
  }

  /** Flat again: the flat picture is painted under this one, which then goes. */
  #landed() {
    const { view, scroller, canvas, painted } = this.#page;
    const focused = document.activeElement === this.#canvas;
    scroller.toggleAttribute('data-space', false);
    document.documentElement.toggleAttribute('data-space', false);
    scroller.scrollTo(this.#scroll);
    view.space = null;
    if (focused) canvas.focus({ preventScroll: true });
    if (this.still()) this.#element.dataset['fade'] = 'out';
    const wait = this.still() ? 200 : 0;
    const hide = () => void (this.#inside || (this.#element.hidden = true));
    void painted().then(() => setTimeout(hide, wait));
  }

  // -------------------------------------------------------------- questions

  /** Whether cells stand where they are asked for. */
  get #stands() {
    return this.#inside && !this.#motion.flying;
  }

  /** @param {Cell} cell */
  rectOf(cell) {
    const [made, camera] = [this.#made, this.#camera];
    if (!made || !camera || !this.#stands || !made.graph.valid(cell)) return null;
    const heights = made.heights(this.#page.store.get().relief);
    return rectInSpace(made.space, heights, camera, cell);
  }

  /** @param {number} x @param {number} y CSS pixels of the stage's place */
  pick(x, y) {
    const [made, camera] = [this.#made, this.#camera];
    if (!made || !camera || !this.#stands) return null;
    const heights = made.heights(this.#page.store.get().relief);
    return pickInSpace(made.space, heights, camera, x, y);
  }

  /** What pointing adds, for who looks at it from outside: no rectangles of the flat picture. */
  get overlay() {
    const items = /** @type {unknown} */ (this.#made?.overlay?.frames ?? []);
    return /** @type {readonly OverlayItem[]} */ (items);
  }

  /** @returns {Stand | null} */
  stand() {
    const box = this.#page.viewport.box(this.#page.scroller);
    if (!box) return null;
    const { width, height } = box;
    const small = width <= SMALL;
    const side = small ? 14 : 40;
    const names = Math.max(side, this.#made?.named ?? 0);
    const [top, bottom] = small ? [52, 50] : [56, 82];
    return { width, height, left: side, right: names, top, bottom };
  }

  /** @returns {Orbit} */
  orbit() {
    const { orbit } = this.#page.store.get();
    if (orbit && !orbit.preset) return orbit;
    return presetOrbit(orbit?.preset ?? 'oblique', this.stand() ?? { width: 2, height: 1 });
  }

  /** Where the stage turns upright or wide, a preset glides to its angles there. */
  #follow() {
    const [before, stand] = [this.#seen, this.stand()];
    this.#seen = stand;
    if (!stand || !before || !this.#stands) return;
    if (stand.width > stand.height === before.width > before.height) return;
    const now = this.orbit();
    if (now.preset) this.#motion.glide(presetOrbit(now.preset, before), now);
  }

  // -------------------------------------------------------------- a frame

  /**
   * @param {number} time
   * @returns {boolean} whether the next frame is needed, too
   */
  frame(time) {
    const { store } = this.#page;
    const landed = this.#motion.advance(time);
    this.#follow();
    const moved = this.#motion.orbit(time);
    if (moved) store.set({ orbit: moved });
    const made = this.#scenery();
    if (!made) return false;
    const resized = this.#resize();
    const changing = this.#change(time, store.get());
    const moving = changing || this.#motion.moving;
    if (landed || resized || moving || this.#stale.size > 0) this.#draw(made, store.get());
    this.#stale.clear();
    if (landed && !this.#inside) this.#landed();
    return moving;
  }

  /** Of the layout that the flat picture has now. */
  #scenery() {
    const { graph } = this.#page.store.get();
    const { loop, view } = this.#page;
    const { layout } = view;
    const stand = this.stand();
    if (!graph || !layout || !stand) return null;
    if (this.#made?.layout === layout && !this.#stale.has('places')) return this.#made;
    const [picture, labels, scroll] = [this.#picture, this.#labels, this.#scroll];
    const small = stand.width <= SMALL;
    const onRest = () => void (this.#stale.add('camera') && loop.wake());
    this.#made = new Scenery({ picture, labels, layout, graph, small, scroll, onRest });
    for (const step of ALL) this.#stale.add(step);
    return this.#made;
  }

  #resize() {
    const box = this.#page.viewport.box(this.#page.scroller);
    if (!box) return false;
    const { deviceWidth, deviceHeight, dpr } = box;
    const same = this.#canvas.width === deviceWidth && this.#canvas.height === deviceHeight;
    this.#picture.resize(deviceWidth, deviceHeight);
    this.#labels.resize(deviceWidth, deviceHeight, dpr);
    return !same;
  }

  /**
   * What comes and goes slowly: the scrim of a pinned cell, the heights.
   *
   * @param {number} time
   * @param {Readonly<StageState>} state
   */
  #change(time, { pinned, pointed, links, derivatives, relief }) {
    const dims = pinned || (links === 'guess' && derivatives && !pointed) ? 1 : 0;
    const until = (/** @type {number} */ since, /** @type {number} */ length) =>
      this.still() ? 1 : Math.min(1, (time - since) / length);
    const [scrim, height] = [this.#scrim, this.#relief];
    if (Number.isNaN(scrim.since)) scrim.since = time;
    if (Number.isNaN(height.since)) height.since = time;
    const [oldScrim, oldHeight] = [scrim.at, height.at];
    scrim.at = dims * (1 - (1 - until(scrim.since, PIN_TIME)) ** 3);
    const to = relief ? 1 : 0;
    height.at = height.from + (to - height.from) * until(height.since, RELIEF_TIME);
    const moved = [scrim.at - oldScrim, height.at - oldHeight];
    return [...moved, scrim.at - dims, height.at - to].some(Boolean);
  }

  /** @param {Scenery} made @param {Readonly<StageState>} state */
  #draw(made, state) {
    const stand = this.stand();
    if (!stand) return;
    const camera = cameraOf(made.space, this.orbit(), stand);
    this.#camera = camera;
    const stale = this.#stale;
    if (stale.has('values')) made.colour(state);
    // frames lie on the side of a plane that is seen
    const sides = made.space.planes.map(({ x }) => (camera.eye[0] > x ? 1 : 0)).join('');
    if (stale.has('values') || stale.has('overlay') || sides !== this.#sides)
      made.point(state, camera);
    this.#sides = sides;
    const flight = this.#motion.height;
    this.#picture.draw(camera, { flight, relief: this.#relief.at, scrim: this.#scrim.at });
    made.label(camera, stand, Math.max(0, 2 * flight - 1));
  }
}
