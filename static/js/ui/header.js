// The bar: which network this is, and the one line in which the page speaks up.

import { message } from '../text/messages.js';
import { percent } from '../text/shares.js';
import { find, html, say } from './dom.js';

/** @import { Model } from '../wire/types.d.ts' */

/** @param {Model} model */
export function showModel({ title, parameters, accuracy }) {
  const place = find('#model', HTMLElement);
  const choice = place.querySelector('b:has(select)'); // among networks, is kept
  place.replaceChildren(
    choice ?? html('b', {}, title),
    html('span', {}, message('model.parameters', { count: parameters })),
  );
  if (accuracy === null) return;
  place.append(
    html(
      'span',
      { class: 'roomy' },
      message('model.accuracy', { share: percent(accuracy, { decimals: 2 }) }),
    ),
  );
}

/**
 * @param {boolean} away
 * @param {string} notice
 */
export function showBanner(away, notice) {
  const banner = find('#banner', HTMLElement);
  const sentence = away ? message('server.away') : notice;
  say(banner, sentence);
  banner.title = sentence;
}
