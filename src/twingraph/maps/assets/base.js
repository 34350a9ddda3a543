// What everything else stands on: the data, small helpers, and the indexes over the data.
const data = JSON.parse(document.getElementById('data').textContent);
const TG = {};

// In a notebook the page is a frame without an address: there is no link to it, and the wheel belongs to the notebook.
const FRAMED = location.protocol === 'about:';

const $ = (id) => document.getElementById(id);

// Make an element. Texts are set as text, never as markup: every name in the data came from a stranger.
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'on') for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === 'text') node.textContent = value;
    else if (name === 'css') for (const [key, v] of Object.entries(value)) node.style.setProperty(key, v);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Columns back to rows: see pack.py.
function unpack({ n, columns }) {
  const rows = Array.from({ length: n }, (_, id) => ({ id }));
  for (const [name, column] of Object.entries(columns)) {
    if ('c' in column) { for (const row of rows) row[name] = column.c; continue; }
    let at = -1;
    let sum = 0;
    const values = column.s?.map((step) => { sum += step; return sum; }) ?? column.v ?? column;
    values.forEach((value, i) => {
      at = column.i ? at + column.i[i] : i;
      if (column.d || value !== null) rows[at][name] = column.d ? column.d[value] : value;
    });
  }
  return rows;
}
const NONE = Object.freeze([]); // what most places have of most things
function put(place, what, item) {
  if (place[what] === NONE) place[what] = [item];
  else place[what].push(item);
}
const places = unpack(data.places);
for (const place of places) {
  if (typeof place.key === 'number') place.key = `geonames:${place.key}`;
  place.n = { en: place.n_en, uk: place.n_uk, local: place.n_local };
  place.xy = place.x === undefined ? undefined : [place.x, place.y];
  place.net = place.net_x === undefined ? undefined : [place.net_x, place.net_y];
  place.ties = place.flows = place.joins = place.members = place.parts = NONE;
}
const ties = unpack(data.ties);
const towns = places.length; // after them stand whole countries, which gathered maps show for their places
const tieKey = (tie) => tie.key ?? `${places[tie.a].key}|${places[tie.b].key}|${tie.kind}`;
for (const tie of ties) {
  const [a, b] = [places[tie.a], places[tie.b]];
  put(a, 'ties', tie);
  put(b, 'ties', tie);
  tie.domestic = Boolean(a.country && a.country === b.country);
  tie.from = tie.since ? Number(tie.since.slice(0, 4)) : null;
  tie.to = tie.until ? Number(tie.until.slice(0, 4)) : null;
}
for (const flow of data.flows) for (const end of new Set([flow.a, flow.b])) put(places[end], 'flows', flow);
for (const join of data.members) {
  put(places[join.a], 'joins', join);
  put(places[join.b], 'members', join);
}
const programmes = data.programmes.map((programme) => ({ ...programme, parts: [] }));
for (const part of data.parts) {
  put(places[part.a], 'parts', part);
  programmes[part.p].parts.push(part);
}

// What was said of a tie, if anything. Made when it is first asked for: the first frame can do without.
let sayings = null;
function saidOf(tie) {
  if (!sayings) {
    sayings = new Map();
    for (const { id, tie: about, ...saying } of unpack(data.said)) {
      // What a statement says as its partnership does is left out; an empty text is what it does not say.
      for (const fact of ['kind', 'status', 'since', 'until']) if (!(fact in saying)) saying[fact] = ties[about][fact];
      if (!sayings.has(about)) sayings.set(about, []);
      sayings.get(about).push(saying);
    }
  }
  return sayings.get(tie.id);
}

