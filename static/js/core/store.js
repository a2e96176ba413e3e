// The state of the page as frozen snapshots, and who wants to know when it changes; and what is
// remembered of it between visits.

/**
 * @template {object} State
 * @typedef {object} Store
 * @property {() => Readonly<State>} get
 * @property {(patch: Partial<State>) => void} set keys whose value is the same are not news
 * @property {(listener: Listener<State>) => () => void} subscribe returns the way out
 */

/**
 * @template {object} State
 * @typedef {(state: Readonly<State>, changed: Partial<State>) => void} Listener
 */

/**
 * @template {object} State
 * @param {State} initial
 * @returns {Store<State>}
 */
export function createStore(initial) {
  let state = Object.freeze({ ...initial });
  /** @type {Set<Listener<State>>} */
  const listeners = new Set();

  /** @param {Partial<State>} patch */
  function set(patch) {
    /** @type {Partial<State>} */
    const changed = {};
    let news = false;
    for (const key of /** @type {(keyof State)[]} */ (Object.keys(patch))) {
      if (Object.is(patch[key], state[key])) continue;
      changed[key] = patch[key];
      news = true;
    }
    if (!news) return;
    state = Object.freeze({ ...state, ...changed });
    // One that listens may set more: whoever hears of this after it is told what is so by then.
    for (const listener of [...listeners]) listener(state, changed);
  }

  return {
    get: () => state,
    set,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

// -------- what is remembered between visits; where storage is refused, until the page is closed

const PREFIX = 'convlens:';

/** Between visits, or as long as this tab is open. @typedef {'localStorage' | 'sessionStorage'} Where */

/** What the browser did not take. @type {Readonly<Record<Where, Map<string, string>>>} */
const untaken = { localStorage: new Map(), sessionStorage: new Map() };

/**
 * @param {string} key
 * @param {Where} [where]
 * @returns {string | null}
 */
export function recall(key, where = 'localStorage') {
  const own = untaken[where].get(key);
  if (own !== undefined) return own;
  try {
    return window[where].getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} value
 * @param {Where} [where]
 * @returns {boolean} whether the browser takes it; else it lasts until the page is closed
 */
export function remember(key, value, where = 'localStorage') {
  try {
    window[where].setItem(PREFIX + key, value);
    untaken[where].delete(key);
    return true;
  } catch {
    untaken[where].set(key, value); // private windows, blocked cookies, no room
    return false;
  }
}

/** @param {string} key @param {Where} [where] */
export function forget(key, where = 'localStorage') {
  untaken[where].delete(key);
  try {
    window[where].removeItem(PREFIX + key);
  } catch {
    // a browser that refuses storage has kept nothing
  }
}
