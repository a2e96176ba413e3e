// Another network for the page: those that are served, and those of trainings.

import { message } from '../text/messages.js';
import { html } from '../ui/dom.js';
import { untilAnswered } from '../wire/ask.js';
import { fetchModels } from '../wire/model.js';
import { fetchRuns } from '../wire/runs.js';

/** @import { Model } from '../wire/types.d.ts' */

/** The ids of their networks begin so. */
const OF_RUN = 'run-';
/** The training that comes along, which is in no list. */
const SHIPPED = 'shipped';

/** @param {HTMLElement} place @param {Model} model that is looked at */
export async function offerNetworks(place, model) {
  const select = html('select', { onchange: () => show(select.value) });
  select.append(optionOf(model));
  place.append(html('label', { class: 'mistakes-network' }, message('mistakes.network'), select));
  const [models, { runs }] = await Promise.all([
    untilAnswered(fetchModels),
    untilAnswered(fetchRuns),
  ]);
  const shipped = { id: SHIPPED, title: message('mistakes.shipped') };
  const trained = [...runs, shipped].map(({ id, title }) => ({ id: OF_RUN + id, title }));
  const groups = [
    groupOf(message('mistakes.networks'), models),
    groupOf(message('mistakes.runs'), trained),
  ];
  const known = [...models, ...trained].some(({ id }) => id === model.id);
  select.replaceChildren(...(known ? [] : [optionOf(model)]), ...groups.flat());
  select.value = model.id;
}

/** @param {string} label @param {readonly { id: string, title: string }[]} networks */
function groupOf(label, networks) {
  return networks.length ? [html('optgroup', { label }, ...networks.map(optionOf))] : [];
}

/** @param {{ id: string, title: string }} network */
const optionOf = ({ id, title }) => html('option', { value: id }, title);

/** What else the address says stays, but for what is of one network alone. @param {string} id */
function show(id) {
  const url = new URL(location.href);
  url.searchParams.set('model', id);
  for (const name of ['weights', 'set', 'image']) url.searchParams.delete(name);
  location.assign(url);
}
