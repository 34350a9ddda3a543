// One box for any spelling: names in every language, former names, countries.
import { data, network, words } from './data.js';
import { $, el } from './dom.js';
import { findByName, indexNames } from './logic/finding.js';
import { openCountry, selectAndShow } from './map/camera.js';
import { tiedCountries } from './map/land.js';
import { chosen, setChosen } from './state.js';

const { t } = words;
const { places, townCount, groups } = network;
const input = $('search');
const list = $('found');
let found = [];
let active = -1;
let index = null;

/**
 * Build the index of names, at the first search or when the page rests.
 *
 * @returns {object[]} The index.
 */
export function searchIndex() {
  index ??= indexNames([...placeEntries(), ...countryEntries()]);
  return index;
}
function placeEntries() {
  const isUsed = ({ ties, members, joins, arrows, home }) =>
    ties.length || members.length || joins.length || arrows.length || home;
  return places
    .slice(0, townCount)
    .filter(isUsed)
    .map((place) => {
      const names = [place.n.en, place.n.uk, place.n.local, ...(place.aliases?.split('\n') ?? [])];
      return { place, names: [...new Set(names.filter(Boolean))] };
    });
}
function countryEntries() {
  return Object.entries(data.countries)
    .filter(([code]) => tiedCountries.has(code))
    .map(([code, { n, aliases }]) => ({ code, names: [n.en, n.uk, code, ...(aliases ?? [])].filter(Boolean) }));
}

/**
 * @param {string} typed What the reader typed.
 * @returns {object[]} What is found.
 */
export function look(typed) {
  return findByName(searchIndex(), typed);
}

function option(entry, i) {
  const title = entry.place ? words.name(entry.place) : words.country(entry.code);
  const pointerdown = (event) => {
    event.preventDefault();
    select(i);
  };
  return el(
    'li',
    { role: 'option', id: `found-${i}`, 'aria-selected': String(i === active), on: { pointerdown } },
    el('bdi', { text: title }),
    entry.by !== title && el('span', { class: 'quiet', dir: 'auto', text: ` ${entry.by}` }),
    el('span', { class: 'quiet', text: ` ${entry.place ? words.country(entry.place.country) : t('country')}` }),
  );
}
function render() {
  const isTyped = Boolean(input.value.trim());
  found = look(input.value);
  active = found.length ? 0 : -1;
  const none = isTyped ? [el('li', { class: 'none', text: t('search_none') })] : [];
  list.replaceChildren(...(found.length ? found.map(option) : none));
  open(isTyped);
}
function open(isOpen) {
  list.hidden = !isOpen;
  input.setAttribute('aria-expanded', String(isOpen));
  mark();
}
function mark() {
  [...list.children].forEach((node, i) => node.setAttribute('aria-selected', String(i === active)));
  if (active >= 0 && !list.hidden) input.setAttribute('aria-activedescendant', `found-${active}`);
  else input.removeAttribute('aria-activedescendant');
}
function select(i) {
  const entry = found[i];
  if (!entry) return;
  input.value = '';
  open(false);
  if (entry.place) selectAndShow({ place: entry.place });
  else if (groups.has(entry.code)) openCountry(groups.get(entry.code));
  else setChosen({ countries: new Set([entry.code]), select: null });
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
