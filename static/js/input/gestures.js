// Wheel, dragging and two fingers over the stage, as steps of zooming and moving. Knows no picture.

/** @typedef {readonly [x: number, y: number]} Point */

/**
 * One step: everything moves by (dx, dy) and grows by a factor about a point of the place.
 *
 * @typedef {object} Step
 * @property {number} factor
 * @property {Point} about CSS pixels from the place's corner
 * @property {number} dx
 * @property {number} dy
 */

/**
 * @typedef {object} GesturesOptions
 * @property {HTMLElement} place of the picture
 * @property {() => { left: number, top: number }} corner of the place in the window
 * @property {() => boolean} off nothing may be zoomed now
 * @property {() => boolean} zoomed a drag of one pointer moves the picture
 * @property {() => boolean} scrollsDown the plain wheel belongs to scrolling
 * @property {(step: Step) => void} onStep
 * @property {AbortSignal} [signal] ends it
 */

/** A notch of a wheel, some 100 px, is a quarter more; a pinch on a trackpad sends small steps. */
const WHEEL = 0.0032;
const PINCH = 0.012;
const LARGEST_DELTA = 120;
const LINE = 16;
/** A pointer that moved less is a click or a tap. */
const SLOP = 5;

/** @param {GesturesOptions} options */
export function createGestures(options) {
  listenToWheel(options);
  listenToDrags(options);
  listenToFingers(options);
}

/** @param {GesturesOptions} options */
function listenToWheel({ place, corner, off, zoomed, scrollsDown, onStep, signal }) {
  place.addEventListener(
    'wheel',
    (event) => {
      if (off()) return;
      const { dx, dy } = deltas(event);
      const sideways = Math.abs(dx) > Math.abs(dy);
      if (event.ctrlKey || !(scrollsDown() || sideways)) {
        const delta = Math.max(-LARGEST_DELTA, Math.min(LARGEST_DELTA, dy));
        const rate = event.ctrlKey && Math.abs(dy) < LARGEST_DELTA / 2 ? PINCH : WHEEL;
        onStep({ ...STILL, factor: 2 ** (-delta * rate), about: within(event, corner()) });
      } else if (zoomed()) onStep({ ...STILL, dx: -dx, dy: -dy });
      else return; // the browser scrolls
      event.preventDefault();
    },
    { passive: false, signal },
  );
}

/** @type {Step} */
const STILL = { factor: 1, about: [0, 0], dx: 0, dy: 0 };

/** @param {WheelEvent} event */
function deltas({ deltaX, deltaY, deltaMode, shiftKey }) {
  const unit = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
  const [dx, dy] = shiftKey && deltaX === 0 ? [deltaY, 0] : [deltaX, deltaY];
  return { dx: dx * unit, dy: dy * unit };
}

/**
 * @param {{ clientX: number, clientY: number }} event
 * @param {{ left: number, top: number }} corner
 * @returns {Point}
 */
function within({ clientX, clientY }, { left, top }) {
  return [clientX - left, clientY - top];
}

/** Mouse and pen: a drag moves what is zoomed, and is then no click. */
/** @param {GesturesOptions} options */
function listenToDrags({ place, off, zoomed, onStep, signal }) {
  /** @type {Point | null} */
  let last = null;
  let dragged = false;

  place.addEventListener(
    'pointerdown',
    ({ pointerType, button, clientX, clientY }) => {
      dragged = false;
      if (pointerType === 'touch' || button !== 0 || off() || !zoomed()) return;
      last = [clientX, clientY];
    },
    { capture: true, signal },
  );
  place.addEventListener(
    'pointermove',
    (event) => {
      if (!last || event.pointerType === 'touch') return;
      const { clientX, clientY, pointerId } = event;
      const [dx, dy] = [clientX - last[0], clientY - last[1]];
      if (!dragged && Math.hypot(dx, dy) < SLOP) return;
      if (!dragged) {
        dragged = true;
        place.setPointerCapture(pointerId);
        place.dataset['dragging'] = '';
      }
      event.stopPropagation(); // what is dragged is not pointed at
      last = [clientX, clientY];
      onStep({ ...STILL, dx, dy });
    },
    { capture: true, signal },
  );
  for (const end of ['pointerup', 'pointercancel']) {
    place.addEventListener(
      end,
      () => {
        last = null;
        delete place.dataset['dragging'];
      },
      { signal },
    );
  }
  place.addEventListener(
    'click',
    (event) => {
      if (dragged) event.stopPropagation();
      dragged = false;
    },
    { capture: true, signal },
  );
}

/** Two fingers zoom and move; one moves what is zoomed, and otherwise scrolls and taps as ever. */
/** @param {GesturesOptions} options */
function listenToFingers({ place, corner, off, zoomed, onStep, signal }) {
  /** @type {Fingers | null} */
  let last = null;
  let moving = false;

  /** @param {TouchEvent} event */
  function held(event) {
    const mine = [...event.touches].filter(({ target }) =>
      place.contains(/** @type {Node} */ (target)),
    );
    if (off() || mine.length === 0) return null;
    if (mine.length === 1 && !zoomed()) return null;
    return fingersOf(mine);
  }
  /** @param {TouchEvent} event */
  function change(event) {
    last = held(event);
    moving = (last?.count ?? 0) > 1;
    if (moving && event.cancelable) event.preventDefault();
  }

  place.addEventListener('touchstart', change, { passive: false, signal });
  place.addEventListener('touchend', change, { passive: false, signal });
  place.addEventListener('touchcancel', () => (last = null), { signal });
  place.addEventListener(
    'touchmove',
    (event) => {
      const now = last && held(event);
      if (!now || !last || now.count !== last.count) return;
      if (event.cancelable) event.preventDefault();
      const [dx, dy] = [now.x - last.x, now.y - last.y];
      if (!moving && Math.hypot(dx, dy) < SLOP) return;
      moving = true;
      const { left, top } = corner();
      onStep({ factor: now.apart / last.apart, about: [now.x - left, now.y - top], dx, dy });
      last = now;
    },
    { passive: false, signal },
  );
}

/** @typedef {{ count: number, x: number, y: number, apart: number }} Fingers their middle, and how far apart */

/** @param {Touch[]} touches @returns {Fingers | null} */
function fingersOf([first, second]) {
  if (!first) return null;
  const { clientX, clientY } = first;
  if (!second) return { count: 1, x: clientX, y: clientY, apart: 1 };
  return {
    count: 2,
    x: (clientX + second.clientX) / 2,
    y: (clientY + second.clientY) / 2,
    apart: Math.max(1, Math.hypot(clientX - second.clientX, clientY - second.clientY)),
  };
}
