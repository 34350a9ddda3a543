// What is known of one place or one tie: in short next to the pointer, in full in the side card.
import { network, words } from '../data.js';
import { $, bdi, el, plainButton } from '../dom.js';
import { countBy, ranked } from '../logic/counting.js';
import { countTies, tiesInWords } from '../logic/headline.js';
import { AREAS } from '../logic/kinds.js';
import { greatCircleKm } from '../logic/network.js';
import { isolate } from '../logic/words.js';
import { closeCountry, openCountry, selectAndShow } from '../map/camera.js';
import { drawnFor, linesBetween } from '../map/scene.js';
import { chosen, isShown, setChosen, shownTies } from '../state.js';
import { layerLines, layerSections } from './layers.js';
import * as pieces from './pieces.js';
import { programmeCard, programmeSection } from './programmes.js';

const { t, name, country, genitiveDate, span, number } = words;
const { places, groups, otherEnd, statementsOf, endsOf } = network;
const { labelOf, whereabouts, placeButton, quiet, tieSwatch, kindName, statusName } = pieces;
const MOST_TIES = 60; // of a card; the table has them all
const MOST_RANKED = 12;
const MOST_DESCRIBED = 8; // places next to the pointer

const tieFacts = (tie) => `${kindName(tie)}, ${statusName(tie)}`;
const tieCount = (own) => (own.length ? tiesInWords(countTies(own, places), t) : t('n_ties', { n: 0 }));

// The countries of the partners of a country, with the number of partnerships, the most first.
function partnerCountries(group, own) {
  const farEnd = (tie) => places[places[tie.a].country === group.country ? tie.b : tie.a];
  return ranked(countBy(own, (tie) => farEnd(tie).country || '?'));
}

/**
 * @param {object} what A place, a tie, a pair or places gathered under one dot.
 * @returns {Node[]} What is written next to the pointer.
 */
export function describeHovered({ place, tie, pair, gathered }) {
  let lines;
  if (gathered) lines = describeGathered(gathered);
  else if (pair) lines = describePair(pair);
  else if (tie) lines = describeTie(tie);
  else lines = place.group ? describeGroup(place) : describePlace(place);
  return lines.filter(Boolean);
}
function describePair(pair) {
  const own = linesBetween(...pair).flatMap((line) => line.ties);
  const title = pair.map((each) => isolate(labelOf(each))).join(' – ');
  const kinds = pieces.kindLines(own).slice(0, 4);
  return [el('strong', { dir: 'auto', text: title }), el('div', { text: tieCount(own) }), ...kinds];
}
function describeGathered(gathered) {
  const more = gathered.length - MOST_DESCRIBED;
  return [
    el('strong', { text: t('gathered', { n: gathered.length }) }),
    ...gathered.slice(0, MOST_DESCRIBED).map((place) => el('div', { dir: 'auto', text: labelOf(place) })),
    more > 0 && quiet(t('n_more', { n: more })),
    el('div', { text: t('gathered_hint') }),
  ];
}
function gatheredCard(gathered) {
  const item = (place) => el('li', {}, placeButton(place), ` ${whereabouts(place)}`);
  return [
    head(t('gathered', { n: gathered.length })),
    chosen.fan && el('p', { class: 'hint', text: t('gathered_note') }),
    el('ul', { class: 'list' }, ...pieces.foldedList(gathered, item)),
  ];
}
function describeGroup(group) {
  const own = group.ties.filter(isShown);
  const countries = partnerCountries(group, own).slice(0, 5);
  return [
    el('strong', { text: labelOf(group) }),
    el('div', { text: tieCount(own) }),
    ...countries.map(([code, n]) => quiet(`${country(code)}: ${number(n)}`)),
    !chosen.open.has(group.country) && el('div', { text: t('open_hint') }),
  ];
}
function signatories(tie) {
  return tie.signed && quiet(`${t('signed')}: ${tie.signed.join('; ')}`, { dir: 'auto' });
}
function firstPublishers(tie) {
  return pieces
    .publishers(statementsOf(tie))
    .slice(0, 2)
    .map((text) => quiet(text, { dir: 'auto' }));
}
function describeTie(tie) {
  return [
    el('strong', { dir: 'auto', text: pieces.tieTitle(tie) }),
    el('div', { class: 'line' }, tieSwatch(tie), tieFacts(tie)),
    el('div', { text: span(tie) }),
    signatories(tie),
    ...firstPublishers(tie),
  ];
}
function describePlace(place) {
  const own = place.ties.filter(isShown);
  const partners = network.partnersOf(place, own).size;
  const members = place.members.map((join) => name(places[join.a])).join(', ');
  const only = own.length === 1 ? own[0] : null;
  return [
    el('strong', {}, bdi(name(place))),
    ' ',
    el('span', { class: 'quiet', text: whereabouts(place) }),
    el('div', { text: partners ? t('n_partners', { n: partners }) : '' }),
    ...own.slice(0, 6).map((tie) => {
      const partner = el('span', {}, bdi(name(otherEnd(tie, place))), `, ${span(tie)}`);
      return el('div', { class: 'line' }, tieSwatch(tie), partner);
    }),
    own.length > 6 && quiet(t('n_more', { n: own.length - 6 })),
    ...(only ? [signatories(only), ...firstPublishers(only)] : []),
    ...layerLines(place),
    members && el('div', { text: `${t('members')}: ${members}` }),
  ];
}

