// Sends the chosen file with a progress bar. Without this script the form works as a plain form.
import { wholeNumber } from './numbers.js';

const form = document.querySelector('[data-upload]');
const field = form.querySelector('input[type=file]');
const drop = form.querySelector('[data-drop]');
const chosen = form.querySelector('[data-chosen]');
const panel = form.querySelector('[data-progress]');
const bar = panel.querySelector('progress');
const words = panel.querySelector('[data-words]');
const error = form.querySelector('[data-error]');
const button = form.querySelector('button[type=submit]');
const cancel = form.querySelector('[data-cancel]');

field.addEventListener('change', showChosen);
for (const name of ['dragenter', 'dragover']) drop.addEventListener(name, (event) => {
  event.preventDefault();
  drop.classList.add('is-over');
});
for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('is-over'));
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length === 0) return;
  field.files = event.dataTransfer.files;
  showChosen();
});

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (field.files.length === 0) {
    refuse('Choose a file first.');
    field.focus();
    return;
  }
  send();
});

function showChosen() {
  const file = field.files[0];
  chosen.textContent = file ? `${file.name} (${size(file.size)})` : '';
  hideError();
}

function send() {
  hideError();
  button.disabled = true;
  panel.hidden = false;
  const started = performance.now();
  let lastWords = 0;
  const request = new XMLHttpRequest();
  // FormData keeps the order of the form's fields: the anti-forgery token first, the file last.
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'application/json');
  request.responseType = 'json';
  request.upload.addEventListener('progress', (event) => {
    if (!event.lengthComputable) return;
    bar.max = event.total;
    bar.value = event.loaded;
    const now = performance.now();
    if (event.loaded < event.total && now - lastWords < 700) return;
    lastWords = now;
    const rate = event.loaded / Math.max((now - started) / 1000, 0.001);
    words.textContent = event.loaded < event.total
      ? `${Math.floor((100 * event.loaded) / event.total)} % sent, ${size(rate)} a second`
      : 'Sent. Reading the columns …';
    if (event.loaded === event.total) bar.removeAttribute('value');
  });
  request.addEventListener('load', () => {
    const answer = request.response;
    if (request.status === 200 && answer?.location) {
      location.assign(answer.location);
      return;
    }
    stop();
    refuse(answer?.error ?? 'The server could not take the file. Nothing was saved; try again, or ask your administrator.');
  });
  request.addEventListener('error', () => {
    stop();
    refuse('The connection was cut before the whole file arrived. Nothing was saved; try again.');
  });
  request.addEventListener('abort', () => {
    stop();
    refuse('Stopped. Nothing was saved.');
  });
  cancel.onclick = () => request.abort();
  request.send(new FormData(form));
}

function stop() {
  panel.hidden = true;
  button.disabled = false;
}

function refuse(sentence) {
  error.querySelector('[data-sentence]').textContent = sentence;
  error.hidden = false;
}

function hideError() {
  error.hidden = true;
}

function size(bytes) {
  if (bytes < 1e6) return `${wholeNumber(Math.max(1, Math.round(bytes / 1e3)))} kB`;
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
