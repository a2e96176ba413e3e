// What the page of mistakes is made of, and how its address says it.

/** @import { Readings } from '../wire/readings.js' */
/** @import { DataList, SurveyProgress } from '../wire/types.d.ts' */

/** Which images are shown. @typedef {'misread' | 'unsure' | 'all'} Shown */
/** In which order. @typedef {'loss' | 'doubt' | 'close' | 'place'} Sort */

/**
 * What a visitor chose.
 *
 * @typedef {object} Wanted
 * @property {Shown} show
 * @property {number | null} truth a true class; null for any
 * @property {number | null} said what it was read as
 * @property {Sort} sort
 * @property {number | null} image the place of one in the set; null for the first that is shown
 */

/**
 * @typedef {object} Rest
 * @property {Readings | null} readings
 * @property {SurveyProgress | null} progress while they are made
 * @property {boolean} missing there are no images that the network could read
 * @property {DataList | null} data
 * @property {boolean} known whether a token was given
 * @property {string} refused why something was not done
 */

/** @typedef {Wanted & Rest} MistakesState */
/** @typedef {import('../core/store.js').Store<MistakesState>} MistakesStore */

export const SHOWN = /** @type {const} */ (['misread', 'unsure', 'all']);
export const SORTS = /** @type {const} */ (['loss', 'doubt', 'close', 'place']);

/** @type {Wanted} */
export const USUAL = { show: 'misread', truth: null, said: null, sort: 'loss', image: null };

/** @type {MistakesState} */
export const INITIAL = {
  ...USUAL,
  ...{ readings: null, progress: null, missing: false, data: null, known: false, refused: '' },
};

/** @param {string} search of an address @param {number} classes @returns {Wanted} what does not fit is as at first */
export function fromSearch(search, classes) {
  const parts = new URLSearchParams(search);
  /** @param {string} name @param {number} count */
  const place = (name, count) => {
    const text = parts.get(name) ?? '';
    return /^\d{1,7}$/.test(text) && Number(text) < count ? Number(text) : null;
  };
  return {
    show: SHOWN.find((one) => one === parts.get('show')) ?? USUAL.show,
    sort: SORTS.find((one) => one === parts.get('sort')) ?? USUAL.sort,
    truth: place('truth', classes),
    said: place('said', classes),
    image: place('image', Infinity),
  };
}

/** @param {string} href @param {Wanted} wanted @returns {string} the same address, which says this too */
export function toHref(href, wanted) {
  const url = new URL(href);
  for (const name of /** @type {(keyof Wanted)[]} */ (Object.keys(USUAL))) {
    const value = wanted[name];
    if (value === USUAL[name] || value === null) url.searchParams.delete(name);
    else url.searchParams.set(name, String(value));
  }
  return url.href;
}
