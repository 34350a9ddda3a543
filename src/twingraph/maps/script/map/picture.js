// The whole map in one go, for pictures: what the screen shows, by the same calls.
import { drawFan, drawPlace, drawTies } from './drawing.js';
import { drawFrame, drawInset, placeOf } from './inset.js';
import { drawLabels } from './labels.js';
import * as scene from './scene.js';

/**
 * Draw the map with its inset.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas in screen pixels, or a pen.
 * @param {object} view The view of the map.
 * @param {Object<string, string>} colours The colours.
 * @param {function(object): void} drawGround Draws the ground of a view.
 */
export function drawPicture(ctx, view, colours, drawGround) {
  const place = placeOf(view.k);
  drawGround(view);
  drawTies(ctx, view, colours);
  for (const each of scene.presentPlaces().toReversed()) drawPlace(ctx, each, view, colours);
  drawFrame(ctx, view, colours);
  drawLabels(ctx, { ...view, kept: place ? [place.rect] : [] }, colours);
  drawFan(ctx, view, colours);
  if (!place) return;
  const { x, y, w, h } = place.rect;
  ctx.save();
  ctx.translate(x, y);
  ctx.beginPath();
  ctx.rect(0, 0, w, h);
  ctx.clip();
  drawInset(ctx, colours, drawGround);
  ctx.restore();
}
