// Notes what lay between the pointer and the picture of each stroke that is painted, in milliseconds.
// Runs before the page's own modules and wraps what they call; the page knows nothing of it.
(() => {
  const now = () => performance.now();
  const noted = { painted: [], answers: [] };
  window.noted = noted;
  /** The question that is under way, the last that was answered, and the frame that is painted. */
  const asked = { over: '', sent: 0, received: 0, server: 0 };
  let answered = { ...asked, put: 0, answered: 0 };
  let frame = { begun: 0, ended: 0, of: answered };

  const { fetch } = window;
  window.fetch = async (...given) => {
    const reads = /\/trace\?/.test(String(given[0]));
    if (!reads) return fetch(...given);
    Object.assign(asked, { sent: now(), over: 'HTTP' });
    const answer = await fetch(...given);
    const steps = (answer.headers.get('Server-Timing') ?? '').match(/dur=[\d.]+/g) ?? [];
    const { arrayBuffer } = answer;
    answer.arrayBuffer = async () => {
      const bytes = await arrayBuffer.call(answer);
      asked.server = steps.reduce((sum, step) => sum + Number(step.slice(4)), 0);
      asked.received = now();
      return bytes;
    };
    return answer;
  };

  if (window.WebSocket)
    window.WebSocket = class extends window.WebSocket {
      constructor(...given) {
        super(...given);
        this.addEventListener('message', ({ data }) => {
          asked.received = now();
          asked.server = new DataView(data).getUint32(4, true) / 1000;
        });
      }
      send(text) {
        Object.assign(asked, { sent: now(), over: 'live' });
        super.send(text);
      }
    };

  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) =>
    ask((time) => {
      frame = { begun: now(), ended: 0, of: answered };
      draw(time);
      frame.ended = now();
    });

  const measure = performance.measure.bind(performance);
  performance.measure = (name, { start, end }) => {
    if (name === 'convlens:question-to-answer') {
      answered = { ...asked, put: start, answered: end };
      noted.answers.push({ over: asked.over, took: end - start });
    }
    if (name === 'convlens:stroke-to-paint') noted.painted.push(account(start, end));
    return measure(name, { start, end });
  };

  /** @param {number} start @param {number} end */
  function account(start, end) {
    const { of, begun, ended } = frame;
    return {
      over: of.over,
      took: end - start,
      parts: {
        'input, and the answer before': of.put - start,
        encode: of.sent - of.put,
        'wire, browser and server around it': of.received - of.sent - of.server,
        server: of.server,
        decode: of.answered - of.received,
        'until the frame': begun - of.answered,
        scene: ended - begun,
        paint: end - ended,
      },
    };
  }
})();
