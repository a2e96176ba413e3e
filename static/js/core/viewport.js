// Sizes of the boxes that are drawn into. The only reader of the page's geometry; tells on change.

/** @returns {boolean} the page is being printed */
export function isPaper() {
  return matchMedia('print').matches;
}

const NARROW = '(max-width: 700px)';

/** @returns {boolean} the window is a phone's; paper is none */
export function isPhone() {
  return matchMedia(NARROW).matches && !isPaper();
}

/** @param {() => void} act when a window becomes as narrow as a phone's, or wider @returns {() => void} the way out */
export function onNarrow(act) {
  const narrow = matchMedia(NARROW);
  narrow.addEventListener('change', act);
  return () => narrow.removeEventListener('change', act);
}

/** @returns {boolean} the user asked for reduced motion */
export function isStill() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/**
 * @typedef {object} Box
 * @property {number} width CSS pixels
 * @property {number} height CSS pixels
 * @property {number} deviceWidth whole device pixels
 * @property {number} deviceHeight
 * @property {number} dpr device pixels per CSS pixel
 */

/**
 * @typedef {object} Viewport
 * @property {(element: Element, onChange: (box: Box) => void) => () => void} measure tells the element's box from now on; returns the way out
 * @property {(element: Element) => Box | undefined} box as last told
 * @property {(element: Element) => DOMRect} place where it stands in the window, read now
 * @property {(element: Element) => { left: number, top: number }} scroll how far it is scrolled
 * @property {() => number} windowHeight
 * @property {() => number} windowWidth
 * @property {() => number} type how much larger type is here than plain, as the style sheets say
 * @property {() => void} end
 */

/** @returns {Viewport} */
export function createViewport() {
  /** @type {Map<Element, Box>} */
  const boxes = new Map();
  /** @type {Map<Element, Set<(box: Box) => void>>} */
  const told = new Map();
  const ending = new AbortController();
  const observer = new ResizeObserver((entries) => {
    for (const entry of entries) update(entry.target, sizeOf(entry));
  });

  /**
   * @param {Element} element
   * @param {Box} box
   */
  function update(element, box) {
    const old = boxes.get(element);
    if (old && same(old, box)) return;
    boxes.set(element, box);
    for (const tell of told.get(element) ?? []) tell(box);
  }

  /**
   * @param {Element} element
   * @param {(box: Box) => void} tell
   */
  function forget(element, tell) {
    const others = told.get(element);
    others?.delete(tell);
    if (others?.size !== 0) return;
    for (const map of [told, boxes]) map.delete(element);
    observer.unobserve(element);
  }

  /** A change of zoom or of the screen changes the ratio, sometimes without changing a size. */
  function watchRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        for (const [element, box] of [...boxes]) update(element, scaled(box.width, box.height));
        watchRatio();
      },
      { once: true, signal: ending.signal },
    );
  }
  watchRatio();

  return {
    measure(element, onChange) {
      const others = told.get(element) ?? new Set();
      told.set(element, others.add(onChange));
      try {
        observer.observe(element, { box: 'device-pixel-content-box' });
      } catch {
        observer.observe(element); // Safari rounds for itself
      }
      return () => forget(element, onChange);
    },
    box: (element) => boxes.get(element),
    place: (element) => element.getBoundingClientRect(),
    scroll: ({ scrollLeft, scrollTop }) => ({ left: scrollLeft, top: scrollTop }),
    windowHeight: () => innerHeight,
    windowWidth: () => innerWidth,
    type: () => Number(getComputedStyle(document.documentElement).getPropertyValue('--type')) || 1,
    end() {
      ending.abort();
      observer.disconnect();
    },
  };
}

/**
 * @param {ResizeObserverEntry} entry
 * @returns {Box}
 */
function sizeOf(entry) {
  const { width, height } = entry.contentRect;
  // where type is large, what stands in the page's margins is zoomed by the style sheets
  const zoom = entry.target instanceof HTMLElement ? (entry.target.currentCSSZoom ?? 1) : 1;
  const box = { ...scaled(width * zoom, height * zoom), width, height };
  const exact = entry.devicePixelContentBoxSize?.[0];
  // browsers that emulate another screen tell the device's own pixels
  if (!exact || Math.abs(exact.inlineSize - box.deviceWidth) > 1) return box;
  return { ...box, deviceWidth: exact.inlineSize, deviceHeight: exact.blockSize };
}

/**
 * @param {number} width
 * @param {number} height
 * @returns {Box}
 */
function scaled(width, height) {
  const dpr = devicePixelRatio;
  return {
    width,
    height,
    deviceWidth: Math.round(width * dpr),
    deviceHeight: Math.round(height * dpr),
    dpr,
  };
}

/** @param {Box} a @param {Box} b */
function same(a, b) {
  const sides = /** @type {(keyof Box)[]} */ (Object.keys(a));
  return sides.every((side) => a[side] === b[side]);
}
