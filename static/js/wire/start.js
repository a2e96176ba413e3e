// What the page came with: its network, which need not be asked for, and what it will need later.

/** @import { Model } from './types.d.ts' */

/**
 * @typedef {object} Start
 * @property {Model | null} model as it was when the page was sent
 * @property {readonly string[]} soon modules that are fetched when the first picture stands
 * @property {readonly string[]} later files that are fetched when it can be drawn on
 * @property {readonly string[]} [wanted] modules and other files that are loaded when they are first wanted
 * @property {string} elsewhere where other machines find this page; "" where they do not, or nobody knows
 * @property {string} language of the page, as its files in text/ are named
 * @property {Readonly<Record<string, string | Readonly<Record<string, string>>>>} messages in it, by key
 */

const NOTHING = '{"model":null,"soon":[],"later":[],"elsewhere":"","language":"en","messages":{}}';

/** @returns {Start} its lists are of paths below static/ */
export function start() {
  return JSON.parse(document.getElementById('start')?.textContent ?? NOTHING);
}

/**
 * Asks for all of them at once, not for each only when another one imports it.
 *
 * @param {readonly string[]} files
 */
export function preload(files) {
  for (const file of files) {
    const kind = file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' };
    const { href } = new URL(`../../${file}`, import.meta.url);
    document.head.append(Object.assign(document.createElement('link'), kind, { href }));
  }
}

/**
 * Lets the browser keep files that may be wanted when the server is away. As no module yet: what is not
 * wanted is not even parsed. What does not come is asked for when it is wanted.
 *
 * @param {readonly string[]} files
 */
export async function keep(files) {
  const one = async (/** @type {string} */ file) => {
    const answer = await fetch(new URL(`../../${file}`, import.meta.url), { priority: 'low' });
    await answer.arrayBuffer();
  };
  await Promise.allSettled(files.map(one));
}
