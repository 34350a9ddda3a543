// Arcs between two places on the screen, in pixels.

const STEPS = 24; // pieces of an arc when its distance from a point is measured

/**
 * @param {{x: number, y: number, r: number}} p Where the arc begins: a dot.
 * @param {{x: number, y: number, r: number}} q Where it ends.
 * @param {number} lane Which of the arcs of one pair it is; 0 is the middle one.
 * @returns {object} The arc: its ends `p` and `q`, its control point `cx`, `cy`, and the `length` of its chord.
 */
export function makeArc(p, q, lane) {
  const [dx, dy] = [q.x - p.x, q.y - p.y];
  const length = Math.hypot(dx, dy) || 1;
  let [nx, ny] = [dy / length, -dx / length];
  if (ny > 0 || (ny === 0 && nx > 0)) [nx, ny] = [-nx, -ny]; // arcs bend upward
  const bow = Math.min(length * 0.13, 90) + lane * Math.min(16, 5 + length * 0.12);
  return { p, q, cx: (p.x + q.x) / 2 + nx * bow, cy: (p.y + q.y) / 2 + ny * bow, length };
}

/**
 * @param {object} arc An arc.
 * @param {number} share How far along it, from 0 to 1.
 * @returns {{x: number, y: number}} The point there.
 */
export function pointAlong(arc, share) {
  const rest = 1 - share;
  return {
    x: rest ** 2 * arc.p.x + 2 * share * rest * arc.cx + share ** 2 * arc.q.x,
    y: rest ** 2 * arc.p.y + 2 * share * rest * arc.cy + share ** 2 * arc.q.y,
  };
}

/**
 * @param {object} arc An arc.
 * @param {{w: number, h: number}} view The size of the picture.
 * @returns {boolean} Whether the arc lies wholly outside the picture.
 */
export function isOutside(arc, view) {
  const [left, right, top, bottom] = boundsOf(arc);
  return right < -20 || left > view.w + 20 || bottom < -20 || top > view.h + 20;
}

/**
 * @param {object} arc An arc.
 * @param {number} x A point.
 * @param {number} y The same point.
 * @param {number} most The distance beyond which the answer does not matter.
 * @returns {number} The distance of the point from the arc; `Infinity` where it is surely more than `most`.
 */
export function distanceToArc(arc, x, y, most = Infinity) {
  const [left, right, top, bottom] = boundsOf(arc);
  const room = most + 3;
  if (x < left - room || x > right + room || y < top - room || y > bottom + room) return Infinity;
  let least = Infinity;
  let from = pointAlong(arc, 0);
  for (let i = 1; i <= STEPS; i += 1) {
    const to = pointAlong(arc, i / STEPS);
    least = Math.min(least, distanceToSegment(x, y, from, to));
    from = to;
  }
  return least;
}

function boundsOf({ p, q, cx, cy }) {
  return [Math.min(p.x, q.x, cx), Math.max(p.x, q.x, cx), Math.min(p.y, q.y, cy), Math.max(p.y, q.y, cy)];
}

function distanceToSegment(x, y, a, b) {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const share = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(a.x + share * dx - x, a.y + share * dy - y);
}
