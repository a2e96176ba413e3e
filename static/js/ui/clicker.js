// The keys of a slide clicker, wherever the focus is, and before what is focused hears of them.

/** @param {(key: string) => (() => void) | undefined} actOf who listened first acts, and nobody after */
export function listenToClicker(actOf) {
  addEventListener(
    'keydown',
    (event) => {
      const { key, ctrlKey, metaKey, altKey } = event;
      const act = actOf(key);
      if (!act || ctrlKey || metaKey || altKey) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    },
    { capture: true },
  );
}

/** Its two large keys go a step on, or back. @param {(by: -1 | 1) => void} step @returns {Readonly<Record<string, () => void>>} */
export function turning(step) {
  return { PageDown: () => step(1), PageUp: () => step(-1) };
}
