// Where in a lesson somebody is, and how links say it: `lesson=tour&cue=3`, counted from 1 there, and
// `cue=3.own` where what is shown is one's own and no more the cue's.

/**
 * @typedef {object} Led
 * @property {string} name of the lesson
 * @property {number} cue from 0
 * @property {boolean} own what the page shows was changed by whoever is led
 */

const NAME = /^[a-z][a-z0-9-]{0,39}$/;
const CUE = /^([1-9]\d{0,2})(\.own)?$/;

/** @param {Led} led @returns {string} */
export function cueText({ cue, own }) {
  return `${cue + 1}${own ? '.own' : ''}`;
}

/** @param {string} name @param {string} cue as a link says it @returns {Led} @throws {RangeError} where it is none */
export function ledOf(name, cue) {
  const [, number, own] = CUE.exec(cue) ?? [];
  if (!NAME.test(name) || !number) throw new RangeError('No such cue.');
  return { name, cue: Number(number) - 1, own: Boolean(own) };
}

/** @param {Led | null} led @returns {[string, string][]} what links say of it */
export function ledParts(led) {
  return led
    ? [
        ['lesson', led.name],
        ['cue', cueText(led)],
      ]
    : [];
}

/** @param {Led} one @param {Led} other */
export function isSame(one, other) {
  return one.name === other.name && one.cue === other.cue && one.own === other.own;
}
