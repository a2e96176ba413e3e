// Looking nearer, and into space and back: buttons, keys, the link.

import { numbersShown } from '../scene/marks/over.js';
import { openSpace } from '../stage/space.js';
import { openZoom } from '../stage/zoom.js';
import { message } from '../text/messages.js';
import { createSwitch } from '../ui/space.js';
import { createZoomBar } from '../ui/zoom.js';

/** @import { Feature, Offer, Page } from './types.d.ts' */

/** Of a button or key. */
const STEP = 1.5;

/** @type {Feature} */
export const looking = { name: 'looking', open };

/** @param {Page} page @returns {Offer} */
function open(page) {
  const { stage, store } = page;
  const bar = createZoomBar(['zoom-out', 'zoom-fit', 'zoom-in']);
  const flat = openZoom(stage, bar.show);
  bar.place(store.get().phone);
  bar.offer(true);
  store.subscribe(({ phone, space }, changed) => {
    if ('phone' in changed) bar.place(phone);
    if ('space' in changed) bar.offer(!space);
  });
  const { toggle, ...space } = createSpace(page);
  extendHandle(() => {
    const { layout, quantity } = stage.view;
    return layout && quantity ? numbersShown(layout, quantity) : [];
  });

  const seen = () => (store.get().space ? space : flat);
  const nearer = () => seen().by(STEP);
  const further = () => seen().by(1 / STEP);
  const fit = () => seen().fit();
  return {
    actions: { space: toggle, 'zoom-in': nearer, 'zoom-out': further, 'zoom-fit': fit },
    keys: { s: toggle, '+': nearer, '=': nearer, '-': further, f: fit },
  };
}

/** @param {Page} page */
function createSpace({ root, stage, store, point }) {
  const button = createSwitch('space');
  let refused = '';
  let failed = false;
  const opened = openSpace(stage, point, {
    onTurned: (inside) => root.toggleAttribute('data-space', inside),
    onRefused(why) {
      const notice = message(`space.${why}`);
      store.set({ notice });
      failed = why === 'failed';
      if (why === 'missing') button.refuse((refused = notice));
    },
  });

  function toggle() {
    const { space, notice } = store.get();
    if (refused) return store.set({ notice: refused });
    store.set({ space: !space, notice: failed ? '' : notice });
    failed = false;
  }
  store.subscribe(({ space }, changed) => {
    if (!('space' in changed)) return;
    button.press(space);
    remember(space);
  });
  if (new URLSearchParams(location.search).get('view') === 'space') store.set({ space: true });
  return { ...opened, toggle };
}

/** The link says in which view the page is. @param {boolean} space */
function remember(space) {
  const url = new URL(location.href);
  if (space === (url.searchParams.get('view') === 'space')) return;
  if (space) url.searchParams.set('view', 'space');
  else url.searchParams.delete('view');
  history.replaceState(history.state, '', url);
}

/** The scripting handle tells what stands in the cells that are in sight. */
/** @param {() => ReturnType<typeof numbersShown>} numbers */
function extendHandle(numbers) {
  const { convlens } = /** @type {Window & { convlens?: object }} */ (window);
  if (convlens) Object.assign(convlens, { numbers });
}
