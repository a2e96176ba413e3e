// The keys of a slide clicker, which go through a lesson wherever the focus is.

const BY = /** @type {Readonly<Record<string, -1 | 1>>} */ ({ PageDown: 1, PageUp: -1 });

/** @param {(by: -1 | 1) => boolean} act whether a lesson runs */
export function listenToPages(act) {
  addEventListener(
    'keydown',
    (event) => {
      const by = BY[event.key];
      if (!by || event.ctrlKey || event.metaKey || event.altKey || !act(by)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );
}
