// The threshold page: every move is a look-up in the exact counts that came with the page; nothing is computed from scores here.
import { percent, score as scoreWords, wholeNumber } from './numbers.js';
import { drawCurve } from './curve-chart.js';
import { startMoney } from './money.js';

const form = document.querySelector('[data-threshold]');
const curve = JSON.parse(document.getElementById('threshold-curve').textContent);
const points = curve.points;
const slider = form.querySelector('[data-slider]');
const spoken = form.querySelector('[data-spoken]');
const ways = [...form.querySelectorAll('input[name="Input.Rule"]')];
const fieldOf = (name) => form.elements[`Input.${name}`];
const answer = form.querySelector('[data-answer]');
const use = form.querySelector('[data-use]');
const budgetCost = form.querySelector('[data-cost]');

let chart = null;
let speaking = 0;
let asking = null;
let asked = 0;

// To the right the threshold is higher, as in the chart; the points come from the highest score down.
slider.max = points.length - 1;
slider.disabled = false;
slider.addEventListener('input', () => {
  choose('ByHand');
  take(points[points.length - 1 - slider.value]);
});

for (const way of ways) way.addEventListener('change', () => {
  mark(way.value);
  find();
});
for (const name of ['Recall', 'Confidence', 'Budget', 'Score']) {
  fieldOf(name).addEventListener('input', () => {
    choose({ Budget: 'Budget', Score: 'ByHand' }[name] ?? 'Promise');
    clearTimeout(asking);
    asking = setTimeout(find, 350);
  });
}

let current = curve.start;
let money = null;
money = startMoney({
  points,
  saved: curve.money,
  moveTo(score) {
    choose('ByHand');
    moveSlider(score);
    take(points.find((point) => point.score === score));
  },
  changed: () => show(current, false),
});

moveSlider(curve.start.score);
show(curve.start, false);
mark(ways.find((way) => way.checked)?.value);

drawCurve(document.getElementById('threshold-chart'), points, curve).then((drawn) => {
  chart = drawn;
  chart.moveTo(Number(form.dataset.shown));
});

function take(point) {
  fieldOf('Score').value = point.score;
  say('');
  tellCost('');
  show(point);
}

/** Asks the server which threshold the chosen way comes to, with its exact counts. */
async function find() {
  const turn = ++asked;
  const query = new URLSearchParams({ handler: 'Find' });
  for (const [name, value] of new FormData(form)) if (name.startsWith('Input.')) query.set(name, value);
  const response = await fetch(`${form.dataset.find}?${query}`, { headers: { Accept: 'application/json' } });
  // An answer that a later question has overtaken is dropped.
  if (turn !== asked) return;
  if (!response.ok) {
    say('The server could not answer. Load the page again.');
    return;
  }
  const found = await response.json();
  say(found.refusal ?? '');
  tellCost(found.cost ?? '');
  if (!found.point) return;
  moveSlider(found.point.score);
  show(found.point);
}

function moveSlider(score) {
  let nearest = points.findIndex((point) => point.score <= score);
  if (nearest < 0) nearest = points.length - 1;
  slider.value = points.length - 1 - nearest;
}

function choose(rule) {
  const way = ways.find((candidate) => candidate.value === rule);
  way.checked = true;
  mark(rule);
}

function mark(rule) {
  for (const way of ways) way.closest('[data-way]').classList.toggle('is-chosen', way.value === rule);
}

function say(sentence) {
  answer.textContent = sentence;
  answer.hidden = sentence === '';
  if (use) use.disabled = sentence !== '';
}

function tellCost(sentence) {
  budgetCost.textContent = sentence;
  budgetCost.hidden = sentence === '';
}

function show(point, speak = true) {
  current = point;
  const selected = point.selectedAffluent + point.selectedNormal;
  const recall = point.selectedAffluent / curve.affluentRows;
  const precision = point.selectedAffluent / selected;
  const words = {
    score: scoreWords(point.score),
    recall: percent(recall),
    interval: `95 % interval ${percent(point.recallLow)} to ${percent(point.recallHigh)}`,
    kept: `${wholeNumber(point.selectedAffluent)} of ${wholeNumber(curve.affluentRows)} recorded affluents`,
    precision: percent(precision),
    selected: wholeNumber(selected),
    candidates: wholeNumber(point.selectedNormal),
    customers: wholeNumber(point.customers),
    inSample: wholeNumber(point.inSampleNormal),
  };
  const worth = money?.at(point.customers);
  if (worth) {
    words.profit = worth.profit;
    words.profitRange = worth.range;
    form.querySelector('[data-with-money]').hidden = false;
  }
  for (const [name, text] of Object.entries(words)) {
    for (const place of form.querySelectorAll(`[data-value="${name}"]`)) place.textContent = text;
  }
  form.dataset.shown = point.score;
  slider.setAttribute('aria-valuetext',
    `cut-off ${words.score}: recall ${words.recall}, ${words.customers} customers to look at`);
  chart?.moveTo(point.score);
  money?.moveTo(point.score);
  if (!speak) return;
  // Spoken once the slider rests, not at every step.
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    spoken.textContent =
      `Cut-off ${words.score}: recall ${words.recall}, precision ${words.precision}, ${words.candidates} hidden candidates, ${words.customers} customers.`;
  }, 600);
}
