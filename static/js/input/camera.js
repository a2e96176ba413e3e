// The camera: on from one click to the next, and off as soon as a picture is taken.

/** @typedef {'none' | 'refused' | 'missing' | 'taken'} Why no camera: the browser gives none, somebody said no, there is none, another program has it */

/** As much as is asked for, pixels: the server makes it smaller. */
const WIDTH = 640;

/** Why errors of `getUserMedia` come. @type {Readonly<Record<string, Why>>} */
const REASONS = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

/** Over plain http from another machine browsers give none. */
export const hasCamera = () => Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * @param {HTMLVideoElement} video that shows what it sees
 * @param {() => void} onEnd it went out, whoever put it out
 */
export function createCamera(video, onEnd) {
  /** @type {MediaStream | null} */
  let stream = null;
  /** Each wish for it, so that one that was withdrawn is not granted late. */
  let wishes = 0;

  function stop() {
    wishes += 1;
    if (!stream) return;
    for (const track of stream.getTracks()) track.stop();
    stream = video.srcObject = null;
    onEnd();
  }
  document.addEventListener('visibilitychange', () => void (document.hidden && stop()));

  return {
    stop,
    on: () => stream !== null,
    /** @returns {Promise<Why | null>} null once it shows something */
    async start() {
      if (!hasCamera()) return 'none';
      const mine = ++wishes;
      try {
        const wish = { width: { ideal: WIDTH }, facingMode: { ideal: 'environment' } };
        const found = await navigator.mediaDevices.getUserMedia({ video: wish });
        if (mine !== wishes) {
          for (const track of found.getTracks()) track.stop();
          return null;
        }
        stream = found;
        for (const track of found.getTracks()) track.addEventListener('ended', stop);
        video.srcObject = found;
        await video.play();
        return null;
      } catch (error) {
        if (mine !== wishes) return null; // it was put out meanwhile
        stop();
        return REASONS[error instanceof DOMException ? error.name : ''] ?? 'taken';
      }
    },
    /** @returns {Promise<Blob>} what it sees, as a PNG; the camera is off before that is made */
    async take() {
      const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
      canvas.getContext('2d')?.drawImage(video, 0, 0);
      stop();
      return canvas.convertToBlob({ type: 'image/png' });
    },
  };
}
