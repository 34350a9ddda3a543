// The network on the screen: which places and lines are shown, where they are in pixels, what is under the pointer.
import { data, layerOf, network } from '../data.js';
import { distanceToArc, isOutside, makeArc } from '../logic/arcs.js';
import { commonest } from '../logic/counting.js';
import { kindOf, statusOf } from '../logic/kinds.js';
import { crowdScale, fanSpots, placeDots } from '../logic/placement.js';
import { chosen, isArrowLeft, isNarrowed, shownTies } from '../state.js';
import { radiusOf } from './palette.js';

const { places, groups } = network;
const DEFAULT_LANE = -2.2; // of the arcs of one pair: arrows bend off the lines of partnerships
const HEAVY_COUNT = 900; // places and lines from which a moving map is a still picture
const NARROW = 560; // a narrower map has smaller places
/** The radius of a place in a fan. */
export const FAN_RADIUS = 7;
const FRAMED_RADIUS = 2; // of a place that the inset shows
const MOST_PICKABLE_LINES = 6000; // among more, the pointer cannot mean one

let version = 0; // grows when filters change, so that cached layouts are dropped
const dots = { map: { key: '', of: new Map() }, inset: { key: '', of: new Map() } };
let lanes = { version: -1, of: new Map() };
let seen = { now: null, version: -1, focus: null };
let present = [];
let sizes = new Map();
let lines = [];
let mostTies = 1;

/**
 * @param {object} place A place.
 * @returns {?number[]} Where it is in the units of the current layout.
 */
export function positionOf(place) {
  return chosen.layout === 'network' ? network.networkSpot(place) : place.xy;
}

/**
 * @param {object} place A place.
 * @returns {object} What is drawn for it: itself, or its country where a gathered map has not opened that.
 */
export function drawnFor(place) {
  if (place.group || !data.gather || !place.country || chosen.open.has(place.country)) return place;
  return groups.get(place.country) ?? place;
}

const isTown = (place) => place.type === 'municipality' || place.type === 'metropolis';

/**
 * @param {object} arrow A record of a layer.
 * @returns {boolean} Whether its layer is shown and the filters leave it.
 */
export function isLayerShown(arrow) {
  return chosen.layers.has(arrow.type) && isArrowLeft(arrow);
}

/**
 * Find again which places and lines are shown.
 */
export function refreshScene() {
  version += 1;
  const tiesOf = new Map(); // of each place that is drawn
  const bundles = new Map(); // lines that are all ties between two drawn places
  lines = [];
  const belongs = (end, tie) => {
    const own = tiesOf.get(end);
    if (own) own.push(tie);
    else tiesOf.set(end, [tie]);
  };
  for (const tie of shownTies()) {
    const [a, b] = [drawnFor(places[tie.a]), drawnFor(places[tie.b])];
    belongs(a.id, tie);
    if (a === b) continue;
    belongs(b.id, tie);
    if (!a.group && !b.group) {
      lines.push({ a, b, ties: [tie], kind: kindOf(tie), status: statusOf(tie) });
      continue;
    }
    const pair = Math.min(a.id, b.id) * 1e6 + Math.max(a.id, b.id);
    const bundle = bundles.get(pair);
    if (bundle) bundle.ties.push(tie);
    else bundles.set(pair, { a, b, ties: [tie], bundle: true });
  }
  mostTies = 1;
  for (const line of bundles.values()) {
    line.kind = commonest(line.ties, kindOf);
    line.status = commonest(line.ties, statusOf);
    if (isWide(line)) mostTies = Math.max(mostTies, line.ties.length);
    lines.push(line);
  }
  lines.sort((x, y) => x.ties.length - y.ties.length || x.ties[0].id - y.ties[0].id);
  sizes = new Map();
  const narrowed = isNarrowed();
  for (const place of places) measurePlace(place, tiesOf, narrowed);
  present = places.filter((place) => sizes.has(place.id));
  present.sort((a, b) => {
    if (b.group !== a.group) return a.group ? -1 : 1;
    return sizes.get(b.id).r - sizes.get(a.id).r || a.id - b.id;
  });
}

