// What a cut-off is worth: the server works the profit out at every point of the curve, here it is drawn and looked up.
import { drawProfit } from './curve-chart.js';
import { wholeNumber } from './numbers.js';

/**
 * @param page.points the curve's, the highest score first
 * @param page.saved the profit by the figures saved with the run; null without
 * @param page.moveTo moves the page to a score
 * @param page.changed called when the profit at the shown cut-off may be another
 */
export function startMoney(page) {
  const form = document.querySelector('[data-money]');
  if (!form) return { at: () => null, moveTo() {} };
  const names = ['Currency', 'Value', 'Cost', 'Response'].map((name) => `Money.${name}`);
  const answer = form.querySelector('[data-money-answer]');
  const best = form.querySelector('[data-money-best]');
  let money = null;
  let chart = null;
  let asking = null;
  let asked = 0;
  let shown = 0;

  for (const name of names) form.elements[name].addEventListener('input', () => {
    clearTimeout(asking);
    asking = setTimeout(ask, 150);
  });
  best.addEventListener('click', () => page.moveTo(money.bestScore));
  if (page.saved) use(page.saved);
  else if (names.every((name) => form.elements[name].value !== '')) ask();

  async function ask() {
    const turn = ++asked;
    const query = new URLSearchParams({ handler: 'Money' });
    for (const name of names) query.set(name, form.elements[name].value);
    if (names.some((name) => form.elements[name].value === '')) return;
    const response = await fetch(`?${query}`, { headers: { Accept: 'application/json' } });
    // An answer that a later question has overtaken is dropped.
    if (turn !== asked) return;
    if (!response.ok) {
      say('The server could not answer. Load the page again.');
      return;
    }
    const found = await response.json();
    say(found.refusal ?? '');
    if (!found.refusal) use(found);
  }

  function use(found) {
    money = found;
    for (const part of form.querySelectorAll('[data-money-curve]')) part.hidden = false;
    for (const name of ['best', 'breakEven']) form.querySelector(`[data-money-words="${name}"]`).textContent = money[name];
    best.hidden = money.bestScore === null;
    for (const row of form.querySelectorAll('[data-money-row]')) {
      for (const cell of row.querySelectorAll('[data-of]')) cell.textContent = amount(money[cell.dataset.of][row.dataset.moneyRow]);
    }
    draw();
    page.changed();
  }

  async function draw() {
    if (chart) {
      chart.use(money);
      return;
    }
    chart = await drawProfit(form.querySelector('#profit-chart'), page.points, money);
    chart.use(money);
    chart.moveTo(shown);
  }

  function amount(value) {
    return `${money.currency} ${wholeNumber(value)}`;
  }

  function say(sentence) {
    answer.textContent = sentence;
    answer.hidden = sentence === '';
  }

  /** Between two points the profit lies in proportion to the customers, as the affluents among them do. */
  function between(values, customers) {
    const above = page.points.findLastIndex((point) => point.customers <= customers);
    const [from, fromCustomers] = above < 0 ? [0, 0] : [values[above], page.points[above].customers];
    if (above === page.points.length - 1) return from;
    return from + ((customers - fromCustomers) / (page.points[above + 1].customers - fromCustomers)) * (values[above + 1] - from);
  }

  return {
    /** What is expected of so many customers, in words; null without figures. */
    at(customers) {
      if (!money) return null;
      const [profit, low, high] = ['profit', 'low', 'high'].map((name) => amount(between(money[name], customers)));
      return { profit, range: `${low} to ${high}` };
    },
    moveTo(score) {
      shown = score;
      chart?.moveTo(score);
    },
  };
}