/**
 * Fill the card with what is selected, or hide it.
 */
export function renderCard() {
  const now = chosen.select;
  const card = $('card');
  card.hidden = !now;
  card.replaceChildren(...(now ? cardOf(now) : []).flat(2).filter(Boolean));
  if (now) card.scrollTop = 0;
}
function cardOf({ place, tie, pair, programme, gathered }) {
  if (gathered) return gatheredCard(gathered);
  if (pair) return pairCard(pair);
  if (programme) return [head(bdi(programme.name)), ...programmeCard(programme)];
  if (tie) return tieCard(tie);
  return place.group ? groupCard(place) : placeCard(place);
}

function head(...title) {
  const close = { type: 'button', class: 'icon', 'aria-label': t('close'), title: t('close'), text: '×' };
  const button = el('button', { ...close, on: { click: () => setChosen({ select: null }) } });
  return el('div', { class: 'card-head' }, el('h2', {}, ...title), button);
}
const facts = (parts) => el('p', { class: 'facts', text: parts.filter(Boolean).join(' · ') });

function kindOfPlace({ type, kind }) {
  if (AREAS.includes(type)) return t(`place_${type}`);
  if (type !== 'municipality' || !kind) return '';
  return words.has(`place_kind_${kind}`) ? t(`place_kind_${kind}`) : kind.replaceAll('_', ' ');
}

function placeCard(place) {
  const own = place.ties.filter(isShown);
  const names = new Set([place.n.en, place.n.uk, place.n.local].filter((each) => each && each !== name(place)));
  const isArea = AREAS.includes(place.type) && place.xy;
  const population = place.pop ? `${t('population')}: ${number(place.pop)}` : '';
  const unplaced = place.unplaced && `⚠ ${t('unplaced', { n: 1 })}: ${pieces.whyUnplaced(place)}`;
  return [
    head(bdi(name(place))),
    names.size > 0 &&
      el('p', { class: 'quiet names' }, ...[...names].flatMap((each, i) => [i ? ' · ' : '', bdi(each)])),
    facts([kindOfPlace(place), whereabouts(place), population]),
    isArea && el('p', { class: 'quiet', text: t('point_of_area') }),
    unplaced && el('p', { class: 'warn', dir: 'auto', text: unplaced }),
    own.length > 0 && el('h3', { text: tieCount(own) }),
    ...firstTies(own, (tie) => tieOfPlace(tie, place, own.length === 1)),
    joinList(place.members, 'members', (join) => join.a),
    joinList(place.joins, 'member_of', (join) => join.b),
    ...layerSections(place),
    ...programmeSection(place),
  ];
}

// The latest ties first, as many as a card holds.
function firstTies(own, makeNode) {
  const ordered = [...own].sort((a, b) => (b.since ?? '').localeCompare(a.since ?? '') || a.id - b.id);
  const rest = own.length - MOST_TIES;
  const nodes = ordered.slice(0, MOST_TIES).map(makeNode);
  return rest > 0 ? [...nodes, el('p', { class: 'quiet', text: t('rest_in_table', { n: rest }) })] : nodes;
}

const badge = (tie) => el('span', { class: 'badge' }, tieSwatch(tie), ` ${tieFacts(tie)}`);
const domestic = (tie) => (tie.domestic ? ` · ${t('domestic')}` : '');
const datedBadge = (tie) =>
  el('span', { class: 'what' }, badge(tie), el('span', { class: 'quiet', text: ` ${span(tie)}` }));

function tieOfPlace(tie, place, open) {
  const other = otherEnd(tie, place);
  const where = el('span', { class: 'quiet', text: ` ${country(other.country)}${domestic(tie)}` });
  return el(
    'details',
    { open, class: 'tie' },
    el('summary', {}, el('span', { class: 'who' }, bdi(name(other)), where), datedBadge(tie)),
    tieDetails(tie),
    plainButton(t('show_on_map'), () => selectAndShow({ tie })),
  );
}
const factRow = (key, value) => value && [el('dt', { text: t(key) }), el('dd', { dir: 'auto', text: value })];

