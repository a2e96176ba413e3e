// Which images are shown, in which order: plain functions of the readings.

/** @import { Readings } from '../wire/readings.js' */
/** @import { Shown, Sort, Wanted } from './state.js' */

/** @typedef {Pick<Readings, 'images' | 'truth' | 'said' | 'losses' | 'energies' | 'shares' | 'confusion' | 'threshold'>} Rows */

/** @type {Readonly<Record<Shown, (rows: Rows, i: number) => boolean>>} */
const SHOWS = {
  misread: ({ truth, said }, i) => truth[i] !== said[i],
  unsure: ({ energies, threshold }, i) => threshold !== null && (energies[i] ?? 0) < threshold,
  all: () => true,
};

/** What is sorted by, the largest first. @type {Readonly<Record<Sort, (rows: Rows, i: number) => number>>} */
const KEYS = {
  loss: ({ losses }, i) => losses[i] ?? 0,
  doubt: ({ energies }, i) => -(energies[i] ?? 0),
  close: (rows, i) => -leadOf(rows, i),
  place: (_, i) => -i,
};

/** @param {Pick<Rows, 'shares' | 'confusion'>} rows @param {number} i @returns {number[]} of the classes */
export function sharesOf({ shares, confusion }, i) {
  const classes = confusion.length;
  return Array.from({ length: classes }, (_, k) => shares[i * classes + k] ?? 0);
}

/** One image. @param {Readings} rows @param {number} i */
export function rowOf(rows, i) {
  const at = (/** @type {ArrayLike<number>} */ column) => column[i] ?? 0;
  const { truth, said, second, losses, energies } = rows;
  return {
    ...{ truth: at(truth), said: at(said), second: at(second) },
    ...{ loss: at(losses), energy: at(energies), shares: sharesOf(rows, i) },
  };
}

/** By how much the class said is ahead of the next one. @param {Pick<Rows, 'shares' | 'confusion'>} rows @param {number} i */
export function leadOf(rows, i) {
  const [first = 0, second = 0] = sharesOf(rows, i).sort((a, b) => b - a);
  return first - second;
}

/** @param {Rows} rows @param {Pick<Wanted, 'show' | 'truth' | 'said'>} wanted @returns {number[]} places in the set, in its order */
export function filtered(rows, { show, truth, said }) {
  const found = [];
  for (let i = 0; i < rows.images; i++)
    if (
      (truth === null || rows.truth[i] === truth) &&
      (said === null || rows.said[i] === said) &&
      SHOWS[show](rows, i)
    )
      found.push(i);
  return found;
}

/** Equal ones stay in the order of the set. @param {Rows} rows @param {Wanted} wanted @returns {readonly number[]} places in the set */
export function listed(rows, wanted) {
  const found = filtered(rows, wanted);
  const known = new Map(found.map((i) => [i, orNone(KEYS[wanted.sort](rows, i))]));
  return found.sort((a, b) => (known.get(b) ?? 0) - (known.get(a) ?? 0) || a - b);
}

/** What is no number any more is the worst; far, but not infinite, so that two can be compared. @param {number} key */
const orNone = (key) =>
  Number.isNaN(key)
    ? Number.MAX_VALUE
    : Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, key));

/** Mistakes of each true class. @param {Rows['confusion']} confusion */
export function missedOf(confusion) {
  return confusion.map((row, truth) =>
    row.reduce((all, n, said) => all + (said === truth ? 0 : n), 0),
  );
}
