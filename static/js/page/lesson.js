// A lesson on the page of the network: its cues are states of the page, shown as links are.

import { Player } from '../lesson/player.js';
import { createGround, KEPT } from './lesson/ground.js';
import { LINKED } from './link.js';

/** @import { Feature, Page } from './types.d.ts' */

/** @type {Feature} */
export const lesson = { name: 'lesson', open };

/** @param {Page} page */
function open(page) {
  const { root, app, store } = page;
  const ground = createGround(page);
  const player = new Player(ground);
  /** Something was done by hand, and not to the lesson, since the last cue was shown. */
  let hand = false;

  /** @param {Event} event */
  function notice({ target, isTrusted }) {
    if (!isTrusted || !(target instanceof Element) || target.closest('.lesson')) return;
    hand = true;
    player.stop();
  }
  for (const touch of ['pointerdown', 'keydown', 'wheel'])
    app.addEventListener(touch, notice, { capture: true, passive: true });

  store.subscribe((_, changed) => {
    if ('lesson' in changed) {
      hand = false;
      return void player.follow();
    }
    if ('trace' in changed || 'graph' in changed) {
      ground.follow();
      player.fill();
    }
    const own = LINKED.some((key) => key in changed && !KEPT.has(key));
    if (own && hand) player.touched();
  });
  if (!store.get().lesson) return;
  root.dataset['lesson'] = ''; // its bar has its room at once
  void player.follow();
}
