// Where the inset of a map is on the screen, how large, and what the map beside it shows at first. Distances on the
// screen are pixels, those of places kilometres; the limits were chosen by hand.

const NARROW = 560; // a narrower map has its inset below it, over the whole width
const STRIP_SHARE = 0.46; // of the height
const PADDING = 34; // between the edge of the inset and its box: lines leave there
// An inset that enlarges less is not worth its room. That of a narrow map covers nothing.
const [LEAST_TIMES, LEAST_TIMES_NARROW] = [2, 1.6];
const GAP = 10; // to the edge of the map
const BUTTONS = 56; // of the width, for the buttons at the right
const COUNTS = 44; // of the height, for the line of counts below
const SIZES = [1, 0.85, 0.7]; // of the inset, of its largest
const CROWDED = 20; // between two places that can hardly be distinguished
// By so much the map may be smaller, so that the inset covers none of its places.
const FACTORS = [1, 0.92, 0.85, 0.78, 0.72];

/**
 * @param {number[][]} spots Positions.
 * @returns {{left: number, right: number, top: number, bottom: number}} The box that holds them.
 */
export function boundsOf(spots) {
  const [xs, ys] = [spots.map(([x]) => x), spots.map(([, y]) => y)];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

/**
 * @param {number[][]} spots Positions of the places that a view shows.
 * @param {{w: number, h: number}} stage The size of the view.
 * @param {number} mostScale The largest scale.
 * @returns {{k: number, x: number, y: number}} The scale, and what is in the middle, with room for names and buttons.
 */
export function fitSpots(spots, { w, h }, mostScale) {
  const { left, right, top, bottom } = boundsOf(spots);
  const { before, after } = roomOf(w);
  const k = Math.min((w - before - after) / (right - left || 1), (h - 90) / (bottom - top || 1), mostScale);
  return { k, x: (left + right + (after - before) / k) / 2, y: (top + bottom) / 2 };
}
// For names and buttons.
const roomOf = (w) => ({ before: Math.min(100, w * 0.1), after: Math.max(60, Math.min(110, w * 0.12)) });

/**
 * Arrange a map and its inset.
 *
 * @param {number[]} box The part that the inset shows: left, top, right, bottom.
 * @param {number[][]} core Positions of the places of the first view.
 * @param {{w: number, h: number}} stage The size of the whole.
 * @param {number} mostScale The largest scale of the map.
 * @returns {?object} `rect` (`x`, `y`, `w`, `h` of the inset), `k`, `tx`, `ty` (its view), `strip` (the height that it
 *   takes from a narrow map) and `first` (scale and middle of the map's first view); null where it is not worth it.
 */
export function arrangeInset(box, core, stage, mostScale) {
  const isNarrow = stage.w < NARROW;
  const worth = (isNarrow ? LEAST_TIMES_NARROW : LEAST_TIMES) * fitSpots(core, stage, mostScale).k;
  if (isNarrow) {
    const size = { w: stage.w, h: Math.round(stage.h * STRIP_SHARE) };
    const k = scaleOf(box, size);
    if (k < worth) return null;
    const rect = { x: 0, y: stage.h - size.h, ...size };
    const { k: wide, x, y } = fitSpots(core, { w: stage.w, h: stage.h - size.h }, mostScale);
    const first = { k: wide, x, y: y + size.h / 2 / wide }; // the middle of the map is below that of its visible part
    return { rect, ...viewOf(box, rect, k), strip: size.h, first };
  }
  const sizes = SIZES.map((share) =>
    insetSize(box, { w: share * Math.min(0.44 * stage.w, 480), h: share * Math.min(0.5 * stage.h, 460) }),
  ).filter((size) => scaleOf(box, size) >= worth);
  if (!sizes.length) return null;
  const corners = sizes.map((size) => findCorner(core, stage, size, mostScale)).filter(Boolean);
  const valueOf = ({ rect, first }) => first.k * rect.w;
  const [best] = corners.sort((a, b) => valueOf(b) - valueOf(a));
  const { rect, first } = best ?? setBeside(core, stage, sizes.at(-1), mostScale);
  return { rect, ...viewOf(box, rect, scaleOf(box, rect)), strip: 0, first };
}

const scaleOf = ([left, top, right, bottom], { w, h }) =>
  Math.min((w - 2 * PADDING) / (right - left), (h - 2 * PADDING) / (bottom - top));

// The inset is as large as its box needs, not larger than `most`.
function insetSize(box, most) {
  const [left, top, right, bottom] = box;
  const k = scaleOf(box, most);
  const fit = (length) => Math.round(length * k + 2 * PADDING);
  return { w: Math.max(200, fit(right - left)), h: Math.max(180, fit(bottom - top)) };
}

function viewOf([left, top, right, bottom], rect, k) {
  return { k, tx: rect.w / 2 - (k * (left + right)) / 2, ty: rect.h / 2 - (k * (top + bottom)) / 2 };
}

const cornersOf = (stage, { w, h }) => [
  { x: stage.w - w - BUTTONS, y: stage.h - h - COUNTS, w, h },
  { x: GAP, y: stage.h - h - COUNTS, w, h },
  { x: stage.w - w - GAP, y: GAP, w, h },
  { x: GAP, y: 44, w, h },
];

// The corner in which the inset covers no place of the first view; the map moves, or is a little smaller, for it.
function findCorner(core, stage, size, mostScale) {
  const best = fitSpots(core, stage, mostScale);
  const { left, right, top, bottom } = boundsOf(core);
  const { before, after } = roomOf(stage.w);
  const covers = (rect, px, py) =>
    px > rect.x - 16 && px < rect.x + rect.w + 16 && py > rect.y - 16 && py < rect.y + rect.h + 16;
  for (const factor of FACTORS) {
    const k = best.k * factor;
    const [spareX, spareY] = [stage.w - before - after - (right - left) * k, stage.h - 90 - (bottom - top) * k];
    for (const [shareX, shareY] of SHARES) {
      const tx = before + spareX * shareX - left * k;
      const ty = 45 + spareY * shareY - top * k;
      const rect = cornersOf(stage, size).find(
        (corner) => !core.some(([x, y]) => covers(corner, x * k + tx, y * k + ty)),
      );
      if (rect) return { rect, first: { k, x: (stage.w / 2 - tx) / k, y: (stage.h / 2 - ty) / k } };
    }
  }
  return null;
}
// Where the places may lie in the room that they leave: in the middle at best, then off it.
const SHARES = [0.5, 0, 1].flatMap((x) => [0.5, 0, 1].map((y) => [x, y]));

// The inset in a column of its own at the right, or below.
function setBeside(core, stage, size, mostScale) {
  const column = fitSpots(core, { w: stage.w - size.w - BUTTONS, h: stage.h }, mostScale);
  const row = fitSpots(core, { w: stage.w, h: stage.h - size.h - COUNTS }, mostScale);
  const rect = { x: stage.w - size.w - BUTTONS, y: stage.h - size.h - COUNTS, ...size };
  if (column.k > row.k) return { rect, first: { ...column, x: column.x + (size.w + BUTTONS) / 2 / column.k } };
  return { rect, first: { ...row, y: row.y + (size.h + COUNTS) / 2 / row.k } };
}

/**
 * @param {number[][]} spots Positions of the places that an inset would show.
 * @param {number} k The scale of the map beside it.
 * @returns {boolean} Whether they are too near each other to be seen apart on that map.
 */
export function isCrowded(spots, k) {
  const isNear = ([x, y], other) => Math.hypot(x - other[0], y - other[1]) * k < CROWDED;
  return spots.some((spot, i) => spots.slice(i + 1).some((other) => isNear(spot, other)));
}
