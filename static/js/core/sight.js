// What is out of sight need not follow every frame.

/** So long after the last change, ms. */
const RESTS = 200;

/**
 * @param {Element} element
 * @param {() => void} act
 * @returns {() => void} does it at once where the element is in sight, else when nobody has asked for a while
 */
export function sparing(element, act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let [seen, due] = [false, false];
  function now() {
    clearTimeout(timer);
    due = false;
    act();
  }
  new IntersectionObserver((entries) => {
    seen = entries.at(-1)?.isIntersecting ?? false;
    if (seen && due) now();
  }).observe(element);
  return () => {
    if (seen) return now();
    clearTimeout(timer);
    due = true;
    timer = setTimeout(now, RESTS);
  };
}
