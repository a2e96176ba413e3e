// What the section of trainings is made of.

import { EMPTY } from '../../input/strokes.js';

/** @import { Drawing } from '../../input/editor.js' */
/** @import { DataList, NetworkFile, RecipeList, Run, RunBody, RunLine, RunList, RunRecipe } from '../../wire/types.d.ts' */

/**
 * A run that is looked at.
 *
 * @typedef {object} Watched
 * @property {string} id
 * @property {Run | null} run null until it is known
 * @property {readonly RunLine[]} lines its metrics so far
 */

/** In what runs differ: of each its value. @typedef {{ readonly name: string, readonly values: readonly unknown[] }} Difference */

/**
 * What is to be trained, as the form says it.
 *
 * @typedef {object} Choices
 * @property {string} network by name; '' for a file, or for the network of another run
 * @property {NetworkFile | null} file a network without weights
 * @property {Run | null} like a run that is to be changed in one thing or more
 * @property {string} data the id of a set of images
 * @property {RunRecipe} recipe
 */

/**
 * @typedef {object} TrainingState
 * @property {RunList | null} list all runs
 * @property {DataList | null} data sets of images
 * @property {RecipeList | null} recipes
 * @property {readonly Watched[]} watched
 * @property {readonly Difference[] | null} differences between those that are watched
 * @property {Choices | null} choices
 * @property {Drawing} drawing that their networks read
 * @property {boolean} known whether a token was given
 * @property {string} refused why something was not done
 * @property {readonly string[]} places where in the form that is: "#/recipe/rate"
 */

/** @typedef {import('../../core/store.js').Store<TrainingState>} TrainingStore */

/** So many are watched beside each other. */
export const MOST = 6;

/** @type {TrainingState} */
export const INITIAL = {
  ...{ list: null, data: null, recipes: null, watched: [], differences: null, choices: null },
  ...{ drawing: EMPTY, known: false, refused: '', places: [] },
};

/** The choices that a visitor finds: a short training that reads well at its end. */
const FIRST = { network: 'lenet', epochs: 3 };

/** @param {RecipeList} recipes @param {string} data @returns {Choices | null} null where there is nothing to begin with */
export function firstChoices({ recipes, networks }, data) {
  const [recipe] = recipes;
  const network = networks.find((name) => name === FIRST.network) ?? networks[0];
  if (!recipe || !network) return null;
  const plain = { file: null, like: null, data };
  return { ...plain, network, recipe: { ...recipe, epochs: FIRST.epochs } };
}

/** @param {Run} run @param {readonly string[]} networks that come along @returns {Choices} its own */
export function choicesOf(run, networks) {
  const { network, data, recipe } = run;
  const plain = networks.includes(network);
  return {
    network: plain ? network : '',
    file: null,
    like: plain ? null : run,
    data,
    recipe,
  };
}

/** @param {Choices} choices @param {RecipeList | null} recipes @returns {RunBody} as the server wants it: what is as in the recipe is not said */
export function bodyOf({ network, file, like, data, recipe }, recipes) {
  const named = recipe.recipe;
  const base = recipes?.recipes.find((one) => one.recipe === named);
  const usual = /** @type {Readonly<Record<string, unknown>>} */ ({ ...base });
  const made = Object.entries(recipe).filter(([name, value]) => value !== usual[name]);
  return {
    ...(file ? { spec: { ...file } } : network ? { network } : { like: like?.id }),
    ...{ data, recipe: { ...Object.fromEntries(made), recipe: named } },
  };
}

/** @param {readonly Watched[]} watched @param {string} id @param {Partial<Watched>} patch */
export function changed(watched, id, patch) {
  return watched.map((one) => (one.id === id ? { ...one, ...patch } : one));
}
