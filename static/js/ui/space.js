// The picture in space and its controls: from where it is looked at, whether cells rise.

import { message } from '../text/messages.js';
import { button, html, svg } from './dom.js';

/** @typedef {import('../scene/space/camera.js').Preset} Preset */

/** @type {readonly Preset[]} */
const PRESETS = ['oblique', 'side', 'top', 'axis'];

/** Of a button that zooms. */
const STEP = 1.4;

const PATHS = {
  out: 'M5 12h14',
  in: 'M12 5v14M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
};

/**
 * What the picture is drawn on, above the flat one: hidden at first.
 *
 * @param {string} told id of what tells the cell that is walked to
 */
export function createSpaceElements(told) {
  const canvas = html('canvas', {
    ...{ class: 'space-picture', tabindex: 0, role: 'application' },
    'aria-roledescription': message('stage.role'),
    'aria-label': message('space.label'),
    'aria-describedby': told,
  });
  const labels = html('canvas', { class: 'space-labels', 'aria-hidden': true });
  const element = html('div', { class: 'space', hidden: true }, canvas, labels);
  return { element, canvas, labels };
}

/**
 * @param {object} options
 * @param {(preset: Preset) => void} options.onPreset
 * @param {(factor: number) => void} options.onZoom
 * @param {() => void} options.onReset
 * @param {(relief: boolean) => void} options.onRelief
 * @param {AbortSignal} options.signal ends it
 */
export function createSpaceBar({ onPreset, onZoom, onReset, onRelief, signal }) {
  const presets = PRESETS.map((name) => {
    const title = message(`space.${name}.more`);
    return button({ class: 'space-word', title, 'data-does': name }, message(`space.${name}`));
  });
  const relief = html('input', { type: 'checkbox', role: 'switch' });
  const heights = html('label', { class: 'space-heights' }, message('space.heights'), relief);
  heights.title = message('space.heights.more');
  const element = html(
    'div',
    { class: 'space-bar', role: 'group', 'aria-label': message('space.title') },
    html('div', { class: 'space-words' }, ...presets),
    heights,
    iconButton('out', message('zoom.out.key')),
    iconButton('fit', message('space.reset')),
    iconButton('in', message('zoom.in.key')),
  );
  /** @type {Readonly<Record<string, () => void>>} */
  const acts = {
    ...Object.fromEntries(PRESETS.map((name) => [name, () => onPreset(name)])),
    ...{ out: () => onZoom(1 / STEP), fit: onReset, in: () => onZoom(STEP) },
  };
  relief.addEventListener('change', () => onRelief(relief.checked), { signal });
  element.addEventListener(
    'click',
    ({ target }) => {
      const pressed = /** @type {Element} */ (target).closest('button');
      acts[pressed?.dataset['does'] ?? '']?.();
    },
    { signal },
  );
  return {
    element,
    /** @param {boolean} on */
    showRelief: (on) => void (relief.checked = on),
  };
}

/**
 * Drawn here, for pages that have no icons of their own.
 *
 * @param {keyof typeof PATHS} name
 * @param {string} title
 */
function iconButton(name, title) {
  const path = svg('path', { d: PATHS[name] });
  const icon = svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': true }, path);
  return button({ class: 'button', 'aria-label': title, title, 'data-does': name }, icon);
}
