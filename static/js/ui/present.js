// What lies over the page while it is presented, ink that fades on a frozen picture and a blank screen; and
// a slide clicker's keys.

import { message } from '../text/messages.js';
import { button, svg, tenth } from './dom.js';

/**
 * Nothing below it hears the pointer, so that the picture stands still; what is drawn fades by itself.
 *
 * @param {HTMLElement} app
 */
export function createInk(app) {
  /** Made when a picture is first frozen: few are. @type {SVGSVGElement | null} */
  let sheet = null;
  const on = () => sheet?.isConnected ?? false;
  // what was pointed at when the sheet came between stays so
  const kept = (/** @type {Event} */ event) => {
    if (on()) event.stopImmediatePropagation();
  };
  addEventListener('pointerleave', kept, { capture: true });

  /** @param {boolean} wanted */
  function put(wanted) {
    sheet?.replaceChildren();
    if (wanted) app.append((sheet ??= createSheet()));
    else sheet?.remove();
  }
  return { on, put };
}

function createSheet() {
  const sheet = svg('svg', { class: 'ink', role: 'img', 'aria-label': message('present.frozen') });
  /** @type {SVGPolylineElement | null} */
  let line = null;

  /** @param {PointerEvent} event */
  function extend({ clientX, clientY }) {
    const { left, top } = sheet.getBoundingClientRect();
    const point = `${tenth(clientX - left)},${tenth(clientY - top)}`;
    line?.setAttribute('points', `${line.getAttribute('points') ?? ''} ${point}`);
  }
  sheet.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
    line = svg('polyline');
    sheet.append(line);
    extend(event);
    extend(event); // a point is a line, too
  });
  sheet.addEventListener('pointermove', extend);
  for (const end of /** @type {const} */ (['pointerup', 'pointercancel'])) {
    sheet.addEventListener(end, () => {
      line?.classList.add('fades');
      line = null;
    });
  }
  sheet.addEventListener('animationend', ({ target }) => /** @type {Element} */ (target).remove());
  return sheet;
}

/** @param {HTMLElement} app */
export function createBlank(app) {
  const cover = button({ class: 'blank', 'aria-label': message('present.blank') });
  /** @type {Element | null} */
  let focused = null;
  const on = () => cover.isConnected;

  /** @param {boolean} wanted */
  function put(wanted) {
    if (wanted === on()) return;
    if (wanted) {
      focused = document.activeElement;
      app.append(cover);
      return cover.focus();
    }
    cover.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
  cover.addEventListener('click', () => put(false));
  return { on, put };
}