// Give a place that is shown its size.
function measurePlace(place, tiesOf, narrowed) {
  if (!positionOf(place) || drawnFor(place) !== place || (place.group && chosen.open.has(place.country))) return;
  const own = tiesOf.get(place.id);
  // A metropolis is shown where it, or one of its members, has a tie that is shown.
  const matters = (id) => tiesOf.has(id) || places[id].members.some((join) => tiesOf.has(join.a));
  const isMember =
    chosen.members &&
    !data.gather &&
    (place.joins.some((join) => matters(join.b)) || (place.members.length > 0 && matters(place.id)));
  const hasArrow = !place.group && place.arrows.some(isLayerShown);
  const isAtHome = place.home && isTown(place) && !narrowed && !data.gather;
  if (!own && !isMember && !hasArrow && !isAtHome) return;
  const partners = !own ? 0 : place.group ? own.length : network.partnersOf(place, own).size;
  let r = isTown(place) ? 3 : 5;
  if (place.group) r = 3.5 + 0.2 * Math.sqrt(partners);
  else if (own) r = radiusOf(place, partners);
  sizes.set(place.id, { r, own: own ?? [], partners });
}

/**
 * @param {object} place A place.
 * @param {object} view The view: scale `k`, shift `tx`, `ty`, size `w`, `h`; `inset` in that of the inset; `framed`
 *   (left, top, right, bottom in km) on a map with an inset of that part.
 * @returns {?object} Its dot: its true spot `x`, `y` in pixels and its radius `r`; `leader` and `members` as of
 *   `placeDots`; `isFramed` where it is shown in the inset and small here; null where it is not shown.
 */
export function dotOf(place, view) {
  const dot = dotsOf(view).get(place.id);
  if (!dot) return null;
  const { x, y, r, leader, members, isFramed } = dot;
  return { x: x + view.tx, y: y + view.ty, r, leader, members, isFramed };
}

const frameOf = (view) => (view.inset ? 'inset' : 'map');

// The dots without the shift of the view, which moves more often than they change.
function dotsOf(view) {
  const frame = dots[frameOf(view)];
  const chosenId = chosen.select?.place?.id ?? '';
  const key = `${version}|${view.k.toFixed(5)}|${chosen.layout}|${chosenId}|${view.w < NARROW}|${view.framed ?? ''}`;
  if (frame.key === key) return frame.of;
  const wanted = wantedFirst().map((each) => {
    const [x, y] = positionOf(each);
    const isFramed = Boolean(view.framed) && isInBox([x, y], view.framed);
    return { id: each.id, x: x * view.k, y: y * view.k, r: radiusIn(each, view), class: classOf(each), isFramed };
  });
  const free = wanted.filter((dot) => !dot.isFramed);
  const among = view.inset ? free.filter((dot) => isInSight(dot, view)) : free;
  const of = placeDots(free, (view.w < NARROW && !view.inset ? 0.75 : 1) * crowdScale(among));
  for (const dot of wanted) if (dot.isFramed) of.set(dot.id, { ...dot, r: FRAMED_RADIUS, leader: null, members: null });
  Object.assign(frame, { key, of });
  return of;
}

// Countries seen from afar are smaller.
function radiusIn(place, view) {
  const { r } = sizes.get(place.id);
  return place.group && chosen.layout === 'map' ? Math.max(2.6, r * Math.min(1, 0.5 + 5 * view.k)) : r;
}

const isInBox = ([x, y], [left, top, right, bottom]) => x >= left && x <= right && y >= top && y <= bottom;
const isInSight = ({ x, y }, { tx, ty, w, h }) => x + tx > 0 && x + tx < w && y + ty > 0 && y + ty < h;
const classOf = (place) => (place.group ? 'group' : place.home ? `home ${place.side ?? ''}` : 'partner');

// What is selected is seen, and so are its partners; then countries, home, and who has the most partners.
function wantedFirst() {
  const selected = chosen.select?.place;
  if (!selected) return present;
  const near = network.partnersOf(selected);
  const rank = (place) => (place === selected ? 0 : near.has(place.id) ? 1 : 2);
  return [...present].sort((a, b) => rank(a) - rank(b));
}

