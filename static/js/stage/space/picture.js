// The picture of a stage in space, on a canvas of its own.

import { LabelCanvas } from '../../render/space/labels.js';
import { Picture } from '../../render/space/picture.js';
import { cameraOf, isSmall, orbitIn, standIn } from '../../scene/space/camera.js';
import { html } from '../../ui/dom.js';
import { Scenery, dims } from './scenery.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Stage } from '../stage.js' */

/**
 * @param {Stage} stage
 * @param {Theme} theme
 * @param {number} scale pixels of it for each of the screen
 * @returns {HTMLCanvasElement | null} null where the graphics card has no room for one that large
 */
export function paintSpace({ store, view, viewport, place }, theme, scale) {
  const [state, box] = [store.get(), viewport.box(place)];
  const { layout, quantity } = view;
  const [sheet, cells, names] = [html('canvas'), html('canvas'), html('canvas')];
  if (!state.graph || !layout || !quantity || !box) return null;
  const [width, height] = [box.deviceWidth * scale, box.deviceHeight * scale];
  const [picture, labels] = [new Picture(cells, theme), new LabelCanvas(names, theme)];
  picture.resize(width, height);
  labels.resize(width, height, box.dpr * scale);
  const [small, scroll] = [isSmall(box), { left: 0, top: 0 }];
  const made = new Scenery({ picture, labels, layout, graph: state.graph, small, scroll });
  const stand = standIn(box, made.named);
  const camera = cameraOf(made.space, orbitIn(state.orbit, stand), stand);
  made.colour(quantity);
  made.point(state, camera);
  picture.draw(camera, { flight: 1, relief: Number(state.relief), scrim: Number(dims(state)) });
  made.label(camera, stand, 1);
  Object.assign(sheet, { width, height });
  const context = sheet.getContext('2d', { alpha: false });
  for (const canvas of [cells, names]) context?.drawImage(canvas, 0, 0);
  const whole = cells.getContext('webgl2')?.drawingBufferWidth === width;
  picture.end();
  return whole ? sheet : null;
}
