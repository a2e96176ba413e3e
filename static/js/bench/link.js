// What is on the bench as a link, and back. Its first part names a section, as an anchor does; behind it
// stands what was given to sections, each part under the section's name and its own.

import { ledOf, ledParts } from '../lesson/led.js';
import { PACES } from '../scene/playing.js';
import { message } from '../text/messages.js';

/** @import { Cell } from '../geometry/types.d.ts' */
/** @import { Led } from '../lesson/led.js' */
/** @import { Play } from '../stage/state.js' */
/** @import { Field, Section, SectionState } from './types.d.ts' */

/** Of how values are written: it grows when an older page would show a newer link wrongly. */
const VERSION = 1;
/** Letters. */
const LONGEST = 200_000;
const QUOTED = 40;
/** What one has drawn on the page of the network, which it carries back there. */
const DRAWING = 'drawing';

/**
 * @param {string} name of the section that it leads to
 * @param {readonly [Section, Readonly<SectionState<any>>][]} sections
 * @param {string} drawing
 * @param {Led | null} [led] where in a lesson one is
 * @returns {string} what stands behind the #
 */
export function toLink(name, sections, drawing, led = null) {
  const parts = sections.flatMap(([section, state]) => partsOf(section, state));
  parts.push(...ledParts(led));
  if (drawing) parts.push([DRAWING, drawing]);
  if (!parts.length) return name;
  const query = new URLSearchParams([['v', String(VERSION)], ...parts]);
  return name ? `${name}&${query}` : String(query);
}

/** @param {Section} section @param {Readonly<SectionState<any>>} state @returns {[string, string][]} what is not as at first */
function partsOf({ name, fields }, { given, pinned, play }) {
  /** @type {[string, string][]} */
  const parts = Object.entries(fields)
    .map(([key, { write, first }]) => ({ key, text: write(given[key]), usual: write(first) }))
    .filter(({ text, usual }) => text !== usual)
    .map(({ key, text }) => [`${name}.${key}`, text]);
  if (!pinned) return parts;
  const { layer, channel, row, column } = pinned;
  parts.push([`${name}.cell`, [layer, channel, row, column].join('.')]);
  return play ? [...parts, [`${name}.play`, String(play.pace)]] : parts;
}

/**
 * @typedef {object} Read
 * @property {string} at the section that it leads to; '' for none
 * @property {string} drawing
 * @property {Led | null} led
 * @property {boolean} presents whoever came from another page was presenting there
 * @property {(section: Section) => { given: any, pinned: Cell | null, play: Play | null }} of a section
 * @property {() => string} said what was wrong with it, once its sections were read
 */

/** @param {string} link what stands behind the # @returns {Read} */
export function fromLink(link) {
  const parts = new URLSearchParams(link.length > LONGEST ? '' : link);
  const [first = ''] = link.split('&');
  /** @type {Set<string>} */
  const wrong = new Set(); // a section may be read more than once
  const newer = Number(parts.get('v') ?? VERSION) > VERSION;

  /** @template T @param {string} key @param {(text: string) => T} read @param {T} otherwise @returns {T} */
  function take(key, read, otherwise) {
    const text = parts.get(key);
    if (!text || !parts.has('v')) return otherwise;
    try {
      return read(text);
    } catch {
      wrong.add(`${key}=${text.slice(0, QUOTED)}`);
      return otherwise;
    }
  }
  /** @param {Field<any>} field @returns {any} what one has drawn, where that can be given */
  function firstOf({ first: usual, drawn }) {
    try {
      return drawn?.(parts.get(DRAWING) ?? '') ?? usual;
    } catch {
      return usual;
    }
  }
  return {
    at: /^[a-z][a-z-]*$/.test(first) ? first : '',
    drawing: take(DRAWING, String, ''),
    led: take('cue', (cue) => ledOf(parts.get('lesson') ?? '', cue), null),
    presents: parts.get('present') === 'on',
    of: ({ name, fields }) => ({
      given: Object.fromEntries(
        Object.entries(fields).map(([key, field]) => [
          key,
          take(`${name}.${key}`, field.read, firstOf(field)),
        ]),
      ),
      pinned: take(`${name}.cell`, cellOf, null),
      play: parts.has(`${name}.cell`) ? take(`${name}.play`, playOf, null) : null,
    }),
    said() {
      const long = link.length > LONGEST && message('link.long');
      const lost = wrong.size && message('link.wrong', { parts: [...wrong].join(', ') });
      return [newer && message('link.newer'), long, lost].filter(Boolean).join(' ');
    },
  };
}

/** A window that stands, to be moved on by hand. @param {string} text @returns {Play | null} */
function playOf(text) {
  const pace = PACES.find((one) => String(one) === text);
  if (!pace) throw new RangeError('No such pace.');
  return { running: false, pace };
}

/** @param {string} text @returns {Cell | null} */
function cellOf(text) {
  const found = /^([A-Za-z][\w-]{0,39})\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(text);
  if (!found) throw new RangeError('No such cell.');
  const [channel = 0, row = 0, column = 0] = found.slice(2).map(Number);
  return { layer: found[1] ?? '', channel, row, column };
}
