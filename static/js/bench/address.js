// The address of the page says what was given to its sections: it is written at rest, and what it says is
// shown when one goes back or forward.

import { EMPTY_ACCOUNT } from '../account/state.js';
import { carryTo, ledAlong } from '../lesson/carrying.js';
import { find } from '../ui/dom.js';
import { fromLink, toLink } from './link.js';
import { SECTIONS } from './sections.js';

/** @import { Led } from '../lesson/led.js' */
/** @import { OpenSection, Section, SectionState } from './types.d.ts' */

/** After the last change it is written, ms. */
const REST = 400;

/**
 * @param {ReadonlyMap<string, OpenSection>} opened
 * @param {(sentence: string) => void} tell what was wrong with a link
 * @param {() => void} follow where in a lesson one is may have changed
 */
export function openAddress(opened, tell, follow) {
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
  const linkTo = (/** @type {string} */ name) => toLink(name, states(), link.drawing, link.led);

  /** @param {boolean} [pins] what is pinned is as the link says, too */
  function show(pins = false) {
    link = fromLink(location.hash.slice(1));
    for (const section of SECTIONS) {
      const read = link.of(section);
      const store = opened.get(section.name)?.store;
      // files are in no link, and stay
      if (!store) continue;
      const other = written(section, read.given) !== written(section, store.get().given);
      if (other || (pins && section.name === link.at)) store.set(read);
    }
    tell(link.said());
    scrollTo(link.at);
    carry(link);
    follow();
  }

  addEventListener('hashchange', () => show());
  queueMicrotask(show);

  return {
    /** @param {Section} section */
    read: (section) => link.of(section),
    linkTo,
    drawing: () => link.drawing,
    led: () => link.led,
    presents: () => link.presents,
    /** @param {Led | null} led */
    lead(led) {
      link = { ...link, led };
      carry(link);
      clearTimeout(timer);
      if (link.at) write(link.at, linkTo(link.at));
    },
    /** Shows what a link says, as one step. @param {string} said what stands behind its # */
    open(said) {
      clearTimeout(timer);
      if (`#${said}` !== location.hash) history.pushState(null, '', `#${said}`);
      show(true);
    },
    /** @param {string} name of the section that changed */
    keep(name) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        link = { ...link, at: name };
        write(name, linkTo(name));
      }, REST);
    },
  };
}

/** @param {string} name of a section @param {string} link to it */
function write(name, link) {
  find(`#${name} h2 a`, HTMLAnchorElement).hash = link;
  history.replaceState(null, '', `#${link}`);
}

/** A part that says more than a name leads there, too. @param {string} name of a section */
function scrollTo(name) {
  if (name && location.hash.includes('&'))
    document.getElementById(name)?.scrollIntoView({ block: 'start' });
}

/** What was drawn on the page of the network goes back there, and so does a lesson. */
/** @param {Pick<ReturnType<typeof fromLink>, 'drawing' | 'led'>} link */
function carry({ drawing, led }) {
  const lesson = ledAlong(led);
  for (const way of document.querySelectorAll('a.see, .pages a:not([aria-current])')) {
    if (!(way instanceof HTMLAnchorElement)) continue;
    carryTo(way, way.dataset['drawn'] === undefined ? { ...lesson, drawing } : lesson);
  }
}

/** @param {Section} section @param {any} given @returns {string} as links say it */
function written({ fields }, given) {
  return JSON.stringify(Object.entries(fields).map(([key, { write }]) => write(given[key])));
}
