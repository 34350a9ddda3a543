// Programmes, and who takes part in them.
import { network, words } from '../data.js';
import { bdi, el, plainButton } from '../dom.js';
import { selectAndShow } from '../map/camera.js';
import { countOf, outsideLink, placeButton, statementList } from './pieces.js';

const { t, name, country, genitiveDate } = words;
const { places, programmes } = network;

const programmeButton = (programme) => plainButton(programme.name, () => selectAndShow({ programme }), { dir: 'auto' });
const since = (part) => part.since && t('from', { since: genitiveDate(part.since) });

function organiser({ publisher, url }) {
  if (!publisher && !url) return null;
  const comma = publisher && url ? ', ' : '';
  const link = url && outsideLink(url, words.host({ url }));
  return el('div', { class: 'quiet' }, publisher && bdi(publisher), comma, link);
}

/**
 * @param {object} place A place.
 * @returns {HTMLElement[]} The section of its card that lists the programmes it takes part in.
 */
export function programmeSection(place) {
  if (!place.parts.length) return [];
  const items = place.parts.map((part) => {
    const programme = programmes[part.p];
    const from = part.since && el('span', { class: 'quiet', text: ` ${since(part)}` });
    return el('li', {}, programmeButton(programme), from, organiser(programme), statementList(part.statements));
  });
  return [el('h3', { text: t('takes_part') }), el('ul', { class: 'list' }, items)];
}

/**
 * @param {object} programme A programme.
 * @returns {HTMLElement[]} Its card without the heading: who runs it, who takes part.
 */
export function programmeCard(programme) {
  const order = new Intl.Collator(words.language());
  const nameOf = (part) => name(places[part.a]);
  const own = [...programme.parts].sort((x, y) => order.compare(nameOf(x), nameOf(y)) || x.a - y.a);
  const items = own.map((part) => {
    const facts = [country(places[part.a].country), since(part)].filter(Boolean).join(', ');
    return el('li', {}, placeButton(places[part.a]), el('span', { class: 'quiet', text: ` ${facts}` }));
  });
  return [
    el('p', { class: 'facts' }, t('programme')),
    organiser(programme),
    el('h3', { text: t('n_participants', { n: own.length }) }),
    el('ul', { class: 'list' }, items),
  ];
}

/**
 * @returns {?HTMLElement} The list of programmes of the overview; null where there are none.
 */
export function programmeOverview() {
  const own = programmes.filter((programme) => programme.parts.length);
  if (!own.length) return null;
  const items = own.map((programme) => el('li', {}, programmeButton(programme), countOf(programme.parts.length)));
  return el(
    'section',
    { id: 'programmes' },
    el('h2', { text: t('programmes') }),
    el('p', { class: 'hint', text: t('programmes_hint') }),
    el('ul', { class: 'list' }, items),
  );
}
