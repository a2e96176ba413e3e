// What stands in space for one layout, and what trace and selection put on it: made when it must be,
// handed to the painters.

import { effectItems } from '../../scene/effect.js';
import { stillValues } from '../../scene/still.js';
import { effectValues } from '../../scene/space/effect.js';
import { guessInSpace } from '../../scene/space/guess.js';
import { placeLabels } from '../../scene/space/beside.js';
import { blocksFor } from '../../scene/space/labels.js';
import { restLines, sheetsOf } from '../../scene/space/lines.js';
import { namesRoom, unitNames } from '../../scene/space/names.js';
import { overlayInSpace } from '../../scene/space/overlay.js';
import { light } from '../../scene/space/patches.js';
import { placeInSpace } from '../../scene/space/place.js';
import { cellValues } from '../../scene/space/values.js';
import { weightInSpace } from '../../scene/space/weight.js';
import { selection, viewOf } from '../state.js';
import { flatPlaces } from './flat.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { LabelCanvas } from '../../render/space/labels.js' */
/** @import { Picture } from '../../render/space/picture.js' */
/** @import { HeatItem, Layout, StillValues } from '../../scene/types.d.ts' */
/** @import { Camera, Heights, SpaceOverlay, Stand } from '../../scene/space/types.d.ts' */
/** @import { Sight } from '../../scene/space/patches.js' */
/** @import { StageState } from '../state.js' */

/** The picture stands still when it has not turned for as long, ms. */
const REST = 150;

export class Scenery {
  #picture;
  #labels;
  #colours;
  #heights;
  #lit;
  #blocks;
  /** @type {StillValues | null} */
  #values = null;
  /** @type {readonly HeatItem[]} */
  #heats = [];
  /** @type {SpaceOverlay | null} */
  overlay = null;
  /** From where the labels were placed, and where they stand. */
  #seen = '';
  /** @type {ReturnType<typeof placeLabels>} */
  #beside = { labels: [], order: 0 };
  /** Runs while the camera turns. @type {ReturnType<typeof setTimeout> | undefined} */
  #turning;
  #rest;

  /**
   * @param {object} options
   * @param {Picture} options.picture
   * @param {LabelCanvas} options.labels
   * @param {Layout} options.layout
   * @param {Graph} options.graph
   * @param {boolean} options.small
   * @param {{ left: number, top: number }} options.scroll of the flat picture
   * @param {() => void} options.onRest the picture no longer turns: it is drawn once more
   */
  constructor({ picture, labels, layout, graph, small, scroll, onRest }) {
    this.#rest = () => {
      this.#turning = undefined;
      this.#seen = '';
      onRest();
    };
    this.#picture = picture;
    this.#labels = labels;
    this.layout = layout;
    this.graph = graph;
    this.space = placeInSpace(layout, graph);
    const { count } = this.space;
    this.#blocks = blocksFor(this.space, graph, labels.measure, small);
    this.#colours = new Uint16Array(count);
    this.#heights = new Float32Array(count);
    this.#lit = new Uint8Array(count).fill(1);
    const widths = graph.classes.map((name) => labels.measure(`${name}  100%`, 'classStrong'));
    /** How far the names of the answer reach beyond it, CSS pixels. */
    this.named = 24 + Math.max(0, ...widths);
    this.#stand(scroll);
  }

  /** @param {{ left: number, top: number }} scroll */
  #stand(scroll) {
    const { count, planes } = this.space;
    const place = new Float32Array(4 * count);
    const rise = new Float32Array(2 * count);
    for (const { x, y, z, cell, first, rows, columns, thickness, relief } of planes)
      for (let i = 0; i < y.length * rows * columns; i++) {
        const tile = Math.floor(i / (rows * columns));
        const inside = i % (rows * columns);
        const top = (y[tile] ?? 0) - Math.floor(inside / columns) * cell;
        place.set([x, top, (z[tile] ?? 0) + (inside % columns) * cell, cell], 4 * (first + i));
        rise.set([thickness, relief], 2 * (first + i));
      }
    const home = flatPlaces(this.space, this.layout, this.graph, scroll);
    const [rest, sheets] = [restLines(this.space), sheetsOf(this.space)];
    this.#picture.setPlaces({ place, rise, home }, rest, sheets);
  }

  /** Nothing is drawn once more. */
  end() {
    clearTimeout(this.#turning);
  }

  /** @param {boolean} relief @returns {Heights} */
  heights(relief) {
    return relief ? this.#heights : null;
  }

  /** A new trace, scale or derivative. */
  /** @param {Readonly<StageState>} state */
  colour(state) {
    const { space, graph, layout } = this;
    const view = viewOf(state);
    const palette = this.#picture.palette;
    const [colours, heights] = [this.#colours, this.#heights];
    const values = stillValues(layout, graph, view);
    cellValues(space, palette, view.trace, values, colours, heights);
    this.#heats = heatsOf(layout, graph, state);
    this.#values = this.#heats.length
      ? effectValues(space, graph, palette, this.#heats, values, colours, heights)
      : values;
    this.#picture.setValues(colours, heights);
  }

  /**
   * @param {Readonly<StageState>} state
   * @param {Camera} camera
   */
  point(state, { eye }) {
    const { space, graph, layout } = this;
    const sight = { space, graph, heights: this.heights(state.relief), eye };
    const overlay = overlayOf(sight, layout, state);
    if (overlay.lit) for (const { region } of this.#heats) light(overlay.lit, sight, region);
    this.overlay = overlay;
    this.#picture.setOverlay(overlay, overlay.lit ?? this.#lit);
  }

  /**
   * @param {Camera} camera
   * @param {Stand} stand
   * @param {number} opacity
   */
  label(camera, stand, opacity) {
    if (!this.#values) return;
    const names = unitNames(this.space, this.graph, camera, this.#values);
    this.#labels.paint(this.#placed(camera, stand).labels, names, this.#values, opacity);
  }

  /** They stay while the camera stays, whatever is drawn; while it turns they keep their order. */
  /** @param {Camera} camera @param {Stand} stand */
  #placed(camera, stand) {
    const seen = [camera.eye, camera.scale, camera.x, camera.y, ...Object.values(stand)].join();
    if (seen !== this.#seen) {
      const taken = namesRoom(this.space, camera, this.named - 24);
      const order = this.#turning ? this.#beside.order : null;
      this.#beside = placeLabels(this.#blocks, camera, stand, taken, order);
      clearTimeout(this.#turning);
      this.#turning = order === null && !this.#seen ? undefined : setTimeout(this.#rest, REST);
    }
    this.#seen = seen;
    return this.#beside;
  }
}

/** What pointing adds: at a weight, at a cell, or at nothing while lines lead to the first guess. */
/** @param {Sight} sight @param {Layout} layout @param {Readonly<StageState>} state */
function overlayOf(sight, layout, state) {
  const { pointed, pinned, walking, links, derivatives, kernel } = state;
  const view = viewOf(state);
  if (kernel) return weightInSpace(sight, layout, view, kernel, selection(state), pinned !== null);
  if (links === 'guess' && !pinned && !pointed && derivatives && view.trace)
    return guessInSpace(sight, layout, view, derivatives);
  const focus = walking ? pointed : null;
  return overlayInSpace({ sight, layout, view, pointed, pinned, focus });
}

/** @param {Layout} layout @param {Graph} graph @param {Readonly<StageState>} state @returns {HeatItem[]} */
function heatsOf(layout, graph, { pinned, effect, derivatives, trace }) {
  if (!pinned || !effect || !derivatives || !trace) return [];
  return effectItems(layout, graph, derivatives, pinned).filter((item) => item.kind === 'heat');
}
