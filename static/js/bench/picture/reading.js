// The pictures of a section, made numbers of by the server: each is asked about once, the latest wins.

import { Away } from '../../wire/refusal.js';

/** @import { Tensor, Tensors } from '../../geometry/types.d.ts' */
/** @import { Question } from '../../wire/questions.js' */
/** @import { Reader } from '../../wire/reader.js' */
/** @import { Fields } from '../types.d.ts' */

/** @typedef {{ value: any, tensor: Tensor }} Known */

/** Until what did not come is asked for again, milliseconds. */
const AGAIN = 2000;

/**
 * While somebody draws, the latest that is known is an older drawing.
 *
 * @typedef {object} Read
 * @property {Tensors | null} latest by the names of the fields; null while there are none of one
 * @property {boolean} all they are those of what was given
 */

/**
 * @param {Reader} reader
 * @param {Fields<any>} fields
 * @param {object} on
 * @param {() => void} on.ready something newer is known
 * @param {(error: Error) => void} on.onRefused
 * @returns {(given: any) => Read} asks about what is not known, too
 */
export function createPictures(reader, fields, { ready, onRefused }) {
  const lines = Object.entries(fields).flatMap(([name, { numbers }]) =>
    numbers ? [{ name, of: createLine(reader, numbers, { ready, onRefused }) }] : [],
  );
  return (given) => {
    const found = lines.map(({ name, of }) => ({
      name,
      value: given[name],
      known: of(given[name]),
    }));
    const tensors = new Map(
      found.flatMap(({ name, known }) => (known ? [[name, known.tensor]] : [])),
    );
    return {
      latest: tensors.size === lines.length ? tensors : null,
      all: found.every(({ value, known }) => known?.value === value),
    };
  };
}

/**
 * @param {Reader} reader
 * @param {(value: any) => Promise<Question>} numbers
 * @param {{ ready: () => void, onRefused: (error: Error) => void }} on
 * @returns {(value: any) => Known | null} the latest that is known
 */
function createLine(reader, numbers, { ready, onRefused }) {
  /** @type {Known | null} */
  let known = null;
  /** What is asked about, or was refused. @type {any} */
  let asked = null;
  /** @type {import('../../wire/reader.js').Asker<Question & { value: any }>} */
  const asker = reader.asker({
    onAnswer({ tensors }, { value }) {
      const tensor = tensors.get('picture');
      if (!tensor) return;
      known = { value, tensor };
      ready();
    },
    onRefused,
  });

  /** @param {any} value */
  async function put(value) {
    try {
      const question = await numbers(value);
      if (asked === value) asker.ask({ ...question, value });
    } catch (error) {
      if (asked !== value) return;
      if (error instanceof Away) setTimeout(() => asked === value && void put(value), AGAIN);
      else onRefused(/** @type {Error} */ (error));
    }
  }
  return (value) => {
    if (known?.value !== value && asked !== value) void put((asked = value));
    return known;
  };
}
