// The field for the token, where one is needed and was not given; and what is done with one.

import { message } from '../text/messages.js';
import { errorText } from '../text/refusals.js';
import { html } from '../ui/dom.js';
import { Refusal } from '../wire/refusal.js';
import { giveToken, onToken, tokenGiven } from '../wire/token.js';

/**
 * What a state says of it.
 *
 * @typedef {object} Allowed
 * @property {boolean} known whether a token was given
 * @property {string} refused why something was not done
 */

/** @typedef {{ get: () => Readonly<Allowed>, set: (patch: Partial<Allowed>) => void }} AllowedStore */

/** Refusals that a token mends. */
const UNKNOWN = ['no-token', 'wrong-token', 'private'];

/** @param {AllowedStore} store @param {string} [reason] for what it is needed; else for trainings */
export function createToken(store, reason = message('training.token.why')) {
  const look = () => store.set({ known: Boolean(tokenGiven()) });
  look();
  onToken(look); // it may be given in another section
  const field = html('input', {
    ...{ type: 'password', name: 'token', autocomplete: 'off', spellcheck: 'false', size: 34 },
    class: 'typed',
  });
  const label = html('label', {}, message('training.token'), field);
  const use = html('button', { class: 'action' }, message('training.token.use'));
  const why = html('p', {}, reason);
  const element = html('form', { class: 'training-token', hidden: true }, why, label, use);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    giveToken(field.value.trim());
    field.value = '';
    store.set({ refused: '' });
  });
  return {
    element,
    /** @param {boolean} needed */
    show: (needed) => void (element.hidden = store.get().known || !needed),
  };
}

/**
 * Does what may need the token, and says what went wrong; a token that the server does not know is
 * forgotten.
 *
 * @param {AllowedStore} store
 * @param {() => Promise<unknown>} act
 * @param {{ needed: boolean, refuse?: (error: unknown) => void }} how whether it is not even tried without one
 */
export async function attempt(store, act, { needed, refuse }) {
  store.set({ refused: '' });
  if (needed && !store.get().known) return store.set({ refused: message('training.token.needed') });
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refusal && UNKNOWN.includes(error.kind))) {
      store.set({ refused: errorText(error) });
      return refuse?.(error);
    }
    giveToken('');
    store.set({ refused: message('training.token.wrong') });
  }
}
