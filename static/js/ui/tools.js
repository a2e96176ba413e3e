// The controls of bar and rail: buttons that name an action, brush, switches, segments.

import { find } from './dom.js';

/** @import { Scale } from '../scene/types.d.ts' */

/** @typedef {ReturnType<typeof createTools>} Tools */

/**
 * What the controls choose.
 *
 * @typedef {object} Chosen
 * @property {number} brush width of it, as a fraction of the pad's side
 * @property {boolean} erase
 * @property {boolean} center
 * @property {Scale} scale
 * @property {boolean} folded
 */

const THINNEST = 0.02;
const THICKEST = 0.13;
const STEP = 0.01;

/** @param {(chosen: Partial<Chosen>) => void} choose */
export function createTools(choose) {
  const brush = find('#brush', HTMLInputElement);
  const center = find('#center', HTMLInputElement);

  center.addEventListener('change', () => choose({ center: center.checked }));
  brush.addEventListener('input', () => choose({ brush: Number(brush.value) }));
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement)) return;
    if (target.name === 'scale') choose({ scale: /** @type {Chosen['scale']} */ (target.value) });
    if (target.name === 'activations') choose({ folded: target.value === 'folded' });
  });

  return {
    /** @param {Readonly<Chosen>} chosen */
    show(chosen) {
      const { scale, folded, erase } = chosen;
      brush.value = String(chosen.brush);
      center.checked = chosen.center;
      check('scale', scale);
      check('activations', folded ? 'folded' : 'shown');
      press('eraser', erase);
      press('brush', !erase);
    },

    /** @param {-1 | 1} by */
    resize(by) {
      const width = Math.min(THICKEST, Math.max(THINNEST, Number(brush.value) + by * STEP));
      choose({ brush: Math.round(1000 * width) / 1000 });
    },
  };
}

/** @param {string} name of a group of radio buttons @param {string} value */
function check(name, value) {
  find(`input[name="${name}"][value="${value}"]`, HTMLInputElement).checked = true;
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
