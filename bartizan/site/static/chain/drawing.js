// Draws the chain on a canvas, as a map or as a graph: the same nodes, legs, colours and marks.

const Drawing = (() => {
  const MANY = 1500; // lines: beyond, they are straight and faint, so that moving stays smooth
  const BUNDLE = 12; // lines of one path
  const LABELLED = 260; // labels at most
  const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 4], [12, 4], [1, 4], [6, 2, 2, 2, 2, 2]];
  const SCALE = 14; // of the graph, whose rows are one apart

  const PARTNER = 1;

  class Drawing {
    constructor(canvas, chain, mode) {
      Object.assign(this, { canvas, chain, mode, colour: "tier", chosen: null, show: null });
      this.context = canvas.getContext("2d");
      this.atlas = null;
      this.hover = -1;
      this.stretch = 1; // of the graph, so that it fills the width there is
      this.closed = new Set();
      this.stopped = new Map();
      this.camera = { scale: 1, x: 0, y: 0 };
      this.count = chain.nodes.number.length;
      this.hidden = new Uint8Array(this.count);
      this.degree = new Uint32Array(this.count);
      chain.legs.from.forEach((from, leg) => {
        this.degree[from]++;
        this.degree[chain.legs.to[leg]]++;
      });
      this.place();
      this.routes = this.routed();
      this.palette();
      new ResizeObserver(() => this.resized()).observe(canvas.parentElement);
    }

    // -- where things stand -----------------------------------------------------------------

    place() {
      const { nodes } = this.chain;
      const map = this.mode === "map";
      this.x = map ? nodes.lon : nodes.x.map((x) => x * SCALE * this.stretch);
      this.y = map ? nodes.lat.map((y) => (y === null ? null : Atlas.down(y))) : nodes.y.map((y) => y * SCALE);
      const highest = Math.max(1, ...nodes.value);
      this.radius = nodes.value.map((value, node) =>
        value ? 5 + 6 * Math.sqrt(value / highest) : 4 + Math.min(3, this.degree[node] / 8),
      );
      const crowd = this.count > 600 ? 0.62 : this.count > 250 ? 0.8 : 1;
      this.radius = this.radius.map((radius) => radius * crowd);
    }

    stands(node) {
      return !this.hidden[node] && this.x[node] !== null;
    }

    // Lines with their bends, in the units of the world: legs, and in the graph what depends on what.
    routed() {
      const { legs, dependencies } = this.chain;
      const found = [];
      const times = new Map();
      const add = (from, to, leg, kind) => {
        if (this.x[from] === null || this.x[to] === null || from === to) return;
        const pair = from * this.count + to;
        const again = times.get(pair) ?? 0;
        times.set(pair, again + 1);
        found.push({ from, to, leg, kind, bend: 0.14 + 0.1 * again });
      };
      legs.from.forEach((from, leg) => add(from, legs.to[leg], leg, "leg"));
      if (this.mode === "graph") {
        dependencies.from.forEach((from, one) => add(from, dependencies.to[one], -1, "dependency"));
        this.chain.nodes.run_by.forEach((partner, node) => {
          if (partner >= 0) add(partner, node, -1, "runs");
        });
      }
      return found;
    }

    ends({ from, to }) {
      const [ax, ay, by] = [this.x[from], this.y[from], this.y[to]];
      let bx = this.x[to];
      // The short way round the world.
      if (this.mode === "map" && bx - ax > 180) bx -= 360;
      if (this.mode === "map" && bx - ax < -180) bx += 360;
      return [ax, ay, bx, by];
    }

    middle(route, [ax, ay, bx, by]) {
      const bend = this.routes.length > MANY ? 0 : route.bend;
      return [(ax + bx) / 2 - (by - ay) * bend, (ay + by) / 2 + (bx - ax) * bend];
    }

    trace(path, route) {
      const ends = this.ends(route);
      const [ax, ay, bx, by] = ends;
      const straight = this.routes.length > MANY;
      const [mx, my] = straight ? [0, 0] : this.middle(route, ends);
      const turns = this.mode === "map" && (bx < -180 || bx > 180) ? [0, bx < 0 ? 360 : -360] : [0];
      for (const turn of turns) {
        path.moveTo(ax + turn, ay);
        if (straight) path.lineTo(bx + turn, by);
        else path.quadraticCurveTo(mx + turn, my, bx + turn, by);
      }
    }

    // -- colours come from the style sheet, so light, dark and paper need nothing here ----------

    palette() {
      const probe = document.createElement("span");
      this.canvas.parentElement.append(probe);
      const seen = (name) => {
        probe.className = name;
        return getComputedStyle(probe).color;
      };
      const names = ["ink", "quiet", "line", "edge", "surface", "sea", "land", "border", "accent", "bad"];
      this.tone = Object.fromEntries(names.map((name) => [name, seen(`tone-${name}`)]));
      this.keys = {};
      for (const [mode, entries] of Object.entries(this.chain.keys))
        this.keys[mode] = entries.map(({ style }) => seen(style));
      probe.remove();
      this.lines = null;
    }

    nodeKey(node) {
      return this.chain.nodes[this.colour][node];
    }

    routeKey(route) {
      if (route.leg < 0 || this.colour === "tier") return -1;
      return this.chain.legs[this.colour][route.leg];
    }

    shown(key) {
      return this.show === null || this.show === key;
    }

    // -- the camera --------------------------------------------------------------------------

    resized() {
      const { clientWidth, clientHeight } = this.canvas.parentElement;
      const dense = window.devicePixelRatio || 1;
      if (!clientWidth || !clientHeight) return;
      const first = !this.width;
      const [dx, dy] = first ? [0, 0] : [(clientWidth - this.width) / 2, (clientHeight - this.height) / 2];
      Object.assign(this, { width: clientWidth, height: clientHeight, dense });
      this.canvas.width = clientWidth * dense;
      this.canvas.height = clientHeight * dense;
      if (first) return this.fit();
      this.camera.x += dx;
      this.camera.y += dy;
      this.paint();
    }

    // As wide as there is room: the layers of a graph may stand as far apart as one likes.
    widen() {
      const { x, y } = this.chain.nodes;
      const span = (values) => Math.max(...values) - Math.min(...values);
      const [mx, my] = this.margins();
      const room = (this.width - 2 * mx) / (this.height - 2 * my);
      const stretch = Math.min(4, Math.max(0.6, (room * (span(y) || 1)) / (span(x) || 1)));
      if (Math.abs(stretch / this.stretch - 1) < 0.05) return;
      this.stretch = stretch;
      this.x = x.map((one) => one * SCALE * stretch);
      this.lines = null;
    }

    margins() {
      if (this.mode === "graph") return this.width > 600 ? [120, 40] : [44, 36];
      return this.width > 600 ? [64, 48] : [28, 34];
    }

    fit(members = null) {
      if (this.mode === "graph" && this.width && this.count) this.widen();
      const all = members ?? [...Array(this.count).keys()];
      const seen = all.filter((node) => this.stands(node));
      if (!this.width || !seen.length) return this.ask();
      const xs = seen.map((node) => this.x[node]);
      const ys = seen.map((node) => this.y[node]);
      const span = (values) => values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
      const [[left, right], [top, bottom]] = [span(xs), span(ys)];
      const least = this.mode === "map" ? 3 : 60;
      const [wide, high] = [Math.max(right - left, least), Math.max(bottom - top, least)];
      const [mx, my] = this.margins();
      const scale = Math.min((this.width - 2 * mx) / wide, (this.height - 2 * my) / high);
      this.fitted = members ? (this.fitted ?? scale) : scale;
      this.camera = {
        scale,
        x: this.width / 2 - ((left + right) / 2) * scale,
        y: this.height / 2 - ((top + bottom) / 2) * scale,
      };
      this.ask();
    }

    zoom(factor, x = this.width / 2, y = this.height / 2) {
      const scale = Math.min(Math.max(this.camera.scale * factor, this.fitted / 6), this.fitted * 60);
      const by = scale / this.camera.scale;
      this.camera = { scale, x: x - (x - this.camera.x) * by, y: y - (y - this.camera.y) * by };
      this.ask();
    }

    pan(dx, dy) {
      this.camera.x += dx;
      this.camera.y += dy;
      this.ask();
    }

    reveal(node) {
      const [x, y] = this.at(node);
      const edge = 40;
      if (x > edge && y > edge && x < this.width - edge && y < this.height - edge) return;
      this.pan(this.width / 2 - x, this.height / 2 - y);
    }

    at(node) {
      const { scale, x, y } = this.camera;
      return [this.x[node] * scale + x, this.y[node] * scale + y];
    }

    size(node) {
      const grown = Math.sqrt(this.camera.scale / (this.fitted || 1));
      return this.radius[node] * Math.min(2.2, Math.max(0.8, grown));
    }

    // -- what lies under the pointer -------------------------------------------------------------

    nodeNear(px, py, reach = 10) {
      let [best, least] = [-1, Infinity];
      for (let node = 0; node < this.count; node++) {
        if (!this.stands(node)) continue;
        const [x, y] = this.at(node);
        const away = Math.hypot(x - px, y - py) - this.size(node);
        if (away < least && away < reach) [best, least] = [node, away];
      }
      return best;
    }

    routeNear(px, py, reach = 6) {
      const { scale, x: cx, y: cy } = this.camera;
      let [best, least] = [null, reach];
      for (const route of this.routes) {
        if (route.leg < 0 || !this.stands(route.from) || !this.stands(route.to)) continue;
        const ends = this.ends(route);
        const [mx, my] = this.middle(route, ends);
        for (let step = 1; step < 16; step++) {
          const t = step / 16;
          const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
          const x = (a * ends[0] + b * mx + c * ends[2]) * scale + cx;
          const y = (a * ends[1] + b * my + c * ends[3]) * scale + cy;
          const away = Math.hypot(x - px, y - py);
          if (away < least) [best, least] = [route, away];
        }
      }
      return best;
    }

    // The next node in a direction, for those who walk by keyboard.
    beyond(node, dx, dy) {
      const [x, y] = this.at(node);
      let [best, least] = [-1, Infinity];
      for (let other = 0; other < this.count; other++) {
        if (other === node || !this.stands(other)) continue;
        const [ox, oy] = this.at(other);
        const ahead = (ox - x) * dx + (oy - y) * dy;
        const aside = Math.abs((ox - x) * dy - (oy - y) * dx);
        if (ahead <= 0 || aside > ahead * 2) continue;
        if (ahead + aside * 2 < least) [best, least] = [other, ahead + aside * 2];
      }
      return best;
    }

    // -- painting ----------------------------------------------------------------------------------

    ask() {
      if (this.asked) return;
      this.asked = true;
      requestAnimationFrame(() => {
        this.asked = false;
        this.paint();
      });
    }

    paint(context = this.context, dense = this.dense) {
      if (!this.width) return;
      context.setTransform(dense, 0, 0, dense, 0, 0);
      context.fillStyle = this.mode === "map" ? this.tone.sea : this.tone.surface;
      context.fillRect(0, 0, this.width, this.height);
      if (this.mode === "map") this.paintLand(context, dense);
      else this.paintLayers(context);
      this.paintLines(context, dense);
      this.paintNodes(context);
      this.paintLabels(context);
    }

    inWorld(context, dense) {
      const { scale, x, y } = this.camera;
      context.setTransform(scale * dense, 0, 0, scale * dense, x * dense, y * dense);
    }

    onScreen(context, dense) {
      context.setTransform(dense, 0, 0, dense, 0, 0);
    }

    paintLand(context, dense) {
      if (!this.atlas) return;
      this.inWorld(context, dense);
      context.fillStyle = this.tone.land;
      context.fill(this.atlas.land, "evenodd");
      context.strokeStyle = this.tone.border;
      context.lineWidth = 0.7 / this.camera.scale;
      context.stroke(this.atlas.borders);
      this.onScreen(context, dense);
    }

    paintLayers(context) {
      const { scale, x, y } = this.camera;
      context.font = `600 11px ${this.font()}`;
      context.textAlign = "center";
      context.textBaseline = "top";
      let free = -Infinity; // where the heading before ended
      for (const { label, left, right } of this.chain.layers) {
        const wider = SCALE * this.stretch * scale;
        const [from, to] = [(left - 1.2) * wider + x, (right + 1.2) * wider + x];
        context.fillStyle = this.tone.sea;
        context.fillRect(from, 0, to - from, this.height);
        const [middle, half] = [(from + to) / 2, context.measureText(label).width / 2];
        if (middle - half < free) continue;
        free = middle + half + 8;
        context.fillStyle = this.tone.quiet;
        context.fillText(label, middle, 8);
      }
      if (this.chain.beside !== null) {
        const top = (this.chain.beside - 1.2) * SCALE * scale + y;
        context.fillStyle = this.tone.surface;
        context.fillRect(0, top, this.width, this.height - top);
        context.fillStyle = this.tone.line;
        context.fillRect(0, top, this.width, 1);
        context.textAlign = "start";
        context.fillStyle = this.tone.quiet;
        context.fillText(this.chain.words.beside, 10, top - 16);
      }
    }

    // Lines of one look share paths that are made once: to move is to stroke them again. A path holds
    // few lines, because one of thousands that cross each other takes seconds to fill in.
    grouped() {
      const groups = new Map();
      for (const route of this.routes) {
        if (!this.stands(route.from) || !this.stands(route.to)) continue;
        // Among thousands of legs, who runs a place is drawn only where one has chosen it.
        if (route.kind === "runs" && this.routes.length > MANY) continue;
        const key = this.routeKey(route);
        const away = route.leg >= 0 && this.colour !== "tier" && !this.shown(key);
        const name = `${route.kind} ${away ? "away" : key}`;
        if (!groups.has(name)) groups.set(name, { paths: [], held: BUNDLE, key: away ? -2 : key, kind: route.kind });
        const group = groups.get(name);
        if (group.held === BUNDLE) {
          group.paths.push(new Path2D());
          group.held = 0;
        }
        group.held++;
        this.trace(group.paths.at(-1), route);
      }
      return [...groups.values()].sort((a, b) => a.key - b.key);
    }

    paintLines(context, dense) {
      this.lines ??= this.grouped();
      const many = this.routes.length;
      const strong = many > MANY ? 0.13 : many > 800 ? 0.35 : many > 120 ? 0.55 : 0.75;
      const quieted = this.chosen ? 0.3 : 1;
      const { scale } = this.camera;
      this.inWorld(context, dense);
      for (const { paths, key, kind } of this.lines) {
        const plain = key < 0;
        context.strokeStyle = plain ? this.tone.edge : this.keys[this.colour][key];
        context.globalAlpha = quieted * (key === -2 ? 0.1 : kind === "leg" ? strong : strong * 0.6);
        // A line of less than a pixel is drawn without its outline being reckoned: many times faster.
        const wide = many > MANY ? 0.95 / dense : kind === "leg" ? (plain ? 1.1 : 1.6) : 1;
        context.lineWidth = wide / scale;
        const dash = many > MANY ? [] : kind === "runs" ? [1, 3] : kind === "dependency" ? [5, 4] : DASHES[Math.max(key, 0) % DASHES.length];
        context.setLineDash(plain && kind === "leg" ? [] : dash.map((part) => part / scale));
        for (const path of paths) context.stroke(path);
      }
      context.setLineDash([]);
      this.onScreen(context, dense);
      context.globalAlpha = quieted * (many > 120 ? 0.7 : 1);
      if (many <= 800) for (const route of this.routes) this.paintArrow(context, route);
      context.globalAlpha = 1;
      this.paintChosenLines(context, dense);
    }

    paintChosenLines(context, dense) {
      const { chosen } = this;
      if (!chosen) return;
      const mine = this.routes.filter(
        (route) =>
          (chosen.leg !== undefined ? route.leg === chosen.leg : route.from === chosen.node || route.to === chosen.node) &&
          this.stands(route.from) &&
          this.stands(route.to),
      );
      this.inWorld(context, dense);
      const path = new Path2D();
      for (const route of mine) this.trace(path, route);
      context.strokeStyle = this.tone.accent;
      context.lineWidth = 2.2 / this.camera.scale;
      context.stroke(path);
      this.onScreen(context, dense);
      for (const route of mine) this.paintArrow(context, route, this.tone.accent, 7);
    }

    paintArrow(context, route, colour = null, size = this.routes.length > 120 ? 3.4 : 4.5) {
      if (route.kind === "runs" || !this.stands(route.from) || !this.stands(route.to)) return;
      const { scale, x: cx, y: cy } = this.camera;
      const ends = this.ends(route);
      const [mx, my] = this.middle(route, ends);
      // At the middle of the curve, where its direction is that from end to end.
      const x = (ends[0] / 4 + mx / 2 + ends[2] / 4) * scale + cx;
      const y = (ends[1] / 4 + my / 2 + ends[3] / 4) * scale + cy;
      const [dx, dy] = [ends[2] - ends[0], ends[3] - ends[1]];
      const length = Math.hypot(dx, dy) || 1;
      if (length * scale < 34) return;
      const [ux, uy] = [dx / length, dy / length];
      const key = this.routeKey(route);
      if (key >= 0 && !this.shown(key) && !colour) return;
      context.fillStyle = colour ?? (key < 0 ? this.tone.edge : this.keys[this.colour][key]);
      context.beginPath();
      context.moveTo(x + ux * size, y + uy * size);
      context.lineTo(x - ux * size - uy * size * 0.7, y - uy * size + ux * size * 0.7);
      context.lineTo(x - ux * size + uy * size * 0.7, y - uy * size - ux * size * 0.7);
      context.fill();
    }

    near() {
      if (!this.chosen) return null;
      const near = new Set();
      const { chosen } = this;
      for (const { from, to, leg } of this.routes) {
        const mine = chosen.leg !== undefined ? leg === chosen.leg : from === chosen.node || to === chosen.node;
        if (mine) near.add(from).add(to);
      }
      if (chosen.node !== undefined) near.add(chosen.node);
      return near;
    }

    outline(context, node, x, y, radius) {
      context.beginPath();
      if (this.chain.nodes.kind[node] === PARTNER) {
        const wide = radius * 1.25;
        context.moveTo(x, y - wide);
        context.lineTo(x + wide, y);
        context.lineTo(x, y + wide);
        context.lineTo(x - wide, y);
        context.closePath();
      } else context.arc(x, y, radius, 0, 2 * Math.PI);
    }

    paintNodes(context) {
      const near = this.near();
      const { chain, tone } = this;
      context.textAlign = "center";
      context.textBaseline = "middle";
      for (let node = 0; node < this.count; node++) {
        if (!this.stands(node)) continue;
        const [x, y] = this.at(node);
        if (x < -20 || y < -20 || x > this.width + 20 || y > this.height + 20) continue;
        const radius = this.size(node);
        const key = this.nodeKey(node);
        const dim = !this.shown(key) || (near && !near.has(node));
        context.globalAlpha = dim ? 0.22 : 1;
        this.outline(context, node, x, y, radius);
        context.fillStyle = this.keys[this.colour][key];
        context.fill();
        context.lineWidth = 1.25;
        context.strokeStyle = tone.surface;
        context.stroke();
        if (chain.nodes.own[node] && radius > 4) {
          this.outline(context, node, x, y, radius + 2.2);
          context.lineWidth = 1.2;
          context.strokeStyle = this.keys[this.colour][key];
          context.stroke();
        }
        if (radius > 6) {
          context.fillStyle = tone.surface;
          context.font = `650 ${Math.round(Math.min(radius * 1.15, 12))}px ${this.font()}`;
          context.fillText(chain.keys[this.colour][key].mark, x, y + 0.5);
        }
        this.paintMarks(context, node, x, y, radius);
      }
      context.globalAlpha = 1;
    }

    // What is closed is crossed out; what stops has a broken ring, and says after how many days.
    paintMarks(context, node, x, y, radius) {
      const { tone } = this;
      if (this.closed.has(node)) {
        context.globalAlpha = 1;
        const reach = radius + 3;
        context.lineCap = "round";
        for (const [colour, wide] of [[tone.surface, 6], [tone.bad, 3]]) {
          context.strokeStyle = colour;
          context.lineWidth = wide;
          context.beginPath();
          context.moveTo(x - reach, y - reach);
          context.lineTo(x + reach, y + reach);
          context.moveTo(x + reach, y - reach);
          context.lineTo(x - reach, y + reach);
          context.stroke();
        }
        context.lineCap = "butt";
      } else if (this.stopped.has(node)) {
        context.globalAlpha = 1;
        this.outline(context, node, x, y, radius + 4.5);
        context.strokeStyle = tone.bad;
        context.lineWidth = 2.4;
        context.setLineDash([4, 2.5]);
        context.stroke();
        context.setLineDash([]);
      }
      if (this.chosen?.node === node || this.hover === node) {
        this.outline(context, node, x, y, radius + 5);
        context.strokeStyle = this.chosen?.node === node ? tone.accent : tone.ink;
        context.lineWidth = this.chosen?.node === node ? 3 : 1.5;
        context.stroke();
      }
    }

    font() {
      return '"Inter", system-ui, sans-serif';
    }

    // Most telling first; a label that would cover another one or a node stays away.
    paintLabels(context) {
      const near = this.near();
      const { nodes } = this.chain;
      const weight = (node) =>
        (this.chosen?.node === node || this.hover === node ? 1e9 : 0) +
        (this.closed.has(node) ? 1e8 : 0) +
        (this.stopped.has(node) ? 1e7 : 0) +
        (nodes.own[node] ? 1e6 : 0) +
        this.radius[node] * 1e3 +
        this.degree[node];
      const seen = [];
      for (let node = 0; node < this.count; node++) {
        if (!this.stands(node) || !this.shown(this.nodeKey(node))) continue;
        if (near && !near.has(node)) continue;
        const [x, y] = this.at(node);
        if (x > 0 && y > 0 && x < this.width && y < this.height) seen.push(node);
      }
      seen.sort((a, b) => weight(b) - weight(a));
      const taken = seen.slice(0, 500).map((node) => {
        const [x, y] = this.at(node);
        const radius = this.size(node);
        return [x - radius, y - radius, x + radius, y + radius, node];
      });
      context.textAlign = "start";
      context.textBaseline = "middle";
      context.lineJoin = "round";
      for (const node of seen.slice(0, LABELLED)) this.paintLabel(context, node, taken);
    }

    paintLabel(context, node, taken) {
      const { nodes, words } = this.chain;
      const marked = this.chosen?.node === node || this.hover === node;
      const day = this.stopped.get(node);
      const after = this.closed.has(node) || day === undefined ? "" : ` · ${day ? words.days.replace("%s", day) : words.once}`;
      context.font = `${nodes.own[node] || marked ? 600 : 450} 11.5px ${this.font()}`;
      const title = nodes.title[node].length > 30 && !marked ? `${nodes.title[node].slice(0, 28)}…` : nodes.title[node];
      const text = title + after;
      const [x, y] = this.at(node);
      const [wide, gap] = [context.measureText(text).width, this.size(node) + 5];
      const spots = [
        [x + gap, y],
        [x - gap - wide, y],
        [x - wide / 2, y + gap + 6],
        [x - wide / 2, y - gap - 6],
      ];
      const fits = ([left, middle]) =>
        left > 2 &&
        left + wide < this.width - 2 &&
        !taken.some(
          ([l, t, r, b, whose]) => whose !== node && left < r + 2 && left + wide > l - 2 && middle - 7 < b && middle + 7 > t,
        );
      const spot = spots.find(fits) ?? (marked ? spots[x + gap + wide < this.width ? 0 : 1] : null);
      if (!spot) return;
      const [left, middle] = spot;
      taken.push([left, middle - 7, left + wide, middle + 7, -1]);
      context.lineWidth = 3.5;
      context.strokeStyle = this.mode === "map" ? this.tone.land : this.tone.surface;
      context.strokeText(text, left, middle);
      context.fillStyle = day !== undefined ? this.tone.bad : this.tone.ink;
      context.fillText(text, left, middle);
    }

    // -- a picture to take away, with its key ------------------------------------------------------

    async picture(heading) {
      const entries = this.chain.keys[this.colour];
      const present = entries.map((entry, key) => [entry, key]).filter(([entry]) => entry.count);
      const [line, edge, dense] = [18, 14, 2];
      const across = Math.max(1, Math.floor((this.width - 2 * edge) / 210));
      const foot = edge * 2 + line * (1 + Math.ceil(present.length / across));
      const sheet = document.createElement("canvas");
      sheet.width = this.width * dense;
      sheet.height = (this.height + foot) * dense;
      const context = sheet.getContext("2d");
      this.paint(context, dense);
      this.onScreen(context, dense);
      context.fillStyle = this.tone.surface;
      context.fillRect(0, this.height, this.width, foot);
      context.textAlign = "start";
      context.textBaseline = "middle";
      context.fillStyle = this.tone.ink;
      context.font = `600 12px ${this.font()}`;
      context.fillText(heading, edge, this.height + edge);
      context.font = `450 11.5px ${this.font()}`;
      present.forEach(([{ label, mark }, key], place) => {
        const x = edge + (place % across) * 210;
        const y = this.height + edge + line * (1 + Math.floor(place / across));
        context.fillStyle = this.keys[this.colour][key];
        context.fillRect(x, y - 6, 12, 12);
        context.fillStyle = this.tone.ink;
        context.fillText(`${mark} ${label}`, x + 18, y);
      });
      return new Promise((done) => sheet.toBlob(done, "image/png"));
    }
  }

  return Drawing;
})();
