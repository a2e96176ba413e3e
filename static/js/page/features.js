// What can be done on the page beyond drawing and being read: a table of contents.

import { compare } from './compare.js';
import { example } from './example.js';
import { glossary } from '../account/glossary.js';
import { help } from './help.js';
import { invitation } from './invitation.js';
import { lesson } from './lesson.js';
import { layers } from './layers.js';
import { lingering } from './lingering.js';
import { links } from './links.js';
import { live } from './live.js';
import { looking } from './looking.js';
import { magnifier } from './magnifier.js';
import { maps } from './maps.js';
import { moves } from './moves.js';
import { networks } from './networks.js';
import { paths } from './paths.js';
import { pen } from './pen.js';
import { playing } from '../account/playing.js';
import { presenting } from './presenting.js';
import { quantities } from './quantities.js';
import { saving } from './saving.js';

/** @import { Feature } from './types.d.ts' */

/** @type {readonly Feature[]} */
export const FEATURES = [
  help, // the help, in the account's place
  glossary, // the words of the page explained
  pen, // drawing by keys
  magnifier, // what a finger covers
  looking, // nearer, and into space
  quantities, // what the cells show: values, influence
  playing, // the window slides over a map
  paths, // why the answer is what it is
  moves, // the drawing moved, turned and enlarged
  maps, // maps enlarged, with their kernels
  layers, // shown, hidden and explained
  compare, // with another drawing or network
  saving, // pictures and numbers as files
  networks, // another network on the page
  presenting, // to a class
  lesson, // a lesson that runs
  links, // a link to all that is on the page
  example, // a digit that draws itself on an empty pad
  invitation, // to point at a square, after one's first digit
  lingering, // what was pointed at stays until the account is reached
  live, // a channel that hears of each stroke only what is new
];