/**
 * @param {object} place A place.
 * @param {object} view The view.
 * @returns {object[]} The places that are gathered under its dot, itself the first; none where it is alone.
 */
export function gatheredAt(place, view) {
  return (dotsOf(view).get(place.id)?.members ?? []).map((id) => places[id]);
}

/**
 * @param {object} view The view.
 * @returns {?object} The open fan in this view: its middle `x`, `y`, its `reach`, and its `spots` (`place`, `x`, `y`,
 *   and the true spot `from`); null where none is open here.
 */
export function fanIn(view) {
  const { fan } = chosen;
  if (!fan || fan.frame !== frameOf(view)) return null;
  const among = fan.places.filter((place) => sizes.has(place.id));
  const at = among.length && dotOf(fan.places[0], view);
  if (!at) return null;
  const { spots, ...middle } = fanSpots(among.length, at, view);
  const found = among.map((place, i) => ({ place, ...spots[i], from: dotOf(place, view) }));
  return { ...middle, spots: found };
}

/**
 * Open the cluster at a place into a fan.
 *
 * @param {object} place The leader of the cluster.
 * @param {object} view The view.
 * @returns {object} The change of choices for `setChosen`.
 */
export function openFan(place, view) {
  const gathered = gatheredAt(place, view);
  return { fan: { places: gathered, frame: frameOf(view) }, select: { gathered }, hover: null };
}

function arcBetween(a, b, lane, view) {
  const [p, q] = [dotOf(a, view), dotOf(b, view)];
  return p && q ? makeArc(p, q, lane) : null;
}

// Lines of one pair are set next to each other.
function laneOf(line) {
  if (lanes.version !== version) {
    const pairs = new Map();
    for (const each of lines) {
      const pair = Math.min(each.a.id, each.b.id) * 1e6 + Math.max(each.a.id, each.b.id);
      if (!pairs.has(pair)) pairs.set(pair, []);
      pairs.get(pair).push(each);
    }
    lanes = { version, of: new Map() };
    for (const own of pairs.values()) own.forEach((each, i) => lanes.of.set(each, i - (own.length - 1) / 2));
  }
  return lanes.of.get(line) ?? 0;
}

/**
 * @param {object} line A line.
 * @param {object} view The view.
 * @returns {?object} Its arc; null where an end is not shown.
 */
export function lineArc(line, view) {
  return arcBetween(line.a, line.b, laneOf(line), view);
}

/**
 * @param {object} arrow A record of a layer.
 * @param {object} view The view.
 * @returns {?object} Its arc, toward whom it reaches; null where an end is not shown.
 */
export function arrowArc(arrow, view) {
  const layer = layerOf[arrow.type];
  const [a, b] = [drawnFor(places[arrow.a]), drawnFor(places[arrow.b])];
  if (a === b) return null;
  const lane = layer.lane ?? DEFAULT_LANE;
  return layer.reversed ? arcBetween(b, a, lane, view) : arcBetween(a, b, lane, view);
}

/**
 * @param {object} line A line.
 * @returns {boolean} Whether it joins two countries of a gathered map: its width shows its ties.
 */
export function isWide(line) {
  return Boolean(line.a.group && line.b.group);
}

/**
 * What the reader looks at now, hovered or else selected; everything else is dimmed.
 *
 * @returns {?{lines: Set<object>, places: Set<number>}} The lines and the ids of places in focus; null for none.
 */
export function focus() {
  const now = chosen.hover ?? chosen.select;
  if (!now) return null;
  if (seen.now !== now || seen.version !== version) seen = { now, version, focus: findFocus(now) };
  return seen.focus;
}

