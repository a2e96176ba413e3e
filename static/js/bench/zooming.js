// Looking nearer in a section: buttons and keys, two fingers, the wheel with Control.

import { openZoom } from '../stage/zoom.js';
import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { button, find, html, icon, say } from '../ui/dom.js';

/** @import { Stage } from '../stage/stage.js' */

/** Of a button or key. */
const STEP = 2;

/** @param {Stage} stage @param {HTMLElement} element of the section @returns {Record<string, () => void>} what keys do */
export function openZooming(stage, element) {
  const percent = html('span', { class: 'percent' });
  const nearer = () => zoom.by(STEP);
  const further = () => zoom.by(1 / STEP);
  const fit = () => zoom.fit();
  const act = (/** @type {'in' | 'out'} */ name, /** @type {() => void} */ onclick) => {
    const said = { 'aria-label': message(`zoom.${name}`), title: message(`zoom.${name}.key`) };
    return button({ class: 'button', onclick, ...said }, icon(name));
  };
  const [out, whole, near] = [
    act('out', further),
    button({ class: 'button fit', title: message('bench.zoom.fit'), onclick: fit }, percent),
    act('in', nearer),
  ];
  find('.zoom', HTMLElement, element).replaceChildren(out, whole, near);

  /** @param {number} now 1 fits @param {number} furthest */
  function show(now, furthest) {
    const text = `${grouped(now * 100)}\u202f%`;
    say(percent, text);
    whole.ariaLabel = message('bench.zoom.is', { zoom: text });
    out.disabled = now === 1;
    near.disabled = now >= furthest;
  }
  const zoom = openZoom(stage, { onSeen: show, scrolled: true });
  return { '+': nearer, '=': nearer, '-': further, f: fit };
}
