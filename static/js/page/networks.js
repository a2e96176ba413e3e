// Which network is on the page: a choice among those that the server has. The drawing comes along.

import { message } from '../text/messages.js';
import { html } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchModels } from '../wire/model.js';

/** @import { Stroke } from '../input/strokes.js' */
/** @import { PageStore } from './state.js' */
/** @import { Feature } from './types.d.ts' */

const CARRIED = 'convlens:carried';

/** @type {ReturnType<typeof fetchModels> | undefined} the question, put once for all who ask */
let asked;

/** @type {Feature} */
export const networks = {
  name: 'networks',
  open({ store, editor, id }) {
    const carried = take();
    if (carried.length) editor.setStrokes(carried);
    void offerOthers(store, id);
  },
};

/**
 * The network's title becomes a choice, where there is anything to choose; also where the one that
 * was asked for cannot be opened.
 *
 * @param {PageStore} store
 * @param {string} id of the network that is shown
 */
export async function offerOthers(store, id) {
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
    keep(store.get().drawing.strokes);
    const link = new URL(location.href);
    link.searchParams.set('model', other);
    location.assign(link);
  }
}

/** @param {readonly Stroke[]} strokes */
function keep(strokes) {
  try {
    sessionStorage.setItem(CARRIED, JSON.stringify(strokes));
  } catch {
    // a browser that refuses storage begins with an empty pad
  }
}

/** @returns {Stroke[]} what was on the pad when this network was chosen; only once */
function take() {
  try {
    const text = sessionStorage.getItem(CARRIED);
    sessionStorage.removeItem(CARRIED);
    return text ? JSON.parse(text) : [];
  } catch {
    return [];
  }
}
