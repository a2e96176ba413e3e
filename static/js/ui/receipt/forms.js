// The five forms of an account.

/** @typedef {'picture' | 'words' | 'formula' | 'code' | 'table'} Form */

/** @type {readonly Form[]} */
export const FORMS = ['picture', 'words', 'formula', 'code', 'table'];

/**
 * @param {string | null} text
 * @returns {Form} the one of that name, else the picture
 */
export function formNamed(text) {
  return FORMS.find((form) => form === text) ?? 'picture';
}
