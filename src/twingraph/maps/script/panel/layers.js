// The records of a layer, such as aid, people hosted and applications: a line, an item of a card, a row of a table.
// `layers.py` declares the layers; their words are those of the catalogue that begin with the layer's type.
import { data, layerOf, layers, network, words } from '../data.js';
import { bdi, el, plainButton } from '../dom.js';
import { arrowStatus } from '../logic/kinds.js';
import { chosen, isArrowLeft, toggle } from '../state.js';
import { placeButton, publishers, quiet, sourceLines, statementList, swatch } from './pieces.js';

const { t, name, number, span, genitiveDate } = words;
const { places } = network;
const MOST_IN_TIP = 4;

/**
 * @param {object} layer A layer.
 * @returns {object[]} Its records that the filters leave.
 */
export function recordsOf(layer) {
  return data.arrows.filter((arrow) => arrow.type === layer.type && isArrowLeft(arrow));
}

/**
 * @param {object} arrow A record.
 * @returns {string} Its status in words; an empty text in a layer without statuses.
 */
export function arrowStatusName(arrow) {
  const status = arrowStatus(layerOf[arrow.type], arrow);
  return status ? t(`${arrow.type}_${status}`) : '';
}

/**
 * @param {object} arrow A record.
 * @returns {HTMLElement} Its line, as on the map.
 */
export function arrowMark(arrow) {
  const layer = layerOf[arrow.type];
  return swatch(arrow.type, layer.dashes?.[arrowStatus(layer, arrow)]);
}

/**
 * @param {object} arrow A record.
 * @returns {string} Whom it reaches; where any municipality of a territory is meant, that is stated.
 */
export function targetName(arrow) {
  const place = places[arrow.b];
  const isTerritory = place.type !== 'municipality' && place.type !== 'metropolis';
  return isTerritory && layerOf[arrow.type].any ? t('any_in', { place: name(place) }) : name(place);
}

// The dates of a record: in words of its layer where the catalogue has them.
function describeDates({ since, until }, type) {
  if (!words.has(`${type}_since`)) return since || until ? span({ since, until }) : '';
  const parts = [since && t(`${type}_since`, { date: genitiveDate(since) })];
  parts.push(until && t(`${type}_until`, { date: genitiveDate(until) }));
  return parts.filter(Boolean).join('; ');
}

// What was given or done: "humanitarian aid: 50 t".
function describeContent({ type, goods, amount, unit }) {
  const written = amount === undefined ? '' : number(amount);
  if (words.has(`${type}_amount`)) return t(`${type}_amount`, { amount: written || '?' });
  if (!goods) return '';
  const text = t(`goods_${goods}`);
  if (!written) return text;
  const isCurrency = /^[A-Z]{3}$/.test(unit ?? '');
  const unitName = words.has(`unit_${unit}`) && unit !== goods ? t(`unit_${unit}`) : isCurrency ? unit : '';
  return t('goods_amount', { goods: text, amount: written, unit: unitName }).trim();
}

const describe = (arrow) => arrowStatusName(arrow) || describeContent(arrow);
const withColon = (text) => (text ? `: ${text}` : '');

function recordItem(arrow) {
  const layer = layerOf[arrow.type];
  const [a, b] = [places[arrow.a], places[arrow.b]];
  const dates = describeDates(arrow, arrow.type);
  const ends = layer.columns
    ? [arrowMark(arrow), ' ', placeButton(a), ' → ', placeButton(b, targetName(arrow))]
    : [bdi(name(a)), ' → ', bdi(name(b))];
  return el(
    'li',
    {},
    el('div', {}, ...ends, withColon(describe(arrow))),
    dates && quiet(dates),
    arrow.themes && el('div', { dir: 'auto', text: `${t('themes')}: ${arrow.themes.join(', ')}` }),
    arrow.note && el('q', { dir: 'auto', text: arrow.note }),
    layer.columns
      ? statementList(arrow.statements, (statement) => describeDates(statement, arrow.type))
      : sourceLines(arrow.statements),
  );
}

/**
 * @param {object} place A place.
 * @returns {HTMLElement[]} The sections of its card that list its records, layer by layer.
 */
export function layerSections(place) {
  return [...new Set(layers.map((layer) => layer.section))].flatMap((section) => {
    const types = layers.filter((layer) => layer.section === section).map((layer) => layer.type);
    const own = place.arrows.filter((arrow) => types.includes(arrow.type) && isArrowLeft(arrow));
    if (!own.length) return [];
    const hidden = types.find((type) => layerOf[type].columns && !chosen.layers.has(type));
    return [
      el('h3', { text: t(`section_${section}`) }),
      el('ul', { class: 'list' }, own.map(recordItem)),
      hidden && plainButton(t('show_on_map'), () => toggle('layers', hidden)),
    ];
  });
}

/**
 * @param {object} place A place.
 * @returns {HTMLElement[]} A line for each of its first records that are shown.
 */
export function layerLines(place) {
  const own = place.arrows.filter((arrow) => chosen.layers.has(arrow.type) && isArrowLeft(arrow)).slice(0, MOST_IN_TIP);
  return own.map((arrow) => {
    const detail = describe(arrow);
    const text = `${name(places[arrow.a])} → ${targetName(arrow)}${detail && ` (${detail})`}`;
    return el('div', { class: 'line' }, arrowMark(arrow), el('span', { dir: 'auto', text }));
  });
}

const CELLS = {
  from: (arrow) => name(places[arrow.a]),
  to: targetName,
  content: describeContent,
  themes: (arrow) => (arrow.themes ?? []).join(', '),
  status: arrowStatusName,
  since: (arrow) => arrow.since ?? '',
  until: (arrow) => arrow.until ?? '',
  note: (arrow) => arrow.note ?? '',
  source: (arrow) => publishers(arrow.statements).join(', '),
};

/**
 * @param {object} layer A layer with `columns`.
 * @returns {Object<string, function(object): string>} The text of each cell, by column.
 */
export function layerColumns(layer) {
  return Object.fromEntries(layer.columns.map((column) => [column, CELLS[column]]));
}
