// All layers as a list: each is shown or hidden here, and accounts for itself.

import { message } from '../../text/messages.js';
import { button, html, say } from '../dom.js';
import { framed } from './parts.js';

/** @import { LayerAccount } from '../../scene/layers.js' */

/**
 * @typedef {object} Row
 * @property {LayerAccount} account
 * @property {boolean} shown
 * @property {boolean} fixed it cannot be hidden, for too few would be left
 * @property {string} into the layer that it is folded into, else ''
 */

/**
 * @typedef {object} Acts
 * @property {() => void} close
 * @property {(layer: string) => void} onLayer
 * @property {(layer: string, shown: boolean) => void} onShown
 * @property {() => void} onAll
 * @property {() => void} onFold
 */

/**
 * @param {readonly LayerAccount[]} accounts
 * @param {'open' | 'sheet'} shape
 * @param {Acts} on
 */
export function createLayersPanel(accounts, shape, on) {
  const title = html('span');
  const kind = html('small');
  const name = html('div', { class: 'name' }, title, ' ', kind);
  const told = html('div', { class: 'layer-told', role: 'status' });
  const why = html('p', { class: 'check' });
  const rows = accounts.map((account) => createRow(account, on));
  const all = button({ class: 'link', onclick: on.onAll }, message('layers.all'));
  const fold = button({ class: 'link', onclick: on.onFold });
  const label = { 'aria-label': message('layers.label') };
  const list = html('ul', { class: 'layers', ...label }, ...rows.map(({ element }) => element));
  const content = html('div', { class: 'body layers-body' }, list);
  const element = framed(shape, name, [told], [why, fold, all], content, on.close);

  return {
    element,
    /**
     * @param {readonly Row[]} present
     * @param {{ folded: boolean, subject: { layer: string } | null }} state
     */
    show(present, { folded, subject }) {
      const chosen = present.find(({ account }) => account.name === subject?.layer)?.account;
      if (!chosen) return;
      say(title, chosen.name);
      say(kind, chosen.kind);
      if (told.dataset['of'] !== chosen.name) {
        told.dataset['of'] = chosen.name;
        told.replaceChildren(...chosen.sentences.map(paragraph));
      }
      say(why, message(present.some(({ fixed }) => fixed) ? 'layers.least' : 'layers.how'));
      say(fold, folded ? message('layers.unfold') : message('layers.fold'));
      all.hidden = present.every(({ shown }) => shown);
      rows.forEach((row, i) => {
        const now = present[i];
        if (now) row.show(now, now.account.name === chosen.name);
      });
    },
  };
}

/** @param {readonly [title: string, text: string]} sentence */
function paragraph([title, text]) {
  return html('p', {}, title && html('b', {}, `${title} `), text);
}

/**
 * @param {LayerAccount} account
 * @param {Acts} on
 */
function createRow({ name, kind, shape, parameters, operations }, on) {
  const label = message('layers.shown', { layer: name });
  const box = html('input', { type: 'checkbox', 'aria-label': label, 'data-layer': name });
  const into = html('span', { class: 'layer-kind' });
  const act = { class: 'layer-name', onclick: () => on.onLayer(name) };
  const title = button(act, html('b', {}, name), ' ', into);
  const learnt = parameters && message('layers.parameters', { parameters });
  const facts = [shape, learnt, operations].filter(Boolean).join(' · ');
  const whole = html('label', { class: 'layer-box' }, box);
  const element = html('li', {}, whole, title, html('span', { class: 'layer-facts' }, facts));
  box.addEventListener('change', () => on.onShown(name, box.checked));

  return {
    element,
    /**
     * @param {Row} row
     * @param {boolean} chosen
     */
    show(row, chosen) {
      box.checked = row.shown;
      box.disabled = row.fixed || row.into !== '';
      say(into, row.into ? message('layers.into', { layer: row.into }) : kind);
      element.classList.toggle('off', !row.shown);
      title.setAttribute('aria-pressed', String(chosen));
    },
  };
}
