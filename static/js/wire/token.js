// The token of who may change something on the server: this tab's alone. The link that the server
// opens brings it (early.js), or somebody gives it by hand.

const KEPT = 'convlens:token';
const HEADER = 'Convlens-Token';

/** Where there is no storage. */
let given = '';
/** Who wants to know when one is given, or is forgotten. @type {Set<() => void>} */
const listeners = new Set();

/** @returns {string} "" where nobody gave one */
export function tokenGiven() {
  try {
    return sessionStorage.getItem(KEPT) ?? given;
  } catch {
    return given;
  }
}

/** @param {string} token */
export function giveToken(token) {
  given = token;
  try {
    sessionStorage.setItem(KEPT, token);
  } catch {
    // it is given anew after a reload
  }
  for (const listener of listeners) listener();
}

/** @param {() => void} listener */
export const onToken = (listener) => void listeners.add(listener);

/** @returns {Record<string, string>} what a request brings that needs it */
export function tokenHeader() {
  const token = tokenGiven();
  return token ? { [HEADER]: token } : {};
}
