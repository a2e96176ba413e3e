// What is collected: digits, letters and signs of one's own, and how many of each were drawn.

import { message } from '../../text/messages.js';
import { button, html, icon, refill } from '../../ui/dom.js';

/** @import { HandState } from './state.js' */

/** @typedef {{ collect: (names: string[]) => void, drop: (number: number) => void, write: (number: number) => void, look: (number: number) => void }} Acts */

/** Begun with one press. */
const READY = { digits: '0123456789', letters: 'ABCDE' };
/** So long a second press deletes, ms. */
const THINKS = 6000;
const HEADS = /** @type {const} */ (['sign', 'learnt', 'held', 'acts']);

/** @param {Acts} acts */
export function createClasses(acts) {
  const name = html('input', {
    class: 'typed',
    name: 'sign',
    autocomplete: 'off',
    maxlength: 20,
    size: 12,
  });
  const add = html('button', { class: 'action' }, message('handwriting.add'));
  const form = html(
    'form',
    { class: 'hand-add' },
    html('label', {}, message('handwriting.sign'), name),
    add,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const names = name.value.split(/[\s,]+/u).filter(Boolean);
    if (names.length) acts.collect(names);
    name.value = '';
  });
  const ready = Object.entries(READY).map(([key, signs]) => {
    const text = message(/** @type {any} */ (`handwriting.ready.${key}`));
    return button({ class: 'action', onclick: () => acts.collect([...signs]) }, text);
  });
  const heads = HEADS.map((head) =>
    html('th', { scope: 'col' }, message(`handwriting.head.${head}`)),
  );
  const body = html('tbody', {});
  const table = html('table', {}, html('thead', {}, html('tr', {}, ...heads)), body);
  /** @type {unknown} */
  let built = null;
  return {
    element: html(
      'div',
      { class: 'hand-classes' },
      html('div', { class: 'hand-row' }, ...ready),
      form,
      table,
    ),
    /** @param {Readonly<HandState>} state */
    show({ all }) {
      table.hidden = !all?.classes.length;
      if (!all || built === all) return;
      built = all;
      refill(
        body,
        all.classes.map((one) => rowOf(all, one, acts)),
      );
    },
  };
}

/** @param {NonNullable<HandState['all']>} all @param {NonNullable<HandState['all']>['classes'][number]} sign @param {Acts} acts */
function rowOf({ drawings }, { number, name }, { drop, write, look }) {
  const mine = drawings.filter(({ label }) => label === number);
  const held = mine.filter((one) => one.held_out).length;
  const called = message('handwriting.write.this', { name });
  const gone = createDrop(number, name, mine.length, drop);
  return html(
    'tr',
    {},
    html('th', { scope: 'row' }, name),
    html('td', {}, String(mine.length - held)),
    html('td', {}, String(held)),
    html(
      'td',
      { class: 'hand-row' },
      button(
        {
          class: 'action',
          id: `hand-write-${number}`,
          'aria-label': called,
          onclick: () => write(number),
        },
        message('handwriting.write'),
      ),
      button(
        {
          class: 'action',
          id: `hand-look-${number}`,
          'aria-label': message('handwriting.look.at', { name }),
          onclick: () => look(number),
        },
        message('handwriting.look'),
      ),
      gone,
    ),
  );
}

/** With drawings, the first press asks and the second deletes. @param {number} number @param {string} name @param {number} count @param {(number: number) => void} drop */
function createDrop(number, name, count, drop) {
  const element = button({ id: `hand-drop-${number}` });
  let sure = false;
  function ask(/** @type {boolean} */ next) {
    sure = next;
    element.className = sure ? 'action' : 'button';
    element.ariaLabel = sure ? null : message('handwriting.drop', { name });
    element.replaceChildren(
      sure ? message('handwriting.drop.sure', { name, count }) : icon('clear'),
    );
  }
  element.addEventListener('click', () => {
    if (sure || !count) return drop(number);
    ask(true);
    setTimeout(() => ask(false), THINKS);
  });
  ask(false);
  return element;
}
