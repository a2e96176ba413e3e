// Which network is on the page: a choice among those that the server has. What is not about this one,
// as the drawing, comes along.

import { message } from '../text/messages.js';
import { html } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchModels } from '../wire/model.js';
import { toLink } from './link.js';

/** @import { PageStore } from './state.js' */
/** @import { Feature } from './types.d.ts' */

/** @type {ReturnType<typeof fetchModels> | undefined} the question, put once for all who ask */
let asked;

/** @type {Feature} */
export const networks = {
  name: 'networks',
  open: ({ store, id, address }) => void offerOthers(store, id, (link) => address.show(link)),
};

/**
 * The network's title becomes a choice, where there is anything to choose; also where the one that
 * was asked for cannot be opened.
 *
 * @param {PageStore} store
 * @param {string} id of the network that is shown
 * @param {(link: string) => void} [show]
 */
export async function offerOthers(store, id, show = (link) => location.assign(link)) {
  asked ??= untilAnswered(fetchModels);
  const models = await asked;
  const title = document.querySelector('#model b');
  if (models.length < 2 || !title || title.querySelector('select')) return;
  const options = models.map((model) =>
    html('option', { value: model.id, selected: model.id === id }, model.title),
  );
  const label = message('networks.title');
  const act = { 'aria-label': label, title: label, onchange: () => go(select.value) };
  const select = html('select', act, ...options);
  title.replaceChildren(select);

  /** @param {string} other */
  function go(other) {
    show(`?model=${encodeURIComponent(other)}#${toLink(store.get(), { carried: true })}`);
  }
}
