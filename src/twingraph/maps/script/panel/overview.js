// The overview: countries, leading municipalities, programmes, places that are not on the map.
import { data, network, words } from '../data.js';
import { $, el, section } from '../dom.js';
import { partnerCount } from '../map/scene.js';
import { chosen, isShown, toggle } from '../state.js';
import { foldedList, placeButton, quiet, whereabouts, whyUnplaced } from './pieces.js';
import { programmeOverview } from './programmes.js';
import { renderYears } from './years.js';

const { t, name, country, number } = words;
const { places, ties, townCount, endsOf, isWorld, partnersOf } = network;
const MOST_LEADING = 12;
const MOST_LEADING_OF_SIDE = 8;

/**
 * Fill the overview.
 */
export function renderOverview() {
  renderYears();
  const towns = places
    .slice(0, townCount)
    .filter((place) => (place.home || isWorld) && place.type !== 'region' && place.type !== 'country');
  $('overview-body').replaceChildren(
    ...[
      countrySection(),
      ...leadingSections(towns),
      programmeOverview(),
      unplacedSection(),
      partnerlessSection(towns),
    ].filter(Boolean),
  );
}

function countrySection() {
  const counts = new Map();
  for (const tie of ties) {
    const ends = isWorld ? endsOf(tie) : [endsOf(tie)[1]];
    for (const code of new Set(ends.map((end) => end.country || '?'))) {
      if (!counts.has(code)) counts.set(code, { all: 0, shown: 0 });
      counts.get(code).all += 1;
      if (isShown(tie)) counts.get(code).shown += 1;
    }
  }
  if (!counts.size || (counts.size === 1 && data.scope.sides)) return null;
  const byName = (a, b) => country(a).localeCompare(country(b), words.language());
  const bars = [...counts].sort((a, b) => b[1].all - a[1].all || byName(a[0], b[0]));
  const most = bars[0][1].all;
  const bar = ([code, { all, shown }]) => {
    const pressed = String(chosen.countries.has(code));
    const click = () => toggle('countries', code);
    const text = shown === all ? number(all) : `${number(shown)} / ${number(all)}`;
    return el(
      'button',
      { type: 'button', class: 'bar', 'aria-pressed': pressed, on: { click } },
      el('span', { class: 'word', text: country(code) || '?' }),
      el('span', { class: 'fill', css: { '--share': shown / most } }),
      el('span', { class: 'count', text }),
    );
  };
  const hint = el('p', { class: 'hint', text: t('countries_hint') });
  const list = el('div', { class: 'bars' }, ...foldedList(bars, bar));
  return section(t(isWorld ? 'countries_world' : 'countries'), hint, list);
}

function leadingSections(towns) {
  const shownPartners = (place) => partnerCount(place) || partnersOf(place, place.ties.filter(isShown)).size;
  const byName = (a, b) => name(a.place).localeCompare(name(b.place), words.language());
  const best = towns
    .map((place) => ({ place, n: shownPartners(place) }))
    .filter(({ n }) => n)
    .sort((a, b) => b.n - a.n || byName(a, b));
  const list = (title, among, most) => {
    if (among.length < 2 || among[0].n < 2) return null;
    const items = among.slice(0, most).map(({ place, n }) => {
      const partners = el('span', { class: 'count', text: t('n_partners', { n }) });
      return el('li', {}, placeButton(place), partners);
    });
    return section(title, el('ol', { class: 'leading' }, ...items));
  };
  if (!data.scope.sides) return [list(t('leading'), best, MOST_LEADING)];
  return words.sides().map((side, i) => {
    const own = best.filter(({ place }) => place.side === i + 1);
    return list(`${t('leading')}: ${side}`, own, MOST_LEADING_OF_SIDE);
  });
}

function unplacedSection() {
  const unplaced = places.filter((place) => place.unplaced && place.ties.length);
  if (!unplaced.length) return null;
  const item = (place) =>
    el('li', {}, placeButton(place), ` ${whereabouts(place)}`, quiet(whyUnplaced(place), { dir: 'auto' }));
  return el(
    'section',
    { id: 'unplaced' },
    el('h2', { text: t('unplaced', { n: unplaced.length }) }),
    el('p', { class: 'hint', text: t('unplaced_hint') }),
    el('ul', { class: 'list' }, ...foldedList(unplaced, item)),
  );
}

function partnerlessSection(towns) {
  const partnerless = towns.filter((place) => !place.ties.length);
  if (!partnerless.length) return null;
  const names = partnerless.flatMap((place, i) => [i ? ', ' : '', placeButton(place)]);
  return section(t(data.left_out ? 'without_here' : 'without'), el('p', {}, ...names));
}
