// What can be done on the page beyond drawing and being read: a table of contents.

import { compare } from './compare.js';
import { help } from './help.js';
import { layers } from './layers.js';
import { lingering } from './lingering.js';
import { links } from './links.js';
import { looking } from './looking.js';
import { magnifier } from './magnifier.js';
import { maps } from './maps.js';
import { moves } from './moves.js';
import { networks } from './networks.js';
import { paths } from './paths.js';
import { pen } from './pen.js';
import { quantities } from './quantities.js';

/** @import { Feature } from './types.d.ts' */

/** @type {readonly Feature[]} */
export const FEATURES = [
  help, // the help, in the account's place
  pen, // drawing by keys
  magnifier, // what a finger covers
  looking, // nearer, and into space
  quantities, // what the cells show: values, influence
  paths, // which lines lead to the first guess
  moves, // the drawing moved, turned and enlarged
  maps, // maps enlarged, with their kernels
  layers, // shown, hidden and explained
  compare, // with another drawing or network
  networks, // another network on the page
  links, // a link to all that is on the page
  lingering, // what was pointed at stays until the account is reached
];
