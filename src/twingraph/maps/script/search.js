// One box for any spelling: names in every language, former names, regions, countries.
import { data, network, words } from './data.js';
import { $, el } from './dom.js';
import { findByName, hear, indexNames } from './logic/finding.js';
import { fit, openCountry, show } from './map/camera.js';
import { tiedCountries } from './map/land.js';
import { chosen, setChosen } from './state.js';

const { t } = words;
const { places, townCount, groups } = network;
const input = $('search');
const list = $('found');
const ENTRIES_AT_ONCE = 400;
let found = [];
let active = -1;
let index = null;

/**
 * Build the index of names, at the first search or bit by bit when the page rests.
 */
export function prepareSearch() {
  if (hear(searchIndex(), ENTRIES_AT_ONCE)) setTimeout(prepareSearch, 10);
}
function searchIndex() {
  index ??= indexNames([...placeEntries(), ...regionEntries(), ...countryEntries()]);
  return index;
}
const isUsed = ({ ties, members, joins, arrows, home }) =>
  ties.length || members.length || joins.length || arrows.length || home;
const distinct = (names) => [...new Set(names.filter(Boolean))];
function placeEntries() {
  return places
    .slice(0, townCount)
    .filter(isUsed)
    .map((place) => {
      const { n, aliases } = place;
      const oblast = place.type === 'region' ? oblastName(place.key, n) : '';
      return { place, names: distinct([oblast, n.en, n.uk, n.local, ...(aliases?.split('\n') ?? [])]) };
    });
}
function oblastName(code, { en }) {
  return code.startsWith('UA-') && !/oblast|crimea|city/i.test(en) ? `${en} oblast` : '';
}
// A region that has partners itself is a place already.
function regionEntries() {
  const inside = Map.groupBy(places.slice(0, townCount).filter(isUsed), (place) => place.region);
  return Object.entries(data.regions)
    .filter(([code]) => inside.has(code) && !places.some((place) => place.key === code))
    .map(([code, { n, aliases }]) => {
      const oblast = oblastName(code, n);
      return {
        type: 'region',
        code,
        places: inside.get(code),
        names: distinct([n.en, n.uk, oblast, ...(aliases ?? [])]),
      };
    });
}
function countryEntries() {
  return Object.entries(data.countries)
    .filter(([code]) => tiedCountries.has(code))
    .map(([code, { n, aliases }]) => ({
      type: 'country',
      code,
      names: distinct([n.en, n.uk, code, ...(aliases ?? [])]),
    }));
}

/**
 * @param {string} typed What the reader typed.
 * @returns {object[]} What is found.
 */
export function look(typed) {
  return findByName(searchIndex(), typed);
}

function titleOf({ place, type, code }) {
  if (place) return place.type === 'region' && data.regions[place.key] ? words.region(place.key) : words.name(place);
  return type === 'region' ? words.region(code) : words.country(code);
}
// What distinguishes a hit from its namesakes: its kind, its region and its country.
function describe({ place, type, code }) {
  if (type === 'country') return t('search_country');
  if (type === 'region') return [t('search_region'), words.country(code.slice(0, 2))].join(', ');
  const kind = `place_kind_${place.kind}`;
  const sort = place.type === 'municipality' ? words.has(kind) && t(kind) : t(`search_${place.type}`);
  const around = place.type === 'municipality' && words.region(place.region);
  return distinct([sort, around, place.type !== 'country' && words.country(place.country)]).join(', ');
}
function option(entry, i) {
  const title = titleOf(entry);
  const pointerdown = (event) => {
    event.preventDefault();
    select(i);
  };
  return el(
    'div',
    { role: 'option', id: `found-${i}`, 'aria-selected': String(i === active), on: { pointerdown } },
    el('bdi', { text: title }),
    entry.by !== title && el('span', { class: 'quiet', dir: 'auto', text: ` ${entry.by}` }),
    el('span', { class: 'quiet', text: ` ${describe(entry)}` }),
  );
}
function render() {
  const isTyped = Boolean(input.value.trim());
  found = look(input.value);
  active = found.length ? 0 : -1;
  const options = found.map(option);
  const sure = options.filter((_, i) => !found[i].isGuess);
  const guesses = options.slice(sure.length);
  const heading = el('div', { class: 'quiet none', 'aria-hidden': 'true', text: t('search_guess') });
  const group = guesses.length && el('div', { role: 'group', 'aria-label': t('search_guess') }, heading, ...guesses);
  const none = isTyped && !options.length && el('div', { role: 'option', class: 'none', text: t('search_none') });
  list.replaceChildren(...[...sure, group, none].filter(Boolean));
  open(isTyped);
}
function open(isOpen) {
  list.hidden = !isOpen;
  input.setAttribute('aria-expanded', String(isOpen));
  mark();
}
function mark() {
  const options = found.length ? list.querySelectorAll('[role="option"]') : [];
  options.forEach((node, i) => node.setAttribute('aria-selected', String(i === active)));
  options[active]?.scrollIntoView({ block: 'nearest' });
  if (active >= 0 && !list.hidden) input.setAttribute('aria-activedescendant', `found-${active}`);
  else input.removeAttribute('aria-activedescendant');
}
function select(i) {
  const entry = found[i];
  if (!entry) return;
  input.value = '';
  open(false);
  const { place, type, code } = entry;
  const inside = place?.type === 'region' ? placesIn(place.key) : [];
  if (type === 'region' || inside.length) showRegion(place ? { place, places: [place, ...inside] } : entry);
  else if (place) showPlace(place);
  else if (groups.has(code)) openCountry(groups.get(code));
  else setChosen({ countries: new Set([code]), select: null });
}
const withOpen = (among) => new Set([...chosen.open, ...(data.gather ? among.map(({ country }) => country) : [])]);
function showPlace(place) {
  setChosen({ select: { place }, hover: null, open: withOpen([place]) });
  show({ place, isNear: true });
}
const placesIn = (code) => places.slice(0, townCount).filter((place) => place.region === code && isUsed(place));
function showRegion({ place, places: inside }) {
  setChosen({ select: place ? { place } : null, hover: null, open: withOpen(inside) });
  fit(inside, { isAnimated: true });
}

/**
 * Listen to the search box and its keys.
 */
export function startSearch() {
  input.addEventListener('input', render);
  input.addEventListener('focus', () => input.value.trim() && render());
  input.addEventListener('blur', () => open(false));
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (found.length) active = (active + step + found.length) % found.length;
      mark();
    } else if (event.key === 'Enter') select(active);
    else if (event.key === 'Escape' && input.value) {
      input.value = '';
      open(false);
      event.stopPropagation();
    }
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = /INPUT|TEXTAREA/.test(document.activeElement?.tagName ?? '');
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      input.focus();
    } else if (event.key === 'Escape' && chosen.select) setChosen({ select: null });
  });
}
