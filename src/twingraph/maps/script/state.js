// What the reader has chosen: one object, one way to change it, and the address that keeps it.
import { data, layers, network, words } from './data.js';
import { formatAddress, parseAddress } from './logic/choices.js';
import * as showing from './logic/shown.js';
import { yearRange } from './logic/years.js';

const { places, ties, programmes } = network;
const layerTypes = layers.map((layer) => layer.type);
const FILTERS = ['kinds', 'statuses', 'countries', 'year', 'undated'];

const CLOSE_FAN = ['select', 'layout', 'open', 'members', 'layers'];

/** Layers that are shown at first: those of a map that would be empty without them. */
const layersAtFirst = new Set(ties.length ? [] : layerTypes.filter((type) => type === 'sought'));
/** The years that can be chosen; null where nothing is dated. */
export const years = yearRange(ties, data.date);

/** The choices. Read them anywhere; change them by `setChosen` only. */
export const chosen = {
  kinds: new Set(), // hidden
  statuses: new Set(), // hidden
  countries: new Set(), // shown alone; empty is all
  year: null,
  undated: true, // whether those without a year are shown: at first, until a year is chosen
  layers: new Set(layersAtFirst), // shown
  members: true,
  layout: 'map',
  open: new Set(data.open), // countries of a gathered map that show their places
  color: data.color,
  select: null, // {place}, {tie}, {pair: [place, place]}, {programme} or {gathered: [place, ...]}
  fan: null, // the places of a cluster that are shown apart: {places, frame}, `frame` is `map` or `inset`
  hover: null,
  ignored: null, // what the address asked for in vain, until a filter changes
};
const listeners = [];
const everything = { arrows: data.arrows, places, now: years?.now ?? null };
let shown = ties;
let shownSet = new Set(ties);
let shownArrows = new Set(data.arrows);

/**
 * Change some choices: filter, notify the listeners and keep the address.
 *
 * @param {object} change The choices that change.
 */
export function setChosen(change) {
  if ('year' in change && (change.year === null) !== (chosen.year === null)) chosen.undated = change.year === null;
  Object.assign(chosen, change);
  const keys = Object.keys(change);
  const isFilter = keys.some((key) => FILTERS.includes(key));
  if (!keys.includes('fan') && (isFilter || keys.some((key) => CLOSE_FAN.includes(key)))) closeFan(change);
  if (isFilter && !keys.includes('ignored')) chosen.ignored = null;
  if (isFilter) filter();
  const isHover = keys.length === 1 && keys[0] === 'hover';
  for (const listen of listeners) listen(isFilter ? 'filter' : isHover ? 'hover' : 'view');
  if (!isHover) keepAddress();
}

// A fan stays while the reader goes through its places.
function closeFan({ select }) {
  if (!select?.place || !chosen.fan?.places.includes(select.place)) chosen.fan = null;
}

function filter() {
  const found = showing.findShown(chosen, network, everything);
  shownArrows = found.arrows;
  if (found.ties === shown) return;
  shown = found.ties;
  shownSet = new Set(shown);
}

/**
 * @returns {object[]} The partnerships that pass all filters but that by year.
 */
export function tiesOfAllYears() {
  return showing.tiesOfAllYears(chosen, network);
}

/**
 * @param {string} key `kinds`, `statuses`, `countries` or `layers`.
 * @param {string} value The member of that set to add or to remove.
 */
export function toggle(key, value) {
  const next = new Set(chosen[key]);
  if (!next.delete(value)) next.add(value);
  setChosen({ [key]: next });
}

/**
 * Remove all filters.
 */
export function resetFilters() {
  setChosen({ kinds: new Set(), statuses: new Set(), countries: new Set(), year: null, undated: true });
}

/**
 * @param {function(string): void} act Called after each change with `filter`, `hover` or `view`.
 */
export function onChange(act) {
  listeners.push(act);
}

/**
 * @returns {object[]} The partnerships that pass the filters.
 */
export function shownTies() {
  return shown;
}

/**
 * @param {object} tie A partnership.
 * @returns {boolean} Whether it passes the filters.
 */
export function isShown(tie) {
  return shownSet.has(tie);
}

/**
 * @param {object} arrow A record of a layer.
 * @returns {boolean} Whether it passes the filters by country and year.
 */
export function isArrowLeft(arrow) {
  return shownArrows.has(arrow);
}

/**
 * @returns {boolean} Whether filters hide a partnership.
 */
export function isNarrowed() {
  return shown.length < ties.length;
}

function keyOf(select) {
  if (!select || select.gathered) return '';
  if (select.pair) return select.pair.map((place) => place.key).join('~');
  if (select.programme) return `programme:${select.programme.key}`;
  return select.tie ? network.tieKey(select.tie) : select.place.key;
}

function findSelected(key) {
  if (!key) return null;
  const byKey = (wanted) => places.find((each) => each.key === wanted);
  const place = byKey(key);
  if (place) return { place };
  const tie = ties.find((each) => network.tieKey(each) === key);
  if (tie) return { tie };
  const programme = programmes.find((each) => `programme:${each.key}` === key);
  if (programme) return { programme };
  const pair = key.split('~').map(byKey).filter(Boolean);
  return pair.length === 2 ? { pair } : null;
}

/**
 * @returns {string} The part of the address after `#` that brings this view back.
 */
export function address() {
  return formatAddress(chosen, { select: keyOf(chosen.select), layerTypes, data, lang: words.language() });
}

function keepAddress() {
  const hash = address();
  try {
    history.replaceState(null, '', hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    /* a frame without an address: there is nothing to keep */
  }
}

/**
 * Take the choices from the address.
 */
export function restore() {
  const { select, lang, ...rest } = parseAddress(location.hash.slice(1), { layerTypes, layersAtFirst, years, data });
  if (lang) words.setLanguage(lang);
  const found = findSelected(select);
  if (select && !found) rest.ignored.unknown.push(select);
  setChosen({ ...rest, select: found });
}
