// The bar: which network this is, and the one line in which the page speaks up.

import { message } from '../text/messages.js';
import { percent } from '../text/shares.js';
import { find, html, say } from './dom.js';

/** @import { Model } from '../wire/types.d.ts' */

/** @param {Model} model */
export function showModel({ id, title, parameters, accuracy }) {
  const place = find('#model', HTMLElement);
  const choice = place.querySelector('b:has(select)'); // among networks, is kept
  const named = {
    href: `card?model=${encodeURIComponent(id)}`,
    title: message('model.card', { title }),
  };
  const size = html('a', named, message('model.parameters', { count: parameters }));
  place.replaceChildren(choice ?? html('b', {}, title), size);
  if (accuracy === null) return;
  const share = percent(accuracy, { decimals: 2 });
  place.append(html('span', { class: 'roomy' }, message('model.accuracy', { share })));
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
