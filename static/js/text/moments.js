// When something was, and how long it took, as text.

/** @param {string} moment as ISO 8601 has it @returns {string} "2026-11-29 16:05", where the reader is */
export function momentText(moment) {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) return moment;
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** @param {number} seconds @returns {string} "1:05" */
export function timeText(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
