// Ties, members, arrows and places on a canvas, or on any pen with its calls.
import { data, layerOf, network, words } from '../data.js';
import { isOutside, pointAlong } from '../logic/arcs.js';
import { AREAS, DASHES, arrowStatus } from '../logic/kinds.js';
import { freeBoxes } from '../logic/placement.js';
import { shorten } from '../logic/words.js';
import { chosen } from '../state.js';
import { fillsOf, lineColour } from './palette.js';
import * as scene from './scene.js';

/** The font of everything that is written on the map. */
export const FACE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const MANY_LINES = 1500;
const SOME_LINES = 200;

/**
 * Draw the lines: members of metropolises, partnerships, arrows.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas in screen pixels, or a pen.
 * @param {object} view The view.
 * @param {Object<string, string>} colours The colours.
 */
export function drawTies(ctx, view, colours) {
  const focus = scene.focus();
  drawMembers(ctx, view, colours, focus);
  const lines = scene.presentLines();
  const thin = lines.length > MANY_LINES ? 0.6 : lines.length > SOME_LINES ? 1.2 : 1.8;
  const ordered = focus ? [...lines.filter((line) => !focus.lines.has(line)), ...focus.lines] : lines;
  ctx.lineCap = 'round';
  for (const line of ordered) {
    const arc = scene.lineArc(line, view);
    if (!arc || isOutside(arc, view)) continue;
    ctx.globalAlpha = lineOpacity(line, thin, focus);
    ctx.strokeStyle = lineColour(line, colours);
    ctx.lineWidth = lineWidth(line, thin, focus);
    ctx.setLineDash(line.bundle ? [] : DASHES[line.status]);
    strokeArc(ctx, arc);
  }
  ctx.setLineDash([]);
  drawArrows(ctx, view, colours, focus);
  ctx.globalAlpha = 1;
}

// Lines in focus are strong, unless they are those of a whole country.
const isCrowd = (focus) => focus.lines.size > 80;
const share = (line) => Math.sqrt(line.ties.length / scene.mostTiesOfLine());

function lineWidth(line, thin, focus) {
  const width = scene.isWide(line) ? 0.5 + 6 * share(line) : thin;
  if (!focus?.lines.has(line)) return width;
  return Math.max(isCrowd(focus) ? 0.8 : 3, width);
}
function lineOpacity(line, thin, focus) {
  if (focus?.lines.has(line)) return isCrowd(focus) ? 0.4 : 1;
  if (focus) return thin < 1 ? 0.05 : 0.13;
  if (scene.isWide(line)) {
    const faint = scene.presentLines().length > SOME_LINES ? 0.12 : 0.35;
    return faint + (0.82 - faint) * share(line);
  }
  return thin < 1 ? 0.3 : thin < 1.5 ? 0.6 : 0.85;
}

function strokeArc(ctx, { p, q, cx, cy }) {
  ctx.beginPath();
  ctx.moveTo(p.x, p.y);
  ctx.quadraticCurveTo(cx, cy, q.x, q.y);
  ctx.stroke();
}
function strokeLine(ctx, a, b) {
  ctx.beginPath();
  ctx.moveTo(a.x, a.y);
  ctx.lineTo(b.x, b.y);
  ctx.stroke();
}
function circle(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
}

function drawMembers(ctx, view, colours, focus) {
  if (!chosen.members) return;
  for (const place of scene.presentPlaces()) {
    if (!place.members.length) continue;
    const centre = scene.dotOf(place, view);
    ctx.globalAlpha = focus && !focus.places.has(place.id) ? 0.15 : 0.8;
    ctx.strokeStyle = colours.metropolis;
    ctx.lineWidth = 1.2;
    for (const join of place.members) {
      const end = scene.dotOf(network.places[join.a], view);
      if (end) strokeLine(ctx, centre, end);
    }
  }
  ctx.globalAlpha = 1;
}

