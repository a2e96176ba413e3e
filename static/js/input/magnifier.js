// A magnified view of the cells under a finger that rests on the stage: small ones can be told apart.

/** @import { Cell } from '../geometry/types.d.ts' */

/** How long a finger rests until the view comes, in ms, and how far it may slip meanwhile. */
const REST = 300;
const SLIP = 8;
/** Of the view, and how far above the finger it stands, CSS pixels. */
const SIDE = 144;
const ABOVE = 36;
const TIMES = 5;

/**
 * @param {object} options
 * @param {HTMLCanvasElement} options.canvas the stage
 * @param {HTMLCanvasElement} options.overlay what pointing adds to it
 * @param {HTMLCanvasElement} options.view
 * @param {() => number} options.width of the window
 * @param {() => string} options.colour of the mark in its middle
 * @param {(x: number, y: number) => Cell | null} options.pick CSS pixels of the stage
 * @param {(cell: Cell | null) => void} options.onPoint
 * @param {(cell: Cell) => void} options.onPin the finger left this cell
 */
export function createMagnifier({ canvas, overlay, view, width, colour, ...on }) {
  const glass = createGlass(view, [canvas, overlay], colour);
  const rest = createRest(
    (event) => {
      cell = on.pick(event.offsetX, event.offsetY);
      on.onPoint(cell);
      glass.place(event, width());
      glass.paint(event.offsetX, event.offsetY);
    },
    () => (view.hidden = true),
  );
  /** @type {Cell | null} */
  let cell = null;
  let pinned = false;

  canvas.addEventListener('pointerdown', (event) => {
    pinned = false;
    rest.begin(event);
  });
  canvas.addEventListener('pointermove', rest.move);
  canvas.addEventListener('pointercancel', rest.end);
  canvas.addEventListener('pointerup', () => {
    pinned = rest.shows();
    if (pinned && cell) on.onPin(cell);
    rest.end();
  });
  // once it is there, a moving finger neither scrolls nor asks for a menu, nor clicks at its end
  const keep = (/** @type {Event} */ event) => void (rest.shows() && event.preventDefault());
  canvas.addEventListener('touchmove', keep, { passive: false });
  canvas.addEventListener('contextmenu', keep);
  const swallow = (/** @type {Event} */ event) => {
    if (pinned) event.stopImmediatePropagation();
    pinned = false;
  };
  canvas.addEventListener('click', swallow, { capture: true });
}

/**
 * A finger that does not move for a while; from then on its moves are told.
 *
 * @param {(event: PointerEvent) => void} onRest
 * @param {() => void} onEnd
 */
function createRest(onRest, onEnd) {
  /** @type {{ timer: ReturnType<typeof setTimeout>, x: number, y: number } | null} */
  let waits = null;
  let shows = false;

  function end() {
    clearTimeout(waits?.timer);
    waits = null;
    shows = false;
    onEnd();
  }

  return {
    end,
    shows: () => shows,
    /** @param {PointerEvent} event */
    begin(event) {
      end();
      if (event.pointerType !== 'touch' || !event.isPrimary) return;
      const { offsetX, offsetY, clientX, clientY } = event;
      const kept = /** @type {PointerEvent} */ ({ offsetX, offsetY, clientX, clientY });
      const timer = setTimeout(() => {
        shows = true;
        onRest(kept);
      }, REST);
      waits = { timer, x: clientX, y: clientY };
    },
    /** @param {PointerEvent} event */
    move(event) {
      if (shows) return onRest(event);
      const slipped = waits && Math.hypot(event.clientX - waits.x, event.clientY - waits.y) > SLIP;
      if (slipped) end();
    },
  };
}

/**
 * @param {HTMLCanvasElement} view
 * @param {readonly HTMLCanvasElement[]} sources painted over each other
 * @param {() => string} colour
 */
function createGlass(view, sources, colour) {
  const context = view.getContext('2d');

  return {
    /**
     * @param {PointerEvent} event
     * @param {number} width of the window
     */
    place({ clientX, clientY }, width) {
      view.hidden = false;
      const top = clientY - ABOVE - SIDE;
      view.style.left = `${Math.max(0, Math.min(width - SIDE, clientX - SIDE / 2))}px`;
      view.style.top = `${top < 0 ? clientY + ABOVE : top}px`;
    },

    /**
     * @param {number} x CSS pixels of the stage
     * @param {number} y
     */
    paint(x, y) {
      const [stage] = sources;
      if (!context || !stage) return;
      const scale = stage.width / parseFloat(stage.style.width);
      const side = Math.round(SIDE * scale);
      if (view.width !== side) view.width = view.height = side;
      const seen = side / TIMES;
      context.clearRect(0, 0, side, side);
      context.imageSmoothingEnabled = false;
      for (const source of sources) {
        const [left, top] = [x * scale - seen / 2, y * scale - seen / 2];
        context.drawImage(source, left, top, seen, seen, 0, 0, side, side);
      }
      context.strokeStyle = colour();
      context.lineWidth = 2 * scale;
      context.strokeRect(side / 2 - 4 * scale, side / 2 - 4 * scale, 8 * scale, 8 * scale);
    },
  };
}
