// Decides what of the stage must be painted anew, and hands it to the painter, once a frame.

import { PIN_TIME, Passage, quick } from '../core/loop.js';
import { layout as layOut } from '../scene/layout.js';
import { Chosen } from '../scene/order.js';
import { jumpLayer, pick, rectOf, step } from '../scene/pick.js';
import { valueOf } from '../scene/quantities/scale.js';
import { inSight } from '../scene/metrics.js';
import { inCommon } from '../scene/sizes.js';
import { stillItems } from '../scene/still.js';
import { viewOf } from './state.js';

/** @import { Box } from '../core/viewport.js' */
/** @import { Theme } from '../core/theme.js' */
/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Painter } from '../render/painter.js' */
/** @import { Layout, LayoutOptions, OverlayItem, Quantity, Rect } from '../scene/types.d.ts' */
/** @import { Painting } from './marks.js' */
/** @import { createShown } from './shown.js' */
/** @import { StageState, StageStore } from './state.js' */

/** Each step makes the ones after it stale. */
const LAYOUT = 0;
const CAMERA = 1;
const BASE = 2;
const VALUES = 3;
export const OVERLAY = 4;
/** How space is looked at. */
const ORBIT = 5;
export const NOTHING = 6;

/** What a change of the state makes stale. @type {Partial<Record<keyof StageState, number>>} */
const STALE = {
  graph: LAYOUT,
  folded: LAYOUT,
  hidden: LAYOUT,
  camera: CAMERA,
  trace: VALUES,
  scale: VALUES,
  beside: VALUES,
  weights: OVERLAY,
  pointed: OVERLAY,
  pinned: OVERLAY,
  walking: OVERLAY,
  play: OVERLAY,
  kernel: OVERLAY,
  ...{ quantity: OVERLAY, answers: OVERLAY, paths: OVERLAY, path: OVERLAY, spot: OVERLAY },
  notes: OVERLAY,
  ...{ relief: OVERLAY, orbit: ORBIT },
};

export class View {
  #store;
  #painter;
  #still;
  #wake;
  #few;
  #stale = LAYOUT;
  /** As it would be with nothing beside it. @type {Layout | null} */
  #kept = null;
  #chosen = new Chosen();
  /** The pictures beside this one: what they show, too, is shown in one size. @type {readonly View[]} */
  #beside = [];
  /** The whole picture, as large as the stage. @type {Layout | null} */
  #fitted = null;
  /** The picture as it is seen. @type {Layout | null} */
  #layout = null;
  /** @type {((fitted: Layout) => Layout) | null} */
  #lens = null;
  /** @type {readonly OverlayItem[]} */
  #overlay = [];
  /** What is shown instead of the flat picture. @type {import('./space/ground.js').Ground | null} */
  #space = null;
  /** What pointing adds to the picture; null until it is loaded. @type {Painting | null} */
  #marks = null;
  /** Which quantity is shown; values until it is loaded. @type {ReturnType<typeof createShown> | null} */
  #shown = null;
  /** What stands on the canvas below. @type {Quantity | null} */
  #base = null;
  /** @type {{ width: number, height: number, dpr: number, text: number } | null} */
  #size = null;
  /** How far the scrim of the pinned cell has come. */
  #scrim = new Passage(PIN_TIME);

  /**
   * @param {object} options
   * @param {StageStore} options.store
   * @param {Painter} options.painter
   * @param {() => boolean} options.still the user asked for reduced motion
   * @param {() => void} options.wake
   * @param {boolean} [options.few] its layers are few: numbers stand in their cells
   */
  constructor({ store, painter, still, wake, few = false }) {
    this.#few = few;
    this.#store = store;
    this.#painter = painter;
    this.#still = still;
    this.#wake = wake;
    /** The picture follows its state no more. */
    this.end = store.subscribe(({ graph }, changed) => {
      for (const key of /** @type {(keyof StageState)[]} */ (Object.keys(changed))) {
        this.#mark(STALE[key] ?? NOTHING);
      }
      if (graph && changed.trace) this.#showBest(graph, changed.trace);
    });
  }

  get layout() {
    return this.#layout;
  }

  get overlay() {
    return this.#space?.overlay ?? this.#overlay;
  }

  /** What its cells show; null before there is a network. */
  get quantity() {
    const state = this.#store.get();
    return state.graph && this.#quantityOf(state.graph, state);
  }

  /** @param {readonly View[]} views all that stand beside each other; this one may be among them */
  set beside(views) {
    this.#beside = views.filter((view) => view !== this);
    this.#mark(LAYOUT);
  }

  /** @param {(fitted: Layout) => Layout} lens makes the seen picture of the fitted one */
  set lens(lens) {
    this.#lens = lens;
    this.#mark(CAMERA);
  }

  /** @param {Painting} marks */
  set marks(marks) {
    this.#marks = marks;
    this.#shown = marks.createShown();
    this.#painter.marks = marks;
    this.#mark(VALUES);
  }

  /** @param {import('./space/ground.js').Ground | null} ground */
  set space(ground) {
    this.#space = ground;
    this.#mark(BASE);
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.#painter.setTheme(theme);
    this.#space?.setTheme();
    this.#mark(BASE);
  }

  /** @param {Pick<Box, 'deviceWidth' | 'deviceHeight' | 'dpr'> & { text: number }} box of the place for the stage, and how much larger than plain its texts are */
  resize({ deviceWidth, deviceHeight, dpr, text }) {
    this.#size = { width: deviceWidth / dpr, height: deviceHeight / dpr, dpr, text };
    this.#mark(LAYOUT);
  }

