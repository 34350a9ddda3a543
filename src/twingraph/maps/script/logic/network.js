// The network of a page: rows of its data with the indexes that drawing and listing need.
import { unpack } from './columns.js';

const NONE = Object.freeze([]); // shared by all places that have none, for most have none
const GOLDEN_ANGLE = 2.399963; // radians: successive points of a disc never line up
const EARTH_DIAMETER_KM = 12742;
const FACTS = ['kind', 'status', 'since', 'until'];

/**
 * Build the network of a page.
 *
 * @param {object} data The page's data, as `data.py` writes it.
 * @returns {object} `places` (municipalities first, then one group for each country of a gathered map), `townCount`,
 *   `ties`, `programmes`, `groups` (by country code) and the functions that follow their links.
 */
export function readNetwork(data) {
  const places = unpack(data.places);
  for (const place of places) {
    if (typeof place.key === 'number') place.key = `geonames:${place.key}`;
    place.n = { en: place.n_en, uk: place.n_uk, local: place.n_local };
    place.xy = place.x === undefined ? undefined : [place.x, place.y];
    place.net = place.net_x === undefined ? undefined : [place.net_x, place.net_y];
    place.ties = place.arrows = place.joins = place.members = place.parts = NONE;
  }
  const townCount = places.length;
  const ties = unpack(data.ties);
  for (const tie of ties) {
    const [a, b] = [places[tie.a], places[tie.b]];
    add(a, 'ties', tie);
    add(b, 'ties', tie);
    tie.domestic = Boolean(a.country && a.country === b.country);
    tie.from = tie.since ? Number(tie.since.slice(0, 4)) : null;
    tie.to = tie.until ? Number(tie.until.slice(0, 4)) : null;
    tie.acts = NONE;
  }
  for (const act of unpack(data.acts)) add(ties[act.tie], 'acts', act);
  for (const tie of ties.filter(({ acts }) => acts.length)) {
    const signed = [...new Set(tie.acts.flatMap((act) => act.signed ?? []))];
    const approved = [...new Set(tie.acts.map((act) => act.approved).filter(Boolean))];
    if (signed.length) tie.signed = signed;
    if (approved.length) tie.approved = approved.join('; ');
  }
  for (const arrow of data.arrows) for (const end of new Set([arrow.a, arrow.b])) add(places[end], 'arrows', arrow);
  for (const join of data.members) {
    add(places[join.a], 'joins', join);
    add(places[join.b], 'members', join);
  }
  const programmes = data.programmes.map((programme) => ({ ...programme, parts: [] }));
  for (const part of data.parts) {
    add(places[part.a], 'parts', part);
    programmes[part.p].parts.push(part);
  }
  const groups = data.gather ? gather(data, places, ties) : new Map();
  const leading = leadingCountry(places, ties);
  let statements = null;
  let discsAreLaidOut = false;

  const otherEnd = (tie, place) => places[tie.a === place.id ? tie.b : tie.a];

  return {
    places,
    townCount,
    ties,
    programmes,
    groups,
    otherEnd,
    isWorld: data.scope.type === 'world',
    tieKey: (tie) => tie.key ?? `${places[tie.a].key}|${places[tie.b].key}`,
    partnersOf: (place, among = place.ties) => new Set(among.map((tie) => otherEnd(tie, place).id)),

    // The statements of a tie, unpacked at the first call: the first frame can do without them.
    statementsOf(tie) {
      statements ??= readStatements(data, ties);
      return statements.get(tie.id);
    },

    // The ends of a tie with the one at home first; of two sides, the first. Where both ends are at home, or none is,
    // the country with the most partnerships comes first.
    endsOf(tie) {
      const [a, b] = [places[tie.a], places[tie.b]];
      let turned = b.home;
      if (a.side && b.side) turned = a.side > b.side;
      else if (a.home === b.home) turned = a.country !== leading && b.country === leading;
      return turned ? [b, a] : [a, b];
    },

    // Where a place is drawn in the network layout. An opened country is a disc of its places.
    networkSpot(place) {
      if (!discsAreLaidOut) for (const group of groups.values()) layOutDisc(group);
      discsAreLaidOut = true;
      return place.net;
    },
  };
}

function add(place, list, item) {
  if (place[list] === NONE) place[list] = [item];
  else place[list].push(item);
}

function readStatements(data, ties) {
  const found = new Map();
  for (const { id: _row, tie, ...statement } of unpack(data.statements)) {
    // A fact that agrees with the partnership is not repeated in the data; an empty text is a fact not stated.
    for (const fact of FACTS) if (!(fact in statement)) statement[fact] = ties[tie][fact];
    if (!found.has(tie)) found.set(tie, []);
    found.get(tie).push(statement);
  }
  return found;
}

// Add a group for each country of a gathered map: it is drawn for its places until it is opened.
function gather(data, places, ties) {
  const groups = new Map();
  for (const place of places) {
    if (!place.country || !place.ties.length) continue;
    if (!groups.has(place.country)) groups.set(place.country, { places: [], ties: [] });
    groups.get(place.country).places.push(place);
  }
  for (const tie of ties) {
    groups.get(places[tie.a].country)?.ties.push(tie);
    if (!tie.domestic) groups.get(places[tie.b].country)?.ties.push(tie);
  }
  for (const [code, country] of Object.entries(data.countries)) {
    const own = groups.get(code) ?? { places: NONE, ties: NONE };
    const spots = own.places.map((place) => place.xy).filter(Boolean);
    const mean = (axis) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
    const group = {
      id: places.length,
      key: `country:${code}`,
      type: 'country',
      group: true,
      country: code,
      n: country.n,
      xy: country.xy ?? (spots.length ? [mean(0), mean(1)] : undefined),
      net: country.net,
      places: own.places,
      ties: own.ties,
      arrows: NONE,
      joins: NONE,
      members: NONE,
      parts: NONE,
    };
    places.push(group);
    groups.set(code, group);
  }
  return groups;
}

function leadingCountry(places, ties) {
  const counts = new Map();
  for (const tie of ties) {
    for (const code of new Set([places[tie.a].country, places[tie.b].country])) {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts].sort((x, y) => y[1] - x[1])[0]?.[0];
}

// Set the places of a country in a disc about its spot, those with the most ties in the middle.
function layOutDisc(group) {
  if (!group.net) return;
  const step = Math.min(14, 170 / Math.sqrt(group.places.length));
  [...group.places]
    .sort((a, b) => b.ties.length - a.ties.length || a.id - b.id)
    .forEach((place, i) => {
      const out = step * Math.sqrt(i + 0.5);
      const turn = i * GOLDEN_ANGLE;
      place.net = [group.net[0] + out * Math.cos(turn), group.net[1] + out * Math.sin(turn)];
    });
}

/**
 * @param {{lat: number, lon: number}} a A place, in degrees.
 * @param {{lat: number, lon: number}} b Another.
 * @returns {number} Kilometres between them along the great circle.
 */
export function greatCircleKm(a, b) {
  const rad = Math.PI / 180;
  const half =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return EARTH_DIAMETER_KM * Math.asin(Math.min(1, Math.sqrt(half)));
}