// Gathered maps: a country stands for its places until it is opened.
const groups = new Map();
if (data.gather) {
  for (const place of places) {
    if (!place.country || !place.ties.length) continue;
    if (!groups.has(place.country)) groups.set(place.country, { places: [], ties: [] });
    groups.get(place.country).places.push(place);
  }
  for (const tie of ties) {
    groups.get(places[tie.a].country)?.ties.push(tie);
    if (!tie.domestic) groups.get(places[tie.b].country)?.ties.push(tie);
  }
  const codes = Object.keys(data.countries);
  for (const [i, code] of codes.entries()) {
    const country = data.countries[code];
    const own = groups.get(code) || { places: NONE, ties: NONE };
    const spots = own.places.map((place) => place.xy).filter(Boolean);
    const mean = (axis) => spots.reduce((sum, spot) => sum + spot[axis], 0) / spots.length;
    const group = {
      id: towns + i, key: `country:${code}`, type: 'country', group: true, country: code, n: country.n,
      xy: country.xy ?? (spots.length ? [mean(0), mean(1)] : undefined), net: country.net,
      places: own.places, ties: own.ties, flows: NONE, joins: NONE, members: NONE, parts: NONE,
    };
    places.push(group);
    groups.set(code, group);
  }
}
// Where a place stands in the network. There an opened country is a disc of its places, those with most ties in the middle.
let discs = false;
function spotInNetwork(place) {
  for (const group of discs ? [] : groups.values()) {
    if (!group.net) continue;
    [...group.places].sort((a, b) => b.ties.length - a.ties.length || a.id - b.id).forEach((each, j) => {
      const [turn, out] = [j * 2.399963, Math.min(14, 170 / Math.sqrt(group.places.length)) * Math.sqrt(j + 0.5)];
      each.net = [group.net[0] + out * Math.cos(turn), group.net[1] + out * Math.sin(turn)];
    });
  }
  discs = true;
  return place.net;
}

// The end of a tie that is not `place`.
const otherEnd = (tie, place) => places[tie.a === place.id ? tie.b : tie.a];

// The country with the most partners stands first where both ends are at home, or none is.
const leading = (() => {
  const counts = new Map();
  for (const tie of ties) for (const code of new Set([places[tie.a].country, places[tie.b].country])) counts.set(code, (counts.get(code) || 0) + 1);
  return [...counts].sort((x, y) => y[1] - x[1])[0]?.[0];
})();

// The ends of a tie with the one at home first; of two sides, the first.
function endsOf(tie) {
  const [a, b] = [places[tie.a], places[tie.b]];
  const turned = a.side && b.side ? a.side > b.side : a.home === b.home ? a.country !== leading && b.country === leading : b.home;
  return turned ? [b, a] : [a, b];
}
const world = data.scope.type === 'world';

const partnersOf = (place, among = place.ties) => new Set(among.map((tie) => otherEnd(tie, place).id));

function greatCircle(a, b) {
  const rad = Math.PI / 180;
  const half =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.lon - a.lon) * rad) / 2) ** 2;
  return 12742 * Math.asin(Math.min(1, Math.sqrt(half)));
}

const KINDS = [
  'twin_town', 'partnership_agreement', 'solidarity_partnership', 'memorandum', 'friendship',
  'metropolis_cooperation', 'project', 'contact', 'other',
];
const STATUSES = ['active', 'planned', 'suspended', 'terminated', 'unknown'];
const DASHES = {
  active: [], planned: [7, 5], suspended: [12, 4, 2, 4], terminated: [1.5, 5], unknown: [16, 4],
};
const AREAS = ['region', 'country']; // partners that are no municipality: a triangle, a square
// Applications for a partner: how they stand, and their lines.
const APPLICATION_STATUSES = ['open', 'matched', 'withdrawn'];
const APPLICATION_DASHES = { open: [9, 5], matched: [], withdrawn: [2, 6] };
const FLOWS = ['aid', 'hosted', 'sought'];
const applicationStatus = (flow) => (APPLICATION_STATUSES.includes(flow.status) ? flow.status : 'open');
const kindOf = (tie) => (KINDS.includes(tie.kind) ? tie.kind : 'other');
const statusOf = (tie) => (STATUSES.includes(tie.status) ? tie.status : 'unknown');
