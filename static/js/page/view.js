// Decides what of the stage must be painted anew, and hands it to the painter, once a frame.

import { jumpLayer } from '../input/pointing.js';
import { layout as layOut } from '../scene/layout.js';
import { overlayItems } from '../scene/overlay.js';
import { pick, rectOf, step } from '../scene/pick.js';
import { stillItems, stillValues } from '../scene/still.js';
import { mostActive } from './order.js';
import { viewOf } from './state.js';

/** @import { Box } from '../core/viewport.js' */
/** @import { Theme } from '../core/theme.js' */
/** @import { Cell, Graph } from '../geometry/types.d.ts' */
/** @import { Stage } from '../render/stage.js' */
/** @import { Layout, OverlayItem } from '../scene/types.d.ts' */
/** @import { PageStore, State } from './state.js' */

/** Each step makes the ones after it stale. */
const LAYOUT = 0;
const BASE = 1;
const VALUES = 2;
const OVERLAY = 3;
const NOTHING = 4;

/** What a change of the state makes stale. @type {Partial<Record<keyof State, number>>} */
const STALE = {
  graph: LAYOUT,
  folded: LAYOUT,
  trace: VALUES,
  scale: VALUES,
  weights: OVERLAY,
  pointed: OVERLAY,
  pinned: OVERLAY,
  walking: OVERLAY,
};

/** Of LOOK's motion: how long the scrim of a pinned cell takes to come. */
const PIN_TIME = 120;

export class View {
  #store;
  #stage;
  #still;
  #wake;
  #stale = LAYOUT;
  /** @type {Layout | null} */
  #layout = null;
  /** @type {readonly OverlayItem[]} */
  #overlay = [];
  /** @type {{ width: number, height: number, dpr: number } | null} */
  #size = null;
  /** When the scrim began to come; NaN before its first frame. @type {number | null} */
  #pinnedAt = null;

  /**
   * @param {object} options
   * @param {PageStore} options.store
   * @param {Stage} options.stage
   * @param {() => boolean} options.still the user asked for reduced motion
   * @param {() => void} options.wake
   */
  constructor({ store, stage, still, wake }) {
    this.#store = store;
    this.#stage = stage;
    this.#still = still;
    this.#wake = wake;
    store.subscribe((state, changed) => {
      for (const key of /** @type {(keyof State)[]} */ (Object.keys(changed))) {
        this.#mark(STALE[key] ?? NOTHING);
      }
      if (!('pinned' in changed)) return;
      this.#pinnedAt = state.pinned === null ? null : (this.#pinnedAt ?? NaN);
    });
  }

  get layout() {
    return this.#layout;
  }

  get overlay() {
    return this.#overlay;
  }

  /** @param {Theme} theme */
  setTheme(theme) {
    this.#stage.setTheme(theme);
    this.#mark(BASE);
  }

  /** @param {Pick<Box, 'deviceWidth' | 'deviceHeight' | 'dpr'>} box of the place for the stage */
  resize({ deviceWidth, deviceHeight, dpr }) {
    this.#size = { width: deviceWidth / dpr, height: deviceHeight / dpr, dpr };
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
    if (from <= LAYOUT) this.#relayout(state.graph);
    if (from <= OVERLAY) return this.#paint(state, state.graph, from, time);
    return false;
  }

  /** @param {Cell} cell */
  rectOf(cell) {
    return this.#layout ? rectOf(this.#layout, cell) : null;
  }

  /**
   * @param {number} x
   * @param {number} y
   */
  pick(x, y) {
    return this.#layout ? pick(this.#layout, x, y) : null;
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
    this.#wake();
  }

  /** @param {Graph} graph */
  #relayout(graph) {
    if (!this.#size) return;
    const { folded, trace } = this.#store.get();
    const order = (/** @type {string} */ name) =>
      mostActive(trace?.tensors.get(name), graph.size(name).channels);
    this.#layout = layOut(graph, { ...this.#size, folded, measure: this.#stage.measure, order });
    this.#stage.setLayout(this.#layout, stillItems(this.#layout, graph));
  }

  /**
   * @param {Readonly<State>} state
   * @param {Graph} graph
   * @param {number} from
   * @param {number} time
   */
  #paint(state, graph, from, time) {
    const layout = this.#layout;
    if (!layout) return false;
    const view = viewOf(state);
    if (from <= BASE) this.#stage.paintBase();
    if (from <= VALUES) this.#stage.paintValues(view.trace, stillValues(layout, graph, view));
    const { pointed, pinned, walking } = state;
    this.#overlay = overlayItems(layout, graph, view, pointed, pinned, walking ? pointed : null);
    const scrim = this.#scrim(time);
    this.#stage.paintOverlay(this.#overlay, scrim);
    if (scrim < 1) this.#stale = Math.min(this.#stale, OVERLAY);
    return scrim < 1;
  }

  /**
   * How far the scrim of the pinned cell has come, fast at first.
   *
   * @param {number} time
   */
  #scrim(time) {
    if (this.#pinnedAt === null || this.#still()) return 1;
    if (Number.isNaN(this.#pinnedAt)) this.#pinnedAt = time;
    const t = Math.min(1, (time - this.#pinnedAt) / PIN_TIME);
    return 1 - (1 - t) ** 3;
  }
}
