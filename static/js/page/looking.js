// Looking nearer, and into space and back: buttons and keys.

import { numbersShown } from '../scene/marks/over.js';
import { openSpace } from '../stage/space.js';
import { openZoom } from '../stage/zoom.js';
import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { find, say } from '../ui/dom.js';
import { enable, press } from '../ui/tools.js';

/** @import { Feature, Offer, Page } from './types.d.ts' */

/** Of a button or key. */
const STEP = 1.5;

/** @type {Feature} */
export const looking = { name: 'looking', open };

/** @param {Page} page @returns {Offer} */
function open(page) {
  const { stage, store } = page;
  const bar = find('.zoom', HTMLElement);
  const place = find('#zoom-place', HTMLElement);
  const flat = openZoom(stage, { onSeen: (zoom, furthest) => showZoom(bar, zoom, furthest) });
  /** In the bar of the page, on a phone below the stage; in space it keeps its place, empty. */
  function settle() {
    const { phone, space } = store.get();
    if (phone) find('#account', HTMLElement).before(bar);
    else place.append(bar);
    bar.toggleAttribute('data-off', space);
  }
  store.subscribe((_, changed) => {
    if ('phone' in changed || 'space' in changed) settle();
  });
  settle();
  const { toggle, ...space } = createSpace(page);
  /** For the scripting handle: what stands in the cells that are in sight. */
  function numbers() {
    const { layout, quantity } = stage.view;
    return layout && quantity ? numbersShown(layout, quantity) : [];
  }
  Object.assign(/** @type {any} */ (window).convlens, { numbers });

  const seen = () => (store.get().space ? space : flat);
  const nearer = () => seen().by(STEP);
  const further = () => seen().by(1 / STEP);
  const fit = () => seen().fit();
  return {
    actions: { space: toggle, 'zoom-in': nearer, 'zoom-out': further, 'zoom-fit': fit },
    keys: { s: toggle, '+': nearer, '=': nearer, '-': further, f: fit },
  };
}

/**
 * @param {HTMLElement} bar
 * @param {number} zoom 1 fits
 * @param {number} furthest
 */
function showZoom(bar, zoom, furthest) {
  const text = `${grouped(zoom * 100)}\u202f%`;
  const fit = find('.fit', HTMLElement, bar);
  say(find('.percent', HTMLElement, fit), text);
  fit.ariaLabel = message('zoom.is', { zoom: text });
  fit.ariaPressed = String(zoom === 1);
  enable('zoom-out', zoom !== 1);
  enable('zoom-in', zoom < furthest);
}

/** @param {Page} page */
function createSpace({ root, stage, store, point }) {
  const button = find('[data-action=space]', HTMLButtonElement);
  let failed = false;
  const opened = openSpace(stage, point, {
    onTurned: (inside) => root.toggleAttribute('data-space', inside),
    onRefused(why) {
      const notice = message(`space.${why}`);
      store.set({ notice });
      failed = why === 'failed';
      if (failed) return;
      button.disabled = true;
      button.title = notice;
    },
  });

  function toggle() {
    const { space, notice } = store.get();
    if (button.disabled) return store.set({ notice: button.title });
    store.set({ space: !space, notice: failed ? '' : notice });
    failed = false;
  }
  store.subscribe(({ space }, changed) => {
    if (!('space' in changed)) return;
    press('space', space);
  });
  press('space', store.get().space);
  return { ...opened, toggle };
}
