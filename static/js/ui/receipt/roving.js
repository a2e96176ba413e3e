// One stop for the Tab key in a group of places to jump to; arrow keys walk from one to the next.

/** @typedef {HTMLElement | SVGElement} Stop */

/**
 * @param {Stop} group
 * @param {number} columns of the group; 0 for a single row
 * @param {() => readonly Stop[]} stops
 * @param {(index: number) => boolean} usable
 */
export function createRoving(group, columns, stops, usable) {
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

  group.addEventListener('keydown', (event) => {
    const key = /** @type {KeyboardEvent} */ (event).key;
    const by = ways[key];
    if (!by) return;
    event.preventDefault();
    const all = stops();
    let next = present + by;
    while (all[next] && !usable(next)) next += by;
    if (!all[next]) return;
    put(next);
    all[next]?.focus();
  });
  group.addEventListener('focusin', ({ target }) => {
    const index = stops().findIndex((stop) => stop === target);
    if (index >= 0) put(index);
  });

  return {
    /** Call when other stops are usable. */
    refresh() {
      const all = stops();
      const keeps = all[present] !== undefined && usable(present);
      put(keeps ? present : all.findIndex((_, index) => usable(index)));
    },
  };
}
