// Pieces of text that cards, lists and tables share.
import { data, network, words } from '../data.js';
import { bdi, el, plainButton } from '../dom.js';
import { countBy, ranked } from '../logic/counting.js';
import { DASHES, kindOf, statusOf } from '../logic/kinds.js';
import { isolate } from '../logic/words.js';
import { selectAndShow } from '../map/camera.js';
import { kindColour, swatchColour } from '../map/palette.js';

const { t, name, country, region, date, genitiveDate, span, number } = words;
const SVG = 'http://www.w3.org/2000/svg';
const MOST_LISTED = 30;

/**
 * @param {?string} colour A colour of the style sheet; that of the text where there is none.
 * @param {number[]} dash The pattern of the line.
 * @returns {SVGElement} A short line as on the map.
 */
export function swatch(colour, dash = []) {
  const line = document.createElementNS(SVG, 'svg');
  line.setAttribute('class', 'swatch');
  line.setAttribute('viewBox', '0 0 30 10');
  line.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', 'M1 5H29');
  path.style.stroke = colour ? `var(--${colour})` : 'currentColor';
  if (dash.length) path.style.strokeDasharray = dash.join(' ');
  line.append(path);
  return line;
}

/**
 * @param {object} tie A partnership.
 * @returns {SVGElement} Its line.
 */
export function tieSwatch(tie) {
  return swatch(swatchColour(tie), DASHES[statusOf(tie)]);
}

/**
 * @param {object} tie A partnership.
 * @returns {string} Its kind, in words.
 */
export function kindName(tie) {
  return t(`kind_${kindOf(tie)}`);
}

/**
 * @param {object} tie A partnership.
 * @returns {string} Its status, in words.
 */
export function statusName(tie) {
  return t(`status_${statusOf(tie)}`);
}

/**
 * @param {object} tie A partnership.
 * @returns {string} The names of both places.
 */
export function tieTitle(tie) {
  return network
    .endsOf(tie)
    .map((place) => isolate(name(place)))
    .join(' – ');
}

/**
 * @param {object} place A place, or the group of a country.
 * @returns {string} Its name.
 */
export function labelOf(place) {
  return place.group ? country(place.country) : name(place);
}

/**
 * @param {object} place A place.
 * @returns {string} Its region, where it is at home, and its country.
 */
export function whereabouts(place) {
  return [place.home ? region(place.region) : '', country(place.country)].filter(Boolean).join(', ');
}

/**
 * @param {object} place A place that is not on the map.
 * @returns {string} Why it is not.
 */
export function whyUnplaced({ unplaced, why }) {
  if (why && words.language() === 'en') return why;
  return why ? `${t(`unplaced_${unplaced}`)} (${why})` : t(`unplaced_${unplaced}`);
}

/**
 * @param {object} place A place.
 * @param {string} text What is written on the button.
 * @returns {HTMLElement} A button that shows the place.
 */
export function placeButton(place, text = name(place)) {
  return plainButton(text, () => selectAndShow({ place }), { dir: 'auto' });
}

/**
 * @param {string} text A line of small print.
 * @param {object} attributes Further attributes.
 * @returns {HTMLElement} The line.
 */
export function quiet(text, attributes = {}) {
  return el('div', { class: 'quiet', text, ...attributes });
}

/**
 * @param {number} n A number.
 * @returns {HTMLElement} The number as a count.
 */
export function countOf(n) {
  return el('span', { class: 'count', text: ` ${number(n)}` });
}

/**
 * @param {object[]} own Partnerships.
 * @returns {HTMLElement[]} A line for each of their kinds with its count, the commonest first.
 */
export function kindLines(own) {
  return ranked(countBy(own, kindOf)).map(([kind, n]) =>
    el('div', { class: 'line' }, swatch(kindColour(kind)), `${t(`kind_${kind}`)}: ${number(n)}`),
  );
}

/**
 * @param {object[]} items Items of a list.
 * @param {function(object): HTMLElement} makeNode Makes the node of an item.
 * @returns {HTMLElement[]} The nodes; those of a long list after a fold that opens.
 */
export function foldedList(items, makeNode) {
  if (items.length <= MOST_LISTED + 5) return items.map(makeNode);
  const rest = items.slice(MOST_LISTED).map(makeNode);
  const summary = el('summary', { text: t('n_more', { n: rest.length }) });
  return [...items.slice(0, MOST_LISTED).map(makeNode), el('details', {}, summary, ...rest)];
}

// The sources that a statement cites: the pages, not the dataset that lists them.
function citedBy({ src = [] }) {
  const pages = src.filter((id) => !data.datasets.includes(id));
  return pages.length ? pages : src;
}

/**
 * @param {?object[]} statements Statements.
 * @returns {number[]} The ids of the sources that they cite, each once.
 */
export function citedSources(statements) {
  return [...new Set((statements ?? []).flatMap(citedBy))];
}

/**
 * @param {?object[]} statements Statements.
 * @returns {string[]} Who published what they cite.
 */
export function publishers(statements) {
  return citedSources(statements).map((id) => words.host(data.sources[id]));
}

/**
 * @param {string} href A web address.
 * @param {string} text What is written.
 * @param {object} attributes Further attributes.
 * @returns {HTMLElement} A link that opens in a new tab and does not disclose this page.
 */
export function outsideLink(href, text, attributes = {}) {
  return el('a', { href, target: '_blank', rel: 'noopener noreferrer', dir: 'auto', text, ...attributes });
}

/**
 * @param {number} id A source.
 * @returns {HTMLElement} Its title with a link, its publisher and its date.
 */
export function sourceLink(id) {
  const source = data.sources[id];
  const text = words.sourceTitle(source);
  if (!source.url) return el('span', {}, bdi(text));
  const published = source.published ? `, ${date(source.published)}` : '';
  return el('span', {}, outsideLink(source.url, text), source.title ? ` (${words.host(source)}${published})` : '');
}

/**
 * @param {?object[]} statements Statements.
 * @returns {HTMLElement[]} A line for each source that they cite.
 */
export function sourceLines(statements) {
  return citedSources(statements).map((id) => el('div', {}, sourceLink(id)));
}

/**
 * @param {?object[]} statements Statements about one thing.
 * @param {function(object): string} describeDates Words the dates of a statement.
 * @returns {?HTMLElement} What each source states, in its words; null where nothing is known.
 */
export function statementList(statements, describeDates = span) {
  if (!statements?.length) return null;
  const items = statements.map((statement) =>
    el(
      'li',
      {},
      statement.words && [el('q', { dir: 'auto', text: statement.words }), ' '],
      el('span', { class: 'quiet' }, el('span', { dir: 'auto', text: factsOf(statement, describeDates) })),
      ...citedBy(statement).map((id) => el('div', {}, sourceLink(id))),
    ),
  );
  return el('div', { class: 'statements' }, el('h3', { class: 'sub', text: t('statements') }), el('ul', {}, items));
}

function factsOf(statement, describeDates) {
  const { names, kind, status, since, until, on, row } = statement;
  const translated = (prefixes, value) => {
    const key = prefixes.map((prefix) => `${prefix}_${value}`).find(words.has);
    return key ? t(key) : value;
  };
  const statusPrefixes = ['status', ...data.layers.map((layer) => layer.type)];
  return [
    names?.join(' – '),
    kind && translated(['kind'], kind),
    status && translated(statusPrefixes, status),
    (since || until) && describeDates(statement),
    on ? t('stated_on', { date: genitiveDate(on) }) : t('undated'),
    row && t('row', { row: String(row) }),
  ]
    .filter(Boolean)
    .join(' · ');
}
