// Names on the map, the important first, none over another; and at the edge, what lies beyond it.
import { data, words } from '../data.js';
import { edgeBoxes, freeBoxes, labelBoxes, leastCovering, overlaps } from '../logic/placement.js';
import { shorten } from '../logic/words.js';
import { chosen } from '../state.js';
import { FACE } from './drawing.js';
import { tiedCountries } from './land.js';
import * as scene from './scene.js';
import { drawYear } from './year.js';

const MOST_NAMES = 400;
const MOST_CHIPS = 14;
const INSET_CHIP_ROOM = 80; // pixels of its width for each
const CHIP_HEIGHT = 22;
const INSET_CHIP_HEIGHT = 18;
const ARROWS = '→↘↓↙←↖↑↗';
const widths = new Map();
const chips = { map: [], inset: [] };

function widthOf(ctx, font, text) {
  const key = font + text;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

/**
 * Write the names.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas in screen pixels, or a pen.
 * @param {object} whole The view: `kept` are boxes where nothing is written (buttons, counts, the inset), `strip` is
 *   the height that an inset takes from below.
 * @param {Object<string, string>} colours The colours.
 */
export function drawLabels(ctx, whole, colours) {
  const view = { ...whole, h: whole.h - (whole.strip ?? 0) }; // what the inset leaves
  const focus = scene.focus();
  const seen = scene
    .presentPlaces()
    .map((place) => ({ place, dot: scene.dotOf(place, view) }))
    .filter(({ dot }) => dot.leader === null && isNear(dot, view));
  const discs = seen.map(({ place, dot: { x, y, r } }) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r, id: place.id }));
  const taken = drawChips(ctx, view, colours, focus, discs);
  seen.sort((a, b) => weightOf(b.place, focus) - weightOf(a.place, focus) || a.place.id - b.place.id);
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  if (view.framed) nameFrame(ctx, view, colours, taken, discs);
  const fan = scene.fanIn(whole);
  if (fan) taken.push({ x: fan.x - fan.reach, y: fan.y - fan.reach, w: 2 * fan.reach, h: 2 * fan.reach });
  // So many of the most important may cover small places where nothing is free.
  let covering = Math.min(seen.length > 120 ? 6 : 2, view.w / 200);
  for (const { place, dot } of seen.slice(0, MOST_NAMES)) {
    if (dot.isFramed || (focus && !focus.places.has(place.id))) continue;
    const partners = scene.partnerCount(place);
    const isMinor = !partners && !focus && !place.home && place.type === 'municipality';
    if (isMinor && view.k < 0.6) continue; // members without ties are named on a closer look
    const isLarge = (place.home || place.group) && partners > 2;
    const font = `${isLarge || chosen.select?.place === place ? 600 : 400} ${isLarge ? 14 : 12}px ${FACE}`;
    const text = labelText(place, dot);
    const h = isLarge ? 17 : 15;
    const boxes = freeBoxes(labelBoxes(dot, widthOf(ctx, font, text), h), taken, view, 1);
    let box = boxes.find((each) => !discs.some((disc) => disc.id !== place.id && overlaps(each, disc)));
    if (!box && covering > 0 && (partners > 3 || chosen.select?.place === place)) {
      box = leastCovering(boxes, discs, place.id);
      covering -= 1;
    }
    if (!box) continue;
    taken.push(box);
    write(ctx, text, box.x + 1, box.y + h / 2, font, colours.ink, colours.halo);
  }
  if (chosen.layout === 'map' && !data.gather && !view.inset)
    drawCountryNames(ctx, view, colours, [...taken, ...discs]);
}

// The part that the inset shows has its name at its frame, in place of the names of its places.
function nameFrame(ctx, view, colours, taken, discs) {
  if (data.scope.type === 'world') return;
  const font = `600 13px ${FACE}`;
  const text = shorten(words.scope(), 32);
  const [x, y, right, bottom] = view.framed.map((at, i) => at * view.k + (i % 2 ? view.ty : view.tx));
  const w = widthOf(ctx, font, text);
  const wanted = [
    [x, bottom + 2],
    [x, y - 18],
    [right + 4, y],
    [x - w - 4, y],
  ].map(([left, top]) => ({ x: left, y: top, w, h: 16 }));
  const [box] = freeBoxes(wanted, [...taken, ...discs], view, 1);
  if (!box) return;
  taken.push(box);
  write(ctx, text, box.x, box.y + 8, font, colours.ink, colours.halo);
}

function labelText(place, { members }) {
  const text = place.group ? shorten(words.country(place.country), 28) : shorten(words.name(place), 32);
  return members ? `${text} +${members.length - 1}` : text;
}

const isNear = ({ x, y }, { w, h }) => x > -20 && x < w + 20 && y > -20 && y < h + 20;

