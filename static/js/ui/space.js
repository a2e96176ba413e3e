// The controls of the picture in space: from where it is looked at, whether cells rise.

import { message } from '../text/messages.js';
import { html, svg } from './dom.js';

/** @typedef {import('../scene/space/camera.js').Preset} Preset */

/** @type {readonly Preset[]} */
const PRESETS = ['oblique', 'side', 'top', 'axis'];

const PATHS = {
  cube: 'M12 2.8 20.2 7v10L12 21.2 3.8 17V7zM3.8 7l8.2 4.3L20.2 7M12 11.3v9.9',
  out: 'M5 12h14',
  in: 'M12 5v14M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
};

/**
 * The button in the bar that leads to space and back.
 *
 * @param {string} action
 */
export function createSwitch(action) {
  const title = message('space.in.key');
  const named = {
    'data-action': action,
    'aria-label': message('space.in'),
    'aria-pressed': 'false',
    title,
  };
  const button = html('button', { type: 'button', class: 'button', ...named }, icon('cube'));
  document.querySelector('.buttons .place')?.replaceWith(button); // kept for it, so that nothing moves
  return {
    /** @param {boolean} on */
    press: (on) => button.setAttribute('aria-pressed', String(on)),
    /** @param {string} sentence why there is no space */
    refuse(sentence) {
      button.disabled = true;
      button.title = sentence;
    },
  };
}

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
    const more = { type: 'button', class: 'space-word', title: message(`space.${name}.more`) };
    const button = html('button', more, message(`space.${name}`));
    button.addEventListener('click', () => onPreset(name), { signal });
    return button;
  });
  /** @type {readonly [keyof typeof PATHS, string, () => void][]} */
  const buttons = [
    ['out', message('zoom.out.key'), () => onZoom(1 / 1.4)],
    ['fit', message('space.reset'), onReset],
    ['in', message('zoom.in.key'), () => onZoom(1.4)],
  ];
  const relief = html('input', { type: 'checkbox', role: 'switch' });
  relief.addEventListener('change', () => onRelief(relief.checked), { signal });
  const heights = html('label', { class: 'space-heights' }, message('space.heights'), relief);
  heights.title = message('space.heights.more');
  const element = html(
    'div',
    { class: 'space-bar', role: 'group', 'aria-label': message('space.title') },
    html('div', { class: 'space-words' }, ...presets),
    heights,
    ...buttons.map(([name, title, onClick]) => {
      const named = { type: 'button', class: 'button', 'aria-label': title, title };
      const button = html('button', named, icon(name));
      button.addEventListener('click', onClick, { signal });
      return button;
    }),
  );
  return {
    element,
    /** @param {boolean} on */
    showRelief: (on) => void (relief.checked = on),
  };
}

/** @param {keyof typeof PATHS} name */
function icon(name) {
  const path = svg('path', { d: PATHS[name] });
  return svg('svg', { class: 'icon', viewBox: '0 0 24 24', 'aria-hidden': true }, path);
}
