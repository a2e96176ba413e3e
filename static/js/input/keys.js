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

/** What takes keys itself. */
const FIELDS =
  'textarea, select, input:not([type=radio], [type=checkbox], [type=range], [type=file])';

/** @param {EventTarget | null} target */
function keepsKeys(target) {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('dialog') !== null || target.matches(FIELDS);
}

/**
 * @param {Document} document
 * @param {KeyMap} keys
 * @param {() => boolean} letters whether keys of a single character do anything (WCAG 2.1.4)
 */
export function listenToKeys(document, keys, letters) {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || keepsKeys(event.target)) return;
    const name = keyName(event);
    const act = keys[name];
    if (!act || (name.length === 1 && !letters())) return;
    event.preventDefault();
    act();
  });
}
