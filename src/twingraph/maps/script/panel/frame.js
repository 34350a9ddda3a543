// What frames the map: the title, the line of counts under it, the tabs and the list of sources.
import { data, network, words } from '../data.js';
import { $, el, plainButton, section } from '../dom.js';
import { describeScope, headlineParts } from '../logic/headline.js';
import { countShown, describeFilters, nameFilters } from '../logic/showing.js';
import { shorten } from '../logic/words.js';
import { partnerCount, presentPlaces } from '../map/scene.js';
import { chosen, resetFilters, shownTies } from '../state.js';
import { sourceLink } from './pieces.js';
import { renderRows, renderTables } from './table.js';

const { t, date, number, genitiveDate } = words;
const { places, ties } = network;
const TABS = ['overview', 'table', 'about'];
const ROWS_ON_PAPER = 2000;
const renderers = { table: renderTables, about: renderSources };
const stale = new Set(); // tabs that are filled when they are opened

/**
 * Fill the tabs that are open; the others when they are opened.
 */
export function renderTabs() {
  for (const [tab, render] of Object.entries(renderers)) {
    if ($(`${tab}-panel`).hidden) stale.add(tab);
    else render();
  }
}

/**
 * Listen to the tabs, to the link that skips to the table, and to printing.
 */
export function startTabs() {
  TABS.forEach((tab, i) => {
    $(`tab-${tab}`).addEventListener('click', () => openTab(tab));
    $(`tab-${tab}`).addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = TABS[(i + step + TABS.length) % TABS.length];
      openTab(next);
      $(`tab-${next}`).focus();
    });
  });
  document.querySelector('.skip').addEventListener('click', (event) => {
    event.preventDefault();
    openTab('table');
    $('table-panel').focus();
  });
  window.addEventListener('beforeprint', () => {
    for (const render of Object.values(renderers)) render();
    renderRows(ROWS_ON_PAPER);
  });
}

function openTab(tab) {
  for (const each of TABS) {
    const button = $(`tab-${each}`);
    button.setAttribute('aria-selected', String(each === tab));
    button.tabIndex = each === tab ? 0 : -1;
    $(`${each}-panel`).hidden = each !== tab;
  }
  document.body.classList.toggle('wide', tab === 'table');
  if (stale.delete(tab)) renderers[tab]();
}

function renderSources() {
  const pages = data.sources.map((_, id) => id).filter((id) => !data.datasets.includes(id));
  const projection = data.projection.replace('Lambert azimuthal equal-area', t('lambert'));
  const line = (text) => el('p', { text });
  const dataset = (id) => {
    const { licence, retrieved } = data.sources[id];
    const facts = [
      licence && t('licence', { licence: words.licence(data.sources[id]) }),
      retrieved && t('retrieved', { date: genitiveDate(retrieved) }),
    ].filter(Boolean);
    return el('p', {}, sourceLink(id), ...facts.map((fact) => `; ${fact}`));
  };
  $('about-panel').replaceChildren(
    section(
      t('about_data'),
      ...data.datasets.map(dataset),
      data.date && line(t('about_date', { date: date(data.date) })),
      line(t('about_count')),
      data.arrows.length > 0 && line(t('about_flows')),
      line(t('about_places')),
      line(t('about_outlines')),
      line(t('about_projection', { name: projection })),
      line(t('about_made')),
    ),
    section(
      `${t('about_sources')}: ${number(pages.length)}`,
      el('ol', { class: 'list' }, ...pages.map((id) => el('li', {}, sourceLink(id)))),
    ),
  );
}

/**
 * Write how much is shown.
 */
export function renderCounts() {
  const n = shownTies().length;
  const isAll = n === ties.length;
  let text = t('none_shown');
  if (isAll) {
    const leftOut = data.left_out ? `; ${t('left_out', { n: data.left_out.n })}` : '';
    text = `${t('n_ties', { n })}, ${placeCount()}${leftOut}`;
  } else if (n) {
    text = `${t('shown', { shown: t('n_ties', { n }), all: number(ties.length) })}; ${t('hidden_by_filters')}`;
  }
  $('shown').replaceChildren(linkNote(), text, ' ', isAll ? '' : plainButton(t('reset'), resetFilters));
}
function linkNote() {
  const { year = null, unknown = [] } = chosen.ignored ?? {};
  return [
    year !== null && t('year_clamped', { asked: String(year), year: String(chosen.year) }),
    unknown.length > 0 && t('link_unknown', { what: shorten(unknown.join(', '), 60) }),
  ]
    .filter(Boolean)
    .map((note) => `${note} `)
    .join('');
}
function placeCount() {
  if (!data.gather) return t('n_places', { n: presentPlaces().filter(partnerCount).length });
  return chosen.open.size ? t('n_countries_opened', { n: chosen.open.size }) : t('gathered_hint');
}

/**
 * Write the title, which answers the reader's question, and the line under it.
 */
export function renderTitle() {
  const about = describeScope(data, words);
  const counts = countShown(ties, shownTies(), data, places);
  const isEmptied = ties.length > 0 && !counts.partnerships;
  const [main, rest] = isEmptied ? [t('title_hidden', about), ''] : headlineParts(counts, about, t);
  // A number stays on one line with what it counts.
  const parts = (text) =>
    text
      .split(/(\d+ (?:in )?\p{L}{1,14}(?!\p{L}))/u)
      .map((part, i) => (i % 2 ? el('span', { class: 'together', text: part }) : part));
  $('title').replaceChildren(...parts(main), el('span', { class: 'rest' }, ...parts(rest)));
  document.title = main + rest;
  const dated = data.date ? t('subtitle', { date: date(data.date) }) : t('subtitle_undated');
  $('subtitle').textContent = [filterText(), narrowing(), dated].filter(Boolean).join(' ');
  $('completeness').textContent = t('completeness', { n: data.sources.length });
}

/**
 * @returns {string} A sentence on the filters that are set and on what they leave; empty without filters.
 */
export function filterText() {
  return describeFilters(nameFilters(chosen, ties, words), shownTies().length, ties.length, words);
}

function narrowing() {
  if (!data.left_out) return '';
  const { min_partners: n } = data.left_out;
  const only = [data.left_out[words.language()], n > 1 && t('min_partners', { n })].filter(Boolean).join('; ');
  return only && t('narrowed', { only });
}
