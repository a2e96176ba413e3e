// The network in space as the stage's other ground: what of it must be drawn anew, once a frame.

import { LabelCanvas } from '../../render/space/labels.js';
import { Picture } from '../../render/space/picture.js';
import { cameraOf, isSmall, presetOrbit, standIn } from '../../scene/space/camera.js';
import { pickInSpace, rectInSpace } from '../../scene/space/pick.js';
import { createSpaceElements } from '../../ui/space.js';
import { Changes } from './changes.js';
import { createHands } from './hands.js';
import { Motion } from './motion.js';
import { Scenery } from './scenery.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { OverlayItem } from '../../scene/types.d.ts' */
/** @import { Camera, Orbit, Stand } from '../../scene/space/types.d.ts' */
/** @import { Point } from '../pointing.js' */
/** @import { Stage } from '../stage.js' */
/** @import { StageState } from '../state.js' */

/** What a change of the state makes stale. @type {Partial<Record<keyof StageState, Step>>} */
const STALE = {
  ...{ graph: 'places', folded: 'places', hidden: 'places' },
  ...{ trace: 'values', scale: 'values', beside: 'values', quantity: 'values' },
  ...{ answers: 'values', pinned: 'values', relief: 'overlay' },
  ...{ weights: 'overlay', pointed: 'overlay', walking: 'overlay', links: 'overlay' },
  kernel: 'overlay',
  orbit: 'camera',
};
/** @typedef {'places' | 'values' | 'overlay' | 'camera'} Step */
/** @type {readonly Step[]} */
const ALL = ['places', 'values', 'overlay', 'camera'];

export class Ground {
  #stage;
  #onTurned;
  #unsubscribe;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #hiding;
  #picture;
  #labels;
  #element;
  #canvas;
  #motion;
  #changes;
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

  /**
   * @param {Stage} stage
   * @param {Point} point
   * @param {(inside: boolean) => void} [onTurned] the flat picture went, or is back
   */
  constructor(stage, point, onTurned) {
    const { store, theme, loop, view, place, still } = stage;
    this.#stage = stage;
    this.#onTurned = onTurned;
    this.still = still;
    this.#motion = new Motion(still);
    this.#changes = new Changes(still);
    const { element, canvas, labels } = createSpaceElements(
      stage.canvas.getAttribute('aria-describedby') ?? '',
    );
    this.#element = element;
    this.#canvas = canvas;
    this.#picture = new Picture(canvas, theme.current());
    this.#labels = new LabelCanvas(labels, theme.current());
    this.#picture.onRestored = () => {
      this.#made = null;
      loop.wake();
    };
    this.hands = createHands(stage, this, canvas, this.#motion);
    point(canvas, {
      pick: (x, y) => this.pick(x, y),
      step: (cell, dx, dy) => view.step(cell, dx, dy),
      jump: (cell, by) => view.jump(cell, by),
    });
    element.append(this.hands.bar);
    place.append(element);
    this.#unsubscribe = store.subscribe((state, changed) => this.#changed(state, changed));
  }

  /** Leaves at once, and gives back what it drew with. */
  end() {
    this.#unsubscribe();
    clearTimeout(this.#hiding);
    this.#picture.end();
    this.#element.remove();
    this.#flat();
  }

  /** @param {Readonly<StageState>} state @param {Partial<StageState>} changed */
  #changed(state, changed) {
    for (const key of /** @type {(keyof StageState)[]} */ (Object.keys(changed))) {
      const step = STALE[key];
      if (step) this.#stale.add(step);
    }
    this.#changes.begin(changed);
    if ('relief' in changed) this.hands.showRelief(state.relief);
    if ('theme' in changed) this.#setTheme();
  }

