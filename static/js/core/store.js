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
    const now = state;
    for (const listener of [...listeners]) listener(now, changed);
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

// -------- what is remembered between visits; a browser that refuses storage just forgets

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
