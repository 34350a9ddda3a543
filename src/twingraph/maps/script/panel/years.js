// The years: a slider under bars of what began and ended, and the switch for what has no year.
import { network, words } from '../data.js';
import { $, el, plainButton } from '../dom.js';
import { countByStep, isUndated, passesYear, yearSteps } from '../logic/years.js';
import { chosen, setChosen, tiesOfAllYears, years } from '../state.js';

const { t } = words;
const { ties } = network;
const YEAR_MILLISECONDS = 700; // how long a year is shown while the years play
const steps = years ? yearSteps(years) : [];
const base = years ? years.last - steps.length + 1 : 0; // of the slider's values, which are years where steps are
const stepText = ({ from, to }) => (from === to ? String(from) : `${from}–${to}`);
const nodes = {};
let playing = null;

// The elements stay while the years change, so that the slider can be dragged.
function build() {
  nodes.title = el('h2', { id: 'years-title' });
  nodes.bars = el('div', { class: 'year-bars', role: 'img', on: { click: chooseBar } });
  nodes.input = el('input', {
    type: 'range',
    id: 'year',
    min: base,
    max: years.last,
    step: 1,
    on: { input: () => choose(steps[nodes.input.value - base].to) },
  });
  nodes.play = el('button', { type: 'button', class: 'icon', id: 'play', on: { click: play } });
  nodes.ends = el(
    'div',
    { class: 'year-ends', 'aria-hidden': 'true' },
    ...tickSteps().map((i) => el('span', { text: String(steps[i].from), css: { '--at': i / (steps.length - 1) } })),
  );
  nodes.all = plainButton('', () => choose(null), { id: 'all-years' });
  nodes.undated = el('button', {
    type: 'button',
    id: 'undated',
    class: 'key switch',
    on: { click: () => setChosen({ undated: !chosen.undated }) },
  });
  nodes.table = el('details', { class: 'year-table' });
  const track = el(
    'div',
    { class: 'year-track', css: { '--steps': steps.length } },
    nodes.bars,
    nodes.input,
    nodes.ends,
  );
  $('years-box').replaceChildren(
    nodes.title,
    el('div', { class: 'years' }, nodes.play, track),
    nodes.all,
    nodes.undated,
    nodes.table,
  );
}

// The years written under the slider: the first, the last, and round ones where there is room.
function tickSteps() {
  const last = steps.length - 1;
  const room = steps.length / 7;
  const round = steps.flatMap(({ from }, i) => (from % 10 === 0 && i > room && last - i > room ? [i] : []));
  return [0, ...round.filter((i, n) => n % Math.ceil((round.length * room) / steps.length) === 0), last];
}

/**
 * Fill the section on years; it is empty where the years are all the same.
 */
export function renderYears() {
  if (steps.length < 2) return;
  if (!nodes.input) build();
  const { year, undated } = chosen;
  const among = tiesOfAllYears();
  const counts = countByStep(among, steps, years.now);
  const at = stepOf(year ?? years.last);
  nodes.title.textContent = `${t('years')}: ${year === null ? t('years_all') : t('years_at', { year: String(year) })}`;
  renderBars(counts, year === null ? -1 : at);
  nodes.input.value = base + at;
  nodes.input.setAttribute('aria-label', t('years'));
  nodes.input.setAttribute('aria-valuetext', year ?? t('years_all'));
  nodes.play.textContent = playing ? '■' : '▶';
  nodes.play.title = t(playing ? 'years_stop' : 'years_play');
  nodes.play.setAttribute('aria-label', nodes.play.title);
  nodes.all.textContent = t('years_show_all');
  nodes.all.hidden = year === null;
  const n = among.filter((tie) => isUndated(tie) && passesYear(tie, { year, undated: true }, years.now)).length;
  nodes.undated.hidden = !ties.some(isUndated);
  nodes.undated.setAttribute('aria-pressed', String(undated));
  nodes.undated.replaceChildren(el('span', { class: 'word', text: t('years_undated', { n }) }));
  renderTable(counts);
}

const stepOf = (year) =>
  Math.max(
    0,
    steps.findIndex(({ to }) => to >= year),
  );

function renderBars(counts, now) {
  const most = Math.max(1, ...counts.flatMap(({ begun, ended }) => [begun, ended]));
  const bars = counts.map(({ begun, ended }, i) =>
    el(
      'div',
      { class: i === now ? 'now' : '', title: describeStep(i, counts[i]) },
      el('i', { class: 'begun', css: { '--share': begun / most } }),
      el('i', { class: 'ended', css: { '--share': ended / most } }),
    ),
  );
  nodes.bars.replaceChildren(...bars);
  nodes.bars.setAttribute('aria-label', describeBars(counts));
}

const describeStep = (i, { begun, ended }) => t('years_step', { year: stepText(steps[i]), begun, ended });

function describeBars(counts) {
  const peak = (what) => {
    const i = counts.reduce((best, each, at) => (each[what] > counts[best][what] ? at : best), 0);
    return counts[i][what] ? t(`years_most_${what}`, { year: stepText(steps[i]), n: counts[i][what] }) : '';
  };
  return [t('years_bars'), peak('begun'), peak('ended')].filter(Boolean).join(' ');
}

function renderTable(counts) {
  const rows = counts.flatMap(({ begun, ended }, i) =>
    begun || ended ? [el('tr', {}, ...[stepText(steps[i]), begun, ended].map((text) => el('td', { text })))] : [],
  );
  const head = ['year', 'begun', 'ended'].map((what) => el('th', { scope: 'col', text: t(`years_${what}`) }));
  nodes.table.replaceChildren(
    el('summary', { text: t('years_bars') }),
    el('table', {}, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows)),
  );
}

function choose(year) {
  stop();
  setChosen({ year });
}
function chooseBar(event) {
  const i = [...nodes.bars.children].indexOf(event.target.closest('.year-bars > div'));
  if (i >= 0) choose(steps[i].to);
}

function stop() {
  clearInterval(playing);
  playing = null;
}
// Show the years in which something begins or ends, one after the other.
function play() {
  if (playing) {
    stop();
    renderYears();
    return;
  }
  let i = 0;
  playing = setInterval(() => {
    i += 1;
    if (i < years.dated.length) {
      setChosen({ year: years.dated[i] });
      return;
    }
    stop();
    setChosen({ year: null });
  }, YEAR_MILLISECONDS);
  setChosen({ year: years.dated[0] });
}
