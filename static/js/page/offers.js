// Opens features, and lets keys, buttons and panels do what they offer. A feature that is seldom needed
// is loaded when it is first wanted.

import { message } from '../text/messages.js';

/** @import { PanelName } from '../account/state.js' */
/** @import { State } from './state.js' */
/** @import { Around, Feature, Page, Wanted } from './types.d.ts' */

/** @typedef {Readonly<Record<string, () => void>>} Acts */

export class Offers {
  #page;
  #around;
  /** Which feature offers a key or an action. @type {Map<string, string>} */
  #taken = new Map();

  /**
   * @param {Page} page
   * @param {Around} around
   */
  constructor(page, around) {
    this.#page = page;
    this.#around = around;
  }

  /**
   * @param {Feature} feature
   * @param {Wanted['panels']} [keysOf] of panels that say none
   * @returns {(() => boolean) | undefined} what Escape ends
   */
  #begin({ name, open }, keysOf = {}) {
    const { panels = {}, release, ...offer } = open(this.#page) ?? {};
    const [keys, actions] = [{ ...offer.keys }, { ...offer.actions }];
    for (const [key, panel] of Object.entries(panels)) {
      const title = /** @type {PanelName} */ (key);
      const toggle = () => this.#page.opening.toggle(title, panel);
      keys[panel.key ?? keysOf[title] ?? ''] = toggle;
      actions[key] = toggle;
      this.#around.panels.add(title, panel);
    }
    this.#offer(name, keys, actions);
    return release;
  }

  /** @param {string} name of the feature @param {Acts} keys @param {Acts} actions */
  #offer(name, keys, actions) {
    for (const one of [...Object.keys(keys), ...Object.keys(actions)]) {
      const other = this.#taken.get(one) ?? name;
      if (other !== name) throw new Error(`Both ${other} and ${name} offer ${one}.`);
      this.#taken.set(one, name);
    }
    Object.assign(this.#around.keys, keys);
    Object.assign(this.#around.actions, actions);
  }

  /** @param {Feature} feature */
  open(feature) {
    const release = this.#begin(feature);
    if (release) this.#around.ends.add(release);
  }

  /** Until one of its panels is wanted, or the state wants it. @param {Wanted} wanted */
  wait({ name, panels = {}, when, load }) {
    const { store, loop, opening } = this.#page;
    const { actions, ends, progress } = this.#around;
    /** Whether it is open in the end; null while nobody wants it. @type {Promise<boolean> | null} */
    let loading = null;
    /** @type {(() => boolean) | undefined} */
    let release;
    ends.add(() => release?.() ?? false); // in its place among them

    /** @param {Readonly<State>} state */
    const shown = ({ panel }) => panel !== null && panel in panels;
    /** @param {Readonly<State>} state */
    const wants = (state) => shown(state) || (when?.(state) ?? false);

    const begin = async () => {
      const feature = await load().catch(() => null);
      if (feature) {
        release = this.#begin(feature, panels);
        loop.wake();
        return true;
      }
      loading = null; // it is loaded anew when it is wanted again
      if (shown(store.get())) opening.close();
      store.set({ notice: message('page.missing') });
      return false;
    };

    const act = async (/** @type {string} */ panel) => {
      if (loading) return; // it comes
      loading = begin();
      if (await loading) actions[panel]?.();
    };
    for (const [panel, key] of Object.entries(panels)) {
      const start = () => progress.expect(act(panel));
      this.#offer(name, { [key]: start }, { [panel]: start });
    }

    let wanted = false;
    const follow = (/** @type {Readonly<State>} */ state) => {
      const before = wanted;
      wanted = wants(state);
      if (wanted && !before) progress.expect((loading ??= begin()));
    };
    follow(store.get());
    store.subscribe(follow);
  }
}
