// What the browser remembers between visits. A browser that refuses storage just forgets.

const PREFIX = 'convlens:';

/**
 * @param {string} key
 * @returns {string | null}
 */
export function recall(key) {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
export function remember(key, value) {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // private windows and blocked cookies: the choice lasts until the page is closed
  }
}
