// Small parts of the panels of maps, kernels and layers: facts, what is said of a weight, a legend.

import { ends } from '../../text/numbers.js';
import { html, say } from '../dom.js';
import { panelFrame } from '../frames.js';

/** @import { WeightAccount } from '../../scene/kernels.js' */

/**
 * Numbers with their names.
 *
 * @param {readonly string[]} names
 */
export function createFacts(names) {
  const values = names.map(() => html('dd'));
  const rows = names.map((name, i) => html('div', {}, html('dt', {}, name), values[i] ?? null));
  return {
    element: html('dl', { class: 'map-facts' }, ...rows),
    /** @param {readonly string[]} texts */
    show: (texts) => values.forEach((value, i) => say(value, texts[i] ?? '')),
  };
}

/** What is said of the weight that is pointed at; read out, too. */
export function createWeightText() {
  const value = html('b', { class: 'weight-value' });
  const name = html('span', { class: 'weight-name' });
  const used = html('p', { class: 'weight-used' });
  const head = html('p', {}, value, name);
  const element = html('div', { class: 'weight-text', role: 'status' }, head, used);
  return {
    element,
    /**
     * @param {WeightAccount | null} account
     * @param {string} hint while none is pointed at
     */
    show(account, hint) {
      say(value, account?.value ?? '');
      say(name, account?.name ?? '');
      say(used, account ? `${account.used} ${account.total}`.trim() : hint);
      head.hidden = !account;
      element.classList.toggle('hint', !account);
    },
  };
}

/** The signed scale of weights, with its ends. */
export function createLegend() {
  const low = html('span');
  const high = html('span');
  const bar = html('span', { class: 'legend-bar', 'aria-hidden': true });
  const element = html('div', { class: 'legend' }, low, bar, high);
  return {
    element,
    /** @param {number} limit */
    show(limit) {
      const { lowText, highText } = ends(-limit, limit);
      say(low, lowText);
      say(high, highText);
    },
  };
}

/**
 * The frame of such a panel, as the account's place has room for it.
 *
 * @param {'open' | 'sheet'} shape
 * @param {HTMLElement} name
 * @param {readonly HTMLElement[]} beside below the name
 * @param {HTMLElement[]} links
 * @param {HTMLElement} content
 * @param {() => void} onClose
 */
export function framed(shape, name, beside, links, content, onClose) {
  const said = html('div', { class: 'maps-said' }, ...beside);
  if (shape === 'open') return panelFrame(shape, [name, said], links, content, onClose);
  const row = html('div', { class: 'maps-links' }, ...links);
  const last = beside.filter((part) => part.matches('.weight-text'));
  const body = html('div', { class: 'maps-sheet' }, row, content, said, ...last);
  return panelFrame(shape, [name], [], body, onClose);
}
