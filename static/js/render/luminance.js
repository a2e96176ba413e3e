// Which text reads on a colour: black or white, by its relative luminance (WCAG 2.2).

/** Above this luminance black reads better than white; either keeps 4.5 to 1 on every stop. */
const BRIGHT = 0.18;

/**
 * @param {number} packed as in ImageData
 * @returns {'#000' | '#fff'}
 */
export function inkOn(packed) {
  return luminance(packed) > BRIGHT ? '#000' : '#fff';
}

/** @param {number} packed */
function luminance(packed) {
  const red = LINEAR[packed & 255] ?? 0;
  const green = LINEAR[(packed >> 8) & 255] ?? 0;
  const blue = LINEAR[(packed >> 16) & 255] ?? 0;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** By channel, 0..255. */
const LINEAR = Float64Array.from({ length: 256 }, (_, channel) => {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});
