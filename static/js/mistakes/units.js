// Units over the whole set: which are never above 0, which always, and how all numbers are spread.

import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { find, html, say } from '../ui/dom.js';
import { fetchUnits } from '../wire/map.js';
import { Away } from '../wire/refusal.js';
import { createHistogram } from './units/histogram.js';
import { createTable, createWhich } from './units/table.js';

/** @import { Units } from '../wire/map.js' */
/** @import { Section, Shared } from './page.js' */

/** @param {Shared} shared @param {HTMLElement} element @returns {Section} */
export function openUnits(shared, element) {
  const { model, of, loop, lost } = shared;
  const side = find('.units-side', HTMLElement, element);
  const told = html('p', { class: 'units-told', role: 'status' });
  side.append(told);
  let [asked, missed] = [false, false];
  async function look() {
    try {
      const units = await fetchUnits(model.id, of, ({ done, total }) =>
        say(
          told,
          message('mistakes.units.progress', {
            share: `${Math.round((100 * done) / (total || 1))}`,
          }),
        ),
      );
      say(told, message('mistakes.units.images', { count: units.images }));
      side.append(createCounts(units, model.id));
      loop.wake();
    } catch (error) {
      missed = error instanceof Away;
      if (missed) lost();
      else say(told, errorText(error));
    }
  }
  return {
    show({ readings }) {
      if (!readings || asked) return;
      asked = true;
      void look();
    },
    back() {
      if (missed) void look();
      missed = false;
    },
  };
}

/** @param {Units} units @param {string} id of the network */
function createCounts({ layers, parameters }, id) {
  const table = createTable(layers, choose);
  const which = html('div', { class: 'units-one' });
  const first = layers.find(({ sense }) => sense === 'gate') ?? layers[0];
  function choose(/** @type {string} */ name) {
    const layer = layers.find((one) => one.name === name);
    if (!layer) return;
    table.show(name);
    const own = parameters.filter((one) => one.name.startsWith(`${name}.`));
    const drawn = [layer, ...own].map((one) => createHistogram(one, one.name));
    which.replaceChildren(
      createWhich(layer, id),
      html('div', { class: 'units-spreads' }, ...drawn),
    );
  }
  if (first) choose(first.name);
  return html('div', { class: 'units-counts' }, table.element, which);
}
