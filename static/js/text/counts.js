// Whole numbers as text: spans and sizes, the same in every language.

/** @param {readonly [number, number]} pair @returns {string} "5 × 5" */
export function pairText([rows, columns]) {
  return `${rows} × ${columns}`;
}

/** @param {number} from @param {number} to half-open @returns {string} "7–11", or "7" for one */
export function spanText(from, to) {
  return to - from === 1 ? `${from}` : `${from}–${to - 1}`;
}
