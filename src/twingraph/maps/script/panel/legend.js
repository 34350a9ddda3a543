// The legend, which also filters.
import { data, layers, network, words } from '../data.js';
import { $, el, plainButton } from '../dom.js';
import { countBy } from '../logic/counting.js';
import { AREAS, DASHES, KINDS, STATUSES, arrowStatus, kindOf, statusOf } from '../logic/kinds.js';
import { STATUS_COLOURS, categories, categoryName, isByPlace } from '../map/palette.js';
import { isLayerShown } from '../map/scene.js';
import { chosen, isNarrowed, resetFilters, setChosen, shownTies, toggle } from '../state.js';
import { recordsOf } from './layers.js';
import { swatch } from './pieces.js';

const { t, number } = words;
const { places, ties } = network;
const HOME_WORDS = {
  region: 'place_home',
  country: 'place_home',
  metropolis: 'place_home',
  municipality: 'place_here',
  community: 'place_community',
  question: 'place_answer',
};
const SCOPES_WITH_PARTNERS = ['region', 'country', 'municipality', 'metropolis', 'world'];

const word = (text) => el('span', { class: 'word', dir: 'auto', text });
const countNode = (n) => (n === undefined ? null : el('span', { class: 'count', text: number(n) }));
const shownOf = (n, shown = 0) => (n === shown ? number(n) : `${number(shown)} / ${number(n)}`);
const dot = (kind) => el('span', { class: `dot ${kind}`, 'aria-hidden': 'true' });
const key = (mark, text, n, className = 'key') => el('div', { class: className }, mark, word(text), countNode(n));

// A line of the legend that shows and hides. `isSwitch` marks one that is off at first.
function toggleKey({ pressed, mark, text, count, act, isSwitch = false }) {
  const attributes = { type: 'button', class: isSwitch ? 'key switch' : 'key', 'aria-pressed': String(pressed) };
  return el(
    'button',
    { ...attributes, on: { click: act } },
    mark,
    word(text),
    count && el('span', { class: 'count', text: count }),
  );
}
function column(title, ...lines) {
  return el('div', { class: 'column', role: 'group', 'aria-label': title }, el('h2', { text: title }), ...lines);
}

function kindColumn() {
  const counts = countBy(ties, kindOf);
  const left = countBy(shownTies(), kindOf);
  const isColoured = chosen.color === 'kind';
  const lines = KINDS.filter((kind) => counts.has(kind)).map((kind) =>
    toggleKey({
      pressed: !chosen.kinds.has(kind),
      mark: swatch(isColoured ? kind : 'other'),
      text: t(`kind_${kind}`),
      count: shownOf(counts.get(kind), left.get(kind)),
      act: () => toggle('kinds', kind),
    }),
  );
  return column(t(isColoured ? 'legend_kind' : 'kind'), ...lines);
}

function statusColumn() {
  const counts = countBy(ties, statusOf);
  const left = countBy(shownTies(), statusOf);
  const lines = STATUSES.filter((status) => counts.has(status)).map((status) =>
    toggleKey({
      pressed: !chosen.statuses.has(status),
      mark: swatch(chosen.color === 'status' ? STATUS_COLOURS[status] : null, DASHES[status]),
      text: t(`status_${status}`),
      count: shownOf(counts.get(status), left.get(status)),
      act: () => toggle('statuses', status),
    }),
  );
  return column(t('legend_status'), ...lines);
}

// What the places at home look like: one disc, or a shape for each of two sides.
function homeKeys() {
  const sides = words.sides();
  if (sides.length) return sides.map((side, i) => key(dot(i ? 'ring' : 'home'), side));
  const words_ = HOME_WORDS[data.scope.type];
  return words_ ? [key(dot('home'), t(words_, { scope: words.scope() }))] : [];
}

function categoryKeys() {
  return [...categories()].map(([category, { colour, n }]) => {
    const mark = el('span', { class: 'dot', 'aria-hidden': 'true', css: { background: `var(--${colour})` } });
    return key(mark, categoryName(category), n);
  });
}

function areaKeys() {
  const isDrawn = (place) =>
    place.xy &&
    !place.group &&
    (place.ties.length || place.arrows.some(isLayerShown)) &&
    (!data.gather || chosen.open.has(place.country));
  const types = AREAS.filter((type) => places.some((place) => place.type === type && isDrawn(place)));
  return types.map((type) => key(dot(isByPlace() ? type : `away ${type}`), t(`place_${type}`)));
}

function placeColumn() {
  const showsPartners =
    !isByPlace() &&
    ties.length > 0 &&
    (!data.gather || chosen.open.size > 0) &&
    SCOPES_WITH_PARTNERS.includes(data.scope.type);
  const members = {
    pressed: chosen.members,
    mark: dot('diamond'),
    text: t('place_metropolis'),
    act: () => setChosen({ members: !chosen.members }),
  };
  return column(
    t(`legend_place_${data.size}`),
    data.gather && key(dot('group'), t('place_group')),
    ...(isByPlace() ? categoryKeys() : homeKeys()),
    showsPartners && key(dot('away'), t(`place_partner_${chosen.color}`)),
    ...areaKeys(),
    (!data.gather || chosen.open.size > 0) && key(dot('gathered'), t('place_gathered')),
    data.members.length > 0 && toggleKey(members),
    ...layers.flatMap(layerKeys),
  );
}

// A layer: a switch, and once it is on, a line for each of its statuses.
function layerKeys(layer) {
  const { type, dashes } = layer;
  const records = recordsOf(layer);
  const isOn = chosen.layers.has(type);
  const css = { color: `var(--${type})` };
  const line = toggleKey({
    isSwitch: true,
    pressed: isOn,
    mark: el('span', { class: 'flow', 'aria-hidden': 'true', text: dashes ? '⇢' : '➝', css }),
    text: t(`layer_${type}`),
    count: number(records.length),
    act: () => toggle('layers', type),
  });
  const undrawn = records.filter((arrow) => !places[arrow.a].xy || !places[arrow.b].xy).length;
  const note = isOn && undrawn > 0 && el('p', { class: 'hint', text: t('flows_undrawn', { n: undrawn }) });
  if (!isOn || !dashes) return [line, note];
  const counts = countBy(records, (arrow) => arrowStatus(layer, arrow));
  const statuses = Object.keys(dashes).filter((status) => counts.has(status));
  const mark = (status) => swatch(type, dashes[status]);
  const lines = statuses.map((each) => key(mark(each), t(`${type}_${each}`), counts.get(each), 'key sub'));
  return [line, ...lines, note];
}

function colourChoice() {
  if (data.colors.length < 2 || !ties.length) return null;
  const options = data.colors.map((value) =>
    el('option', { value, selected: value === chosen.color, text: t(`color_${value}`) }),
  );
  const change = (event) => setChosen({ color: event.target.value });
  return el('label', { class: 'choice' }, `${t('color_by')} `, el('select', { id: 'color', on: { change } }, options));
}

/**
 * Fill the legend.
 */
export function renderLegend() {
  const isFiltered = isNarrowed() || chosen.year !== null;
  const columns = [ties.length > 0 && kindColumn(), ties.length > 0 && statusColumn(), placeColumn()];
  const reset = isFiltered && plainButton(t('reset'), resetFilters);
  $('legend-body').replaceChildren(
    ...[
      el('div', { class: 'columns' }, ...columns),
      colourChoice(),
      el('p', { class: 'hint' }, t('legend_hint'), ' ', reset),
    ].filter(Boolean),
  );
}
