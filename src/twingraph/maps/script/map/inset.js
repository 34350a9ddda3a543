// The inset: home, or where most places are, at a larger scale beside the wide map, whose frame shows it.
import { data, words } from '../data.js';
import { $ } from '../dom.js';
import { arrangeInset, isCrowded } from '../logic/insets.js';
import { chosen } from '../state.js';
import { drawFan, drawPlace, drawTies, FACE } from './drawing.js';
import { drawLabels } from './labels.js';
import * as scene from './scene.js';

const LEAST_TIMES = 1.4; // a wide map that is nearly as large needs no inset
const TITLE_HEIGHT = 24;
const CLOSE_SIZE = 34;
const box = data.inset;
let arranged = null;
let isClosed = false; // by the reader

/**
 * Arrange the inset and the map beside it.
 *
 * @param {number[][]} core Positions of the places of the first view.
 * @param {{w: number, h: number}} stage The size of both.
 * @param {number} mostScale The largest scale of the map.
 * @returns {?{k: number, x: number, y: number}} The first view of the map beside the inset; null without an inset.
 */
export function arrange(core, stage, mostScale) {
  arranged = null;
  if (box && !isClosed && chosen.layout === 'map') {
    const spots = scene.presentPlaces().map(scene.positionOf).filter(isInBox);
    const found = arrangeInset(box, core, stage, mostScale);
    if (found && isCrowded(spots, found.first.k)) arranged = found;
  }
  $('inset-toggle').hidden = !arranged && !isClosed;
  return arranged?.first ?? null;
}
const isInBox = ([x, y]) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3];

/**
 * @returns {boolean} Whether the last `arrange` found an inset worth its room.
 */
export function isArranged() {
  return arranged !== null;
}

/**
 * Close the inset, or open it again at the next `arrange`.
 */
export function toggle() {
  isClosed = !isClosed;
}

/**
 * @param {number} k The scale of the wide map.
 * @returns {?object} The rectangle of the inset on the map, and the height that it takes from a narrow one; null where
 *   none is shown.
 */
export function placeOf(k) {
  const isShown = arranged && chosen.layout === 'map' && k * LEAST_TIMES < arranged.k;
  return isShown ? { rect: arranged.rect, strip: arranged.strip } : null;
}

/**
 * @returns {object} The view of the inset, in its own pixels.
 */
export function insetView() {
  const { rect, k, tx, ty } = arranged;
  const titleBox = { x: 0, y: 0, w: 16 + 8 * title().length, h: TITLE_HEIGHT };
  const closeBox = { x: rect.w - CLOSE_SIZE, y: 0, w: CLOSE_SIZE, h: CLOSE_SIZE };
  return { inset: true, k, tx, ty, w: rect.w, h: rect.h, kept: [titleBox, closeBox] };
}

/**
 * @returns {string} What the inset shows.
 */
export function title() {
  return data.scope.type === 'world' ? words.t('inset_densest') : words.scope();
}

/**
 * @returns {number[]} The part of the map in the inset: left, top, right and bottom in km.
 */
export function shownPart() {
  const { rect, k, tx, ty } = arranged;
  return [-tx / k, -ty / k, (rect.w - tx) / k, (rect.h - ty) / k];
}

/**
 * Draw the frame of the inset on the wide map, and what joins the two.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas in screen pixels, or a pen.
 * @param {object} view The view of the wide map.
 * @param {Object<string, string>} colours The colours.
 */
export function drawFrame(ctx, view, colours) {
  const place = placeOf(view.k);
  if (!place) return;
  const { rect } = place;
  const [left, top, right, bottom] = shownPart();
  const frame = {
    x: left * view.k + view.tx,
    y: top * view.k + view.ty,
    w: (right - left) * view.k,
    h: (bottom - top) * view.k,
  };
  ctx.globalAlpha = 0.8;
  ctx.setLineDash([]);
  ctx.strokeStyle = colours.ink;
  ctx.lineWidth = 1.2;
  ctx.beginPath();
  ctx.rect(frame.x, frame.y, frame.w, frame.h);
  ctx.stroke();
  ctx.globalAlpha = 0.35;
  for (const [from, to] of joints(frame, rect)) {
    ctx.beginPath();
    ctx.moveTo(...from);
    ctx.lineTo(...to);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
}

// The two pairs of corners whose lines cross neither the frame nor the inset.
function joints(a, b) {
  const corners = ({ x, y, w, h }) => [
    [x, y],
    [x + w, y],
    [x + w, y + h],
    [x, y + h],
  ];
  const [from, to] = [corners(a), corners(b)];
  const isRight = b.x > a.x + a.w;
  const isLeft = b.x + b.w < a.x;
  const isBelow = b.y > a.y + a.h;
  const isAbove = b.y + b.h < a.y;
  const slanted = (isRight && isBelow) || (isLeft && isAbove);
  const otherSlant = (isRight && isAbove) || (isLeft && isBelow);
  if (slanted) return [1, 3].map((i) => [from[i], to[i]]);
  if (otherSlant) return [0, 2].map((i) => [from[i], to[i]]);
  if (isRight) return [[from[1], to[0]], [from[2], to[3]]]; // prettier-ignore
  if (isLeft) return [[from[0], to[1]], [from[3], to[2]]]; // prettier-ignore
  if (isBelow) return [[from[3], to[0]], [from[2], to[1]]]; // prettier-ignore
  if (isAbove) return [[from[0], to[3]], [from[1], to[2]]]; // prettier-ignore
  return [];
}

/**
 * Draw what the inset shows, in its own pixels.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas, or a pen.
 * @param {Object<string, string>} colours The colours.
 * @param {function(object): void} drawGround Draws the ground of a view.
 */
export function drawInset(ctx, colours, drawGround) {
  const view = insetView();
  drawGround(view);
  drawTies(ctx, view, colours);
  for (const place of scene.presentPlaces().toReversed()) drawPlace(ctx, place, view, colours);
  drawLabels(ctx, view, colours);
  drawFan(ctx, view, colours);
  ctx.globalAlpha = 1;
  ctx.font = `600 12px ${FACE}`;
  ctx.textBaseline = 'middle';
  const text = title();
  ctx.fillStyle = colours.chip;
  ctx.fillRect(0, 0, ctx.measureText(text).width + 16, TITLE_HEIGHT);
  ctx.fillStyle = colours.ink;
  ctx.fillText(text, 8, TITLE_HEIGHT / 2);
  ctx.setLineDash([]);
  ctx.strokeStyle = colours.ink;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  ctx.rect(0, 0, view.w, view.h);
  ctx.stroke();
}
