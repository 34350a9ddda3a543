// The network on the screen: where each place and tie stands in pixels, how it is drawn, what is under the pointer.
TG.scene = (() => {
  let stamp = 0; // grows when filters change, so that cached layouts go
  let cache = { key: '', spots: new Map() };
  let present = []; // places to draw
  let sizes = new Map();

  const position = (place) => (chosen.layout === 'network' && place.net ? place.net : place.xy);

  // Which places are drawn, and how large: by the number of partners among the ties shown.
  function refresh() {
    stamp += 1;
    const among = new Map();
    for (const tie of TG.state.shown) {
      for (const end of [tie.a, tie.b]) {
        if (!among.has(end)) among.set(end, []);
        among.get(end).push(tie);
      }
    }
    sizes = new Map();
    present = places.filter((place) => {
      if (!position(place)) return false;
      const own = among.get(place.id);
      const isMember = chosen.members && (place.joins.some((j) => ofInterest(j.b, among)) || (place.members.length > 0 && ofInterest(place.id, among)));
      const inFlow = place.flows.some((flow) => chosen[flow.type]);
      if (!own && !isMember && !inFlow && !(place.home && isTown(place) && !TG.state.narrowed)) return false;
      const partners = own ? new Set(own.map((tie) => otherEnd(tie, place).id)).size : 0;
      sizes.set(place.id, { r: own ? 3.6 + 2.1 * Math.sqrt(partners) : 3, own: own || [], partners });
      return true;
    });
    present.sort((a, b) => sizes.get(b.id).r - sizes.get(a.id).r || a.id - b.id);
  }
  const isTown = (place) => place.type === 'municipality' || place.type === 'metropolis';
  // A metropolis counts when it, or one of its members, has a tie that is shown.
  const ofInterest = (id, among) => among.has(id) || places[id].members.some((join) => among.has(join.a));

  // Places that would cover each other are pushed apart: same zoom, same picture.
  function layout(view) {
    const key = `${stamp}|${view.k.toFixed(5)}|${chosen.layout}`;
    if (cache.key !== key) {
      const small = (view.w < 560 ? 0.75 : 1) * room(view);
      const dots = present.map((place, i) => {
        const [x, y] = position(place);
        const angle = i * 2.399963;
        return { place, x0: x * view.k, y0: y * view.k, x: x * view.k + 0.01 * Math.cos(angle), y: y * view.k + 0.01 * Math.sin(angle), r: sizes.get(place.id).r * small };
      });
      separate(dots);
      cache = { key, spots: new Map(dots.map((dot) => [dot.place.id, dot])) };
    }
    return cache.spots;
  }
  // Where places crowd, all are drawn smaller: by how many others a place would lie under.
  function room(view) {
    const cell = 12;
    const grid = new Map();
    for (const place of present) {
      const [x, y] = position(place);
      const at = `${Math.floor((x * view.k) / cell)},${Math.floor((y * view.k) / cell)}`;
      grid.set(at, (grid.get(at) || 0) + 1);
    }
    let crowd = 0;
    for (const n of grid.values()) crowd += n * (n - 1);
    return Math.max(0.4, 1 / Math.sqrt(1 + Math.max(0, crowd / (present.length || 1) - 0.6) / 2));
  }
  const FARTHEST = 26; // pixels that a place may stand off its true spot
  function separate(dots) {
    const cell = 44;
    for (let round = 0; round < 14; round += 1) {
      const grid = new Map();
      for (const dot of dots) {
        const at = `${Math.floor(dot.x / cell)},${Math.floor(dot.y / cell)}`;
        if (!grid.has(at)) grid.set(at, []);
        grid.get(at).push(dot);
        dot.at = at;
      }
      let moved = false;
      for (const dot of dots) {
        const [cx, cy] = dot.at.split(',').map(Number);
        for (let gx = cx - 1; gx <= cx + 1; gx += 1) {
          for (let gy = cy - 1; gy <= cy + 1; gy += 1) {
            for (const other of grid.get(`${gx},${gy}`) || []) {
              if (other.place.id <= dot.place.id) continue;
              const [dx, dy] = [other.x - dot.x, other.y - dot.y];
              const gap = dot.r + other.r + 2.2;
              const apart = Math.hypot(dx, dy);
              if (apart >= gap) continue;
              const push = (gap - apart) / (apart || 1);
              const share = other.r ** 2 / (dot.r ** 2 + other.r ** 2);
              dot.x -= dx * push * share;
              dot.y -= dy * push * share;
              other.x += dx * push * (1 - share);
              other.y += dy * push * (1 - share);
              moved = true;
            }
          }
        }
      }
      for (const dot of dots) {
        const off = Math.hypot(dot.x - dot.x0, dot.y - dot.y0);
        if (off > FARTHEST) {
          dot.x = dot.x0 + ((dot.x - dot.x0) * FARTHEST) / off;
          dot.y = dot.y0 + ((dot.y - dot.y0) * FARTHEST) / off;
        }
      }
      if (!moved) break;
    }
  }
  function spot(place, view) {
    const dot = layout(view).get(place.id);
    return dot ? { x: dot.x + view.tx, y: dot.y + view.ty, x0: dot.x0 + view.tx, y0: dot.y0 + view.ty, r: dot.r } : null;
  }

  // Ties as arcs; those of one pair lie side by side.
  let lanes = { stamp: -1, of: new Map() };
  function lane(tie) {
    if (lanes.stamp !== stamp) {
      const pairs = new Map();
      for (const each of TG.state.shown) {
        const pair = `${Math.min(each.a, each.b)}-${Math.max(each.a, each.b)}`;
        if (!pairs.has(pair)) pairs.set(pair, []);
        pairs.get(pair).push(each.id);
      }
      lanes = { stamp, of: new Map() };
      for (const ids of pairs.values()) ids.forEach((id, i) => lanes.of.set(id, i - (ids.length - 1) / 2));
    }
    return lanes.of.get(tie.id) || 0;
  }
  function arc(a, b, offset, view) {
    const [p, q] = [spot(a, view), spot(b, view)];
    if (!p || !q) return null;
    const [dx, dy] = [q.x - p.x, q.y - p.y];
    const length = Math.hypot(dx, dy) || 1;
    let [nx, ny] = [dy / length, -dx / length];
    if (ny > 0 || (ny === 0 && nx > 0)) [nx, ny] = [-nx, -ny]; // arcs rise
    const bow = Math.min(length * 0.13, 90) + offset * Math.min(16, 5 + length * 0.12);
    return { p, q, cx: (p.x + q.x) / 2 + nx * bow, cy: (p.y + q.y) / 2 + ny * bow, length };
  }
  const tieArc = (tie, view) => arc(places[tie.a], places[tie.b], lane(tie), view);
  const along = (c, s) => ({
    x: (1 - s) ** 2 * c.p.x + 2 * s * (1 - s) * c.cx + s * s * c.q.x,
    y: (1 - s) ** 2 * c.p.y + 2 * s * (1 - s) * c.cy + s * s * c.q.y,
  });
  const outside = (c, view) =>
    Math.max(c.p.x, c.q.x, c.cx) < -20 || Math.min(c.p.x, c.q.x, c.cx) > view.w + 20 ||
    Math.max(c.p.y, c.q.y, c.cy) < -20 || Math.min(c.p.y, c.q.y, c.cy) > view.h + 20;

  // What the reader looks at now: the hovered thing, else the selected one. Everything else steps back.
  function focus() {
    const now = chosen.hover || chosen.select;
    if (!now) return null;
    if (now.tie) return { ties: new Set([now.tie.id]), places: new Set([now.tie.a, now.tie.b]) };
    const own = TG.state.shown.filter((tie) => tie.a === now.place.id || tie.b === now.place.id);
    const near = new Set([now.place.id, ...own.flatMap((tie) => [tie.a, tie.b])]);
    for (const join of [...now.place.members, ...now.place.joins]) near.add(join.a).add(join.b);
    return { ties: new Set(own.map((tie) => tie.id)), places: near };
  }

  function drawTies(ctx, view, colours) {
    const eye = focus();
    drawMembers(ctx, view, colours, eye);
    ctx.lineCap = 'round';
    const thin = TG.state.shown.length > 200 ? 1.2 : 1.8;
    const ordered = eye ? [...TG.state.shown].sort((a, b) => eye.ties.has(a.id) - eye.ties.has(b.id)) : TG.state.shown;
    for (const tie of ordered) {
      const c = tieArc(tie, view);
      if (!c || outside(c, view)) continue;
      const lit = eye && eye.ties.has(tie.id);
      ctx.globalAlpha = eye ? (lit ? 1 : 0.13) : thin < 1.5 ? 0.6 : 0.85;
      ctx.strokeStyle = colours[kindOf(tie)];
      ctx.lineWidth = lit ? 3 : thin;
      ctx.setLineDash(DASHES[statusOf(tie)]);
      ctx.beginPath();
      ctx.moveTo(c.p.x, c.p.y);
      ctx.quadraticCurveTo(c.cx, c.cy, c.q.x, c.q.y);
      ctx.stroke();
    }
    ctx.setLineDash([]);
    drawFlows(ctx, view, colours, eye);
    ctx.globalAlpha = 1;
  }
  function drawMembers(ctx, view, colours, eye) {
    if (!chosen.members) return;
    for (const place of present) {
      if (!place.members.length) continue;
      const centre = spot(place, view);
      ctx.globalAlpha = eye && !eye.places.has(place.id) ? 0.15 : 0.8;
      ctx.strokeStyle = colours.metropolis;
      ctx.lineWidth = 1.2;
      for (const join of place.members) {
        const end = spot(places[join.a], view);
        if (!end) continue;
        ctx.beginPath();
        ctx.moveTo(centre.x, centre.y);
        ctx.lineTo(end.x, end.y);
        ctx.stroke();
      }
    }
    ctx.globalAlpha = 1;
  }
  function drawFlows(ctx, view, colours, eye) {
    for (const flow of data.flows) {
      if (!chosen[flow.type]) continue;
      const [a, b] = [places[flow.a], places[flow.b]];
      ctx.globalAlpha = eye && !(eye.places.has(flow.a) && eye.places.has(flow.b)) ? 0.2 : 1;
      ctx.strokeStyle = ctx.fillStyle = colours[flow.type];
      // People go to their host, aid goes to who needs it.
      const c = flow.type === 'hosted' ? arc(b, a, -2.2, view) : arc(a, b, -2.2, view);
      ctx.lineWidth = 2.2;
      if (c) arrow(ctx, c);
      else {
        const p = spot(position(a) ? a : b, view); // the other side is a whole country
        if (!p) continue;
        ctx.beginPath();
        ctx.arc(p.x, p.y, p.r + 4, 0, 2 * Math.PI);
        ctx.stroke();
      }
    }
  }
  function arrow(ctx, c) {
    ctx.beginPath();
    ctx.moveTo(c.p.x, c.p.y);
    ctx.quadraticCurveTo(c.cx, c.cy, c.q.x, c.q.y);
    ctx.stroke();
    const tip = along(c, Math.max(0.5, 1 - (c.q.r + 2) / c.length));
    const back = along(c, Math.max(0.4, 1 - (c.q.r + 13) / c.length));
    const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
    ctx.beginPath();
    ctx.moveTo(tip.x, tip.y);
    for (const turn of [2.7, -2.7]) ctx.lineTo(tip.x + 11 * Math.cos(angle + turn), tip.y + 11 * Math.sin(angle + turn));
    ctx.closePath();
    ctx.fill();
  }

  // One place: at home a dark disc, a partner a disc in the colours of its kinds, a metropolis a diamond, an area a square.
  function drawPlace(ctx, place, view, colours) {
    const size = sizes.get(place.id);
    const p = size && spot(place, view);
    if (!p) return;
    const eye = focus();
    ctx.globalAlpha = eye && !eye.places.has(place.id) ? 0.25 : 1;
    if (Math.hypot(p.x - p.x0, p.y - p.y0) > p.r + 3) {
      ctx.strokeStyle = ctx.fillStyle = colours.quiet;
      ctx.lineWidth = 0.8;
      ctx.beginPath();
      ctx.moveTo(p.x, p.y);
      ctx.lineTo(p.x0, p.y0);
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(p.x0, p.y0, 1.4, 0, 2 * Math.PI);
      ctx.fill();
    }
    const lit = chosen.select?.place === place || chosen.hover?.place === place;
    ctx.lineWidth = lit ? 3 : 1.4;
    ctx.strokeStyle = lit ? colours.lit : colours.paper;
    const kinds = [...new Set(size.own.map(kindOf))];
    if (place.type === 'metropolis') {
      shape(ctx, p, p.r + 2.5, 4, colours.metropolis);
    } else if (place.type !== 'municipality') {
      ctx.fillStyle = kinds.length ? colours[kinds[0]] : colours.quiet;
      ctx.beginPath();
      ctx.rect(p.x - p.r, p.y - p.r, 2 * p.r, 2 * p.r);
      ctx.fill();
      ctx.stroke();
    } else if (place.home || kinds.length < 2) {
      ctx.fillStyle = place.home ? colours.home_place : kinds.length ? colours[kinds[0]] : colours.quiet;
      ctx.beginPath();
      ctx.arc(p.x, p.y, p.r, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    } else {
      kinds.forEach((kind, i) => {
        ctx.fillStyle = colours[kind];
        ctx.beginPath();
        ctx.moveTo(p.x, p.y);
        ctx.arc(p.x, p.y, p.r, (2 * Math.PI * i) / kinds.length - Math.PI / 2, (2 * Math.PI * (i + 1)) / kinds.length - Math.PI / 2);
        ctx.closePath();
        ctx.fill();
      });
      ctx.beginPath();
      ctx.arc(p.x, p.y, p.r, 0, 2 * Math.PI);
      ctx.stroke();
    }
    ctx.globalAlpha = 1;
  }
  function shape(ctx, p, r, corners, fill) {
    ctx.fillStyle = fill;
    ctx.beginPath();
    for (let i = 0; i < corners; i += 1) {
      const angle = (2 * Math.PI * i) / corners - Math.PI / 2;
      ctx[i ? 'lineTo' : 'moveTo'](p.x + r * Math.cos(angle), p.y + r * Math.sin(angle));
    }
    ctx.closePath();
    ctx.fill();
    ctx.stroke();
  }

  // The place or tie nearest to a point, within reach of a pointer (4 px) or a finger (16 px).
  function pick(x, y, view, reach) {
    let [best, least] = [null, reach];
    for (const place of present) {
      const p = spot(place, view);
      const away = Math.hypot(p.x - x, p.y - y) - p.r;
      if (away < least) [best, least] = [{ place }, away];
    }
    if (best) return best;
    for (const tie of TG.state.shown) {
      const c = tieArc(tie, view);
      if (!c || outside(c, view)) continue;
      let from = along(c, 0);
      for (let i = 1; i <= 24; i += 1) {
        const to = along(c, i / 24);
        const away = toSegment(x, y, from, to);
        if (away < least) [best, least] = [{ tie }, away];
        from = to;
      }
    }
    return best;
  }
  function toSegment(x, y, a, b) {
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const s = Math.max(0, Math.min(1, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(a.x + s * dx - x, a.y + s * dy - y);
  }
  return {
    refresh, spot, drawTies, drawPlace, pick, focus, position, tieArc, along,
    get present() { return present; },
    partners: (place) => sizes.get(place.id)?.partners || 0,
    drawn: (place) => sizes.has(place.id),
  };
})();
