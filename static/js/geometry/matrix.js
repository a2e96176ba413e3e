// A matrix as a value: rows and columns of numbers, and others made of it.

/**
 * @typedef {object} Matrix
 * @property {number} rows
 * @property {number} columns
 * @property {readonly number[]} values row by row
 */

/** @param {readonly (readonly number[])[]} rows of one length @returns {Matrix} */
export function matrixOf(rows) {
  return { rows: rows.length, columns: rows[0]?.length ?? 0, values: rows.flat() };
}

/** @param {Matrix} matrix @returns {number[][]} */
export function rowsOf({ rows, columns, values }) {
  return Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}

/** @param {Matrix} matrix @param {number} row @param {number} column @param {number} value @returns {Matrix} with another number there */
export function withValue(matrix, row, column, value) {
  return { ...matrix, values: matrix.values.with(row * matrix.columns + column, value) };
}

/** @param {Matrix} matrix @param {number} rows @param {number} columns @returns {Matrix} cut off, or filled up with zeros */
export function resized(matrix, rows, columns) {
  return matrixOf(
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) =>
        row < matrix.rows && column < matrix.columns
          ? (matrix.values[row * matrix.columns + column] ?? 0)
          : 0,
      ),
    ),
  );
}

/** @param {Matrix} matrix @param {number} row of its first number @param {number} column @param {readonly (readonly number[])[]} block @returns {Matrix} with these numbers in it, as far as they fit */
export function pasted(matrix, row, column, block) {
  let next = matrix;
  for (const [down, numbers] of block.entries())
    for (const [right, value] of numbers.entries())
      if (row + down < matrix.rows && column + right < matrix.columns)
        next = withValue(next, row + down, column + right, value);
  return next;
}

/** @param {Matrix} matrix @returns {Matrix} turned through 180° */
export function turnedRound(matrix) {
  return { ...matrix, values: matrix.values.toReversed() };
}

/** @param {Matrix} a @param {Matrix} b @returns {boolean} */
export function sameMatrix(a, b) {
  const sized = a.rows === b.rows && a.columns === b.columns;
  return sized && a.values.every((value, i) => value === b.values[i]);
}
