// The pad: which sign to write, by whom; kept with one press, and the next one is there.

import { EMPTY } from '../../input/strokes.js';
import { message } from '../../text/messages.js';
import { grouped, number } from '../../text/numbers.js';
import { button, html, say } from '../../ui/dom.js';
import { createDrawingPad } from '../../ui/drawn.js';
import { choiceOf } from '../../ui/effect.js';
import { nextOf } from './state.js';

/** @import { Shared } from '../page.js' */
/** @import { HandState, HandStore, Writer } from './state.js' */

/** After the pen was lifted, until a drawing is kept by itself, ms. */
const RESTS = 1000;
const MEGA = 1e6;

/** @param {Shared} shared @param {HandStore} store @param {{ keep: () => void, back: () => void }} acts */
export function createHandPad({ viewport, theme }, store, { keep, back }) {
  const what = html('p', { class: 'hand-what', role: 'status' });
  const pad = createDrawingPad({ viewport, theme }, (drawing) => store.set({ drawing }));
  const kept = button(
    { class: 'action strong', onclick: keep, title: message('handwriting.keep.key') },
    message('handwriting.keep'),
  );
  const taken = button({ class: 'action', onclick: back }, message('handwriting.back'));
  const box = html('input', { type: 'checkbox', name: 'itself' });
  const itself = html('label', { class: 'hand-itself' }, box, message('handwriting.itself'));
  const count = html('p', { class: 'hand-count' });
  keepByItself(pad.element, () => box.checked, keep);
  /** @type {ReturnType<typeof choiceOf> | null} */
  let writers = null;
  const who = html(
    'fieldset',
    { class: 'hand-writers' },
    html('legend', {}, message('handwriting.writer')),
  );
  return {
    element: html(
      'div',
      { class: 'hand-pad' },
      what,
      pad.element,
      html('div', { class: 'hand-row' }, kept, ...pad.tools, taken),
      ...[itself, who, count],
    ),
    renew: pad.renew,
    clear: () => void pad.show(EMPTY),
    open: pad.show,
    /** @param {Readonly<HandState>} state */
    show(state) {
      const { all, drawing, kept: before, writer } = state;
      const next = nextOf(state);
      say(
        what,
        next ? message('handwriting.next', { name: next.name }) : message('handwriting.none'),
      );
      kept.disabled = !next || !drawing.strokes.length;
      taken.disabled = !before.length;
      if (all && !writers) who.append((writers = chooseWriter(all.writers, store)).element);
      writers?.choose(writer);
      if (all) say(count, countText(all));
    },
  };
}

/** @param {readonly Writer[]} all @param {HandStore} store */
function chooseWriter(all, store) {
  const words = all.map((one) => [one, message(`handwriting.writer.${one}`)]);
  const choice = choiceOf(Object.fromEntries(words), (one) =>
    store.set({ writer: /** @type {Writer} */ (one) }),
  );
  choice.element.classList.add('hand-colours');
  return choice;
}

/** @param {HTMLElement} pad @param {() => boolean} wanted @param {() => void} keep */
function keepByItself(pad, wanted, keep) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  pad.addEventListener('pointerdown', () => clearTimeout(timer));
  pad.addEventListener('pointerup', () => {
    clearTimeout(timer);
    if (wanted()) timer = setTimeout(keep, RESTS);
  });
}

/** @param {NonNullable<HandState['all']>} all */
function countText({ drawings, most_drawings: most, bytes, most_bytes: room }) {
  return message('handwriting.count', {
    count: drawings.length,
    most: grouped(most),
    megabytes: number(bytes / MEGA, 1),
    room: number(room / MEGA, 0),
  });
}
