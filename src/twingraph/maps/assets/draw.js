// Ties, members, flows and places on a canvas, or on any pen with its calls.
TG.draw = (() => {
  const { scene } = TG;
  const { spot, lineArc, flowArc, along, outside, wide, stand, position, focus } = scene;

  const lineWidth = (line, thin) => (wide(line) ? 0.5 + 6 * Math.sqrt(line.ties.length / scene.most) : thin);
  function drawTies(ctx, view, colours) {
    const eye = focus();
    drawMembers(ctx, view, colours, eye);
    ctx.lineCap = 'round';
    const thin = scene.lines.length > 1500 ? 0.6 : scene.lines.length > 200 ? 1.2 : 1.8;
    const ordered = eye ? [...scene.lines.filter((line) => !eye.lines.has(line)), ...eye.lines] : scene.lines;
    const many = eye && eye.lines.size > 80; // of a whole country
    const faint = scene.lines.length > 200 ? 0.12 : 0.35;
    const plain = thin < 1 ? 0.3 : thin < 1.5 ? 0.6 : 0.85;
    for (const line of ordered) {
      const c = lineArc(line, view);
      if (!c || outside(c, view)) continue;
      const lit = eye && eye.lines.has(line);
      ctx.globalAlpha = eye ? (lit ? (many ? 0.4 : 1) : thin < 1 ? 0.05 : 0.13) : wide(line) ? faint + (0.82 - faint) * Math.sqrt(line.ties.length / scene.most) : plain;
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
    for (const place of scene.present) {
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
      const c = flowArc(flow, view);
      const application = flow.type === 'sought';
      ctx.lineWidth = application ? 1.8 : 2.2;
      ctx.setLineDash(application ? APPLICATION_DASHES[applicationStatus(flow)] : []);
      if (c) arrow(ctx, c, application && colours.paper);
      else {
        const p = spot(position(a) ? a : b, view); // the other side is not drawn
        if (!p) continue;
        ctx.beginPath();
        ctx.arc(p.x, p.y, p.r + 4, 0, 2 * Math.PI);
        ctx.stroke();
      }
    }
    ctx.setLineDash([]);
  }
  // An arrow along an arc; `hollow` is what its head is filled with where it is only an outline.
  function arrow(ctx, c, hollow) {
    ctx.beginPath();
    ctx.moveTo(c.p.x, c.p.y);
    ctx.quadraticCurveTo(c.cx, c.cy, c.q.x, c.q.y);
    ctx.stroke();
    ctx.setLineDash([]);
    const tip = along(c, Math.max(0.5, 1 - (c.q.r + 2) / c.length));
    const back = along(c, Math.max(0.4, 1 - (c.q.r + 13) / c.length));
    const angle = Math.atan2(tip.y - back.y, tip.x - back.x);
    ctx.beginPath();
    ctx.moveTo(tip.x, tip.y);
    for (const turn of [2.7, -2.7]) ctx.lineTo(tip.x + 11 * Math.cos(angle + turn), tip.y + 11 * Math.sin(angle + turn));
    ctx.closePath();
    if (hollow) ctx.fillStyle = hollow;
    ctx.fill();
    if (hollow) ctx.stroke();
  }

  // One place: at home a dark disc (on the second of two sides a ring), a partner a disc in the colours of its kinds, a
  // metropolis a diamond, an area as below.
  function drawPlace(ctx, place, view, colours) {
    const size = scene.size(place);
    const p = size && spot(place, view);
    if (!p) return;
    const eye = focus();
    ctx.globalAlpha = eye && !eye.places.has(place.id) ? 0.25 : 1;
    if (!place.group && scene.present.length < 4000 && Math.hypot(p.x - p.x0, p.y - p.y0) > p.r + 3) {
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
    } else if (AREAS.includes(place.type)) {
      drawArea(ctx, p, place.type, fills[0]);
    } else if (fills.length < 2) {
      ctx.fillStyle = fills[0];
      ctx.beginPath();
      ctx.arc(p.x, p.y, p.r, 0, 2 * Math.PI);
      ctx.fill();
      ctx.stroke();
      if (place.side === 2) {
        ctx.fillStyle = colours.paper;
        ctx.beginPath();
        ctx.arc(p.x, p.y, p.r * 0.45, 0, 2 * Math.PI);
        ctx.fill();
      }
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
  // A whole region is a triangle, a whole country a square.
  function drawArea(ctx, p, type, fill) {
    if (type === 'region') { shape(ctx, p, p.r + 3, 3, fill); return; }
    ctx.fillStyle = fill;
    ctx.beginPath();
    ctx.rect(p.x - p.r, p.y - p.r, 2 * p.r, 2 * p.r);
    ctx.fill();
    ctx.stroke();
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
  return { ties: drawTies, place: drawPlace, area: drawArea };
})();
