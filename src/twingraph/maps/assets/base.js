// What everything else stands on: the data, small helpers, and the indexes over the data.
const data = JSON.parse(document.getElementById('data').textContent);
const TG = {};

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

const places = data.places;
const ties = data.ties;
for (const place of places) Object.assign(place, { ties: [], flows: [], joins: [], members: [] });
for (const tie of ties) {
  places[tie.a].ties.push(tie);
  places[tie.b].ties.push(tie);
  const [a, b] = [places[tie.a], places[tie.b]];
  tie.domestic = Boolean(a.country && a.country === b.country);
  tie.from = tie.since ? Number(tie.since.slice(0, 4)) : null;
  tie.to = tie.until ? Number(tie.until.slice(0, 4)) : null;
}
for (const flow of data.flows) for (const end of new Set([flow.a, flow.b])) places[end].flows.push(flow);
for (const join of data.members) {
  places[join.a].joins.push(join);
  places[join.b].members.push(join);
}

// The end of a tie that is not `place`.
const otherEnd = (tie, place) => places[tie.a === place.id ? tie.b : tie.a];

// The country with the most partners stands first where both ends are at home, or none is.
const leading = (() => {
  const counts = new Map();
  for (const tie of ties) for (const code of new Set([places[tie.a].country, places[tie.b].country])) counts.set(code, (counts.get(code) || 0) + 1);
  return [...counts].sort((x, y) => y[1] - x[1])[0]?.[0];
})();

// The ends of a tie with the one at home first.
function endsOf(tie) {
  const [a, b] = [places[tie.a], places[tie.b]];
  const turned = a.home === b.home ? a.country !== leading && b.country === leading : b.home;
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
const kindOf = (tie) => (KINDS.includes(tie.kind) ? tie.kind : 'other');
const statusOf = (tie) => (STATUSES.includes(tie.status) ? tie.status : 'unknown');
