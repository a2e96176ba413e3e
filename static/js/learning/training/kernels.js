// The kernels of a layer while they learn: as they are, and as they were, in the same colours.

import { mapLabel } from '../../kinds/parts/labels.js';
import { graphOf, traitsOf } from '../../kinds/traits.js';
import { weightAccount, weightAt } from '../../scene/kernels.js';
import { message } from '../../text/messages.js';
import { own, scaleText } from '../../text/numbers.js';
import { html, say } from '../../ui/dom.js';
import { choiceOf } from '../../ui/effect.js';
import { coloursOf } from '../../ui/receipt/shade.js';
import { createFilters, largestOf } from '../filters.js';

/** @import { Themes } from '../../core/theme.js' */
/** @import { Graph, Tensors } from '../../geometry/types.d.ts' */
/** @import { Colours } from '../../render/brush.js' */
/** @import { Model } from '../../wire/types.d.ts' */
/** @import { Learnt } from '../state.js' */

/** @typedef {{ tensors: Tensors, before: Tensors | null }} Shown */

const MOMENTS = /** @type {const} */ (['now', 'before']);

/** @param {{ theme: Themes }} page */
export function createKernels({ theme }) {
  const head = html('div', { class: 'plot-hands' });
  const body = html('div');
  /** @type {Model | null} */
  let built = null;
  /** @type {ReturnType<typeof createLayer> | null} */
  let layer = null;
  /** @type {Shown | null} */
  let shown = null;
  const paint = () => shown && layer?.show(shown, coloursOf(theme.current()));

  /** @param {Model} model */
  function build(model) {
    const graph = graphOf(model);
    const names = graph.names.filter((name) => traitsOf(graph.layer(name)).weighted);
    const choice = choiceOf(Object.fromEntries(names.map((name) => [name, name])), lay);
    /** @param {string} name */
    function lay(name) {
      choice.choose(name);
      layer = createLayer(graph, name);
      body.replaceChildren(layer.element);
      paint();
    }
    built = model;
    head.replaceChildren(choice.element);
    const first = names.find((name) => traitsOf(graph.layer(name)).slides) ?? names[0];
    if (first) lay(first);
  }
  return {
    element: html('div', { class: 'kernels-of-run' }, head, body),
    /** After a change of the theme, too. @param {Model} model @param {Tensors} tensors its weights @param {Tensors | null} [before] of an earlier moment */
    show(model, tensors, before = null) {
      shown = { tensors, before };
      if (built !== model) build(model);
      else paint();
    },
  };
}

/** @param {Graph} graph @param {string} layer */
function createLayer(graph, layer) {
  const [told, said] = [html('p'), html('p', { class: 'kernels-said' })];
  const places = MOMENTS.map((name) =>
    html(
      'div',
      { hidden: true },
      html('p', { class: 'kernels-name' }, message(`training.kernels.${name}`)),
    ),
  );
  /** @type {ReturnType<typeof createFilters>[]} */
  const filters = [];
  /** @type {Learnt | null} */
  let weight = null;
  /** @type {Shown | null} */
  let latest = null;

  function mark() {
    for (const one of filters) one.mark(weight);
    if (latest) say(said, weightText(graph, latest, layer, weight));
  }
  /** @param {number} i */
  function add(i) {
    const made = createFilters(graph, layer, (next) => {
      weight = next;
      mark();
    });
    places[i]?.append(made.element);
    return made;
  }
  return {
    element: html('div', {}, told, html('div', { class: 'kernels-moments' }, ...places), said),
    /** @param {Shown} shown @param {Colours} colours */
    show(shown, colours) {
      latest = shown;
      const all = [shown.tensors, shown.before];
      const limits = all.map((tensors) => largestOf(numbersOf(tensors, `${layer}.weight`)));
      const largest = Math.max(...limits);
      for (const [i, tensors] of all.entries()) {
        places[i]?.toggleAttribute('hidden', !tensors);
        if (!tensors) continue;
        const one = (filters[i] ??= add(i));
        const [values, added] = ['weight', 'bias'].map((part) =>
          numbersOf(tensors, `${layer}.${part}`),
        );
        one.show(values ?? null, added ?? null, colours, largest);
      }
      say(told, message('training.kernels.told', { layer, scale: scaleText(largest) }));
      mark();
    },
  };
}

/** @param {Tensors | null} tensors @param {string} parameter */
function numbersOf(tensors, parameter) {
  return /** @type {Float32Array | null} */ (tensors?.get(parameter)?.data ?? null);
}

/** What a weight or a bias is, and was. @param {Graph} graph @param {Shown} shown @param {string} layer @param {Learnt | null} weight */
function weightText(graph, { tensors, before }, layer, weight) {
  if (!weight) return message('training.kernels.point');
  const { parameter, term } = weight;
  const bias = parameter === `${layer}.bias`;
  const name = bias
    ? message('training.kernels.bias', { map: mapLabel(graph, layer, term) })
    : (weightAccount(
        graph,
        { trace: null, weights: tensors, scale: 'layer' },
        weightAt(graph, layer, term),
      )?.name ?? '');
  const [value = '', then = ''] = [tensors, before].map((all) =>
    own(numbersOf(all, parameter)?.[term] ?? NaN),
  );
  const text = message('training.kernels.weight', { name, value });
  return before ? `${text} ${message('training.confusion.before', { then })}` : text;
}