function drawArrows(ctx, view, colours, focus) {
  for (const arrow of data.arrows.filter(scene.isLayerShown)) {
    const layer = layerOf[arrow.type];
    const [a, b] = [arrow.a, arrow.b].map((end) => scene.drawnFor(network.places[end]));
    ctx.globalAlpha = focus && !(focus.places.has(a.id) && focus.places.has(b.id)) ? 0.2 : 1;
    ctx.strokeStyle = ctx.fillStyle = colours[arrow.type];
    ctx.lineWidth = layer.dashes ? 1.8 : 2.2;
    ctx.setLineDash(layer.dashes?.[arrowStatus(layer, arrow)] ?? []);
    const arc = scene.arrowArc(arrow, view);
    if (arc) {
      drawArrow(ctx, arc, layer.hollow && colours.paper);
      continue;
    }
    // One end is not drawn: a ring about the other.
    const dot = scene.dotOf(scene.positionOf(a) ? a : b, view);
    if (!dot) continue;
    circle(ctx, dot.x, dot.y, dot.r + 4);
    ctx.stroke();
  }
  ctx.setLineDash([]);
}
// `hollow` is the fill of a head that is an outline only.
function drawArrow(ctx, arc, hollow) {
  strokeArc(ctx, arc);
  ctx.setLineDash([]);
  const tip = pointAlong(arc, Math.max(0.5, 1 - (arc.q.r + 2) / arc.length));
  const back = pointAlong(arc, Math.max(0.4, 1 - (arc.q.r + 13) / arc.length));
  const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
  ctx.beginPath();
  ctx.moveTo(tip.x, tip.y);
  for (const turn of [2.7, -2.7]) ctx.lineTo(tip.x + 11 * Math.cos(angle + turn), tip.y + 11 * Math.sin(angle + turn));
  ctx.closePath();
  if (hollow) ctx.fillStyle = hollow;
  ctx.fill();
  if (hollow) ctx.stroke();
}

/**
 * Draw one place: at home a dark disc (on the second of two sides a ring), a partner a disc in the colours of its
 * kinds, a metropolis a diamond, a territory as `drawArea` does, a country of a gathered map a rounded square; several
 * places that would cover each other a ring with their number.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas in screen pixels, or a pen.
 * @param {object} place The place.
 * @param {object} view The view.
 * @param {Object<string, string>} colours The colours.
 */
export function drawPlace(ctx, place, view, colours) {
  const dot = scene.dotOf(place, view);
  if (!dot || dot.leader !== null) return; // drawn with the dot that covers it
  const focus = scene.focus();
  const isInFocus = dot.members ? dot.members.some((id) => focus?.places.has(id)) : focus?.places.has(place.id);
  ctx.globalAlpha = focus && !isInFocus ? 0.25 : 1;
  const isLit = chosen.select?.place === place || chosen.hover?.place === place;
  ctx.lineWidth = isLit ? 3 : dot.isFramed ? 0.5 : 1.4;
  ctx.strokeStyle = isLit ? colours.lit : colours.paper;
  if (dot.members && !place.group) {
    drawCluster(ctx, dot, scene.gatheredAt(place, view), colours);
    return;
  }
  drawMark(ctx, place, dot, colours);
  ctx.globalAlpha = 1;
}

function drawMark(ctx, place, dot, colours) {
  const { own, partners } = scene.sizeOf(place);
  const fills = fillsOf(place, own, colours);
  if (place.group) drawGroup(ctx, dot, fills[0], partners, colours);
  else if (place.type === 'metropolis') drawPolygon(ctx, dot, dot.r + 2.5, 4, colours.metropolis);
  else if (AREAS.includes(place.type)) drawArea(ctx, dot, place.type, fills[0]);
  else drawDisc(ctx, dot, fills, place.side === 2 && colours.paper);
}

// Several places on nearly one spot: a disc with their number and a ring about it, in the colours of all.
function drawCluster(ctx, dot, gathered, colours) {
  const fills = [...new Set(gathered.flatMap((each) => fillsOf(each, scene.sizeOf(each).own, colours)))].slice(0, 4);
  circle(ctx, dot.x, dot.y, dot.r + 1.5);
  ctx.fillStyle = ctx.strokeStyle; // of the places that it may lie over
  ctx.fill();
  ctx.strokeStyle = colours.paper;
  ctx.lineWidth = 1;
  drawDisc(ctx, dot, fills, null);
  if (fills.length > 1) {
    circle(ctx, dot.x, dot.y, dot.r - 2.5);
    ctx.fillStyle = colours.paper;
    ctx.fill();
  }
  ctx.font = `600 ${gathered.length > 99 ? 8 : dot.r > 11 ? 11 : 9}px ${FACE}`;
  ctx.fillStyle = fills.length > 1 ? colours.ink : colours.paper;
  ctx.textBaseline = 'middle';
  const text = String(gathered.length);
  ctx.fillText(text, dot.x - ctx.measureText(text).width / 2, dot.y + 0.5);
  ctx.globalAlpha = 1;
}

/**
 * Draw the open fan: the places of a cluster about it, each with a leg to its true spot.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas in screen pixels, or a pen.
 * @param {object} view The view.
 * @param {Object<string, string>} colours The colours.
 */
