// Parts that stand in a row, one for each run.

import { html } from '../../ui/dom.js';

/** @import { Run } from '../../wire/types.d.ts' */

/**
 * A part for each run, as long as it is looked at.
 *
 * @template {{ element: HTMLElement, end?: () => void }} Part
 * @param {string} name
 * @param {(run: Run) => Part} open
 */
export function createRow(name, open) {
  /** @type {Map<string, Part>} */
  const parts = new Map();
  const element = html('div', { class: name });
  return {
    element,
    parts: () => [...parts.values()],
    part: (/** @type {Run} */ { id }) => parts.get(id),
    /** @param {readonly Run[]} runs */
    place(runs) {
      for (const [id, part] of parts)
        if (!runs.some((run) => run.id === id)) {
          part.end?.();
          parts.delete(id);
        }
      for (const run of runs) if (!parts.has(run.id)) parts.set(run.id, open(run));
      const wanted = runs.flatMap(({ id }) => parts.get(id)?.element ?? []);
      const there = [...element.children];
      // what stands where it should is left alone
      if (there.length !== wanted.length || there.some((one, i) => one !== wanted[i]))
        element.replaceChildren(...wanted);
    },
  };
}
