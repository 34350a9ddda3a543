// Where dots and labels are placed on the screen so that they do not cover each other. The same zoom gives the same
// picture. Distances are pixels; the limits were chosen by hand on maps of an oblast, a country and the world.

const GOLDEN_ANGLE = 2.399963; // radians
const GAP = 2.2; // between two dots
const CELL = 44; // of the grid in which dots look for their neighbours
const CROWD_CELL = 12; // of the grid in which crowding is counted

/**
 * Place the dots of a picture: those that would cover each other are pushed apart.
 *
 * @param {Array<{id: number, x: number, y: number, r: number, isGroup: boolean}>} wanted Dots at true spots.
 * @param {object} view The view: `k` the scale, `w` the width of the picture.
 * @param {boolean} shrinksFarCountries Whether countries seen from afar are drawn smaller.
 * @returns {Map<number, object>} By id: `x0`, `y0` the true spot, `x`, `y` where it is drawn, `r` the radius.
 */
export function settleDots(wanted, view, shrinksFarCountries) {
  const scale = (view.w < 560 ? 0.75 : 1) * crowdScale(wanted);
  const far = shrinksFarCountries ? Math.min(1, 0.5 + 5 * view.k) : 1;
  const dots = wanted.map(({ id, x, y, r, isGroup }, i) => ({
    id,
    isGroup,
    x0: x,
    y0: y,
    // Places on one spot need a direction in which to part.
    x: x + 0.01 * Math.cos(i * GOLDEN_ANGLE),
    y: y + 0.01 * Math.sin(i * GOLDEN_ANGLE),
    r: isGroup ? Math.max(2.6, r * Math.max(scale, 0.75) * far) : r * scale,
  }));
  separate(dots);
  return new Map(dots.map((dot) => [dot.id, dot]));
}

/**
 * @param {Array<{x: number, y: number}>} dots Dots at their true spots.
 * @returns {number} The factor by which all are drawn smaller, from 0.4 to 1: the less, the more they crowd.
 */
export function crowdScale(dots) {
  const grid = new Map();
  for (const { x, y } of dots) {
    const at = `${Math.floor(x / CROWD_CELL)},${Math.floor(y / CROWD_CELL)}`;
    grid.set(at, (grid.get(at) ?? 0) + 1);
  }
  let crowd = 0;
  for (const n of grid.values()) crowd += n * (n - 1);
  return Math.max(0.4, 1 / Math.sqrt(1 + Math.max(0, crowd / (dots.length || 1) - 0.6) / 2));
}

// How far a dot may be moved from its true spot: less where very many are shown, for there the pattern matters more.
const farthest = (dot, count) => (dot.isGroup ? 40 : count > 500 ? 7 : 26);

function separate(dots) {
  const rounds = dots.length > 4000 ? 2 : dots.length > 1500 ? 5 : 14;
  for (let round = 0; round < rounds; round += 1) {
    const grid = new Map();
    for (const dot of dots) {
      dot.column = Math.floor(dot.x / CELL);
      dot.row = Math.floor(dot.y / CELL);
      const at = `${dot.column},${dot.row}`;
      if (!grid.has(at)) grid.set(at, []);
      grid.get(at).push(dot);
    }
    let moved = false;
    for (const dot of dots) {
      for (let column = dot.column - 1; column <= dot.column + 1; column += 1) {
        for (let row = dot.row - 1; row <= dot.row + 1; row += 1) {
          for (const other of grid.get(`${column},${row}`) ?? []) {
            if (other.id > dot.id && pushApart(dot, other)) moved = true;
          }
        }
      }
    }
    for (const dot of dots) keepNear(dot, farthest(dot, dots.length));
    if (!moved) break;
  }
}

function pushApart(dot, other) {
  const [dx, dy] = [other.x - dot.x, other.y - dot.y];
  const gap = dot.r + other.r + GAP;
  const apart = Math.hypot(dx, dy);
  if (apart >= gap) return false;
  const push = (gap - apart) / (apart || 1);
  const share = other.r ** 2 / (dot.r ** 2 + other.r ** 2);
  dot.x -= dx * push * share;
  dot.y -= dy * push * share;
  other.x += dx * push * (1 - share);
  other.y += dy * push * (1 - share);
  return true;
}

