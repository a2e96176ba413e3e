// The field for the token, where one is needed and was not given.

import { message } from '../../text/messages.js';
import { html } from '../../ui/dom.js';
import { giveToken, tokenGiven } from '../../wire/token.js';

/** @import { TrainingState, TrainingStore } from './state.js' */

/** @param {TrainingStore} store */
export function createToken(store) {
  store.set({ known: Boolean(tokenGiven()) });
  const field = html('input', {
    ...{ type: 'password', name: 'token', autocomplete: 'off', spellcheck: 'false', size: 34 },
    class: 'typed',
  });
  const label = html('label', {}, message('training.token'), field);
  const use = html('button', { class: 'action' }, message('training.token.use'));
  const why = html('p', {}, message('training.token.why'));
  const element = html('form', { class: 'training-token', hidden: true }, why, label, use);
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    giveToken(field.value.trim());
    field.value = '';
    store.set({ known: Boolean(tokenGiven()), refused: '' });
  });
  return {
    element,
    /** @param {Readonly<TrainingState>} state */
    show({ known, recipes }) {
      element.hidden = known || !recipes || recipes.open;
    },
  };
}

/** A token that the server does not know is forgotten. @param {TrainingStore} store */
export function forgetToken(store) {
  giveToken('');
  store.set({ known: false, refused: message('training.token.wrong') });
}