const TYPE_WEIGHTS = { metropolis: 50, country: 350 };
function weightOf(place, focus) {
  let weight = scene.partnerCount(place) * 100 + (TYPE_WEIGHTS[place.type] ?? 0) + Math.log10(1 + (place.pop || 0));
  if (focus?.places.has(place.id)) weight += 1e6;
  if (place.group) weight += 1e5;
  if (place.home) weight += 1e4;
  return weight;
}

function write(ctx, text, x, y, font, ink, halo) {
  ctx.font = font;
  ctx.lineWidth = 3;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = ink;
  ctx.fillText(text, x, y);
}

function drawCountryNames(ctx, view, colours, taken) {
  const font = `500 11px ${FACE}`;
  for (const [code, country] of Object.entries(data.countries)) {
    if (!country.xy || !tiedCountries.has(code)) continue;
    const text = shorten(words.country(code), 28).toLocaleUpperCase();
    const w = widthOf(ctx, font, text);
    const [x, y] = [country.xy[0] * view.k + view.tx - w / 2, country.xy[1] * view.k + view.ty];
    const wanted = [0, 22, -22, 44, -44].map((dy) => ({ x: x - 4, y: y + dy - 7, w: w + 8, h: 14 }));
    const [box] = freeBoxes(wanted, taken, view, 0);
    if (!box) continue;
    taken.push(box);
    write(ctx, text, x, box.y + 7, font, colours.quiet, colours.halo);
  }
}

// Partners beyond the edge, by country, as many as there is room for; returns the boxes that are taken.
function drawChips(ctx, view, colours, focus, discs) {
  const found = (chips[view.inset ? 'inset' : 'map'] = []);
  const taken = [...(view.kept ?? []), ...(view.inset ? [] : drawYear(ctx, view, colours))];
  const font = `500 ${view.inset ? 11 : 12}px ${FACE}`;
  const height = view.inset ? INSET_CHIP_HEIGHT : CHIP_HEIGHT;
  for (const [code, group] of groupsBeyondEdge(view, focus).slice(
    0,
    view.inset ? view.w / INSET_CHIP_ROOM : MOST_CHIPS,
  )) {
    const [dx, dy] = [group.x / group.places.length - view.w / 2, group.y / group.places.length - view.h / 2];
    const direction = ARROWS[Math.round((Math.atan2(dy, dx) / Math.PI) * 4 + 8) % 8];
    const text = `${direction} ${chipLabel(code, group.places, view)}`;
    const w = widthOf(ctx, font, text) + 16;
    const boxes = freeBoxes(edgeBoxes(dx, dy, w, height, view), taken, view, 4);
    const chip = leastCovering(boxes, discs);
    if (!chip) continue;
    taken.push(chip);
    found.push({ ...chip, places: group.places });
    ctx.globalAlpha = 1;
    ctx.fillStyle = colours.chip;
    ctx.strokeStyle = colours.quiet;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.roundRect(chip.x, chip.y, w, height, height / 2);
    ctx.fill();
    ctx.stroke();
    ctx.fillStyle = colours.ink;
    ctx.font = font;
    ctx.textBaseline = 'middle';
    ctx.fillText(text, chip.x + 8, chip.y + height / 2 + 0.5);
  }
  return taken;
}

function groupsBeyondEdge(view, focus) {
  const groups = new Map();
  for (const place of data.gather ? [] : scene.presentPlaces()) {
    if (!scene.partnerCount(place) && !place.arrows.some(scene.isLayerShown)) continue;
    if (focus && !focus.places.has(place.id)) continue;
    const { x, y } = scene.dotOf(place, view);
    if (x > -6 && x < view.w + 6 && y > -6 && y < view.h + 6) continue;
    const key = place.country || '?';
    if (!groups.has(key)) groups.set(key, { places: [], x: 0, y: 0 });
    const group = groups.get(key);
    group.places.push(place);
    group.x += x;
    group.y += y;
  }
  return [...groups].sort((a, b) => b[1].places.length - a[1].places.length || (a[0] < b[0] ? -1 : 1));
}

function chipLabel(code, among, view) {
  const country = words.country(code);
  const name = among.length === 1 && !view.inset ? shorten(words.name(among[0]), 24) : '';
  return name ? `${name}, ${country}` : words.t('far', { country, n: among.length });
}

/**
 * @param {number} x A point.
 * @param {number} y The same.
 * @param {object} view The view.
 * @returns {?{places: object[]}} The label at the edge that is there, with the places that it is about.
 */
export function chipAt(x, y, view) {
  const found = chips[view?.inset ? 'inset' : 'map'];
  return found.find((chip) => x >= chip.x && x <= chip.x + chip.w && y >= chip.y && y <= chip.y + chip.h);
}
