// What fills gaps in the sentences of refusals.

/** @param {readonly number[]} shape @returns {string} "6 maps of 28 by 28", "120 units" */
export function shape([count = 0, rows, columns]) {
  if (rows === undefined) return `${count} unit${count === 1 ? '' : 's'}`;
  return `${count} map${count === 1 ? '' : 's'} of ${rows} by ${columns}`;
}

/** @param {readonly number[]} place in a text, or none @returns {string} */
export function place([line, column]) {
  return line === undefined ? '' : ` (at line ${line} column ${column})`;
}
