// What scripts on the page can do: `window.convlens`, as on the page of the network.

import { selection } from '../stage/state.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { BenchPage } from './types.d.ts' */

/** @param {BenchPage} page */
export function createBenchHandle({ opened, loop }) {
  /** @param {string} name */
  function of(name) {
    const section = opened.get(name);
    if (!section) throw new Error(`The section ${name} is not open.`);
    return section;
  }
  const answered = () =>
    opened.size > 0 && [...opened.values()].every(({ store }) => !store.get().busy);

  return {
    /** Resolves once all that was given to sections near the window is answered and painted. */
    settled: async () => {
      await loop.painted(() => answered());
    },
    /** Client rectangle of a cell; null when it is off the screen. @param {string} name of a section @param {Cell} cell */
    rectOf(name, cell) {
      const { stage } = of(name);
      const rect = stage.view.rectOf(cell);
      const { left, top } = stage.canvas.getBoundingClientRect();
      return rect && new DOMRect(rect.x + left, rect.y + top, rect.width, rect.height);
    },
    /** The cell that is accounted for. @param {string} name of a section */
    selection: (name) => selection(of(name).store.get()),
    /** What its cells show, by layer. @param {string} name of a section */
    quantity: (name) => of(name).stage.view.quantity,
  };
}
