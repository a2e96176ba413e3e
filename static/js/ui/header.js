// The bar: which network this is, and the one line in which the page speaks up.

import { percent } from '../text/shares.js';
import { grouped } from '../text/numbers.js';
import { find, html, say } from './dom.js';

/** @import { Model } from '../wire/types.d.ts' */

export const AWAY = 'The server does not answer. Your drawing is kept; the page keeps trying.';

/** @param {Model} model */
export function showModel({ title, parameters, accuracy }) {
  const place = find('#model', HTMLElement);
  const choice = place.querySelector('b:has(select)'); // among networks, is kept
  place.replaceChildren(
    choice ?? html('b', {}, title),
    html('span', {}, `${grouped(parameters)} parameters`),
  );
  if (accuracy === null) return;
  place.append(
    html('span', { class: 'roomy' }, `${percent(accuracy, { decimals: 2 })} on the test set`),
  );
}

/**
 * @param {boolean} away
 * @param {string} notice
 */
export function showBanner(away, notice) {
  const banner = find('#banner', HTMLElement);
  const sentence = away ? AWAY : notice;
  say(banner, sentence);
  banner.title = sentence;
}
