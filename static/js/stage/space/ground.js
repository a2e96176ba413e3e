// The network in space as the stage's other ground: what of it must be drawn anew, once a frame.

import { LabelCanvas } from '../../render/space/labels.js';
import { Picture } from '../../render/space/picture.js';
import { cameraOf, isSmall, orbitIn, presetOrbit, standIn } from '../../scene/space/camera.js';
import { pickInSpace, rectInSpace } from '../../scene/space/pick.js';
import { createSpaceElements } from '../../ui/space.js';
import { NOTHING, OVERLAY } from '../view.js';
import { createHands } from './hands.js';
import { Motion } from './motion.js';
import { Scenery, dims } from './scenery.js';

/** @import { Cell } from '../../geometry/types.d.ts' */
/** @import { OverlayItem } from '../../scene/types.d.ts' */
/** @import { Camera, Orbit, Stand } from '../../scene/space/types.d.ts' */
/** @import { Point } from '../pointing.js' */
/** @import { Stage } from '../stage.js' */

export class Ground {
  #stage;
  #onTurned;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #hiding;
  #picture;
  #labels;
  #element;
  #canvas;
  #motion;
  /** @type {Scenery | null} */
  #made = null;
  /** @type {Camera | null} */
  #camera = null;
  #sides = '';
  #inside = false;
  #scroll = { left: 0, top: 0 };
  /** The stage as it was in the frame before. @type {Stand | null} */
  #before = null;

  /**
   * @param {Stage} stage
   * @param {Point} point
   * @param {(inside: boolean) => void} [onTurned] the flat picture went, or is back
   */
  constructor(stage, point, onTurned) {
    const { theme, loop, view, place, still } = stage;
    this.#stage = stage;
    this.#onTurned = onTurned;
    this.still = still;
    this.#motion = new Motion(still);
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
    point(canvas, view);
    element.append(this.hands.bar);
    place.append(element);
  }

  /** Leaves at once, and gives back what it drew with. */
  end() {
    clearTimeout(this.#hiding);
    this.#picture.end();
    this.#element.remove();
    this.#flat();
  }

  /** What stands there is made anew. */
  setTheme() {
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
    this.setTheme();
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

  get #stands() {
    return this.#inside && !this.#motion.flying;
  }

  /** What is asked for, while cells stand where they are asked for. */
  get #seen() {
    const [made, camera] = [this.#made, this.#camera];
    if (!made || !camera || !this.#stands) return null;
    const heights = made.heights(this.#stage.store.get().relief);
    return { made, camera, heights };
  }

  /** @param {Cell} cell */
  rectOf(cell) {
    const seen = this.#seen;
    if (!seen?.made.graph.valid(cell)) return null;
    return rectInSpace(seen.made.space, seen.heights, seen.camera, cell);
  }

  /** @param {number} x @param {number} y CSS pixels of the stage's place */
  pick(x, y) {
    const seen = this.#seen;
    return seen && pickInSpace(seen.made.space, seen.heights, seen.camera, x, y);
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
    return orbitIn(this.#stage.store.get().orbit, this.stand() ?? { width: 2, height: 1 });
  }

  /** Where the stage turns upright or wide, a preset glides to its angles there. */
  #follow() {
    const [before, stand] = [this.#before, this.stand()];
    this.#before = stand;
    if (!stand || !before || !this.#stands) return;
    if (stand.width > stand.height === before.width > before.height) return;
    const now = this.orbit();
    if (now.preset) this.#motion.glide(presetOrbit(now.preset, before), now);
  }

  // -------------------------------------------------------------- a frame

  /**
   * @param {number} time
   * @param {number} from the first step that is stale, as the view counts them
   * @returns {boolean} whether the next frame is needed, too
   */
  frame(time, from) {
    this.#change();
    const { moving } = this.#motion;
    const landed = this.#motion.advance(time);
    this.#follow();
    const orbit = this.#motion.orbit(time);
    if (orbit) this.#stage.store.set({ orbit });
    const before = this.#made;
    const made = this.#scenery();
    if (!made) return false;
    const fresh = this.#resize() || made !== before;
    if (moving || fresh || from < NOTHING) this.#draw(made, fresh || from <= OVERLAY);
    if (landed && !this.#inside) this.#landed();
    return this.#motion.moving;
  }

  /** What the state says of heights, and of what is dimmed. */
  #change() {
    const state = this.#stage.store.get();
    this.hands.showRelief(state.relief);
    this.#motion.change({ relief: state.relief, dims: dims(state) });
  }

  /** Of the layout that the flat picture has now. */
  #scenery() {
    const { graph } = this.#stage.store.get();
    const { layout } = this.#stage.view;
    const stand = this.stand();
    if (!graph || !layout || !stand) return null;
    if (this.#made?.layout === layout) return this.#made;
    const [picture, labels, scroll] = [this.#picture, this.#labels, this.#scroll];
    const small = isSmall(stand);
    return (this.#made = new Scenery({ picture, labels, layout, graph, small, scroll }));
  }

  #resize() {
    const box = this.#stage.viewport.box(this.#stage.place);
    if (!box) return false;
    const { deviceWidth, deviceHeight, dpr } = box;
    this.#labels.resize(deviceWidth, deviceHeight, dpr);
    return this.#picture.resize(deviceWidth, deviceHeight);
  }

  /** @param {Scenery} made @param {boolean} pointed anew */
  #draw(made, pointed) {
    const state = this.#stage.store.get();
    const stand = this.stand();
    if (!stand) return;
    const camera = cameraOf(made.space, this.orbit(), stand);
    this.#camera = camera;
    const { quantity } = this.#stage.view;
    const coloured = quantity !== null && made.colour(quantity);
    // frames lie on the side of a plane that is seen
    const sides = made.space.planes.map(({ x }) => (camera.eye[0] > x ? 1 : 0)).join('');
    if (coloured || pointed || sides !== this.#sides) made.point(state, camera);
    this.#sides = sides;
    const { now } = this.#motion;
    this.#picture.draw(camera, now);
    made.label(camera, stand, Math.max(0, 2 * now.flight - 1));
  }
}
