// The network on the screen: where each place and tie stands in pixels, how it is drawn, what is under the pointer.
TG.scene = (() => {
  let stamp = 0; // grows when filters change, so that cached layouts go
  let cache = { key: '', spots: new Map() };
  let present = []; // places to draw
  let sizes = new Map();
  let lines = [];
  let most = 1;
  let heavy = false;

  const position = (place) => (chosen.layout === 'network' ? place.net : place.xy);

  // What stands for a place: itself, or its country where a gathered map has not opened that.
  const stand = (place) => (place.group || !data.gather || !place.country || chosen.open.has(place.country) ? place : groups.get(place.country) ?? place);

  // Which places are drawn, and how large; and the lines between them, one for a tie or for all between two countries.
  function refresh() {
    stamp += 1;
    const among = new Map();
    const found = new Map();
    lines = [];
    for (const tie of TG.state.shown) {
      const [a, b] = [stand(places[tie.a]), stand(places[tie.b])];
      for (const end of a === b ? [a.id] : [a.id, b.id]) {
        if (!among.has(end)) among.set(end, []);
        among.get(end).push(tie);
      }
      if (a === b) continue;
      if (!a.group && !b.group) { lines.push({ a, b, ties: [tie], kind: kindOf(tie), status: statusOf(tie) }); continue; }
      const pair = a.id < b.id ? a.id * 1e6 + b.id : b.id * 1e6 + a.id;
      const line = found.get(pair);
      if (line) line.ties.push(tie);
      else found.set(pair, { a, b, ties: [tie], bundle: true });
    }
    for (const line of found.values()) {
      line.kind = commonest(line.ties, kindOf);
      line.status = commonest(line.ties, statusOf);
      lines.push(line);
    }
    lines.sort((x, y) => x.ties.length - y.ties.length || x.ties[0].id - y.ties[0].id);
    most = Math.max(1, ...[...found.values()].map((line) => (wide(line) ? line.ties.length : 1)));
    sizes = new Map();
    const narrowed = TG.state.narrowed;
    present = places.filter((place) => {
      if (!position(place) || stand(place) !== place || (place.group && chosen.open.has(place.country))) return false;
      const own = among.get(place.id);
      const isMember = chosen.members && !data.gather && (place.joins.some((j) => ofInterest(j.b, among)) || (place.members.length > 0 && ofInterest(place.id, among)));
      const inFlow = !place.group && place.flows.some((flow) => chosen[flow.type]);
      if (!own && !isMember && !inFlow && !(place.home && isTown(place) && !narrowed && !data.gather)) return false;
      const partners = !own ? 0 : place.group ? own.length : new Set(own.map((tie) => otherEnd(tie, place).id)).size;
      sizes.set(place.id, { r: place.group ? 3.5 + 0.2 * Math.sqrt(partners) : own ? TG.colour.radius(place, partners) : 3, own: own || [], partners });
      return true;
    });
    present.sort((a, b) => b.group === a.group ? sizes.get(b.id).r - sizes.get(a.id).r || a.id - b.id : a.group ? -1 : 1);
    heavy = lines.length + present.length > 900;
  }
  function commonest(list, of) {
    const counts = new Map();
    for (const each of list) counts.set(of(each), (counts.get(of(each)) || 0) + 1);
    return [...counts].sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1))[0][0];
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
        return { place, x0: x * view.k, y0: y * view.k, x: x * view.k + 0.01 * Math.cos(angle), y: y * view.k + 0.01 * Math.sin(angle), r: sizes.get(place.id).r * (place.group ? Math.max(small, 0.75) : small) };
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
  // Pixels that a place may stand off its true spot: less where very many are shown, for there the spots tell more.
  const farthest = (dot, among) => (dot.place.group ? 40 : among > 500 ? 7 : 26);
  function separate(dots) {
    const cell = 44;
    const rounds = dots.length > 4000 ? 2 : dots.length > 1500 ? 5 : 14;
    for (let round = 0; round < rounds; round += 1) {
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
        const far = farthest(dot, dots.length);
        if (off > far) {
          dot.x = dot.x0 + ((dot.x - dot.x0) * far) / off;
          dot.y = dot.y0 + ((dot.y - dot.y0) * far) / off;
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
  function lane(line) {
    if (lanes.stamp !== stamp) {
      const pairs = new Map();
      for (const each of lines) {
        const pair = `${Math.min(each.a.id, each.b.id)}-${Math.max(each.a.id, each.b.id)}`;
        if (!pairs.has(pair)) pairs.set(pair, []);
        pairs.get(pair).push(each);
      }
      lanes = { stamp, of: new Map() };
      for (const own of pairs.values()) own.forEach((each, i) => lanes.of.set(each, i - (own.length - 1) / 2));
    }
    return lanes.of.get(line) || 0;
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
  const lineArc = (line, view) => arc(line.a, line.b, lane(line), view);
  const wide = (line) => line.a.group && line.b.group;
  const lineWidth = (line, thin) => (wide(line) ? 0.5 + 6 * Math.sqrt(line.ties.length / most) : thin);
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
    if (seen.now === now && seen.stamp === stamp) return seen.eye;
    const ends = now.tie ? [places[now.tie.a], places[now.tie.b]].map(stand) : now.pair ? now.pair : null;
    let lit;
    if (ends) {
      lit = lines.filter((line) => (now.tie ? line.ties.includes(now.tie) : ends.includes(line.a) && ends.includes(line.b)));
    } else {
      const inside = now.place.group ? (place) => place === now.place || place.country === now.place.country : (place) => place === now.place;
      lit = lines.filter((line) => inside(line.a) || inside(line.b) || (stand(now.place) !== now.place && line.ties.some((tie) => tie.a === now.place.id || tie.b === now.place.id)));
    }
    const near = new Set([...(ends ?? [stand(now.place)]), ...lit.flatMap((line) => [line.a, line.b])].map((place) => place.id));
    for (const join of now.place ? [...now.place.members, ...now.place.joins] : []) near.add(join.a).add(join.b);
    seen = { now, stamp, eye: { lines: new Set(lit), places: near } };
    return seen.eye;
  }
  let seen = { now: null, stamp: -1, eye: null };

  function drawTies(ctx, view, colours) {
    const eye = focus();
    drawMembers(ctx, view, colours, eye);
    ctx.lineCap = 'round';
    const thin = lines.length > 1500 ? 0.6 : lines.length > 200 ? 1.2 : 1.8;
    const ordered = eye ? [...lines.filter((line) => !eye.lines.has(line)), ...eye.lines] : lines;
    const many = eye && eye.lines.size > 80; // of a whole country
    const plain = thin < 1 ? 0.3 : thin < 1.5 ? 0.6 : 0.85;
    for (const line of ordered) {
      const c = lineArc(line, view);
      if (!c || outside(c, view)) continue;
      const lit = eye && eye.lines.has(line);
      ctx.globalAlpha = eye ? (lit ? (many ? 0.4 : 1) : thin < 1 ? 0.05 : 0.13) : wide(line) ? 0.12 + 0.7 * Math.sqrt(line.ties.length / most) : plain;
      ctx.strokeStyle = TG.colour.line(line, colours);
      ctx.lineWidth = lit ? (many ? Math.max(0.8, lineWidth(line, thin)) : Math.max(3, lineWidth(line, thin))) : lineWidth(line, thin);
      ctx.setLineDash(line.bundle ? [] : DASHES[line.status]);
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
      const [a, b] = [stand(places[flow.a]), stand(places[flow.b])];
      ctx.globalAlpha = eye && !(eye.places.has(a.id) && eye.places.has(b.id)) ? 0.2 : 1;
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
    if (!place.group && present.length < 4000 && Math.hypot(p.x - p.x0, p.y - p.y0) > p.r + 3) {
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
    const fills = TG.colour.fills(place, size.own, colours);
    if (place.group) {
      ctx.fillStyle = fills[0];
      ctx.beginPath();
      ctx.roundRect(p.x - p.r, p.y - p.r, 2 * p.r, 2 * p.r, p.r * 0.45);
      ctx.fill();
      ctx.stroke();
      if (p.r > 9) {
        ctx.font = `600 ${p.r > 15 ? 12 : 10}px ${TG.labels.FACE}`;
        ctx.fillStyle = colours.paper;
        const text = TG.text.number(size.partners);
        const w = ctx.measureText(text).width;
        if (w < 2 * p.r - 2) { ctx.textBaseline = 'middle'; ctx.fillText(text, p.x - w / 2, p.y + 0.5); }
      }
    } else if (place.type === 'metropolis') {
      shape(ctx, p, p.r + 2.5, 4, colours.metropolis);
    } else if (place.type !== 'municipality') {
      ctx.fillStyle = fills[0];
      ctx.beginPath();
      ctx.rect(p.x - p.r, p.y - p.r, 2 * p.r, 2 * p.r);
      ctx.fill();
      ctx.stroke();
    } else if (fills.length < 2) {
      ctx.fillStyle = fills[0];
      ctx.beginPath();
      ctx.arc(p.x, p.y, p.r, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
    } else {
      fills.forEach((fill, i) => {
        ctx.fillStyle = fill;
        ctx.beginPath();
        ctx.moveTo(p.x, p.y);
        ctx.arc(p.x, p.y, p.r, (2 * Math.PI * i) / fills.length - Math.PI / 2, (2 * Math.PI * (i + 1)) / fills.length - Math.PI / 2);
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
    if (lines.length > 6000) return null; // a tie among so many cannot be meant
    for (const line of lines) {
      const c = lineArc(line, view);
      if (!c || outside(c, view)) continue;
      const room = 3 + reach;
      if (x < Math.min(c.p.x, c.q.x, c.cx) - room || x > Math.max(c.p.x, c.q.x, c.cx) + room || y < Math.min(c.p.y, c.q.y, c.cy) - room || y > Math.max(c.p.y, c.q.y, c.cy) + room) continue;
      let from = along(c, 0);
      for (let i = 1; i <= 24; i += 1) {
        const to = along(c, i / 24);
        const away = toSegment(x, y, from, to);
        if (away < least) [best, least] = [line.bundle ? { pair: [line.a, line.b] } : { tie: line.ties[0] }, away];
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
    refresh, spot, drawTies, drawPlace, pick, focus, position, stand,
    linesBetween: (a, b) => lines.filter((line) => (line.a === a && line.b === b) || (line.a === b && line.b === a)),
    get heavy() { return heavy; },
    get present() { return present; },
    partners: (place) => sizes.get(place.id)?.partners || 0,
    drawn: (place) => sizes.has(place.id),
  };
})();
