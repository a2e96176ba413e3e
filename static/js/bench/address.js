// The address of the page says what was given to its sections: it is written at rest, and what it says is
// shown when one goes back or forward.

import { EMPTY_ACCOUNT } from '../account/state.js';
import { find } from '../ui/dom.js';
import { carryTo } from './carrying.js';
import { fromLink, toLink } from './link.js';
import { SECTIONS } from './sections.js';

/** @import { OpenSection, Section, SectionState } from './types.d.ts' */

/** After the last change it is written, ms. */
const REST = 400;

/**
 * @param {ReadonlyMap<string, OpenSection>} opened
 * @param {(sentence: string) => void} tell what was wrong with a link
 */
export function openAddress(opened, tell) {
  let link = fromLink(location.hash.slice(1));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @returns {[Section, Readonly<SectionState<any>>][]} those that were not opened yet are as the link says */
  const states = () =>
    SECTIONS.map((section) => {
      const open = opened.get(section.name);
      const read = { ...EMPTY_ACCOUNT, refused: '', place: null, busy: false, ...link.of(section) };
      return [section, open?.store.get() ?? read];
    });
  const linkTo = (/** @type {string} */ name) => toLink(name, states(), link.drawing);

  function show() {
    link = fromLink(location.hash.slice(1));
    for (const section of SECTIONS) {
      const read = link.of(section);
      const store = opened.get(section.name)?.store;
      // files are in no link, and stay
      if (store && written(section, read.given) !== written(section, store.get().given))
        store.set(read);
    }
    tell(link.said());
    scroll();
    carry();
  }

  /** A part that says more than a name leads there, too. */
  function scroll() {
    if (link.at && location.hash.includes('&'))
      document.getElementById(link.at)?.scrollIntoView({ block: 'start' });
  }

  /** What was drawn on the page of the network goes back there. */
  function carry() {
    if (!link.drawing) return;
    const ways = document.querySelectorAll('a.see:not([data-drawn]), .pages a:not([aria-current])');
    for (const way of ways) if (way instanceof HTMLAnchorElement) carryTo(way, link.drawing);
  }
  addEventListener('hashchange', show);
  queueMicrotask(show);

  return {
    /** @param {Section} section */
    read: (section) => link.of(section),
    linkTo,
    /** @param {string} name of the section that changed */
    keep(name) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const way = find(`#${name} h2 a`, HTMLAnchorElement);
        way.hash = linkTo(name);
        history.replaceState(null, '', `#${linkTo(name)}`);
      }, REST);
    },
  };
}

/** @param {Section} section @param {any} given @returns {string} as links say it */
function written({ fields }, given) {
  return JSON.stringify(Object.entries(fields).map(([key, { write }]) => write(given[key])));
}
