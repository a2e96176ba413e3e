// How long the server's forward passes took, by network, as it says with each trace.

const KEPT = 31;

/** @returns {(url: string) => readonly number[]} milliseconds, the latest of a network's traces */
export function createTimes() {
  /** @type {Map<string, number[]>} */
  const found = new Map();

  /** @param {PerformanceEntryList} entries */
  function note(entries) {
    for (const entry of entries) {
      if (!(entry instanceof PerformanceResourceTiming) || !entry.name.endsWith('/trace')) continue;
      const forward = entry.serverTiming.find(({ name }) => name === 'forward');
      if (!forward) continue;
      const times = found.get(entry.name) ?? [];
      found.set(entry.name, [...times, forward.duration].slice(-KEPT));
    }
  }
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: 'resource', buffered: true });

  return (url) => {
    note(observer.takeRecords());
    return found.get(new URL(url, document.baseURI).href) ?? [];
  };
}