// What is known of a tie: its acts, each with what describes it, then the statements that describe none.
function tieDetails(tie) {
  const statements = statementsOf(tie) ?? [];
  const ofAct = (number) => statements.filter(({ act }) => act === number);
  const said = tie.said ? t('last_stated', { date: genitiveDate(tie.said) }) : t('undated_sources');
  return [
    tie.disputed && el('p', { class: 'warn', text: `⚠ ${t('disputed')}` }),
    quiet(said),
    tie.acts.length > 1 && el('h3', { class: 'sub', text: t('n_agreements', { n: tie.acts.length }) }),
    ...tie.acts.map((act, number) => actDetails(act, tie, ofAct(number))),
    !tie.acts.length && el('dl', {}, factRow('themes', tie.themes?.join(', '))),
    pieces.statementList(ofAct(undefined)),
  ];
}

function actDetails(act, tie, statements) {
  const isSame = ['kind', 'status', 'since', 'until'].every((fact) => act[fact] === tie[fact]);
  const isNamed = tie.acts.length > 1 || !isSame;
  const line = isNamed && el('p', {}, badge(act), el('span', { class: 'quiet', text: ` ${span(act)}` }));
  return el(
    'div',
    { class: 'act' },
    line,
    act.title && el('p', {}, el('q', { dir: 'auto', text: act.title })),
    act.disputed && !tie.disputed && el('p', { class: 'warn', text: `⚠ ${t('disputed')}` }),
    el(
      'dl',
      {},
      factRow('parties_also', act.also?.map((names) => name({ n: names })).join(', ')),
      factRow('signed', act.signed?.join('; ')),
      factRow('approved', act.approved),
      factRow('themes', act.themes?.join(', ')),
    ),
    pieces.statementList(statements),
  );
}

function joinList(joins, key, end) {
  if (!joins.length) return null;
  const items = joins.map((join) => {
    const note = join.note && quiet(join.note, { dir: 'auto' });
    return el('li', {}, placeButton(places[end(join)]), note, ...pieces.sourceLines(join.statements));
  });
  return [el('h3', { text: t(key) }), el('ul', { class: 'list' }, items)];
}

function tieCard(tie) {
  const [a, b] = endsOf(tie);
  const isMeasured = a.lat !== undefined && b.lat !== undefined;
  const distance = isMeasured ? ` · ${t('n_km', { n: Math.round(greatCircleKm(a, b)) })}` : '';
  const line = (place) => [placeButton(place), ` ${whereabouts(place)}`];
  return [
    head(bdi(name(a)), ' – ', bdi(name(b))),
    el('p', {}, badge(tie), el('span', { class: 'quiet', text: ` ${span(tie)}${domestic(tie)}` })),
    el('p', { class: 'facts' }, ...line(a), el('br'), ...line(b), distance),
    ...tieDetails(tie),
  ];
}

function pairCard(pair) {
  const [a, b] = pair;
  const isIn = (place, end) => (place.group ? end.country === place.country : end === place);
  const own = shownTies().filter((tie) => {
    const [p, q] = [places[tie.a], places[tie.b]];
    return (isIn(a, p) && isIn(b, q)) || (isIn(a, q) && isIn(b, p));
  });
  const tieOfPair = (tie) => {
    const who = el('span', { class: 'who', dir: 'auto', text: pieces.tieTitle(tie) });
    return el('details', { class: 'tie' }, el('summary', {}, who, datedBadge(tie)), tieDetails(tie));
  };
  const title = head(bdi(labelOf(a)), ' – ', bdi(labelOf(b)));
  return [title, facts([tieCount(own)]), ...pieces.kindLines(own), ...firstTies(own, tieOfPair)];
}

function groupCard(group) {
  const own = group.ties.filter(isShown);
  const ends = own.flatMap((tie) => [tie.a, tie.b]).filter((end) => places[end].country === group.country);
  const counts = countBy(ends, (end) => end);
  const best = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MOST_RANKED);
  const isOpen = chosen.open.has(group.country);
  const click = () => (isOpen ? closeCountry(group.country) : openCountry(group));
  const text = t(isOpen ? 'gather_country' : 'open_country');
  const list = (items) => el('ul', { class: 'list' }, items);
  const countries = partnerCountries(group, own).slice(0, MOST_RANKED);
  return [
    head(labelOf(group)),
    facts([tieCount(own), t('n_places', { n: counts.size })]),
    el('button', { type: 'button', id: 'open-country', text, on: { click } }),
    ...pieces.kindLines(own),
    el('h3', { text: t('countries') }),
    list(countries.map(([code, n]) => el('li', {}, partnerCountry(group, code), pieces.countOf(n)))),
    el('h3', { text: t('leading') }),
    list(best.map(([id, n]) => el('li', {}, placeButton(places[id]), pieces.countOf(n)))),
  ];
}
// A country of partners: a button that lists what joins both.
function partnerCountry(group, code) {
  if (code === group.country) return t('domestic');
  if (!groups.has(code)) return country(code) || '?';
  const click = () => {
    const pair = [group, groups.get(code)].map(drawnFor).map((each) => (each.group ? each : groups.get(each.country)));
    setChosen({ select: { pair } });
  };
  return plainButton(country(code), click);
}
