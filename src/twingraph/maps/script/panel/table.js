// The tables: the partnerships on the map, and the records of each layer that has columns.
import { data, layers, network, words } from '../data.js';
import { $, el } from '../dom.js';
import { tableRows } from '../logic/finding.js';
import { shorten } from '../logic/words.js';
import { selectAndShow } from '../map/camera.js';
import { chosen, shownTies, toggle } from '../state.js';
import { arrowMark, layerColumns, recordsOf } from './layers.js';
import * as pieces from './pieces.js';

const { t, name, country, number } = words;
const { endsOf, places, statementsOf } = network;
const FIRST_ROWS = 300;
const MORE_ROWS = 1000;
const MOST_SOURCES = 3; // of a row
const TIES = 'ties';
const COLUMNS = {
  a: (tie) => name(endsOf(tie)[0]),
  b: (tie) => name(endsOf(tie)[1]),
  country: (tie) => country(endsOf(tie)[1].country),
  kind: pieces.kindName,
  status: pieces.statusName,
  since: (tie) => tie.since ?? '',
  until: (tie) => tie.until ?? '',
  source: (tie) => pieces.publishers(statementsOf(tie)).join(', '),
};
const tabled = layers.filter((layer) => layer.columns);

const sorts = Object.fromEntries([
  [TIES, { key: 'a', down: false }],
  ...tabled.map((layer) => [layer.type, { key: layer.columns[0], down: false }]),
]);
let filter = '';
let limit = FIRST_ROWS;

const rowsOf = (table, items, columns) =>
  tableRows(items, columns, { filter, sort: sorts[table], lang: words.language() });

/**
 * @returns {Array<{item: object, cells: object}>} The partnerships of the table, as it is filtered and sorted.
 */
export function tieRows() {
  return rowsOf(TIES, shownTies(), COLUMNS);
}

/**
 * @param {object} layer A layer with columns.
 * @returns {Array<{item: object, cells: object}>} Its records as they are filtered and sorted; none while it is off.
 */
export function layerRows(layer) {
  return rowsOf(layer.type, chosen.layers.has(layer.type) ? recordsOf(layer) : [], layerColumns(layer));
}

/**
 * Fill the tab of tables.
 */
export function renderTables() {
  const input = (event) => {
    filter = event.target.value;
    limit = FIRST_ROWS;
    renderRows();
  };
  const field = { type: 'search', id: 'needle', value: filter, placeholder: t('table_filter') };
  $('table-panel').replaceChildren(
    el(
      'div',
      { class: 'table-tools' },
      el('input', { ...field, 'aria-label': t('table_filter'), on: { input } }),
      el('span', { class: 'quiet', id: 'table-count' }),
    ),
    el('p', { class: 'hint', text: t('table_hint') }),
    el('div', { id: 'tables' }),
  );
  renderRows();
}

/**
 * Fill the tables themselves.
 *
 * @param {number} most Rows of partnerships that are shown.
 */
export function renderRows(most = limit) {
  const found = tieRows();
  $('table-count').textContent = t('n_ties', { n: found.length });
  const rows = found.slice(0, most).map(({ item, cells }) => tieRow(item, cells));
  const more = found.length - most;
  const click = () => {
    limit += MORE_ROWS;
    renderRows();
  };
  const tables = [
    makeTable(TIES, { columns: Object.keys(COLUMNS), caption: t('table_caption'), rows, id: 'rows' }),
    more > 0 && el('button', { type: 'button', id: 'table-more', text: t('table_more', { n: more }), on: { click } }),
    ...tabled.flatMap(layerTable),
  ];
  $('tables').replaceChildren(...tables.filter(Boolean));
}

function makeTable(table, { columns, caption, rows, id }) {
  return el(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    el(
      'table',
      { class: table === TIES ? 'ties' : null },
      el('caption', { class: 'unseen', text: caption }),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          columns.map((key) => heading(table, key)),
        ),
      ),
      el('tbody', { id }, rows),
    ),
  );
}
function heading(table, key) {
  const sort = sorts[table];
  const isSorted = sort.key === key;
  const direction = sort.down ? 'descending' : 'ascending';
  const click = () => {
    sorts[table] = { key, down: isSorted && !sort.down };
    renderRows();
    document.querySelector(`[data-column="${table}-${key}"]`).focus();
  };
  const own = `${table}_${key}`;
  return el(
    'th',
    { scope: 'col', 'aria-sort': isSorted ? direction : 'none' },
    el(
      'button',
      { type: 'button', class: 'plain', 'data-column': `${table}-${key}`, on: { click } },
      t(words.has(own) ? own : `col_${key}`),
      el('span', { 'aria-hidden': 'true', text: isSorted ? (sort.down ? ' ▼' : ' ▲') : '' }),
    ),
  );
}

// A row that selects something where it is clicked outside its links and buttons.
function selectingRow(what, attributes, ...cells) {
  const click = (event) => {
    if (!event.target.closest('a,button')) selectAndShow(what);
  };
  return el('tr', { ...attributes, on: { click } }, ...cells);
}

function tieRow(tie, cells) {
  const sources = pieces.citedSources(statementsOf(tie)).slice(0, MOST_SOURCES);
  const click = () => selectAndShow({ tie });
  return selectingRow(
    { tie },
    { class: chosen.select?.tie === tie ? 'now' : null },
    el('td', {}, el('button', { type: 'button', class: 'plain', dir: 'auto', text: cells.a, on: { click } })),
    el('td', { dir: 'auto', text: cells.b }),
    el('td', { text: cells.country }),
    el('td', {}, pieces.tieSwatch(tie), ` ${cells.kind}`),
    el('td', { text: cells.status }),
    el('td', { class: 'day', text: cells.since }),
    el('td', { class: 'day', text: cells.until }),
    el('td', {}, ...sources.flatMap((id, i) => [i ? ', ' : '', shortSource(data.sources[id])])),
  );
}
function shortSource(source) {
  const text = shorten(words.host(source), 40);
  return source.url ? pieces.outsideLink(source.url, text, { title: source.title }) : el('bdi', { text });
}

function layerTable(layer) {
  const { type, columns, section } = layer;
  if (!chosen.layers.has(type)) {
    const text = t(`show_${section}`, { n: recordsOf(layer).length });
    const click = () => toggle('layers', type);
    return [
      el('p', {}, el('button', { type: 'button', class: 'show-layer', id: `show-${type}`, text, on: { click } })),
    ];
  }
  const found = layerRows(layer);
  const rows = found.map(({ item, cells }) =>
    selectingRow({ place: places[item.a] }, {}, ...columns.map((key) => layerCell(item, key, cells[key]))),
  );
  const caption = t(`section_${section}`);
  return [
    el('h2', { text: `${caption}: ${number(found.length)}` }),
    makeTable(type, { columns, caption, rows, id: `rows-${type}` }),
  ];
}
function layerCell(arrow, key, text) {
  if (key === 'from') return el('td', {}, pieces.placeButton(places[arrow.a]));
  if (key === 'status') return el('td', {}, arrowMark(arrow), ` ${text}`);
  return el('td', { class: key === 'since' || key === 'until' ? 'day' : null, dir: 'auto', text });
}
