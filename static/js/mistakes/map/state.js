// What the section of the map is made of.

/** @import { Drawing } from '../../input/editor.js' */
/** @import { Found, Layout } from '../../wire/map.js' */
/** @import { SurveyProgress } from '../../wire/types.d.ts' */
/** @import { Camera } from './plane.js' */

/** What the colour of a point says. @typedef {'truth' | 'misread'} Colouring */

/**
 * @typedef {object} MapState
 * @property {string} layer that is wanted; '' for the usual one
 * @property {Colouring} colouring
 * @property {number | null} only this class stands out
 * @property {Layout | null} map
 * @property {SurveyProgress | null} progress while it is made
 * @property {Drawing | null} drawing
 * @property {Found | null} found what is nearest to it
 * @property {number | null} pointed an image
 * @property {Camera} camera
 * @property {string} refused why something was not done
 */

/** @typedef {import('../../core/store.js').Store<MapState>} MapStore */

/** So many nearest images are looked for. */
export const NEAREST = 12;
