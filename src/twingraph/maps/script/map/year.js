// The chosen year on the map, and in every picture of it.
import { words } from '../data.js';
import { wrapText } from '../logic/sheets.js';
import { chosen } from '../state.js';
import { FACE } from './drawing.js';

const FONT = `600 15px ${FACE}`;
const LINE_HEIGHT = 18;
const NOTE_FONT = `12px ${FACE}`;

/**
 * @returns {string} The chosen year in words, as `2015: begun, not ended`; empty where none is chosen.
 */
export function yearInWords() {
  const { t } = words;
  if (chosen.year === null) return chosen.undated ? '' : t('years_dated_only');
  const year = t('years_shown', { year: String(chosen.year) });
  return chosen.undated ? `${year}; ${t('years_with_undated')}` : year;
}

/**
 * Write the chosen year in the upper left corner of the map.
 *
 * @param {CanvasRenderingContext2D} ctx A canvas in screen pixels, or a pen.
 * @param {object} view The view.
 * @param {Object<string, string>} colours The colours.
 * @returns {object[]} The box that it takes; none where no year is chosen.
 */
export function drawYear(ctx, view, colours) {
  const text = yearInWords();
  if (!text) return [];
  ctx.font = view.w < 560 ? NOTE_FONT : FONT;
  const measure = (part) => ctx.measureText(part).width;
  const lines = wrapText(text, view.w - 36, measure);
  const box = { x: 8, y: 8, w: Math.max(...lines.map(measure)) + 20, h: LINE_HEIGHT * lines.length + 10 };
  ctx.globalAlpha = 1;
  ctx.setLineDash([]);
  ctx.fillStyle = colours.chip;
  ctx.strokeStyle = colours.quiet;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.roundRect(box.x, box.y, box.w, box.h, 6);
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = colours.ink;
  ctx.textBaseline = 'middle';
  lines.forEach((line, i) => ctx.fillText(line, box.x + 10, box.y + 14.5 + i * LINE_HEIGHT));
  return [box];
}
