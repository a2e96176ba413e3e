// What goes along to another page: where in a lesson one is, and what one has drawn.

import { cueText } from './led.js';

/** @import { Led } from './led.js' */

/** What is shown on the way is one's own. @param {Led | null} led @returns {{ lesson: string, cue: string }} '' for none */
export function ledAlong(led) {
  return { lesson: led?.name ?? '', cue: led ? cueText({ ...led, own: true }) : '' };
}

/** @param {HTMLAnchorElement} way to another page @param {Readonly<Record<string, string>>} more of what its links say, '' for nothing */
export function carryTo(way, more) {
  const parts = new URLSearchParams(way.hash.slice(1) || 'v=1');
  for (const [name, text] of Object.entries(more))
    if (text) parts.set(name, text);
    else parts.delete(name);
  way.hash = parts.size > 1 ? String(parts) : '';
}