function findFocus({ place, tie, pair, programme, gathered }) {
  let ends;
  let lit = [];
  if (gathered) {
    ends = gathered;
    lit = lines.filter((line) => gathered.includes(line.a) || gathered.includes(line.b));
  } else if (programme) ends = programme.parts.map((part) => drawnFor(places[part.a]));
  else if (tie) {
    ends = [places[tie.a], places[tie.b]].map(drawnFor);
    lit = lines.filter((line) => line.ties.includes(tie));
  } else if (pair) {
    ends = pair;
    lit = linesBetween(...pair);
  } else {
    ends = [drawnFor(place)];
    const isIts = place.group ? (end) => end === place || end.country === place.country : (end) => end === place;
    const isInBundle = (line) => line.ties.some((each) => each.a === place.id || each.b === place.id);
    const isGathered = drawnFor(place) !== place;
    lit = lines.filter((line) => isIts(line.a) || isIts(line.b) || (isGathered && isInBundle(line)));
  }
  const near = new Set([...ends, ...lit.flatMap((line) => [line.a, line.b])].map((each) => each.id));
  for (const join of place ? [...place.members, ...place.joins] : []) near.add(join.a).add(join.b);
  for (const arrow of (place?.arrows ?? []).filter(isLayerShown)) {
    near.add(drawnFor(places[arrow.a]).id).add(drawnFor(places[arrow.b]).id);
  }
  return { lines: new Set(lit), places: near };
}

/**
 * @param {object} a A drawn place.
 * @param {object} b Another.
 * @returns {object[]} The lines between them.
 */
export function linesBetween(a, b) {
  return lines.filter((line) => (line.a === a && line.b === b) || (line.a === b && line.b === a));
}

/**
 * Find what is nearest to a point.
 *
 * @param {number} x The point, in pixels.
 * @param {number} y The same.
 * @param {object} view The view.
 * @param {number} reach How far away it may be: less for a pointer than for a finger.
 * @returns {?object} A `place`, the places `gathered` under a dot, a `tie` or a `pair`; null for nothing.
 */
export function pick(x, y, view, reach) {
  let [best, least] = [null, reach];
  const near = (spot, r, found) => {
    const away = Math.hypot(spot.x - x, spot.y - y) - r;
    if (away < least) [best, least] = [found, away];
  };
  const fan = fanIn(view);
  for (const spot of fan?.spots ?? []) near(spot, FAN_RADIUS, { place: spot.place });
  if (best || (fan && Math.hypot(fan.x - x, fan.y - y) < fan.reach)) return best;
  for (const place of present) {
    const dot = dotOf(place, view);
    if (dot.leader !== null) continue;
    near(dot, dot.r, dot.members ? { gathered: gatheredAt(place, view) } : { place });
  }
  if (best || lines.length > MOST_PICKABLE_LINES) return best;
  for (const line of lines) {
    const arc = lineArc(line, view);
    if (!arc || isOutside(arc, view)) continue;
    const away = distanceToArc(arc, x, y, reach);
    if (away < least) [best, least] = [line.bundle ? { pair: [line.a, line.b] } : { tie: line.ties[0] }, away];
  }
  if (best) return best;
  // An arrow opens the card of the place where its record begins.
  for (const arrow of data.arrows.filter(isLayerShown)) {
    const arc = arrowArc(arrow, view);
    if (arc && distanceToArc(arc, x, y, reach) < least) return { place: drawnFor(places[arrow.a]) };
  }
  return null;
}

/**
 * @returns {object[]} The places that are drawn, the last on top reversed: the first is drawn last.
 */
export function presentPlaces() {
  return present;
}

/**
 * @returns {object[]} The lines that are drawn, those of most ties last.
 */
export function presentLines() {
  return lines;
}

/**
 * @returns {number} The most ties of a line between two countries.
 */
export function mostTiesOfLine() {
  return mostTies;
}

/**
 * @returns {boolean} Whether so much is drawn that a moving map is shown as a still picture.
 */
export function isHeavy() {
  return lines.length + present.length > HEAVY_COUNT;
}

/**
 * @param {object} place A place.
 * @returns {?{r: number, own: object[], partners: number}} Its radius, shown ties and number of partners.
 */
export function sizeOf(place) {
  return sizes.get(place.id);
}

/**
 * @param {object} place A place.
 * @returns {number} How many partners it has among what is shown.
 */
export function partnerCount(place) {
  return sizes.get(place.id)?.partners ?? 0;
}
