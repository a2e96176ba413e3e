// A block of cells that can be pointed at: colours, numbers where they fit, a mark on one of them.

import { boxesIn, hasGaps } from '../../geometry/regions.js';
import { pixel } from '../../render/brush.js';
import { inkOn } from '../../render/luminance.js';
import { html, say } from '../dom.js';
import { createPlane } from '../receipt/plane.js';

/** @import { Colours, Span } from '../../render/brush.js' */
/** @import { Region } from '../../geometry/types.d.ts' */
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
  const mark = createMark(cell);
  const texts = html('span', { class: 'figures', 'aria-hidden': true }, ...figures);
  texts.style.gridTemplate = `repeat(${high}, ${cell}px) / repeat(${wide}, ${cell}px)`;
  plane.element.classList.add('block');
  plane.element.classList.toggle('plain', cell < 5);
  plane.element.append(texts, mark.element);
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

    /** @param {number} place −1 for none */
    mark(place) {
      if (place === marked) return;
      marked = place;
      const [row, column] = [Math.floor(place / wide), place % wide];
      mark.put(
        place < 0 ? null : { row0: row, row1: row + 1, column0: column, column1: column + 1 },
      );
    },

    /** @param {Region} region what the selected cell reads of this map, not that cell */
    markWindow(region) {
      marked = -2; // so that no place, too, is something else
      mark.put(region, hasGaps(region) ? boxesIn(region) : []);
    },
  };
}

/** @typedef {Pick<Region, 'row0' | 'row1' | 'column0' | 'column1'>} Box */

/**
 * A frame around cells of a block; around each of those that a window takes, where it skips some.
 * @param {number} cell px
 */
function createMark(cell) {
  const element = html('span', { class: 'mark', hidden: true });

  /** @param {HTMLElement} part @param {Box} cells @param {Box | null} [inside] */
  function place(part, { row0, row1, column0, column1 }, inside = null) {
    const [down, across] = [row0 - (inside?.row0 ?? 0), column0 - (inside?.column0 ?? 0)];
    part.style.width = `${(column1 - column0) * cell}px`;
    part.style.height = `${(row1 - row0) * cell}px`;
    part.style.transform = `translate(${across * cell}px, ${down * cell}px)`;
    return part;
  }

  return {
    element,
    /** @param {Box | null} cells null for none @param {readonly Box[] | null} [taken] of a window, not of a cell */
    put(cells, taken = null) {
      element.hidden = !cells;
      element.classList.toggle('window', taken !== null);
      const one = () => html('span', { class: 'taken' });
      element.replaceChildren(...(taken ?? []).map((each) => place(one(), each, cells)));
      if (cells) place(element, cells);
    },
  };
}
