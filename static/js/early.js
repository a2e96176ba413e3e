// Runs before the first paint, so that theme and account do not jump, and a page that is reloaded has
// the address that it was left with. A classic script on purpose.
(() => {
  const root = document.documentElement;
  restoreAddress();
  const recall = (/** @type {string} */ key) => {
    try {
      return localStorage.getItem(`convlens:${key}`);
    } catch {
      return null;
    }
  };
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = recall('theme');
  root.dataset['theme'] = theme === 'dark' || theme === 'light' ? theme : dark ? 'dark' : 'light';
  // In low windows the account begins folded, and what is chosen there is remembered by itself.
  const roomy = matchMedia('(min-height: 700px)').matches;
  root.dataset['account'] = recall(roomy ? 'account' : 'account-low') ?? (roomy ? 'open' : 'line');
  for (const key of ['account-open', 'sheet-open']) {
    const tall = Number(recall(key));
    if (tall > 0) root.style.setProperty(`--${key}`, `${tall}px`);
  }

  /** Storage is slow to be asked for the first time: it is asked where that can matter. */
  function restoreAddress() {
    const [visit] = performance.getEntriesByType('navigation');
    if (!(visit instanceof PerformanceNavigationTiming) || visit.type !== 'reload') return;
    try {
      const left = sessionStorage.getItem('convlens:left');
      sessionStorage.removeItem('convlens:left');
      if (left) history.replaceState(null, '', left);
    } catch {
      // without storage the address may lack what was done in the last second
    }
  }
})();
