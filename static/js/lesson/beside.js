// A lesson on a page that none of its cues is on: its bar stands there, and leads back.

import { Player } from './player.js';

/** @import { Ground } from './types.d.ts' */

/** @param {Pick<Ground, 'root' | 'app' | 'led' | 'lead' | 'drawing' | 'tell' | 'refit'>} page */
export function openBeside({ led, ...page }) {
  const player = new Player({
    ...page,
    page: null,
    led() {
      const now = led();
      return now && { ...now, own: true };
    },
    has: () => false,
    show() {},
    found: () => null,
    spot: () => null,
  });
  void player.follow();
}