function keepNear(dot, far) {
  const off = Math.hypot(dot.x - dot.x0, dot.y - dot.y0);
  if (off <= far) return;
  dot.x = dot.x0 + ((dot.x - dot.x0) * far) / off;
  dot.y = dot.y0 + ((dot.y - dot.y0) * far) / off;
}

/**
 * @param {{x: number, y: number, w: number, h: number}} a A box.
 * @param {{x: number, y: number, w: number, h: number}} b Another.
 * @returns {boolean} Whether they overlap.
 */
export function overlaps(a, b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/**
 * @param {object[]} boxes Boxes, the most wanted first.
 * @param {object[]} taken Boxes that must not be overlapped.
 * @param {{w: number, h: number}} view The picture that they must lie in.
 * @param {number} margin Pixels to its edge.
 * @returns {object[]} The boxes that are free.
 */
export function freeBoxes(boxes, taken, view, margin) {
  return boxes.filter(
    (box) =>
      box.x >= margin &&
      box.x + box.w <= view.w - margin &&
      box.y >= margin &&
      box.y + box.h <= view.h - margin &&
      !taken.some((other) => overlaps(box, other)),
  );
}

/**
 * @param {object[]} boxes Boxes, the most wanted first.
 * @param {Array<{id: number}>} discs The boxes of places.
 * @param {number} [own] The id of the place that the box belongs to.
 * @returns {?object} The box that covers the fewest other places; null where there is no box.
 */
export function leastCovering(boxes, discs, own) {
  let [best, least] = [null, Infinity];
  for (const box of boxes) {
    const covered = discs.filter((disc) => disc.id !== own && overlaps(box, disc)).length;
    if (covered < least) [best, least] = [box, covered];
  }
  return best;
}

/**
 * @param {{x: number, y: number, r: number}} dot A dot.
 * @param {number} w The width of its label.
 * @param {number} h The height of its label.
 * @returns {object[]} Boxes for the label about the dot: right, left, above, below, then the corners.
 */
export function labelBoxes({ x, y, r }, w, h) {
  const gap = r + 4;
  const near = gap * 0.7;
  return [
    [x + gap, y - h / 2],
    [x - gap - w, y - h / 2],
    [x - w / 2, y - gap - h + 2],
    [x - w / 2, y + gap - 2],
    [x + near, y - gap - h / 2],
    [x + near, y + gap - h / 2],
    [x - near - w, y - gap - h / 2],
    [x - near - w, y + gap - h / 2],
  ].map(([left, top]) => ({ x: left - 1, y: top, w: w + 2, h }));
}

/**
 * @param {number} dx From the middle of the picture to what lies beyond its edge.
 * @param {number} dy The same.
 * @param {number} w The width of the label.
 * @param {number} h The height of the label.
 * @param {{w: number, h: number}} view The picture.
 * @returns {object[]} Boxes for a label at the edge in that direction, then further and further along the edge.
 */
export function edgeBoxes(dx, dy, w, h, view) {
  const reach = Math.min(
    (view.w / 2 - w / 2 - 8) / Math.abs(dx || 1e-9),
    (view.h / 2 - h / 2 - 8) / Math.abs(dy || 1e-9),
  );
  const [x, y] = [view.w / 2 + dx * reach - w / 2, view.h / 2 + dy * reach - h / 2];
  const [stepX, stepY] = Math.abs(dx) * view.h > Math.abs(dy) * view.w ? [0, h + 4] : [w + 6, 0];
  return Array.from({ length: 24 }, (_, i) => Math.ceil(i / 2) * (i % 2 ? 1 : -1)).map((shift) => ({
    x: x + stepX * shift,
    y: y + stepY * shift,
    w,
    h,
  }));
}
