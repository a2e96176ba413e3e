// What buttons and keys do, by name.

/** @import { Editor } from '../input/editor.js' */
/** @import { Journey } from '../account/journey.js' */
/** @import { PageStore } from './state.js' */
/** @import { Tools } from '../ui/tools.js' */

/**
 * @param {object} options
 * @param {PageStore} options.store
 * @param {Editor} options.editor
 * @param {{ choose: () => void }} options.files
 * @param {{ toggle: () => void }} options.theme
 * @param {HTMLElement} options.app
 * @param {Tools} options.tools
 * @param {Journey} options.journey
 * @param {ReadonlySet<() => boolean>} options.ends what else there may be to end
 */
export function createActions({ store, editor, files, theme, app, tools, journey, ends }) {
  const actions = {
    undo: editor.undo,
    redo: editor.redo,
    clear: editor.clear,
    image: files.choose,
    theme: theme.toggle,
    brush: () => store.set({ erase: false }),
    eraser: () => store.set({ erase: !store.get().erase }),
    back: journey.back,
    forth: journey.forth,
    help: () => store.set({ panel: store.get().panel === 'help' ? null : 'help' }),
    account: () => store.set({ account: store.get().account === 'open' ? 'line' : 'open' }),
    /** Closes what is open, ends what plays, releases what is pinned, then ends what else goes on. */
    release() {
      const { panel, pinned, walking, play } = store.get();
      if (panel) return store.set({ panel: null });
      if (play) return store.set({ play: null });
      if (!pinned && !walking) for (const end of ends) if (end()) return;
      store.set({ pinned: null, pointed: null, walking: false });
    },
    /** On a phone the tools are a drawer of their own. */
    tools() {
      const open = app.dataset['tools'] !== 'open';
      app.dataset['tools'] = open ? 'open' : '';
      for (const button of document.querySelectorAll('[data-action="tools"]')) {
        button.setAttribute('aria-expanded', String(open));
      }
    },
  };
  /** @type {Record<string, () => void>} */
  const keys = {
    'ctrl+z': actions.undo,
    'ctrl+shift+z': actions.redo,
    'ctrl+y': actions.redo,
    'alt+arrowleft': actions.back,
    'alt+arrowright': actions.forth,
    delete: actions.clear,
    a: actions.account,
    b: actions.brush,
    d: actions.theme,
    e: actions.eraser,
    '[': () => tools.resize(-1),
    ']': () => tools.resize(1),
    '?': actions.help,
    escape: actions.release,
  };
  return { actions, keys };
}
