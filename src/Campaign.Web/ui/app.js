import htmx from 'htmx.org/dist/htmx.esm.js';
import { followThemeButton } from './theme-button.js';

// Attributes are read as plain data: with the strict content-security-policy nothing of a page may run as script.
htmx.config.includeIndicatorCSS = false;

followThemeButton();
closeMenusOutside();
showWhileSending();

if (document.querySelector('[data-upload]')) import('./upload.js');
if (document.querySelector('[data-job]')) import('./job.js');
if (document.querySelector('[data-threshold]')) import('./threshold.js');
if (document.querySelector('[data-copy]')) import('./copy.js');

/** A menu made of <details> closes on Escape and when the person goes elsewhere. */
function closeMenusOutside() {
  const close = (except) => {
    for (const menu of document.querySelectorAll('details[data-menu][open]')) if (menu !== except) menu.open = false;
  };
  document.addEventListener('click', (event) => close(event.target.closest('details[data-menu]')));
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const menu = document.activeElement?.closest('details[data-menu]');
    close();
    menu?.querySelector('summary').focus();
  });
}

/** The button of a form that was sent says so and can't send twice; a form that answers with a file leaves the page as it is. */
function showWhileSending() {
  document.addEventListener('submit', (event) => {
    const button = event.submitter;
    if (event.defaultPrevented || event.target.method !== 'post' || 'download' in event.target.dataset || !button) return;
    setTimeout(() => {
      button.disabled = true;
      if (button.dataset.sending) button.querySelector('[data-label]').textContent = button.dataset.sending;
    });
  });
  // A page that comes back from the browser's history has its buttons again.
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}
