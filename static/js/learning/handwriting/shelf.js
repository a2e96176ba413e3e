// The drawings of a class as the networks learn from them: each can get another class or writer, or go.

import { message } from '../../text/messages.js';
import { createColours, pixel } from '../../render/brush.js';
import { button, html, refill, say } from '../../ui/dom.js';

/** @import { Theme } from '../../core/theme.js' */
/** @import { Handwriting, HandwritingChange, HandwritingDrawing } from '../../wire/types.d.ts' */
/** @import { HandState } from './state.js' */

/** @typedef {{ pick: (id: string | null) => void, change: (id: string, to: HandwritingChange) => void, remove: (id: string) => void }} Acts */

const SIDE = 28;
/** Drawings that are shown at the most, the newest ones. */
const MOST_SHOWN = 120;
const INK = { image: true, low: 0, high: 255, limit: 255 };

/** Those that are shown, the newest first. @param {Readonly<Pick<HandState, 'all' | 'shown'>>} state */
export function shownOf({ all, shown }) {
  const mine = all?.drawings.filter(({ label }) => label === shown) ?? [];
  return mine.slice(-MOST_SHOWN).reverse();
}

/** @param {{ current: () => Theme }} theme @param {Acts} acts */
export function createShelf(theme, acts) {
  const title = html('h3', {});
  const grid = html('div', { class: 'hand-drawings', role: 'group' });
  const editor = createEditor(acts);
  const element = html(
    'section',
    { class: 'hand-shelf', hidden: true },
    title,
    grid,
    editor.element,
  );
  /** @type {readonly unknown[]} */
  let built = [];
  return {
    element,
    /** @param {Readonly<HandState>} state */
    show(state) {
      const { all, shown, picked, images } = state;
      const next = [all, shown, picked, images, theme.current()];
      if (next.every((one, i) => one === built[i])) return;
      built = next;
      const sign = all?.classes.find(({ number }) => number === shown);
      element.hidden = !sign;
      if (!all || !sign) return;
      const drawings = shownOf(state);
      say(title, message('handwriting.drawings', { name: sign.name, count: drawings.length }));
      grid.setAttribute('aria-label', title.textContent ?? '');
      const colours = createColours(theme.current());
      const thumbs = drawings.map((one, i) => {
        const mark = one.id === picked;
        const pick = () => acts.pick(mark ? null : one.id);
        return thumbOf(one, drawings.length - i, images.get(one.id), colours, mark, pick);
      });
      refill(grid, thumbs);
      editor.show(all, drawings.find(({ id }) => id === picked) ?? null);
    },
  };
}

/** @param {HandwritingDrawing} drawing @param {number} number @param {Uint8Array | undefined} image @param {import('../../render/brush.js').Colours} colours @param {boolean} picked @param {() => void} pick */
function thumbOf({ id, writer, held_out: held }, number, image, colours, picked, pick) {
  const canvas = html('canvas', { width: SIDE, height: SIDE, 'aria-hidden': true });
  if (image) paint(canvas, image, colours);
  const by = message(`handwriting.writer.${writer}`);
  const label = message(held ? 'handwriting.drawing.held' : 'handwriting.drawing', {
    number,
    writer: by,
  });
  const about = { 'aria-label': label, title: label, 'aria-pressed': String(picked) };
  return button(
    {
      class: `hand-drawing by-${writer}${held ? ' held' : ''}`,
      id: `hand-${id}`,
      ...about,
      onclick: pick,
    },
    canvas,
  );
}

/** @param {HTMLCanvasElement} canvas @param {Uint8Array} image @param {import('../../render/brush.js').Colours} colours */
function paint(canvas, image, colours) {
  const context = canvas.getContext('2d');
  const data = new ImageData(SIDE, SIDE);
  const pixels = new Uint32Array(data.data.buffer);
  image.forEach((value, i) => (pixels[i] = pixel(colours, value, INK)));
  context?.putImageData(data, 0, 0);
}

/** What can become of the one that is picked. @param {Acts} acts */
function createEditor({ change, remove }) {
  let id = '';
  const label = html('select', { onchange: () => change(id, { label: Number(label.value) }) });
  const writer = html('select', {
    onchange: () =>
      change(id, { writer: /** @type {HandwritingDrawing['writer']} */ (writer.value) }),
  });
  const gone = button(
    { class: 'action', onclick: () => remove(id) },
    message('handwriting.delete'),
  );
  const element = html(
    'div',
    { class: 'hand-row hand-editor', hidden: true },
    html('label', {}, message('handwriting.is'), label),
    html('label', {}, message('handwriting.writer'), writer),
    gone,
  );
  return {
    element,
    /** @param {Handwriting} all @param {HandwritingDrawing | null} picked */
    show({ classes, writers }, picked) {
      element.hidden = !picked;
      if (!picked) return;
      id = picked.id;
      label.replaceChildren(
        ...classes.map(({ number, name }) =>
          html('option', { value: number, selected: number === picked.label }, name),
        ),
      );
      writer.replaceChildren(
        ...writers.map((one) =>
          html(
            'option',
            { value: one, selected: one === picked.writer },
            message(`handwriting.writer.${one}`),
          ),
        ),
      );
    },
  };
}
