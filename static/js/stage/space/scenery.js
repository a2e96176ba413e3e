// What stands in space for one layout, and what trace and selection put on it: made when it must be,
// handed to the painters.

import { barsOf } from '../../scene/still.js';
import { placeLabels } from '../../scene/space/beside.js';
import { blocksFor } from '../../scene/space/labels.js';
import { restLines, sheetsOf } from '../../scene/space/lines.js';
import { namesRoom, unitNames } from '../../scene/space/names.js';
import { inLayer } from '../../scene/marks/over.js';
import { marksInSpace } from '../../scene/space/marks.js';
import { placeInSpace } from '../../scene/space/place.js';
import { cellValues } from '../../scene/space/values.js';
import { marksFor } from '../marks.js';
import { flatPlaces } from './flat.js';

/** @import { Graph } from '../../geometry/types.d.ts' */
/** @import { LabelCanvas } from '../../render/space/labels.js' */
/** @import { Picture } from '../../render/space/picture.js' */
/** @import { BarValue, Layout, Quantity } from '../../scene/types.d.ts' */
/** @import { Label } from '../../scene/space/beside.js' */
/** @import { Camera, Heights, SpaceOverlay, Stand } from '../../scene/space/types.d.ts' */
/** @import { StageState } from '../state.js' */

export class Scenery {
  #picture;
  #labels;
  #colours;
  #heights;
  #lit;
  #blocks;
  /** @type {Quantity | null} */
  #quantity = null;
  /** What of it is shown in each layer, and its bars. @type {Map<string, Quantity>} */
  #shown = new Map();
  /** @type {Map<string, readonly BarValue[]>} */
  #bars = new Map();
  /** @type {SpaceOverlay | null} */
  overlay = null;
  /** From where the labels were placed, and where they stand. */
  #seen = '';
  /** @type {readonly Label[]} */
  #beside = [];

  /**
   * @param {object} options
   * @param {Picture} options.picture
   * @param {LabelCanvas} options.labels
   * @param {Layout} options.layout
   * @param {Graph} options.graph
   * @param {boolean} options.small
   * @param {{ left: number, top: number }} options.scroll of the flat picture
   */
  constructor({ picture, labels, layout, graph, small, scroll }) {
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
    const widths = graph.classes.map((name) => labels.measure(`${name}  >99.9%`, 'classStrong'));
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

  /** @param {boolean} relief @returns {Heights} */
  heights(relief) {
    return relief ? this.#heights : null;
  }

  /** @param {Quantity} quantity @returns {boolean} whether it is another one */
  colour(quantity) {
    if (quantity === this.#quantity) return false;
    const { space, graph, layout } = this;
    const [colours, heights] = [this.#colours, this.#heights];
    const sheet = { space, palette: this.#picture.palette, colours, heights };
    cellValues(sheet, layout, graph, quantity);
    this.#quantity = quantity;
    this.#shown = new Map(
      space.planes.map(({ layer }) => [layer, inLayer(layout, quantity, layer)]),
    );
    const answers = space.planes.filter(({ look }) => look === 'bars');
    this.#bars = new Map(
      answers.map(({ layer }) => [
        layer,
        barsOf(layout, this.#shown.get(layer) ?? quantity, layer),
      ]),
    );
    this.#picture.setValues(colours, heights);
    return true;
  }

  /**
   * @param {Readonly<StageState>} state
   * @param {Camera} camera
   */
  point(state, { eye }) {
    const { space, graph, layout } = this;
    if (!this.#quantity) return;
    const sight = { space, graph, heights: this.heights(state.relief), eye };
    const overlay = marksInSpace(sight, marksFor(layout, graph, state, this.#quantity));
    this.overlay = overlay;
    this.#picture.setOverlay(overlay, overlay.lit ?? this.#lit);
  }

  /**
   * @param {Camera} camera
   * @param {Stand} stand
   * @param {number} opacity
   */
  label(camera, stand, opacity) {
    const quantity = this.#quantity;
    if (!quantity) return;
    const shownIn = (/** @type {string} */ layer) => this.#shown.get(layer) ?? quantity;
    const bars = (/** @type {string} */ layer) => this.#bars.get(layer) ?? [];
    const names = unitNames(this.space, this.graph, camera, bars);
    this.#labels.paint(this.#placed(camera, stand), names, shownIn, opacity);
  }

  /** They stay while the camera stays, whatever is drawn. */
  /** @param {Camera} camera @param {Stand} stand */
  #placed(camera, stand) {
    const seen = [camera.eye, camera.scale, camera.x, camera.y, ...Object.values(stand)].join();
    if (seen === this.#seen) return this.#beside;
    this.#seen = seen;
    const taken = namesRoom(this.space, camera, this.named - 24);
    return (this.#beside = placeLabels(this.#blocks, camera, stand, taken));
  }
}

/** Whether what is not lit is dimmed. @param {Readonly<StageState>} state */
export function dims({ pinned, pointed, paths }) {
  return Boolean(pinned ?? (pointed ? null : paths));
}
