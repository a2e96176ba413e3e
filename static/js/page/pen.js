// Drawing by keys: the pad takes the focus.

import { find } from '../ui/dom.js';
import { carryPen } from '../ui/pen.js';

/** @import { Feature, Page } from './types.d.ts' */

/** @type {Feature} */
export const pen = { name: 'pen', open };

/** @param {Page} page */
function open({ editor, pad }) {
  const canvas = find('#pad', HTMLCanvasElement);
  const mark = find('.pen', HTMLElement);
  carryPen({ canvas, mark, said: find('#pen-said', HTMLElement), editor, pad });
}
