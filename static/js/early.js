// Runs before the first paint, so that theme and account do not jump. A classic script on purpose.
(() => {
  const root = document.documentElement;
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
})();
