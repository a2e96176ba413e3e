// The buttons that zoom: smaller, the whole network, larger; in the bar, on a phone below the stage.

import { message } from '../text/messages.js';
import { grouped } from '../text/numbers.js';
import { html, svg } from './dom.js';

const PATHS = {
  out: 'M5 12h14',
  fit: 'M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15',
  in: 'M5 12h14M12 5v14',
};

/** @param {readonly string[]} names of the actions: out, fit, in */
export function createZoomBar([out = '', fit = '', into = '']) {
  const percent = html('span', { class: 'percent' });
  const smaller = button(out, message('zoom.out'), message('zoom.out.key'), icon('out'));
  const whole = button(fit, '', message('zoom.fit'), icon('fit'), percent);
  const larger = button(into, message('zoom.in'), message('zoom.in.key'), icon('in'));
  const element = html(
    'div',
    { class: 'zoom', role: 'region', 'aria-label': message('zoom.title') },
    smaller,
    whole,
    larger,
  );
  whole.classList.add('fit');

  /**
   * @param {number} zoom 1 fits
   * @param {number} furthest
   */
  function show(zoom, furthest) {
    const text = `${grouped(zoom * 100)}\u202f%`;
    if (percent.textContent === text && larger.disabled === zoom >= furthest) return;
    percent.textContent = text;
    whole.setAttribute('aria-label', message('zoom.is', { zoom: text }));
    whole.setAttribute('aria-pressed', String(zoom === 1));
    smaller.disabled = zoom === 1;
    larger.disabled = zoom >= furthest;
  }

  /** On a phone below the stage, in a row of its own. */
  function place(/** @type {boolean} */ phone) {
    if (phone) document.querySelector('#account')?.before(element);
    else document.querySelector('#zoom-place')?.append(element);
  }

  /** In space there is nothing to be zoomed here; the place is kept. */
  function offer(/** @type {boolean} */ on) {
    element.toggleAttribute('data-off', !on);
  }

  return { show, place, offer };
}

/**
 * @param {string} action
 * @param {string} label
 * @param {string} title
 * @param {...Node} children
 */
function button(action, label, title, ...children) {
  const named = { 'data-action': action, 'aria-label': label || title, title };
  return html('button', { type: 'button', class: 'button', ...named }, ...children);
}

/** @param {keyof typeof PATHS} name */
function icon(name) {
  const path = svg('path', { d: PATHS[name] });
  return svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': 'true' }, path);
}
