// window.convlens: the handle that lessons, tests and embedding pages share.

import { selection } from '../stage/state.js';

/** @import { Editor } from '../input/editor.js' */
/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { Progress } from './progress.js' */
/** @import { PageStore } from './state.js' */
/** @import { Opened } from './types.d.ts' */

const DEFAULT_WIDTH = 0.07;

/** @typedef {ReturnType<typeof createHandle>} Handle */

/**
 * @param {Opened} page
 * @param {Editor} editor
 * @param {Progress} progress
 */
export function createHandle({ store, stage, viewport, painted }, editor, progress) {
  const { view } = stage;
  return {
    /** Resolves when the network has its weights and is painted. @type {Promise<void>} */
    ready: loadedIn(store).then(painted),

    /** @param {{ points: [number, number][], width?: number, erase?: boolean }[]} strokes */
    draw(strokes) {
      editor.setStrokes(
        strokes.map(({ points, width = DEFAULT_WIDTH, erase = false }) => ({
          points: points.map(([x, y]) => /** @type {const} */ ([x, y])),
          width,
          erase,
        })),
      );
    },

    clear: () => editor.clear(),

    /** @param {{ layer: string, channel: number, row?: number, column?: number } | null} cell */
    select(cell) {
      const { graph } = store.get();
      const full = cell && { row: 0, column: 0, ...cell };
      if (full && !graph?.has(full.layer)) throw new RangeError(`There is no layer ${full.layer}.`);
      if (full && !graph?.valid(full)) {
        throw new RangeError(`${full.layer} has no cell ${JSON.stringify(full)}.`);
      }
      store.set({ pinned: full, ...(full ? {} : { pointed: null, walking: false }) });
    },

    get selection() {
      return selection(store.get());
    },

    /**
     * @param {Cell} cell
     * @returns {DOMRect | null} in the window; null when it is not in sight
     */
    rectOf(cell) {
      const rect = view.rectOf({ ...cell, row: cell.row ?? 0, column: cell.column ?? 0 });
      if (!rect) return null;
      const [corner, window] = [viewport.place(stage.canvas), viewport.place(stage.place)];
      const seen = new DOMRect(corner.left + rect.x, corner.top + rect.y, rect.width, rect.height);
      const inside =
        seen.left >= window.left - 0.5 &&
        seen.top >= window.top - 0.5 &&
        seen.right <= window.right + 0.5 &&
        seen.bottom <= window.bottom + 0.5;
      return inside ? seen : null;
    },

    /** All input delivered so far is in a painted trace; rejects when the server is away. */
    settled() {
      if (store.get().connection === 'away') {
        return Promise.reject(new Error('The server does not answer.'));
      }
      return progress.settled();
    },

    /** What pointing adds to the picture at present, as plain data. */
    overlay: () => view.overlay,

    /** What the cells show at present: numbers by layer, their colours and their legends. */
    quantity: () => view.quantity,
  };
}

/** @param {PageStore} store @returns {Promise<void>} */
function loadedIn(store) {
  return new Promise((resolve) => {
    const stop = store.subscribe(({ loaded }) => {
      if (!loaded) return;
      stop();
      resolve();
    });
  });
}
