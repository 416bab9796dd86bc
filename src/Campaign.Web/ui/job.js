// Follows a running job over server-sent events; when it ends the page is loaded anew and shows what came of it.
const root = document.querySelector('[data-job]');
const bar = root.querySelector('progress');
const stage = root.querySelector('[data-stage]');
const shareDone = root.querySelector('[data-share]');
const elapsed = root.querySelector('[data-elapsed]');
const started = root.dataset.started ? Date.parse(root.dataset.started) : null;
const serverAhead = Date.parse(root.dataset.now) - Date.now();

const source = new EventSource(root.dataset.job);
// Named or not, every message carries the same record.
for (const name of ['message', 'progress', 'done']) source.addEventListener(name, (event) => show(JSON.parse(event.data)));

if (started) {
  setInterval(showElapsed, 1000);
  showElapsed();
}

function show(progress) {
  const state = String(progress.state).toLowerCase();
  if (['done', 'failed', 'cancelled'].includes(state)) {
    source.close();
    location.reload();
    return;
  }
  if (!started && state === 'running') {
    location.reload();
    return;
  }
  bar.value = progress.share;
  shareDone.textContent = `${Math.floor(100 * progress.share)} %`;
  // A screen reader hears a stage once, when it begins.
  if (progress.stage && stage.textContent !== progress.stage) stage.textContent = progress.stage;
}

function showElapsed() {
  const seconds = Math.max(0, Math.floor((Date.now() + serverAhead - started) / 1000));
  elapsed.textContent = seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