  /**
   * @param {number} time
   * @returns {boolean} whether the next frame is needed, too
   */
  frame(time) {
    const state = this.#store.get();
    const from = this.#stale;
    this.#stale = NOTHING;
    if (!state.graph || !this.#size) return false;
    if (from <= LAYOUT) this.#relayout();
    if (from <= CAMERA) this.#look(state.graph);
    if (this.#space) return this.#space.frame(time, from);
    if (from <= OVERLAY) return this.#paint(state, state.graph, from, time);
    return false;
  }

  /** @param {Cell} cell */
  rectOf(cell) {
    if (this.#space) return this.#space.rectOf(cell);
    const rect = this.#layout && rectOf(this.#layout, cell);
    return rect && inSight(rect, this.#layout?.sight) ? rect : null;
  }

  /** @param {number} x @param {number} y */
  pick(x, y) {
    if (this.#space) return this.#space.pick(x, y);
    const layout = this.#layout;
    const seen = layout && inSight({ x, y, width: 0, height: 0 }, layout.sight);
    return seen ? pick(layout, x, y) : null;
  }

  /**
   * @param {Cell} cell
   * @param {number} dx
   * @param {number} dy
   */
  step(cell, dx, dy) {
    const { graph } = this.#store.get();
    return this.#layout && graph ? step(this.#layout, graph, cell, dx, dy) : cell;
  }

  /**
   * @param {Cell | null} cell
   * @param {-1 | 1} by
   */
  jump(cell, by) {
    const { graph } = this.#store.get();
    const shown = this.#layout?.boxes.map((box) => box.layer) ?? [];
    return graph ? jumpLayer(graph, shown, cell, by) : null;
  }

  /** @param {number} step */
  #mark(step) {
    if (step === NOTHING) return;
    this.#stale = Math.min(this.#stale, step);
    if (step === LAYOUT) {
      this.#kept = null;
      this.#chosen.clear();
      for (const view of this.#beside) view.#stale = LAYOUT;
    }
    this.#wake();
  }

  /** Where a layout leaves out the best class, the answer is chosen anew; all other maps stay. */
  /** @param {Graph} graph @param {NonNullable<StageState['trace']>} trace */
  #showBest(graph, { tensors }) {
    if (!this.#chosen.misses(this.#fitted, graph, tensors)) return;
    this.#kept = null;
    this.#stale = LAYOUT;
  }

  #relayout() {
    const alone = this.#alone;
    const theirs = this.#beside.flatMap((view) => view.#alone ?? []);
    const { axis } = alone ?? {};
    const cells = alone && theirs.length ? inCommon([alone, ...theirs]) : null;
    this.#fitted = cells && axis ? this.#laidOut({ axis, cells }) : alone;
  }

  get #alone() {
    return (this.#kept ??= this.#laidOut());
  }

  /** @param {Pick<LayoutOptions, 'axis' | 'cells'>} [given] */
  #laidOut(given) {
    const { graph, folded, hidden, trace, pinned } = this.#store.get();
    if (!this.#size || !graph) return null;
    const order = this.#chosen.order(graph, trace?.tensors, pinned);
    const [few, { measure }] = [this.#few, this.#painter];
    return layOut(graph, { ...this.#size, few, folded, hidden, measure, order, ...given });
  }

  /** @param {Graph} graph @param {Readonly<StageState>} state @returns {Quantity} */
  #quantityOf(graph, state) {
    return this.#shown?.(graph, state) ?? valueOf(graph, viewOf(state));
  }

  /** @param {Graph} graph */
  #look(graph) {
    if (!this.#fitted) return;
    const seen = this.#lens?.(this.#fitted) ?? this.#fitted;
    this.#layout = this.#few && !seen.sight ? { ...seen, sight: seen.field } : seen;
    this.#painter.setLayout(this.#layout, stillItems(this.#layout, graph));
  }

  /**
   * @param {Readonly<StageState>} state
   * @param {Graph} graph
   * @param {number} from
   * @param {number} time
   */
  #paint(state, graph, from, time) {
    const layout = this.#layout;
    if (!layout) return false;
    const quantity = this.#quantityOf(graph, state);
    this.#paintBelow(from, quantity.under ?? quantity);
    this.#overlay = this.#marks?.items(layout, graph, state, quantity) ?? [];
    const scrim = this.#scrimAt(time, state);
    this.#painter.paintOverlay(this.#overlay, scrim, quantity);
    if (scrim < 1) this.#stale = Math.min(this.#stale, OVERLAY);
    return scrim < 1;
  }

  /** @param {number} from @param {Quantity} base what stands below the overlay */
  #paintBelow(from, base) {
    const other = base.name !== this.#base?.name; // and another word below its legends
    if (from <= BASE || other) this.#painter.paintBase();
    if (from <= VALUES || base !== this.#base) this.#painter.paintValues(base);
    this.#base = base;
  }

  /** @param {number} time @param {Readonly<StageState>} state */
  #scrimAt(time, { pinned }) {
    if (!pinned) this.#scrim = new Passage(PIN_TIME);
    if (!pinned || this.#still()) return 1;
    this.#scrim.go(1);
    this.#scrim.advance(time, false);
    return quick(this.#scrim.now);
  }
}
