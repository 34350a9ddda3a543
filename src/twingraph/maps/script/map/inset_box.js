// The element of the inset: a canvas of its own, drawn when something changes and not while the map moves.
import { words } from '../data.js';
import { $ } from '../dom.js';
import { endHover, handleHover } from './hovering.js';
import { drawInset, insetView, placeOf, title, toggle } from './inset.js';
import { drawLand } from './land.js';

const box = $('inset');
const canvas = box.querySelector('canvas');
let shownAt = null; // where it is, as text

/**
 * Listen to the inset and to the buttons that close and open it.
 *
 * @param {object} options Options.
 * @param {function(object, object, boolean): void} options.clickAt As for `startCamera`.
 * @param {function(): void} options.onToggle Called when it was closed or opened.
 */
export function startInsetBox({ clickAt, onToggle }) {
  canvas.addEventListener('click', (event) => {
    clickAt({ x: event.offsetX, y: event.offsetY }, insetView(), event.pointerType === 'touch');
  });
  canvas.addEventListener('pointermove', (event) => {
    if (event.pointerType === 'mouse') handleHover(event, canvas, insetView());
  });
  canvas.addEventListener('pointerleave', endHover);
  for (const button of [$('inset-close'), $('inset-toggle')]) {
    button.addEventListener('click', () => {
      toggle();
      onToggle();
    });
  }
}

/**
 * Set the element where the inset is now.
 *
 * @param {object} view The view of the map.
 * @returns {boolean} Whether it was moved, shown or hidden.
 */
export function moveInsetBox(view) {
  const place = placeOf(view.k);
  const now = JSON.stringify(place);
  if (now === shownAt) return false;
  shownAt = now;
  box.hidden = !place;
  $('inset-toggle').setAttribute('aria-pressed', String(Boolean(place)));
  $('stage').style.setProperty('--strip', `${place?.strip ?? 0}px`);
  if (place) {
    const { x, y, w, h } = place.rect;
    Object.assign(box.style, { left: `${x}px`, top: `${y}px`, width: `${w}px`, height: `${h}px` });
  }
  return true;
}

/**
 * Draw the inset again.
 *
 * @param {object} view The view of the map.
 * @param {Object<string, string>} colours The colours.
 */
export function redrawInsetBox(view, colours) {
  if (!placeOf(view.k)) return;
  const { w, h } = insetView();
  canvas.width = Math.round(w * view.dpr);
  canvas.height = Math.round(h * view.dpr);
  canvas.setAttribute('aria-label', words.t('inset_label', { scope: title() }));
  const ctx = canvas.getContext('2d');
  ctx.scale(view.dpr, view.dpr);
  drawInset(ctx, colours, (own) => drawLand(ctx, own, colours));
}