  #setTheme() {
    const theme = this.#stage.theme.current();
    this.#picture.setTheme(theme);
    this.#labels.setTheme(theme);
    this.#made = null;
  }

  // -------------------------------------------------------------- coming and going

  enter() {
    const { view, viewport, place, canvas } = this.#stage;
    if (this.#inside) return;
    this.#inside = true;
    if (!this.#motion.flying) this.#scroll = viewport.scroll(place);
    const focused = document.activeElement === canvas;
    this.#element.hidden = false;
    this.#element.dataset['fade'] = 'in';
    if (!this.still()) delete this.#element.dataset['fade'];
    place.toggleAttribute('data-space', true);
    this.#onTurned?.(true);
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
    this.#stage.loop.wake();
  }

  /** The flat picture is painted under this one, which then goes. */
  #landed() {
    const { canvas, loop } = this.#stage;
    const focused = document.activeElement === this.#canvas;
    this.#flat();
    if (focused) canvas.focus({ preventScroll: true });
    if (this.still()) this.#element.dataset['fade'] = 'out';
    const wait = this.still() ? 200 : 0;
    const hide = () => void (this.#inside || (this.#element.hidden = true));
    void loop.painted().then(() => (this.#hiding = setTimeout(hide, wait)));
  }

  #flat() {
    const { view, place } = this.#stage;
    place.toggleAttribute('data-space', false);
    this.#onTurned?.(false);
    place.scrollTo(this.#scroll);
    view.space = null;
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
    const heights = made.heights(this.#stage.store.get().relief);
    return rectInSpace(made.space, heights, camera, cell);
  }

  /** @param {number} x @param {number} y CSS pixels of the stage's place */
  pick(x, y) {
    const [made, camera] = [this.#made, this.#camera];
    if (!made || !camera || !this.#stands) return null;
    const heights = made.heights(this.#stage.store.get().relief);
    return pickInSpace(made.space, heights, camera, x, y);
  }

  /** What pointing adds, for who looks at it from outside: no rectangles of the flat picture. */
  get overlay() {
    const items = /** @type {unknown} */ (this.#made?.overlay?.frames ?? []);
    return /** @type {readonly OverlayItem[]} */ (items);
  }

  /** @returns {Stand | null} */
  stand() {
    const box = this.#stage.viewport.box(this.#stage.place);
    return box ? standIn(box, this.#made?.named ?? 0) : null;
  }

  /** @returns {Orbit} */
  orbit() {
    const { orbit } = this.#stage.store.get();
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
    const { store } = this.#stage;
    const landed = this.#motion.advance(time);
    this.#follow();
    const moved = this.#motion.orbit(time);
    if (moved) store.set({ orbit: moved });
    const made = this.#scenery();
    if (!made) return false;
    const resized = this.#resize();
    const changing = this.#changes.advance(time, store.get());
    const moving = changing || this.#motion.moving;
    if (landed || resized || moving || this.#stale.size > 0) this.#draw(made, store.get());
    this.#stale.clear();
    if (landed && !this.#inside) this.#landed();
    return moving;
  }

  /** Of the layout that the flat picture has now. */
  #scenery() {
    const { graph } = this.#stage.store.get();
    const { layout } = this.#stage.view;
    const stand = this.stand();
    if (!graph || !layout || !stand) return null;
    if (this.#made?.layout === layout && !this.#stale.has('places')) return this.#made;
    const [picture, labels, scroll] = [this.#picture, this.#labels, this.#scroll];
    const small = isSmall(stand);
    this.#made = new Scenery({ picture, labels, layout, graph, small, scroll });
    for (const step of ALL) this.#stale.add(step);
    return this.#made;
  }

  #resize() {
    const box = this.#stage.viewport.box(this.#stage.place);
    if (!box) return false;
    const { deviceWidth, deviceHeight, dpr } = box;
    const same = this.#canvas.width === deviceWidth && this.#canvas.height === deviceHeight;
    this.#picture.resize(deviceWidth, deviceHeight);
    this.#labels.resize(deviceWidth, deviceHeight, dpr);
    return !same;
  }

  /** @param {Scenery} made @param {Readonly<StageState>} state */
  #draw(made, state) {
    const stand = this.stand();
    if (!stand) return;
    const camera = cameraOf(made.space, this.orbit(), stand);
    this.#camera = camera;
    const stale = this.#stale;
    const { quantity } = this.#stage.view;
    if (quantity && stale.has('values')) made.colour(quantity);
    // frames lie on the side of a plane that is seen
    const sides = made.space.planes.map(({ x }) => (camera.eye[0] > x ? 1 : 0)).join('');
    if (stale.has('values') || stale.has('overlay') || sides !== this.#sides)
      made.point(state, camera);
    this.#sides = sides;
    const flight = this.#motion.height;
    const { relief, scrim } = this.#changes;
    this.#picture.draw(camera, { flight, relief, scrim });
    made.label(camera, stand, Math.max(0, 2 * flight - 1));
  }
}
