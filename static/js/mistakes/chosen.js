// One image in full: how it was read, with every score, its loss and its energy, and the way to the stage.

import { ranked } from '../kinds/traits.js';
import { message } from '../text/messages.js';
import { grouped, number, own, writtenNear } from '../text/numbers.js';
import { percent } from '../text/shares.js';
import { button, html, icon, percentage, say } from '../ui/dom.js';
import { SIDE } from './inks.js';
import { linkOf } from './links.js';
import { rowOf, sharesOf } from './list.js';

/** @import { Readings } from '../wire/readings.js' */
/** @import { Listed } from './gallery.js' */
/** @import { Inks } from './inks.js' */
/** @import { Shared } from './page.js' */

/** So many classes are listed. */
const MOST = 10;
/** From here on a share has all digits that float32 has there. */
const [NEARLY, DIGITS] = [0.999, 7];
const THREE = { decimals: 3, exponent: 0 };

/** @param {Shared} shared @param {Inks} inks @param {(by: -1 | 1) => void} walk to another image of the list */
export function createChosen({ model, of }, inks, walk) {
  const canvas = html('canvas', { width: SIDE, height: SIDE, role: 'img' });
  const title = html('h3', { 'aria-live': 'polite' });
  const [back, forth] = /** @type {const} */ ([-1, 1]).map((by) => {
    const label = message(by < 0 ? 'mistakes.image.back' : 'mistakes.image.forth');
    const named = { class: 'button', 'aria-label': label, title: label };
    return button({ ...named, onclick: () => walk(by) }, icon(by < 0 ? 'back' : 'forth'));
  });
  const body = html('tbody', {});
  const heads = /** @type {const} */ (['class', 'score', 'share']).map((name) =>
    html('th', { scope: 'col' }, message(`mistakes.head.${name}`)),
  );
  const scores = html('table', {}, html('thead', {}, html('tr', {}, ...heads)), body);
  const told = html('div', { class: 'chosen-told' });
  const open = html('a', { class: 'see' }, message('mistakes.open'));
  const element = html(
    'section',
    { class: 'chosen', 'aria-label': message('mistakes.chosen'), hidden: true },
    html('div', { class: 'chosen-head' }, back ?? null, title, forth ?? null),
    html('div', { class: 'chosen-picture' }, canvas, open),
    ...[scores, told],
  );
  /** @type {{ image: number | null, painted: boolean }} */
  let shown = { image: null, painted: false };
  const repaint = () => {
    const pixels = shown.image === null ? undefined : inks.of(shown.image);
    if (!pixels) return;
    inks.paint(canvas, pixels);
    open.href = linkOf(model.id, pixels);
    open.hidden = Boolean(of['weights']);
    shown.painted = true;
  };
  return {
    element,
    repaint,
    /** @param {Readings} readings @param {Listed} list */
    show(readings, { image, images, at }) {
      element.hidden = image === null;
      if (image === null) return;
      if (back) back.disabled = at <= 0;
      if (forth) forth.disabled = at < 0 || at === images.length - 1;
      void inks.want(readings.set, [image]);
      if (image !== shown.image) {
        shown = { image, painted: false };
        const label = titleOf(readings, image, model.classes);
        say(title, label);
        canvas.ariaLabel = label;
        body.replaceChildren(...rowsOf(readings, image, model.classes));
        const says = tellOf(readings, image, model.classes).map((text) => html('p', {}, text));
        told.replaceChildren(...says);
      }
      if (!shown.painted) repaint();
    },
  };
}

/** @param {Readings} readings @param {number} image @param {readonly string[]} classes */
export function titleOf({ truth, said }, image, classes) {
  const [is = 0, read = 0] = [truth[image], said[image]];
  const gaps = { place: grouped(image), truth: classes[is] ?? '', said: classes[read] ?? '' };
  return message(is === read ? 'mistakes.image.right' : 'mistakes.image.wrong', gaps);
}

/** The classes with the largest shares, and the true one in any case. @param {Readings} readings @param {number} image @param {readonly string[]} classes */
function rowsOf(readings, image, classes) {
  const shares = sharesOf(readings, image);
  const truth = readings.truth[image] ?? 0;
  const order = ranked(shares);
  const kept = order.filter((k, place) => place < MOST || k === truth).sort((a, b) => a - b);
  const few = classes.length <= MOST;
  return (few ? kept : order.filter((k) => kept.includes(k))).map((k) => {
    const share = shares[k] ?? 0;
    const bar = html('i', {});
    bar.style.width = percentage(share);
    return html(
      'tr',
      { class: k === truth ? 'is-true' : k === readings.said[image] ? 'is-said' : '' },
      html('th', { scope: 'row' }, classes[k] ?? ''),
      html('td', {}, number(readings.scores[image * classes.length + k] ?? 0, 3)),
      html('td', {}, bar, html('span', {}, percent(share, { alone: false }))),
    );
  });
}

/** What its numbers say. @param {Readings} readings @param {number} image @param {readonly string[]} classes @returns {string[]} */
function tellOf(readings, image, classes) {
  const { truth, second, loss, energy, shares } = rowOf(readings, image);
  const [of, next] = [truth, second].map((k) => ({ name: classes[k], share: shares[k] ?? 0 }));
  const gaps = { energy: number(energy, 3), threshold: number(readings.threshold ?? 0, 3) };
  return [
    message('mistakes.told.loss', {
      ...{
        truth: of?.name ?? '',
        share: shareText(of?.share ?? 0),
        loss: writtenNear(loss, THREE),
      },
    }),
    message('mistakes.told.second', {
      ...{ second: next?.name ?? '', share: percent(next?.share ?? 0, { alone: false }) },
    }),
    message(energyKey(energy, readings.threshold), gaps),
  ];
}

/** So that its logarithm can be told from 0, where the share is nearly all. @param {number} share */
const shareText = (share) => (share > NEARLY ? number(share, DIGITS) : own(share));

/** @param {number} energy @param {number | null} threshold */
function energyKey(energy, threshold) {
  if (threshold === null) return 'mistakes.told.energy';
  return energy < threshold ? 'mistakes.told.unsure' : 'mistakes.told.sure';
}
