// Places to jump to in a group: a click leads there, Tab stops once, arrow keys walk from one to the next.

/** @import { Cell } from '../../kinds/receipt.d.ts' */

/** @typedef {HTMLElement | SVGElement} Stop */

/**
 * @param {Stop} group
 * @param {number} columns of the group; 0 for a single row
 * @param {() => readonly Stop[]} stops
 * @param {(index: number) => Cell | null | undefined} cellAt where a stop leads, if it leads anywhere
 * @param {(cell: Cell) => void} jump
 */
export function createRoving(group, columns, stops, cellAt, jump) {
  let present = 0;
  /** @type {Stop | null} */
  let open = null;
  /** @type {Readonly<Record<string, number>>} */
  const ways = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ...(columns > 0 && { ArrowUp: -columns, ArrowDown: columns }),
  };

  /** @param {number} index */
  function put(index) {
    const stop = stops()[index] ?? null;
    present = index;
    if (stop === open) return;
    open?.setAttribute('tabindex', '-1');
    stop?.setAttribute('tabindex', '0');
    open = stop;
  }

  /** @param {Event} event */
  function go({ target }) {
    const cell = cellAt(
      stops().findIndex((stop) => target instanceof Node && stop.contains(target)),
    );
    if (cell) jump(cell);
  }

  group.addEventListener('click', go);
  group.addEventListener('keydown', (event) => {
    const { key, target } = /** @type {KeyboardEvent} */ (event);
    const drawn = target instanceof SVGElement; // a button is clicked by these keys itself
    if (drawn && (key === 'Enter' || key === ' ')) {
      event.preventDefault();
      return go(event);
    }
    const by = ways[key];
    if (!by) return;
    event.preventDefault();
    const all = stops();
    let next = present + by;
    while (all[next] && !cellAt(next)) next += by;
    if (!all[next]) return;
    put(next);
    all[next]?.focus();
  });
  group.addEventListener('focusin', ({ target }) => {
    const index = stops().findIndex((stop) => stop === target);
    if (index >= 0) put(index);
  });

  return {
    /** Call when other stops lead somewhere. */
    refresh() {
      const all = stops();
      const keeps = all[present] !== undefined && cellAt(present);
      put(keeps ? present : all.findIndex((_, index) => cellAt(index)));
    },
  };
}
