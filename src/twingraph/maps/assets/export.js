// Take it along: a picture for a slide, a drawing, a table, a link.
TG.save = (() => {
  const { name, country, date } = TG.text;

  function download(blob, ending) {
    const link = el('a', { href: URL.createObjectURL(blob), download: `${stem()}.${ending}` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
  const plain = (text) => text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60);
  const stem = () => (FRAMED ? plain(TG.text.scope()) : decodeURIComponent(location.pathname.split('/').pop() || '').replace(/\.html?$/i, '')) || 'map';

  // Title, map, legend and sources, drawn by `ctx`; the same calls make a PNG and an SVG.
  const footLines = () => {
    const kinds = KINDS.filter((kind) => TG.state.shown.some((tie) => kindOf(tie) === kind));
    const statuses = STATUSES.filter((status) => TG.state.shown.some((tie) => statusOf(tie) === status));
    const areas = AREAS.filter((type) => TG.scene.present.some((place) => !place.group && place.type === type));
    return [
      ...areas.map((area) => ({ area, text: t(`place_${area}`) })),
      ...(chosen.color === 'kind' ? kinds : []).map((kind) => ({ colour: kind, dash: [], text: t(`kind_${kind}`) })),
      ...statuses.map((status) => ({ colour: 'ink', dash: DASHES[status], text: t(`status_${status}`) })),
      ...FLOWS.filter((type) => chosen[type] && data.flows.some((flow) => flow.type === type))
        .map((type) => ({ colour: type, dash: type === 'sought' ? APPLICATION_DASHES.open : [], arrow: true, text: t(`flow_${type}`) })),
      ...(TG.colour.byPlace() ? [] : TG.text.sides()).map((text, i) => ({ colour: i ? 'side_2' : 'home_place', disc: true, ring: i === 1, text })),
    ];
  };
  function legend(ctx, w, top, colours, measure) {
    ctx.font = `12px ${TG.labels.FACE}`;
    let [x, y] = [16, top + 16];
    const disc = (r, fill) => { ctx.fillStyle = fill; ctx.beginPath(); ctx.arc(x + 20, y, r, 0, 2 * Math.PI); ctx.fill(); };
    for (const line of footLines()) {
      const wide = 44 + measure(line.text) + 14;
      if (x + wide > w - 16) [x, y] = [16, y + 20];
      ctx.strokeStyle = colours.paper;
      if (line.area) TG.draw.area(ctx, { x: x + 20, y, r: 5 }, line.area, colours.ink);
      else if (line.disc) {
        disc(6, colours[line.colour]);
        if (line.ring) disc(2.7, colours.paper);
      } else {
        ctx.strokeStyle = colours[line.colour];
        ctx.lineWidth = 2.5;
        ctx.setLineDash(line.dash);
        ctx.beginPath();
        ctx.moveTo(x, y);
        ctx.lineTo(x + 34, y);
        ctx.stroke();
        ctx.setLineDash([]);
        if (line.arrow) {
          ctx.beginPath();
          ctx.moveTo(x + 27, y - 4);
          ctx.lineTo(x + 34, y);
          ctx.lineTo(x + 27, y + 4);
          ctx.stroke();
        }
      }
      ctx.fillStyle = colours.ink;
      ctx.fillText(line.text, x + 40, y);
      x += wide;
    }
    return y + 18;
  }
  function sheet(ctx, view, colours, measure, land) {
    ctx.textBaseline = 'middle';
    ctx.font = `600 17px ${TG.labels.FACE}`;
    const title = wrap($('title').textContent, view.w - 32, measure);
    ctx.font = `12px ${TG.labels.FACE}`;
    const subtitle = wrap($('subtitle').textContent, view.w - 32, measure);
    ctx.fillStyle = colours.paper;
    ctx.fillRect(0, 0, view.w, view.h + 22 * title.length + 16 * subtitle.length + 300);
    let head = 22;
    ctx.fillStyle = colours.ink;
    ctx.font = `600 17px ${TG.labels.FACE}`;
    for (const line of title) { ctx.fillText(line, 16, head); head += 22; }
    ctx.fillStyle = colours.quiet;
    ctx.font = `12px ${TG.labels.FACE}`;
    for (const line of subtitle) { ctx.fillText(line, 16, head); head += 16; }
    ctx.save();
    ctx.translate(0, head);
    ctx.beginPath();
    ctx.rect(0, 0, view.w, view.h);
    ctx.clip();
    land();
    TG.draw.ties(ctx, view, colours);
    for (const place of [...TG.scene.present].reverse()) TG.draw.place(ctx, place, view, colours);
    TG.labels.draw(ctx, view, colours);
    ctx.restore();
    let y = legend(ctx, view.w, head + view.h, colours, measure);
    ctx.fillStyle = colours.quiet;
    ctx.font = `11px ${TG.labels.FACE}`;
    for (const line of wrap(credits(), view.w - 32, measure)) {
      ctx.fillText(line, 16, y);
      y += 15;
    }
    return y + 4;
  }
  const credits = () => {
    const sets = data.datasets.map((id) => { const s = data.sources[id]; return `${TG.text.title(s)}${s.licence ? ` (${TG.text.licence(s)})` : ''}`; });
    return `${t('tab_about')}: ${[...sets, t('about_places'), t('about_outlines')].join('; ')}`;
  };
  function wrap(text, width, measure) {
    const lines = [''];
    for (const word of text.split(' ')) {
      if (measure(`${lines.at(-1)} ${word}`) > width && lines.at(-1)) lines.push(word);
      else lines[lines.length - 1] += (lines.at(-1) ? ' ' : '') + word;
      while (measure(lines.at(-1)) > width && lines.at(-1).length > 1) { // a word without end
        const room = Math.max(1, Math.floor((lines.at(-1).length * width) / measure(lines.at(-1))) - 1);
        lines.push(lines.at(-1).slice(room));
        lines[lines.length - 2] = lines.at(-2).slice(0, room);
      }
    }
    return lines;
  }

  function picture(times = 2) {
    const view = { ...TG.view.now, dpr: times, kept: [] };
    const canvas = document.createElement('canvas');
    const ctx = canvas.getContext('2d');
    const draw = () => sheet(ctx, view, TG.view.colours, (text) => ctx.measureText(text).width, () => TG.land.draw(ctx, view, TG.view.colours));
    canvas.width = canvas.height = 1;
    const height = draw(); // once to learn the height, once to keep
    canvas.width = view.w * times;
    canvas.height = height * times;
    ctx.scale(times, times);
    draw();
    return canvas;
  }
  const png = () => picture().toBlob((blob) => download(blob, 'png'), 'image/png');

  // A pen with the calls of a canvas that writes SVG: only those which the layers use.
  function svg() {
    const view = { ...TG.view.now, kept: [] };
    const colours = TG.view.colours;
    const out = [];
    const ruler = document.createElement('canvas').getContext('2d');
    const safe = (text) => String(text).replace(/[<>&"]/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
    const n = (value) => Math.round(value * 100) / 100;
    let path = [];
    let dash = [];
    const depth = [];
    let clips = 0;
    const paint = () => `opacity="${pen.globalAlpha}"`;
    const pen = {
      globalAlpha: 1, fillStyle: '', strokeStyle: '', lineWidth: 1, font: '', lineCap: 'butt', lineJoin: 'miter', textBaseline: 'middle',
      save() { depth.push(0); },
      restore() { out.push('</g>'.repeat(depth.pop() || 0)); },
      open(attributes) { out.push(`<g ${attributes}>`); if (depth.length) depth[depth.length - 1] += 1; },
      translate(x, y) { pen.open(`transform="translate(${n(x)} ${n(y)})"`); },
      clip() { clips += 1; out.push(`<clipPath id="c${clips}"><path d="${path.join('')}"/></clipPath>`); pen.open(`clip-path="url(#c${clips})"`); },
      beginPath() { path = []; },
      moveTo(x, y) { path.push(`M${n(x)} ${n(y)}`); },
      lineTo(x, y) { path.push(`L${n(x)} ${n(y)}`); },
      quadraticCurveTo(a, b, x, y) { path.push(`Q${n(a)} ${n(b)} ${n(x)} ${n(y)}`); },
      closePath() { path.push('Z'); },
      rect(x, y, w, h) { path.push(`M${n(x)} ${n(y)}h${n(w)}v${n(h)}h${n(-w)}Z`); },
      roundRect(x, y, w, h) { pen.rect(x, y, w, h); },
      arc(x, y, r, from, to) {
        const [x1, y1, x2, y2] = [x + r * Math.cos(from), y + r * Math.sin(from), x + r * Math.cos(to), y + r * Math.sin(to)].map(n);
        if (to - from > 6.28) path.push(`M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0Z`);
        else path.push(`${path.length ? 'L' : 'M'}${x1} ${y1}A${n(r)} ${n(r)} 0 ${to - from > Math.PI ? 1 : 0} 1 ${x2} ${y2}`);
      },
      setLineDash(lengths) { dash = lengths; },
      fill() { out.push(`<path d="${path.join('')}" fill="${pen.fillStyle}" ${paint()}/>`); },
      stroke() { out.push(`<path d="${path.join('')}" fill="none" stroke="${pen.strokeStyle}" stroke-width="${n(pen.lineWidth)}" stroke-linecap="${pen.lineCap}"${dash.length ? ` stroke-dasharray="${dash.join(' ')}"` : ''} ${paint()}/>`); },
      fillRect(x, y, w, h) { out.push(`<rect x="${x}" y="${y}" width="${n(w)}" height="${n(h)}" fill="${pen.fillStyle}"/>`); },
      measureText(text) { ruler.font = pen.font; return ruler.measureText(text); },
      write(text, x, y, how) {
        const [, weight, size] = /^(?:(\d+) )?(\d+)px/.exec(pen.font) || [];
        out.push(`<text x="${n(x)}" y="${n(y)}" dominant-baseline="central" font-family="sans-serif" font-size="${size}" font-weight="${weight || 400}" ${how} ${paint()}>${safe(text)}</text>`);
      },
      fillText(text, x, y) { pen.write(text, x, y, `fill="${pen.fillStyle}"`); },
      strokeText(text, x, y) { pen.write(text, x, y, `fill="none" stroke="${pen.strokeStyle}" stroke-width="${pen.lineWidth}" stroke-linejoin="round"`); },
    };
    const height = sheet(pen, view, colours, (text) => pen.measureText(text).width, () => {
      pen.fillStyle = colours.sea;
      pen.fillRect(0, 0, view.w, view.h);
      if (chosen.layout === 'map') out.push(TG.land.svg(view, colours));
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${n(view.w)}" height="${n(height)}" viewBox="0 0 ${n(view.w)} ${n(height)}"><title>${safe($('title').textContent)}</title>${out.join('\n')}</svg>`;
  }

  // What is shown, with the sources; a cell that a spreadsheet would run as a formula is made text.
  function csv() {
    const cell = (value) => {
      const text = String(value ?? '').replace(/^(?=[=+\-@\t\r])/, "'");
      return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
    };
    const head = ['municipality', 'partner', 'country', 'kind', 'status', 'since', 'until', 'themes', 'signed_by', 'approved_by', 'sources'];
    const pages = (said) => [...new Set((said || []).flatMap(TG.card.cited))].map((id) => data.sources[id].url || data.sources[id].title).join(' ');
    const lines = TG.panel.rows().map(({ tie }) => {
      const [a, b] = endsOf(tie);
      return [name(a), name(b), country(b.country), tie.kind, tie.status, tie.since, tie.until, (tie.themes || []).join('; '), (tie.signed || []).join('; '), tie.approved, pages(saidOf(tie))];
    });
    for (const { application } of TG.applications.rows(TG.panel.words())) {
      lines.push([name(places[application.a]), TG.applications.whom(application), country(places[application.b].country), 'application', application.status, application.since, application.until, (application.themes || []).join('; '), '', '', pages(application.said)]);
    }
    return `\ufeff${[head, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
  }
  async function copyLink() {
    const hash = TG.state.address();
    const href = location.href.replace(/#.*/, '') + (hash ? `#${hash}` : '');
    try { await navigator.clipboard.writeText(href); } catch {
      const area = el('textarea', { class: 'unseen' });
      area.value = href;
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
    }
    $('live').textContent = t('link_copied');
    setTimeout(() => { $('live').textContent = ''; }, 4000);
  }
  const acts = {
    png, csv: () => download(new Blob([csv()], { type: 'text/csv;charset=utf-8' }), 'csv'),
    svg: () => download(new Blob([svg()], { type: 'image/svg+xml' }), 'svg'), link: copyLink, print: () => window.print(),
  };
  const [button, menu] = [$('save'), $('save-menu')];
  if (FRAMED) menu.querySelector('[data-save=link]').remove();
  const open = (yes) => { menu.hidden = !yes; button.setAttribute('aria-expanded', String(yes)); };
  button.addEventListener('click', () => open(menu.hidden));
  menu.addEventListener('click', (event) => {
    const what = event.target.dataset?.save;
    if (what) { open(false); acts[what](); }
  });
  document.addEventListener('pointerdown', (event) => { if (!event.target.closest('.menu')) open(false); });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !menu.hidden) { open(false); button.focus(); } });

  // On paper the map is a picture: a canvas of the screen would be cut. Paper is light, whatever the screen is.
  const root = document.documentElement;
  let theme = null; // of the screen, while the page is printed
  window.addEventListener('beforeprint', () => {
    $('paper')?.remove();
    theme ??= root.dataset.theme || 'system';
    root.dataset.theme = 'light';
    TG.view.readColours();
    $('stage').append(el('img', { id: 'paper', alt: $('title').textContent, src: picture(2).toDataURL('image/png') }));
  });
  window.addEventListener('afterprint', () => {
    $('paper')?.remove();
    if (theme === 'system') delete root.dataset.theme;
    else if (theme) root.dataset.theme = theme;
    theme = null;
    TG.view.readColours();
    TG.view.redraw();
  });
  return { svg, csv, picture };
})();
