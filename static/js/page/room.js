// How much room the stage's picture may take: on a phone, as much as it had without the sheet.

/** @import { Box } from '../core/viewport.js' */

/** @param {() => number} windowHeight */
export function createRoom(windowHeight) {
  let width = 0;
  let height = 0;
  let deviceHeight = 0;

  return {
    /**
     * On a phone the account's sheet and the tools take from the stage's height for a while. The
     * picture must not shrink for that: it keeps its size and is scrolled.
     *
     * @param {Box} box
     * @param {boolean} phone
     * @returns {Box}
     */
    fitted(box, phone) {
      if (!phone) return box;
      const whole = windowHeight();
      if (box.width !== width || whole !== height) deviceHeight = 0;
      width = box.width;
      height = whole;
      deviceHeight = Math.max(deviceHeight, box.deviceHeight);
      return { ...box, deviceHeight };
    },
  };
}
