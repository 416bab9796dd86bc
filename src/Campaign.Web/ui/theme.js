// The person's choice of light or dark, where there is one; without one the page follows the system.
try {
  const chosen = localStorage.getItem('theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.bsTheme = chosen;
} catch {
  // A browser that keeps nothing follows the system.
}
