// The button that enlarges the map of the cell that is accounted for.

import { message } from '../../text/messages.js';
import { html, svg } from '../dom.js';

export function enlargeButton() {
  const path = svg('path', { d: 'M4.5 4.5h15v15h-15zM4.5 12H12v7.5M14 7h3v3M17 7l-4 4' });
  const icon = svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, path);
  const named = { 'aria-label': message('map.enlarge'), title: message('map.enlarge.key') };
  return html('button', { type: 'button', class: 'button', 'data-action': 'map', ...named }, icon);
}
