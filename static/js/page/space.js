// The way into space and back: a button, a key, the link. What draws it is loaded when it is wanted.

import { createSwitch } from '../ui/space.js';

/** @import { Page } from './later.js' */

const MISSING =
  'This browser has no WebGL2, which the view in space is drawn with. The flat view shows the same.';
const FAILED = 'The view in space could not be loaded. Press again to try once more.';

/** @param {Page} page */
export function createSpace(page) {
  const { store, actions, keys } = page;
  const button = createSwitch('space');
  /** @type {Promise<import('../stage/space/ground.js').Ground> | null} */
  let ground = null;
  let refused = '';

  /** @param {string} sentence */
  function refuse(sentence) {
    refused = sentence;
    button.refuse(sentence);
    store.set({ space: false, notice: sentence });
  }

  function toggle() {
    const { space, notice } = store.get();
    if (refused) return store.set({ notice: refused });
    store.set({ space: !space, notice: notice === FAILED ? '' : notice });
  }

  async function follow() {
    const { space } = store.get();
    button.press(space);
    remember(space);
    if (space && !available()) return refuse(MISSING);
    if (space) ground ??= load(page);
    try {
      const made = await ground;
      if (store.get().space) made?.enter();
      else made?.leave();
    } catch {
      ground = null; // the next press loads it anew
      store.set({ space: false, notice: FAILED });
    }
  }

  actions['space'] = toggle;
  keys['s'] = toggle;
  store.subscribe((_, changed) => {
    if ('space' in changed) void follow();
  });
  if (new URLSearchParams(location.search).get('view') === 'space') store.set({ space: true });
}

/** @param {Page} page */
async function load(page) {
  const { createGround } = await import('../stage/space/ground.js');
  return createGround(page);
}

/** Asked of a canvas that is thrown away: a browser may know WebGL2 and still refuse it. */
function available() {
  const canvas = document.createElement('canvas');
  const gl = canvas.getContext('webgl2');
  gl?.getExtension('WEBGL_lose_context')?.loseContext();
  return gl !== null;
}

/** The link says in which view the page is. */
/** @param {boolean} space */
function remember(space) {
  const url = new URL(location.href);
  if (space === (url.searchParams.get('view') === 'space')) return;
  if (space) url.searchParams.set('view', 'space');
  else url.searchParams.delete('view');
  history.replaceState(history.state, '', url);
}
