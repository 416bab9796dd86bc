/** The sun-and-moon button: changes the theme, remembers it, and says what a press would do. */
export function followThemeButton() {
  const button = document.querySelector('[data-theme-button]');
  if (!button) return;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => {
    const chosen = document.documentElement.dataset.bsTheme;
    return chosen ? chosen === 'dark' : system.matches;
  };
  const say = () => {
    const words = isDark() ? 'Use the light theme' : 'Use the dark theme';
    button.setAttribute('aria-label', words);
    button.title = words;
  };
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.bsTheme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Kept for this page only.
    }
    say();
    document.dispatchEvent(new CustomEvent('themechange'));
  });
  system.addEventListener('change', () => {
    say();
    document.dispatchEvent(new CustomEvent('themechange'));
  });
  button.hidden = false;
  say();
}
