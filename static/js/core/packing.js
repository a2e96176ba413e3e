// Whole numbers as few bytes, and those as text that a link can carry.

/** Bits of a byte that carry a number; the eighth says that it goes on. */
const BITS = 7;

/**
 * @param {readonly number[]} numbers whole, of either sign; the nearer to 0, the shorter
 * @returns {string} letters, digits, - and _
 */
export function packed(numbers) {
  let bytes = '';
  for (const number of numbers) {
    let rest = number < 0 ? -2 * number - 1 : 2 * number; // the sign is the last bit
    for (; rest >= 1 << BITS; rest >>>= BITS) bytes += String.fromCharCode((rest & 127) | 128);
    bytes += String.fromCharCode(rest);
  }
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * @param {string} text
 * @returns {number[]}
 * @throws {Error} where nothing was packed so
 */
export function unpacked(text) {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  /** @type {number[]} */
  const numbers = [];
  let [rest, shift] = [0, 0];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes.charCodeAt(i);
    rest += (byte & 127) * 2 ** shift;
    shift = byte & 128 ? shift + BITS : 0;
    if (shift > 3 * BITS) throw new RangeError('A packed number is too long.');
    if (shift) continue;
    numbers.push(rest % 2 ? -(rest + 1) / 2 : rest / 2);
    rest = 0;
  }
  if (shift) throw new RangeError('A packed number is cut short.');
  return numbers;
}
