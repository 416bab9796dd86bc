import { LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, MarkPointComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { percent, score as scoreWords, wholeNumber } from './numbers.js';

echarts.use([LineChart, GridComponent, LegendComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, SVGRenderer]);

/**
 * Recall and precision by threshold, with a line that follows the slider. Text in SVG and a rich-text tooltip: the page's
 * content-security-policy allows no inline style.
 */
export async function drawCurve(place, points, totals) {
  // Without the font ECharts measures the legend too narrow.
  await Promise.all([document.fonts.load('400 12px Inter'), document.fonts.load('600 12px Inter')]);
  const chart = echarts.init(place, null, { renderer: 'svg' });
  const recall = points.map((point) => [point.score, point.selectedAffluent / totals.affluentRows]);
  const precision = points.map((point) => [point.score, point.selectedAffluent / (point.selectedAffluent + point.selectedNormal)]);
  let threshold = points[0].score;

  const draw = () => chart.setOption(option(colours(place), recall, precision, threshold), true);
  draw();
  new ResizeObserver(() => chart.resize()).observe(place);
  document.addEventListener('themechange', draw);

  return {
    moveTo(score) {
      threshold = score;
      chart.setOption({ series: [{ id: 'recall', markLine: { data: [{ xAxis: score }] } }] });
    },
  };
}

/**
 * The expected profit by threshold: a line, with thin ones for as few and as many hidden affluents as there may be.
 */
export async function drawProfit(place, points, money) {
  await Promise.all([document.fonts.load('400 12px Inter'), document.fonts.load('600 12px Inter')]);
  const chart = echarts.init(place, null, { renderer: 'svg' });
  let threshold = points[0].score;

  const draw = () => chart.setOption(profitOption(colours(place), points, money, threshold), true);
  new ResizeObserver(() => chart.resize()).observe(place);
  document.addEventListener('themechange', draw);

  return {
    use(latest) {
      money = latest;
      draw();
    },
    moveTo(score) {
      threshold = score;
      chart.setOption({ series: [{ id: 'profit', markLine: { data: [{ xAxis: score }] } }] });
    },
  };
}

function colours(place) {
  // light-dark() resolves only in a real property, so each colour is read from an element that wears it.
  const probe = document.createElement('span');
  place.append(probe);
  const read = (name) => {
    probe.className = `tone-${name}`;
    return getComputedStyle(probe).color;
  };
  const found = { ink: read('ink'), muted: read('muted'), line: read('line'), surface: read('surface'), recall: read('brand'), precision: read('accent') };
  probe.remove();
  return found;
}

function option(colour, recall, precision, threshold) {
  const { font, axis } = parts(colour);
  return {
    ...frame(colour, percent),
    grid: { left: 48, right: 16, top: 48, bottom: 44 },
    yAxis: { type: 'value', min: 0, max: 1, interval: 0.25, ...axis, axisLabel: { ...font, formatter: (share) => `${Math.round(100 * share)} %` } },
    series: [
      { ...line('recall', 'Recall', recall, colour.recall, 'solid'), markLine: rule(colour, threshold) },
      line('precision', 'Precision', precision, colour.precision, [6, 4]),
    ],
  };
}

function profitOption(colour, points, money, threshold) {
  const { font, axis } = parts(colour);
  const amount = (value) => `${money.currency} ${wholeNumber(value)}`;
  const over = (values) => points.map((point, i) => [point.score, values[i]]);
  const thin = (id, name, values) => {
    const drawn = line(id, name, over(values), colour.muted, [2, 3]);
    return { ...drawn, lineStyle: { ...drawn.lineStyle, width: 1.5 } };
  };
  const best = points.findIndex((point) => point.score === money.bestScore);
  return {
    ...frame(colour, amount),
    grid: { left: 12, right: 16, top: 48, bottom: 32, containLabel: true },
    yAxis: { type: 'value', min: leastShown, ...axis, axisLabel: { ...font, formatter: (value) => short.format(value) } },
    series: [
      {
        ...line('profit', 'Expected', over(money.profit), colour.recall, 'solid'),
        markLine: rule(colour, threshold),
        markPoint: best < 0 ? undefined : {
          silent: true, symbol: 'circle', symbolSize: 10, itemStyle: { color: colour.precision }, data: [{ coord: [money.bestScore, money.profit[best]] }],
          label: { show: true, position: 'top', formatter: 'most profitable', fontFamily: 'Inter', fontSize: 11, color: colour.ink },
        },
      },
      thin('low', 'At the least', money.low),
      thin('high', 'At the most', money.high),
    ],
  };
}

const short = new Intl.NumberFormat('en-GB', { notation: 'compact', maximumFractionDigits: 1 });

/** Where something is to be gained, losses are shown down to twice of it: the longest lists would flatten all else. The table holds them. */
function leastShown({ min, max }) {
  if (max <= 0 || min >= -2 * max) return null;
  const unit = 10 ** Math.floor(Math.log10(2 * max));
  return -Math.ceil((2 * max) / unit) * unit;
}

function parts(colour) {
  const font = { fontFamily: 'Inter', fontSize: 12, color: colour.muted };
  return {
    font,
    axis: { axisLabel: { ...font, hideOverlap: true }, axisLine: { lineStyle: { color: colour.line } }, splitLine: { lineStyle: { color: colour.line } } },
  };
}

/** What both charts share: legend, tooltip and the axis of the thresholds. */
function frame(colour, words) {
  const { font, axis } = parts(colour);
  return {
    animation: false,
    textStyle: font,
    legend: { top: 2, right: 12, itemWidth: 26, itemHeight: 2, icon: 'roundRect', textStyle: { ...font, color: colour.ink } },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: colour.surface,
      borderColor: colour.line,
      textStyle: { ...font, color: colour.ink },
      axisPointer: { lineStyle: { color: colour.muted } },
      formatter: (hits) => [`Cut-off ${scoreWords(hits[0].value[0])}`, ...hits.map((hit) => `${hit.seriesName} ${words(hit.value[1])}`)].join('\n'),
    },
    xAxis: { type: 'value', min: 0, max: 1, name: 'Cut-off', nameLocation: 'middle', nameGap: 28, nameTextStyle: font, ...axis },
  };
}

function line(id, name, data, tone, dash) {
  return {
    id, name, data, type: 'line', showSymbol: false, sampling: 'lttb',
    lineStyle: { width: 2.5, color: tone, type: dash }, itemStyle: { color: tone }, emphasis: { disabled: true },
  };
}

/** An upright line at a score. */
function rule(colour, score) {
  return {
    silent: true,
    symbol: 'none',
    animation: false,
    precision: 6,
    label: { show: true, position: 'end', rotate: 0, formatter: ({ value }) => scoreWords(value), fontFamily: 'Inter', fontSize: 11, color: colour.ink },
    lineStyle: { color: colour.ink, type: 'dashed', width: 1.5 },
    data: [{ xAxis: score }],
  };
}