export function drawFan(ctx, view, colours) {
  const fan = scene.fanIn(view);
  if (!fan) return;
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  ctx.fillStyle = colours.chip;
  circle(ctx, fan.x, fan.y, fan.reach);
  ctx.fill();
  ctx.strokeStyle = colours.quiet;
  ctx.lineWidth = 1;
  ctx.stroke();
  for (const { x, y, from } of fan.spots) strokeLine(ctx, { x, y }, from);
  for (const { from } of fan.spots) {
    ctx.fillStyle = colours.ink;
    circle(ctx, from.x, from.y, 2);
    ctx.fill();
  }
  for (const { place, x, y } of fan.spots) {
    const isLit = chosen.select?.place === place || chosen.hover?.place === place;
    ctx.lineWidth = isLit ? 3 : 1.4;
    ctx.strokeStyle = isLit ? colours.lit : colours.paper;
    drawMark(ctx, place, { x, y, r: scene.FAN_RADIUS }, colours);
  }
  nameFan(ctx, fan, view, colours);
}

// The names of a fan, at its outer side.
function nameFan(ctx, fan, view, colours) {
  const taken = [];
  ctx.font = `600 12px ${FACE}`;
  ctx.textBaseline = 'middle';
  ctx.lineJoin = 'round';
  ctx.lineWidth = 4;
  for (const { place, x, y } of fan.spots) {
    const text = shorten(words.name(place), 28);
    const w = ctx.measureText(text).width;
    const right = { x: x + scene.FAN_RADIUS + 4, y: y - 8, w, h: 16 };
    const left = { ...right, x: x - scene.FAN_RADIUS - 4 - w };
    const below = { ...right, x: x - w / 2, y: y + scene.FAN_RADIUS + 1 };
    const above = { ...below, y: y - scene.FAN_RADIUS - 17 };
    const sides = x < fan.x - 3 ? [left, right] : [right, left];
    const discs = fan.spots.filter((each) => each.place !== place).map((each) => boxOf(each, scene.FAN_RADIUS));
    const [box] = freeBoxes([...sides, below, above], [...taken, ...discs], view, 2);
    if (!box) continue;
    taken.push(box);
    ctx.strokeStyle = colours.paper;
    ctx.strokeText(text, box.x, box.y + 8);
    ctx.fillStyle = colours.ink;
    ctx.fillText(text, box.x, box.y + 8);
  }
}
const boxOf = ({ x, y }, r) => ({ x: x - r, y: y - r, w: 2 * r, h: 2 * r });

function drawGroup(ctx, dot, fill, count, colours) {
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.roundRect(dot.x - dot.r, dot.y - dot.r, 2 * dot.r, 2 * dot.r, dot.r * 0.45);
  ctx.fill();
  ctx.stroke();
  if (dot.r <= 9) return;
  ctx.font = `600 ${dot.r > 15 ? 12 : 10}px ${FACE}`;
  ctx.fillStyle = colours.paper;
  const text = words.number(count);
  const { width } = ctx.measureText(text);
  if (width >= 2 * dot.r - 2) return;
  ctx.textBaseline = 'middle';
  ctx.fillText(text, dot.x - width / 2, dot.y + 0.5);
}

// A disc of one colour or of sectors; `hole` is the colour of a ring's middle.
function drawDisc(ctx, { x, y, r }, fills, hole) {
  if (fills.length === 1) {
    ctx.fillStyle = fills[0];
    circle(ctx, x, y, r);
    ctx.fill();
    ctx.stroke();
    if (!hole) return;
    ctx.fillStyle = hole;
    circle(ctx, x, y, r * 0.45);
    ctx.fill();
    return;
  }
  const turn = (i) => (2 * Math.PI * i) / fills.length - Math.PI / 2;
  fills.forEach((fill, i) => {
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.arc(x, y, r, turn(i), turn(i + 1));
    ctx.closePath();
    ctx.fill();
  });
  circle(ctx, x, y, r);
  ctx.stroke();
}

/**
 * Draw a whole region as a triangle, a whole country as a square.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas, or a pen.
 * @param {{x: number, y: number, r: number}} dot Where and how large.
 * @param {string} type `region` or `country`.
 * @param {string} fill Its colour.
 */
export function drawArea(ctx, dot, type, fill) {
  if (type === 'region') {
    drawPolygon(ctx, dot, dot.r + 3, 3, fill);
    return;
  }
  ctx.fillStyle = fill;
  ctx.beginPath();
  ctx.rect(dot.x - dot.r, dot.y - dot.r, 2 * dot.r, 2 * dot.r);
  ctx.fill();
  ctx.stroke();
}
function drawPolygon(ctx, { x, y }, r, corners, fill) {
  ctx.fillStyle = fill;
  ctx.beginPath();
  for (let i = 0; i < corners; i += 1) {
    const angle = (2 * Math.PI * i) / corners - Math.PI / 2;
    ctx[i ? 'lineTo' : 'moveTo'](x + r * Math.cos(angle), y + r * Math.sin(angle));
  }
  ctx.closePath();
  ctx.fill();
  ctx.stroke();
}
