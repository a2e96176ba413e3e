// A block of cells that can be pointed at: colours, numbers where they fit, a mark on one of them.

import { pixel } from '../../render/brush.js';
import { inkOn } from '../../render/luminance.js';
import { html, say } from '../dom.js';
import { createPlane } from '../receipt/plane.js';

/** @import { Colours, Span } from '../../render/brush.js' */
/** @import { Block } from '../../kinds/types.d.ts' */
/** @import { Figure } from '../../scene/numbers.js' */

/** @typedef {ReturnType<typeof createBlock>} BlockView */

/**
 * @param {Pick<Block, 'wide' | 'high' | 'terms'>} block
 * @param {number} cell px
 * @param {Figure} figure
 */
export function createBlock({ wide, high, terms }, cell, figure) {
  const plane = createPlane(wide, high, cell);
  const figures = figure(0, cell) ? Array.from(terms, () => html('span')) : [];
  const mark = html('span', { class: 'mark', hidden: true });
  const texts = html('span', { class: 'figures', 'aria-hidden': true }, ...figures);
  texts.style.gridTemplate = `repeat(${high}, ${cell}px) / repeat(${wide}, ${cell}px)`;
  plane.element.classList.add('block');
  plane.element.classList.toggle('plain', cell < 5);
  plane.element.append(texts, mark);
  let marked = -1;
  /** What it was painted with; hovering changes none of it. @type {{ values: unknown, colours: unknown, limit: number }} */
  let shown = { values: undefined, colours: null, limit: 0 };

  return {
    element: plane.element,
    wide,
    high,
    terms,

    /** @param {MouseEvent} event @returns {number} a place in the block */
    at: (event) => plane.at(event),

    /**
     * @param {ArrayLike<number> | null} values by term; null while there are none
     * @param {Colours} colours
     * @param {Span} span
     */
    paint(values, colours, span) {
      const { limit } = span;
      if (values === shown.values && colours === shown.colours && limit === shown.limit) return;
      shown = { values, colours, limit };
      const colour = (/** @type {number} */ i) => {
        const term = terms[i] ?? -1;
        return term < 0 ? 0 : pixel(colours, values?.[term] ?? 0, span);
      };
      plane.paint(colour);
      figures.forEach((element, i) => {
        const term = terms[i] ?? -1;
        say(element, term < 0 || !values ? '' : figure(values[term] ?? 0, cell));
        element.style.color = inkOn(colour(i));
      });
    },

    /**
     * @param {number} place −1 for none
     * @param {number} [across] cells
     * @param {number} [down]
     * @param {boolean} [window] what the selected cell reads, not that cell
     */
    mark(place, across = 1, down = 1, window = false) {
      if (place === marked) return;
      marked = place;
      mark.style.width = `${across * cell}px`;
      mark.style.height = `${down * cell}px`;
      mark.hidden = place < 0;
      mark.classList.toggle('window', window);
      if (place < 0) return;
      const [row, column] = [Math.floor(place / wide), place % wide];
      mark.style.transform = `translate(${column * cell}px, ${row * cell}px)`;
    },
  };
}
