// The controls of bar and rail: buttons that name an action, brush, switches, segments.

import { find } from './dom.js';

/** @typedef {ReturnType<typeof createTools>} Tools */

const THINNEST = 0.02;
const THICKEST = 0.13;
const STEP = 0.01;

/**
 * @param {object} options
 * @param {(center: boolean) => void} options.onCenter
 * @param {(scale: string) => void} options.onScale
 * @param {(folded: boolean) => void} options.onFolded
 */
export function createTools({ onCenter, onScale, onFolded }) {
  const brush = find('#brush', HTMLInputElement);
  const center = find('#center', HTMLInputElement);
  let erase = false;

  center.addEventListener('change', () => onCenter(center.checked));
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === 'scale') onScale(target.value);
    if (target.name === 'activations') onFolded(target.value === 'folded');
  });

  return {
    /** What the next stroke is drawn with. */
    tool: () => ({ width: Number(brush.value), erase }),

    /** @param {boolean} wanted */
    setErase(wanted) {
      erase = wanted;
      press('eraser', erase);
      press('brush', !erase);
    },
    erases: () => erase,

    /** @param {-1 | 1} by */
    resize(by) {
      const width = Math.min(THICKEST, Math.max(THINNEST, Number(brush.value) + by * STEP));
      brush.value = String(width);
    },
  };
}

/** @param {Readonly<Record<string, () => void>>} actions by the name in data-action */
export function listenToButtons(actions) {
  document.addEventListener('click', (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const name = target?.closest('[data-action]')?.getAttribute('data-action');
    if (name) actions[name]?.();
  });
}

/**
 * @param {string} action
 * @param {boolean} pressed
 */
export function press(action, pressed) {
  for (const button of buttons(action))
    if (button.ariaPressed) button.ariaPressed = String(pressed);
}

/**
 * @param {string} action
 * @param {boolean} enabled
 */
export function enable(action, enabled) {
  for (const button of buttons(action)) {
    if (button.disabled === enabled) button.disabled = !enabled;
  }
}

/** @param {string} action @returns {NodeListOf<HTMLButtonElement>} */
function buttons(action) {
  return document.querySelectorAll(`[data-action="${action}"]`);
}
