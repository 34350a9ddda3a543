// The camera and the canvas: vis-network pans, zooms and draws the places; the layers below and above them are ours.
TG.view = (() => {
  const box = $('map');
  const tip = $('tip');
  const quick = matchMedia('(prefers-reduced-motion: reduce)');
  let network = null;
  let touched = false;
  let ready = null;
  let view = { k: 1, tx: 0, ty: 0, w: 1, h: 1, dpr: 1 };
  let colours = {};
  let kept = [];

  function readColours() {
    const style = getComputedStyle(document.documentElement);
    colours = {};
    for (const name of [
      'sea', 'land', 'partner', 'home', 'scope', 'scopeLine', 'coast', 'border', 'oblast', 'ink', 'halo', 'quiet', 'paper',
      'lit', 'chip', 'home_place', 'metropolis', 'side_2', 'side_2_land', ...FLOWS, ...KINDS, ...TG.colour.PALETTE, 'p0', 'p1', 'p2', 'p3', 'p4',
    ]) colours[name] = style.getPropertyValue(`--${name}`).trim();
    return colours;
  }
  // vis-network knows where places stand on the map: those of opened countries and of the network are ours to draw.
  const ownPlaces = () => data.gather || chosen.layout === 'network';
  // Run `act` in screen pixels on a canvas that vis-network has moved and scaled.
  function inPixels(ctx, act) {
    ctx.save();
    ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    act();
    ctx.restore();
  }
  function look(ctx) {
    const m = ctx.getTransform();
    const k = network.getScale();
    const dpr = m.a / k;
    view = { k, dpr, tx: m.e / dpr, ty: m.f / dpr, w: ctx.canvas.width / dpr, h: ctx.canvas.height / dpr, kept };
  }

  // Set the camera up; `act` once the first frame is drawn.
  function start(act) {
    ready = act;
    readColours();
    const renderer = ({ ctx, id }) => ({
      drawNode: () => ownPlaces() || inPixels(ctx, () => TG.draw.place(ctx, places[id], view, colours)),
      nodeDimensions: { width: 1, height: 1 },
    });
    network = new vis.Network(
      box,
      { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(unpack(data.edges)) },
      { ...data.options, nodes: { ...data.options.nodes, shape: 'custom', ctxRenderer: renderer } },
    );
    network.on('beforeDrawing', (ctx) => {
      look(ctx);
      inPixels(ctx, () => {
        if (moving && stillGood()) { drawStill(ctx); return; }
        TG.land.draw(ctx, view, colours);
        TG.draw.ties(ctx, view, colours);
        if (ownPlaces()) for (let i = TG.scene.present.length - 1; i >= 0; i -= 1) TG.draw.place(ctx, TG.scene.present[i], view, colours);
      });
    });
    network.on('afterDrawing', (ctx) => {
      if (!(moving && stillGood())) {
        inPixels(ctx, () => TG.labels.draw(ctx, view, colours));
        if (TG.scene.heavy && !ready) keepStill(ctx);
      }
      if (ready) {
        const [drawn, act] = [performance.now(), ready];
        ready = null;
        setTimeout(() => { act(); document.documentElement.dataset.drawn = Math.round(drawn); });
      }
    });
    network.on('click', ({ pointer, event }) => {
      const { x, y } = pointer.DOM;
      touched = true;
      const chip = TG.labels.chipAt(x, y);
      if (chip) fit(chip.places, { animate: true, most: 0.25, around: true });
      else {
        const finger = event?.srcEvent?.pointerType === 'touch' || event?.pointers?.[0]?.pointerType === 'touch';
        const found = TG.scene.pick(x, y, view, finger ? 16 : 5);
        if (found?.place?.group) openCountry(found.place);
        else TG.state.set({ select: found, hover: null });
        hideTip();
      }
    });
    for (const event of ['dragStart', 'zoom']) network.on(event, () => { touched = true; hideTip(); move_(event === 'dragStart' ? 4000 : 160); });
    network.on('dragEnd', () => move_(0));
    network.on('animationFinished', () => move_(0));
    network.on('resize', () => { keepFree(); if (!touched) fit(core()); });
    box.addEventListener('pointermove', (event) => { if (event.pointerType === 'mouse' && !event.buttons) hover(event); });
    box.addEventListener('pointerleave', () => { hideTip(); if (chosen.hover) TG.state.set({ hover: null }); });
    // The wheel moves the notebook until the map was clicked.
    if (FRAMED) box.addEventListener('wheel', (event) => { if (!box.contains(document.activeElement) && !event.ctrlKey) event.stopImmediatePropagation(); }, { capture: true });
    if (FRAMED) box.addEventListener('pointerdown', () => box.focus({ preventScroll: true }));
    box.addEventListener('keydown', keys);
    for (const button of document.querySelectorAll('[data-zoom]')) {
      button.addEventListener('click', () => zoomBy(button.dataset.zoom));
    }
    const canvas = box.querySelector('canvas');
    canvas.setAttribute('aria-hidden', 'true');
    box.querySelector('.vis-network')?.removeAttribute('tabindex');
    fit(core());
  }

  // While a crowded map moves, the last whole picture of it moves; when it rests, it is drawn anew.
  let moving = false;
  let rest = 0;
  let still = null;
  function move_(milliseconds) {
    clearTimeout(rest);
    moving = milliseconds > 0;
    if (moving) rest = setTimeout(() => move_(0), milliseconds);
    else network.redraw();
  }
  function keepStill(ctx) {
    const { width, height } = ctx.canvas;
    still ??= { canvas: document.createElement('canvas') };
    if (still.canvas.width !== width || still.canvas.height !== height) Object.assign(still.canvas, { width, height });
    still.canvas.getContext('2d').drawImage(ctx.canvas, 0, 0);
    still.view = { ...view };
    still.good = true;
  }
  const stillGood = () => Boolean(TG.scene.heavy && still?.good && still.view.w === view.w && still.view.h === view.h);
  function drawStill(ctx) {
    const times = view.k / still.view.k;
    ctx.fillStyle = colours.sea;
    ctx.fillRect(0, 0, view.w, view.h);
    ctx.drawImage(still.canvas, view.tx - still.view.tx * times, view.ty - still.view.ty * times, view.w * times, view.h * times);
  }

  // Where buttons and words lie over the map.
  function keepFree() {
    const frame = box.getBoundingClientRect();
    kept = [$('zoom'), $('shown')].map((node) => {
      const { left, top, width, height } = node.getBoundingClientRect();
      return { x: left - frame.left - 3, y: top - frame.top - 3, w: width + 6, h: height + 6 };
    });
  }

  const core = () => {
    const wanted = new Set(data.core);
    const inCore = TG.scene.present.filter((place) => wanted.has(place.id) && (TG.scene.partners(place) || !place.ties.length));
    return chosen.layout === 'network' || !inCore.length ? TG.scene.present : inCore;
  };

  // Show these places, with room for their names.
  function fit(among, { animate = false, most = 2, around = false } = {}) {
    const spots = among.map(TG.scene.position).filter(Boolean);
    if (!spots.length) return;
    const { clientWidth: w, clientHeight: h } = box;
    const xs = spots.map(([x]) => x);
    const ys = spots.map(([, y]) => y);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [before, after] = [Math.min(100, w * 0.1), Math.max(60, Math.min(110, w * 0.12))]; // names, buttons
    const scale = Math.max(0.01, Math.min((w - before - after) / (right - left || 1), (h - 90) / (bottom - top || 1), most));
    move({ position: { x: (left + right + (after - before) / scale) / 2, y: onEarth((top + bottom) / 2, h / 2 / scale) }, scale }, animate || around);
  }
  // A map of the world ends at the poles: no view looks further beyond them than it must.
  const POLE = 8393; // km from the equator, on Equal Earth
  const onEarth = (y, half) => (chosen.layout === 'map' && data.projection === 'Equal Earth' ? (half < POLE ? Math.min(POLE - half, Math.max(half - POLE, y)) : 0) : y);
  function move(options, animate) {
    const smooth = animate && !quick.matches && !document.hidden;
    if (smooth) move_(2000);
    network.moveTo({ ...options, animation: smooth ? { duration: 450, easingFunction: 'easeInOutQuad' } : false });
  }
  function zoomBy(how) {
    touched = how !== 'home';
    if (how === 'home') fit(core(), { animate: true });
    else if (how === 'all') fit(TG.scene.present, { animate: true });
    else move({ scale: Math.min(9, Math.max(0.01, network.getScale() * (how === 'in' ? 1.6 : 1 / 1.6))) }, true);
  }
  function keys(event) {
    const step = 80 / network.getScale();
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    const zooms = { '+': 'in', '=': 'in', '-': 'out', '0': 'home', '1': 'all' };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves[event.key]) {
      const { x, y } = network.getViewPosition();
      move({ position: { x: x + moves[event.key][0], y: y + moves[event.key][1] } }, false);
      touched = true;
    } else if (zooms[event.key]) zoomBy(zooms[event.key]);
    else if (event.key === 'Enter' && document.activeElement === box) $('card').focus();
    else return;
    event.preventDefault();
  }

  function hover(event) {
    const frame = box.getBoundingClientRect();
    const [x, y] = [event.clientX - frame.left, event.clientY - frame.top];
    const found = TG.labels.chipAt(x, y) ? null : TG.scene.pick(x, y, view, 4);
    box.style.cursor = found || TG.labels.chipAt(x, y) ? 'pointer' : '';
    const [now, before] = [found, chosen.hover].map((each) => each?.place ?? each?.tie ?? each?.pair?.map((place) => place.id).join());
    if (now !== before) {
      TG.state.set({ hover: found });
      if (found) tip.replaceChildren(...TG.card.tip(found));
    }
    tip.hidden = !found;
    if (found) {
      const { offsetWidth: w, offsetHeight: h } = tip;
      tip.style.left = `${Math.max(4, x + 16 + w > frame.width ? x - w - 14 : x + 16)}px`;
      tip.style.top = `${Math.max(4, Math.min(y + 14, frame.height - h - 6))}px`;
    }
  }
  function hideTip() { tip.hidden = true; }

  // Open a country of a gathered map into its places.
  function openCountry(group) {
    const open = new Set(chosen.open).add(group.country);
    TG.state.set({ open, select: { place: group }, hover: null });
    fit(group.places.filter((place) => TG.scene.drawn(place)), { animate: true, most: 0.6 });
  }
  function gather(code) {
    const open = new Set(chosen.open);
    open.delete(code);
    TG.state.set({ open });
  }

  // Bring a place or a tie into sight; a view that shows it already stays.
  function show({ place, tie, pair, programme }) {
    const among = (place ? [place] : pair ?? (programme ? programme.parts.map((part) => places[part.a]) : [places[tie.a], places[tie.b]])).map(TG.scene.stand).filter((each) => TG.scene.spot(each, view));
    const inSight = (each) => {
      const p = TG.scene.spot(each, view);
      return p.x > 30 && p.x < view.w - 30 && p.y > 20 && p.y < view.h - 20;
    };
    if (!among.length || among.every(inSight)) return;
    touched = true;
    fit(among, { animate: true, most: Math.max(view.k, place ? 0.3 : 0.2) });
  }
  return {
    start, fit, show, core, openCountry, gather, readColours, zoomBy, keepFree,
    redraw: () => { if (still) still.good = false; network?.redraw(); },
    moveTo: (k, dx = 0, dy = 0) => { // for the measure of how it moves
      move_(400);
      const { x, y } = network.getViewPosition();
      network.moveTo({ position: { x: x + dx / k, y: y + dy / k }, scale: k });
    },
    get now() { return view; },
    get colours() { return colours; },
  };
})();
