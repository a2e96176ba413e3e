// Drawings to begin with: sample digits, a small button each with its picture, and images of a set.

import { message } from '../text/messages.js';
import { button, html, strokeLine, svg } from './dom.js';

/** @import { Drawing } from '../input/editor.js' */
/** @import { Sample } from '../wire/model.js' */
/** @import { SetImage, Sets } from '../wire/sets.js' */

/** @param {Sample} sample @param {() => void} take */
export function createSample({ digit, strokes }, take) {
  const label = message('samples.one', { digit });
  const lines = strokes.map((stroke) => strokeLine(stroke));
  const picture = svg('svg', { viewBox: '0 0 1 1', 'aria-hidden': true }, ...lines);
  return button({ class: 'sample', 'aria-label': label, title: label, onclick: take }, picture);
}

/**
 * A button that offers images of a set, which are loaded when they are wanted.
 *
 * @param {() => Promise<Sets>} load what asks the server for them
 * @param {(drawing: Drawing, image: SetImage) => void} take
 * @param {() => string} [set] which; MNIST where none is named
 */
export function createMore(load, take, set) {
  const label = message(set ? 'images.open.set' : 'images.open');
  const onclick = async () => {
    const [{ pickImage }, sets] = await Promise.all([import('./images.js'), load()]);
    await pickImage(sets, set?.() ?? 'mnist', take);
  };
  const named = { 'aria-label': label, title: label, 'aria-haspopup': 'dialog' };
  return button({ class: 'more-samples', ...named, onclick }, html('span', {}, label));
}
