// All runs of the server: which are looked at, and how much room they take.

import { message } from '../../text/messages.js';
import { momentText } from '../../text/moments.js';
import { number } from '../../text/numbers.js';
import { percent } from '../../text/shares.js';
import { button, html, refill, say } from '../../ui/dom.js';
import { isOver } from '../../wire/runs.js';
import { MOST } from './state.js';

/** @import { RunList, RunSummary } from '../../wire/types.d.ts' */
/** @import { TrainingState } from './state.js' */

const MEGA = 1e6;
/** Of the room: from here on ended runs are offered for deletion. */
const FULL = 0.8;

/** @typedef {{ watch: (id: string, on: boolean) => void, remove: (run: RunSummary) => void }} Acts */

/** So long a second press deletes, ms. */
const THINKS = 6000;

const HEADS = /** @type {const} */ ([
  ...['watch', 'title', 'state', 'validation_accuracy', 'when', 'size'],
]);

/** @param {Acts} acts */
export function createList(acts) {
  const deleting = createDeleting(acts.remove);
  const body = html('tbody', {});
  const heads = HEADS.map((name) => html('th', { scope: 'col' }, message(`training.head.${name}`)));
  const head = html('thead', {}, html('tr', {}, ...heads, html('td')));
  const room = html('p', { class: 'training-room' });
  const label = { role: 'region', 'aria-label': message('training.list') };
  const scroll = html(
    'div',
    { class: 'training-scroll', tabindex: 0, ...label },
    html('table', {}, head, body),
  );
  const title = html('h3', {}, message('training.list'));
  const element = html('section', { class: 'training-list', hidden: true }, title, room, scroll);
  /** @type {readonly unknown[]} */
  let built = [];
  return {
    element,
    /** @param {Readonly<TrainingState>} state */
    show({ list, watched }) {
      const ids = watched.map(({ id }) => id);
      element.hidden = !list?.runs.length;
      if (!list || (list === built[0] && ids.join() === built[1])) return;
      built = [list, ids.join()];
      say(room, roomText(list));
      refill(
        body,
        list.runs.map((run) => rowOf(run, ids, acts, deleting)),
      );
    },
  };
}

/** @param {RunList} list */
function roomText({ bytes, most_bytes: most, may_go: may }) {
  const gaps = { megabytes: number(bytes / MEGA, 0), most: number(most / MEGA, 0) };
  return message(bytes > FULL * most && may.length ? 'training.room.short' : 'training.room', gaps);
}

/** @param {RunSummary} run @param {readonly string[]} watched @param {Acts} acts @param {(run: RunSummary) => HTMLElement} deleting */
function rowOf(run, watched, { watch }, deleting) {
  const on = watched.includes(run.id);
  const { validation_accuracy: share } = run;
  const box = html('input', {
    ...{ type: 'checkbox', id: `watch-${run.id}`, checked: on },
    'aria-label': message('training.watch', { title: run.title }),
    disabled: watched.length >= MOST && !on,
    onchange: () => watch(run.id, box.checked),
  });
  const cells = [
    message(`training.short.${run.state}`),
    share === null ? '–' : percent(share, { decimals: 2 }),
    momentText(run.created),
    message('training.megabytes', { megabytes: number(run.bytes / MEGA, 1) }),
  ];
  return html(
    'tr',
    {},
    html('td', {}, box),
    html('th', { scope: 'row' }, html('label', { for: box.id }, run.title)),
    ...cells.map((text) => html('td', {}, text)),
    html('td', {}, isOver(run) && deleting(run)),
  );
}

/** Rows are made anew while somebody thinks it over. @param {(run: RunSummary) => void} remove */
function createDeleting(remove) {
  let asked = '';
  const text = (/** @type {string} */ id) =>
    message(asked === id ? 'training.delete.sure' : 'training.delete');

  /** The first press asks, the second deletes. @param {RunSummary} run */
  return (run) => {
    const { id } = run;
    const one = button({ class: 'action', id: `delete-${id}` }, text(id));
    one.addEventListener('click', () => {
      if (asked === id) return remove(run);
      asked = id;
      say(one, text(id));
      setTimeout(() => {
        if (asked === id) asked = '';
        say(one, text(id));
      }, THINKS);
    });
    return one;
  };
}
