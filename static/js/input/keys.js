// Keys that work anywhere on the page; a field that is typed in or chosen from keeps its own, and so does a dialog.

/** @typedef {Readonly<Record<string, () => void>>} KeyMap */

/**
 * The name under which a key press is looked up: `ctrl+shift+z`, `a`, `?`. Control and command are
 * the same key here; shift counts only where it does not already change the character.
 *
 * @param {Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>} event
 */
export function keyName({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const control = ctrlKey || metaKey;
  const name = key.toLowerCase();
  return `${control ? 'ctrl+' : ''}${altKey ? 'alt+' : ''}${control && shiftKey ? 'shift+' : ''}${name}`;
}

/** What is typed in. */
const FIELDS = 'textarea, input:not([type=radio], [type=checkbox], [type=range], [type=file])';
/** By characters and arrows a list is chosen from; only W still says what it is that is chosen. */
const CHOOSES = /^([^w]|arrow\w+)$/;

/** @param {EventTarget | null} target @param {string} name of the key */
function keepsKeys(target, name) {
  if (!(target instanceof HTMLElement)) return false;
  if (target.matches('select') && CHOOSES.test(name)) return true;
  return target.isContentEditable || target.closest('dialog') !== null || target.matches(FIELDS);
}

/**
 * @param {Document} document
 * @param {KeyMap} keys
 * @param {() => boolean} letters whether keys of a single character do anything (WCAG 2.1.4)
 */
export function listenToKeys(document, keys, letters) {
  document.addEventListener('keydown', (event) => {
    const name = keyName(event);
    if (event.defaultPrevented || keepsKeys(event.target, name)) return;
    const act = keys[name];
    if (!act || (name.length === 1 && !letters())) return;
    event.preventDefault();
    act();
  });
}
