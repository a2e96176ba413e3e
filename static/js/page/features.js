// What can be done on the page beyond drawing and being read: a table of contents. What says how it is
// loaded is loaded when it is first wanted.

import { doubles } from './doubles.js';
import { example } from './example.js';
import { glossary } from '../account/glossary.js';
import { help } from './help.js';
import { invitation } from './invitation.js';
import { layers } from './layers.js';
import { lingering } from './lingering.js';
import { links } from './links.js';
import { live } from './live.js';
import { looking } from './looking.js';
import { magnifier } from './magnifier.js';
import { networks } from './networks.js';
import { pen } from './pen.js';
import { playing } from '../account/playing.js';
import { presenting } from './presenting.js';
import { printing } from './printing.js';
import { quantities } from './quantities.js';

/** @import { Feature, Wanted } from './types.d.ts' */

/** @type {readonly (Feature | Wanted)[]} */
export const FEATURES = [
  help, // the help, in the account's place
  glossary, // the words of the page explained
  pen, // drawing by keys
  magnifier, // what a finger covers
  looking, // nearer, and into space
  quantities, // what the cells show: values, influence
  playing, // the window slides over a map
  {
    name: 'paths', // why the answer is what it is
    panels: { why: 'g' },
    load: async () => (await import('./paths.js')).paths,
  },
  {
    name: 'moves', // the drawing moved, turned and enlarged
    panels: { moves: 't' },
    when: ({ chance }) => chance !== null,
    load: async () => (await import('./moves.js')).moves,
  },
  {
    name: 'maps', // maps enlarged, with their kernels
    panels: { map: 'm', kernels: 'k' },
    load: async () => (await import('./maps.js')).maps,
  },
  doubles, // two clicks on a map, which enlarge it
  layers, // shown, hidden and explained
  {
    name: 'compare', // with another drawing or network
    panels: { compare: 'c' },
    when: ({ comparison }) => comparison !== null,
    load: async () => (await import('./compare.js')).compare,
  },
  {
    name: 'saving', // pictures and numbers as files
    panels: { save: 'x' },
    load: async () => (await import('./saving.js')).saving,
  },
  printing, // what is on paper
  networks, // another network on the page
  presenting, // to a class
  {
    name: 'lesson', // a lesson that runs
    when: ({ lesson }) => lesson !== null,
    load: async () => (await import('./lesson.js')).lesson,
  },
  links, // a link to all that is on the page
  example, // a digit that draws itself on an empty pad
  invitation, // to point at a square, after one's first digit
  lingering, // what was pointed at stays until the account is reached
  live, // a channel that hears of each stroke only what is new
];
