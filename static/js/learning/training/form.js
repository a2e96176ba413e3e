// What is to be trained: a network, images, and every choice of a recipe; then it begins.

import { known, message } from '../../text/messages.js';
import { errorText } from '../../text/refusals.js';
import { html, say } from '../../ui/dom.js';
import { takeSpec, writeSpec } from '../../wire/specs.js';
import { createField, FEW, fieldOf } from './fields.js';
import { firstChoices } from './state.js';

/** @import { RunRecipe } from '../../wire/types.d.ts' */
/** @import { Field, Name } from './fields.js' */
/** @import { Choices, TrainingState, TrainingStore } from './state.js' */

/** Of the network and the images, in what the server refuses. */
const PLACES = { network: ['#/network', '#/spec'], data: ['#/data'] };
const USUAL_SET = 'mnist';
const OWN = 'own file';
const MOMENTUM = 'momentum';
const USUAL_MOMENTUM = 0.9;

/** @param {TrainingStore} store @param {() => Promise<void>} start @param {HTMLElement} about the images */
export function createForm(store, start, about) {
  const change = (/** @type {Partial<Choices>} */ patch) => {
    const { choices } = store.get();
    if (choices) store.set({ choices: { ...choices, ...patch }, refused: '', places: [] });
  };
  const networks = createNetworks(change, (refused) => store.set({ refused }));
  const data = createSelect('data', (data) => change({ data }));
  const recipe = createRecipe(store, (recipe) => change({ recipe }));
  const begin = html('button', { class: 'action strong' }, message('training.start'));
  const like = html('p', { class: 'training-like', role: 'status' });
  const more = html('summary', {}, message('training.more'));
  const element = html(
    'form',
    { class: 'training-form', novalidate: true },
    like,
    html('div', { class: 'training-few' }, networks.element, data.element),
    about,
    recipe.few,
    html('details', {}, more, recipe.more),
    begin,
  );
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    begin.disabled = true;
    void start().finally(() => (begin.disabled = false));
  });
  takeBuilt(store);
  return {
    element,
    /** @param {Readonly<TrainingState>} state */
    show(state) {
      const { choices, places } = state;
      if (!choices) return;
      networks.show(state);
      data.show(setsOf(state), choices.data);
      recipe.show(state, choices.recipe);
      say(like, choices.like ? message('training.like', { title: choices.like.title }) : '');
      const wrong = (/** @type {readonly string[]} */ mine) =>
        places.some((place) => mine.some((one) => place.startsWith(one)));
      networks.mark(wrong(PLACES.network));
      data.mark(wrong(PLACES.data));
    },
  };
}

/** The recipe to begin with, and every choice of it. @param {TrainingStore} store @param {(recipe: RunRecipe) => void} change */
function createRecipe(store, change) {
  const now = () => store.get().choices?.recipe ?? {};
  const bases = createSelect('recipe', (name) => {
    const base = store.get().recipes?.recipes.find(({ recipe }) => recipe === name);
    if (base) change({ ...base, seed: now().seed });
  });
  const few = html('div', { class: 'training-few' });
  const more = html('div', { class: 'training-more' }, bases.element);
  /** @type {Map<Name, Field>} */
  const fields = new Map();
  /** There is a field for each choice that the server names, in its order. @param {RunRecipe} recipe */
  function build(recipe) {
    const names = /** @type {Name[]} */ (Object.keys(recipe));
    for (const name of [...FEW, ...names.filter((one) => !FEW.includes(one))]) {
      if (name === 'recipe' || !known(`training.${name}`)) continue;
      const field = createField(name, recipe[name], (value) => {
        const momentum = value === MOMENTUM ? USUAL_MOMENTUM : null;
        change({ ...now(), ...(name === 'optimiser' && { momentum }), [name]: value });
      });
      fields.set(name, field);
      (FEW.includes(name) ? few : more).append(field.element);
    }
  }
  return {
    ...{ few, more },
    /** @param {Readonly<TrainingState>} state @param {RunRecipe} recipe */
    show({ recipes, places }, recipe) {
      if (!fields.size) build(recipe);
      const names = recipes?.recipes.map(({ recipe }) => recipe ?? '') ?? [];
      bases.show(
        names.map((name) => [name, wordOf(name)]),
        recipe.recipe ?? '',
      );
      for (const [name, field] of fields) {
        field.show(recipe[name]);
        field.mark(places.some((place) => place.endsWith(`/${name}`)));
      }
      const without = recipe.optimiser !== MOMENTUM;
      fields.get('momentum')?.element.toggleAttribute('hidden', without);
    },
  };
}

/** @param {string} recipe */
function wordOf(recipe) {
  const key = known(`training.recipe.${recipe}`);
  return key ? message(key) : recipe;
}

/** What can be begun with, once it is known; and never a set that is not here. @param {Readonly<TrainingState>} state @returns {Partial<TrainingState>} */
export function withChoices(state) {
  const { recipes, choices } = state;
  const sets = setsOf(state).map(([id]) => id);
  const first = sets.find((id) => id === USUAL_SET) ?? sets[0] ?? USUAL_SET;
  if (!recipes || !state.data) return {};
  if (!choices) return { choices: firstChoices(recipes, first) };
  return sets.includes(choices.data) ? {} : { choices: { ...choices, data: first } };
}

/** @param {Readonly<TrainingState>} state @returns {[string, string][]} */
function setsOf({ data }) {
  const sets = data?.sets.filter(({ problem }) => !problem) ?? [];
  return sets.map(({ id, title }) => [id, title]);
}

/** @param {'data' | 'recipe' | 'network'} name @param {(value: string) => void} change */
function createSelect(name, change) {
  const select = html('select', { onchange: () => change(select.value) });
  let built = '';
  /** @param {readonly (readonly [string, string])[]} options @param {string} chosen */
  function show(options, chosen) {
    const next = JSON.stringify(options);
    if (next !== built)
      select.replaceChildren(...options.map(([value, text]) => html('option', { value }, text)));
    built = next;
    if (select.value !== chosen) select.value = chosen;
  }
  return { ...fieldOf(name, select), show };
}

/** @param {(patch: Partial<Choices>) => void} change @param {(refused: string) => void} refuse */
function createNetworks(change, refuse) {
  const field = html('input', { type: 'file', accept: '.json,application/json', hidden: true });
  const { element, show, mark } = createSelect('network', (network) => {
    if (network === OWN) field.click();
    else change({ network, file: null, like: null });
  });
  element.append(field);
  field.addEventListener('change', async () => {
    const [given] = field.files ?? [];
    field.value = ''; // the same one may be given again
    if (!given) return;
    await writeSpec(given).then(
      ({ network: file }) => change({ file, network: '', like: null }),
      (error) => refuse(errorText(error)),
    );
  });
  field.addEventListener('cancel', () => change({}));
  return {
    ...{ element, mark },
    /** @param {Readonly<TrainingState>} state */
    show({ recipes, choices }) {
      if (!recipes || !choices) return;
      const own = choices.file?.title ?? choices.like?.title;
      const names = [...recipes.networks.map((name) => [name, name]), ...(own ? [['', own]] : [])];
      const options = [...names, [OWN, message('training.network.file')]];
      if (document.activeElement !== field)
        show(/** @type {[string, string][]} */ (options), choices.network);
    },
  };
}

/** A network that was built on the bench and is to be trained here. @param {TrainingStore} store */
function takeBuilt(store) {
  const file = takeSpec();
  const stop = store.subscribe(({ choices }) => {
    if (!choices) return;
    stop();
    if (file) store.set({ choices: { ...choices, file, network: '', like: null } });
  });
}
