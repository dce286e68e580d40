// The page of the chain around its drawing: what is chosen, coloured, closed. The address says it all.
{
  const page = document.getElementById("chain");
  const stage = page.querySelector("[data-stage]");
  const canvas = stage.querySelector("canvas");
  const said = page.querySelector("[data-said]");
  const hint = stage.querySelector("[data-hint]");
  const legend = page.querySelector("[data-legend]");
  const facts = page.querySelector("[data-facts]");
  const answer = page.querySelector("[data-answer]");
  const finder = page.querySelector("form.finder");
  const closing = page.querySelector("[data-closing]");
  const KINDS = ["/places/", "/partners/"];
  const SHOWN = 6; // lines of a list in the panel

  const make = (tag, { text, ...more } = {}, ...children) => {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    for (const [name, value] of Object.entries(more)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  const start = async () => {
    const chain = await (await fetch(page.dataset.chain)).json();
    const { nodes, legs, dependencies, keys, words } = chain;
    const drawing = new Drawing(canvas, chain, page.dataset.mode);
    const numbers = new Map(nodes.number.map((number, node) => [number, node]));
    const money = (value) => (value ? `${new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", maximumSignificantDigits: 3 }).format(value)} ${chain.currency}` : "");
    const url = (node) => `${KINDS[nodes.kind[node]]}${nodes.number[node]}/`;
    const named = (node) => make("a", { href: url(node), text: nodes.title[node] });

    // -- the address ---------------------------------------------------------------------------

    const address = () => new URLSearchParams(location.search);
    const remember = (changes) => {
      const asked = address();
      for (const [name, value] of Object.entries(changes)) {
        asked.delete(name);
        for (const one of [value].flat()) if (one) asked.append(name, one);
      }
      const query = asked.toString();
      history.replaceState(null, "", query ? `?${query}` : location.pathname);
      // The other views keep what was chosen here.
      for (const link of document.querySelectorAll("[data-view]")) {
        const kept = new URLSearchParams(query);
        link.search = kept.toString();
      }
    };
    // What the forms carried along without JavaScript, the address carries now.
    for (const field of page.querySelectorAll("[data-kept]")) field.remove();

    // -- the key: what a colour and a mark mean, and a way to look at one alone -----------------

    const drawLegend = () => {
      const entries = keys[drawing.colour];
      const buttons = entries.flatMap((entry, key) => {
        if (!entry.count) return [];
        const swatch = make("span", { class: `swatch ${entry.style}`, "aria-hidden": "true", "data-mark": entry.mark });
        const button = make(
          "button",
          { type: "button", "aria-pressed": drawing.show === key },
          swatch,
          make("span", { text: entry.label }),
          make("span", { class: "quiet", text: entry.count }),
        );
        button.addEventListener("click", () => {
          drawing.show = drawing.show === key ? null : key;
          remember({ show: drawing.show === null ? "" : entry.name });
          repaint();
          legend.querySelectorAll("button")[buttons.indexOf(item)].focus();
        });
        const item = make("li", {}, button);
        return [item];
      });
      legend.replaceChildren(...buttons);
    };

    const repaint = () => {
      drawing.lines = null;
      drawLegend();
      drawing.ask();
    };

    // -- one node or leg -----------------------------------------------------------------------

    const key = (mode, index) => keys[mode][index];
    const fact = (label, ...values) => (values.filter(Boolean).length ? [make("dt", { text: label }), make("dd", {}, ...values)] : []);
    const list = (label, members, line) => {
      if (!members.length) return [];
      const items = members.slice(0, SHOWN).map((one) => make("li", {}, ...line(one)));
      if (members.length > SHOWN) items.push(make("li", { class: "quiet", text: words.more.replace("%s", members.length - SHOWN) }));
      return [make("h3", { text: `${label} (${members.length})` }), make("ul", { class: "plain" }, ...items)];
    };
    const every = (column, value) => column.flatMap((one, place) => (one === value ? [place] : []));

    const legLine = (end) => (leg) => {
      const link = make("a", { href: `/legs/${legs.number[leg]}/`, text: nodes.title[legs[end][leg]] });
      const more = [legs.mode[leg], legs.days[leg] === null ? "" : words.takes.replace("%s", legs.days[leg])];
      return [link, make("span", { class: "quiet small", text: ` ${more.filter(Boolean).join(", ")}` })];
    };

    const aboutNode = (node) => {
      const risk = key("risk", nodes.risk[node]);
      const isClosed = drawing.closed.has(node);
      const toggle = make("button", { type: "button", class: "button small", text: isClosed ? words.reopen : words.close });
      toggle.addEventListener("click", () => {
        close(node, !isClosed);
        facts.querySelector("button").focus();
      });
      const runBy = nodes.run_by[node];
      const day = drawing.stopped.get(node);
      return [
        make("h2", {}, named(node)),
        make("p", { class: "quiet", text: [nodes.number[node], nodes.use[node], key("tier", nodes.tier[node]).label].join(" · ") }),
        ...(day === undefined || isClosed ? [] : [make("p", { class: "overdue", text: `${words.stops} ${day ? words.days.replace("%s", day) : words.once}.` })]),
        make(
          "dl",
          { class: "facts" },
          ...fact(words.country, nodes.country[node]),
          ...fact(words.custody, key("custody", nodes.custody[node]).label),
          ...fact(words.runBy, runBy >= 0 ? named(runBy) : ""),
          ...fact(words.risk, risk.label),
          ...fact(words.value, money(nodes.value[node])),
        ),
        make("p", { class: "acts" }, toggle, make("a", { class: "button small", href: url(node), text: words.open })),
        ...list(words.from, every(legs.to, node), legLine("from")),
        ...list(words.to, every(legs.from, node), legLine("to")),
        ...list(words.carries, every(legs.carrier, node), (leg) => [make("a", { href: `/legs/${legs.number[leg]}/`, text: legs.title[leg] })]),
        ...list(words.runs, every(nodes.run_by, node), (other) => [named(other)]),
        ...list(words.needs, every(dependencies.to, node), (one) => [named(dependencies.from[one])]),
        ...list(words.needed, every(dependencies.from, node), (one) => [named(dependencies.to[one])]),
      ];
    };

    const aboutLeg = (leg) => [
      make("h2", {}, make("a", { href: `/legs/${legs.number[leg]}/`, text: legs.title[leg] })),
      make("p", { class: "quiet", text: `${legs.number[leg]} · ${legs.mode[leg]}` }),
      make(
        "dl",
        { class: "facts" },
        ...fact(words.from, named(legs.from[leg])),
        ...fact(words.to, named(legs.to[leg])),
        ...fact(words.custody, key("custody", legs.custody[leg]).label),
        ...fact(words.carrier, legs.carrier[leg] >= 0 ? named(legs.carrier[leg]) : ""),
        ...fact(words.duration, legs.days[leg] === null ? "" : words.takes.replace("%s", legs.days[leg])),
        ...fact(words.risk, key("risk", legs.risk[leg]).label),
        ...fact(words.value, money(legs.value[leg])),
      ),
    ];

    const choose = (chosen, { tell = true } = {}) => {
      drawing.chosen = chosen;
      facts.hidden = !chosen;
      const content = !chosen ? [] : chosen.node === undefined ? aboutLeg(chosen.leg) : aboutNode(chosen.node);
      facts.replaceChildren(...content);
      remember({ at: !chosen ? "" : chosen.node === undefined ? legs.number[chosen.leg] : nodes.number[chosen.node] });
      if (tell && chosen) said.textContent = [...facts.querySelectorAll("h2, h2 + p, .overdue, dd")].map((part) => part.textContent).join(", ");
      drawing.ask();
    };

    // -- what if -------------------------------------------------------------------------------

    let asked = 0;
    const ask = async () => {
      const mine = ++asked;
      const closed = [...drawing.closed].map((node) => nodes.number[node]);
      const days = closing.elements.days.value;
      remember({ closed, days: closed.length ? days : "" });
      const query = new URLSearchParams([...closed.map((number) => ["closed", number]), ["days", days]]);
      answer.setAttribute("aria-busy", "true");
      const got = await fetch(`${page.dataset.whatIf}?${query}`);
      if (!got.ok || mine !== asked) return;
      const { html, stopped } = await got.json();
      answer.innerHTML = html;
      answer.removeAttribute("aria-busy");
      drawing.stopped = new Map(stopped.flatMap(([number, day]) => (numbers.has(number) ? [[numbers.get(number), day]] : [])));
      said.textContent = answer.querySelector("[data-sentence]")?.textContent ?? "";
      if (drawing.chosen) choose(drawing.chosen, { tell: false });
      drawing.ask();
    };
    const close = (node, closed) => {
      if (closed) drawing.closed.add(node);
      else drawing.closed.delete(node);
      drawing.ask();
      return ask();
    };

    closing.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = closing.elements.closed;
      const node = found(field.value);
      field.setCustomValidity(node < 0 ? words.unknown : "");
      if (node < 0) return field.reportValidity();
      field.value = "";
      close(node, true);
    });
    closing.elements.days.addEventListener("change", () => drawing.closed.size && ask());
    closing.elements.closed.addEventListener("input", ({ target }) => target.setCustomValidity(""));
    answer.addEventListener("click", (event) => {
      const link = event.target.closest("[data-reopen]");
      if (!link) return;
      event.preventDefault();
      close(numbers.get(link.dataset.reopen), false);
    });

    // -- finding ---------------------------------------------------------------------------------

    const found = (text) => {
      const wanted = text.trim().toLocaleLowerCase();
      const number = wanted.split(" ")[0].toUpperCase();
      if (numbers.has(number)) return numbers.get(number);
      if (!wanted) return -1;
      const titles = nodes.title.map((title) => title.toLocaleLowerCase());
      const places = [titles.indexOf(wanted), titles.findIndex((t) => t.startsWith(wanted)), titles.findIndex((t) => t.includes(wanted))];
      return places.find((place) => place >= 0) ?? -1;
    };
    const suggestions = document.getElementById("chain-nodes");
    suggestions.replaceChildren(
      ...nodes.number.map((number, node) => make("option", { value: `${number} ${nodes.title[node]}` })),
    );

    const narrow = () => {
      const { side, country } = Object.fromEntries(new FormData(finder));
      nodes.number.forEach((_number, node) => {
        const other = (side && nodes.side[node] !== side) || (country && nodes.country[node] !== country);
        drawing.hidden[node] = other ? 1 : 0;
      });
    };

    finder.addEventListener("submit", (event) => {
      event.preventDefault();
      const node = found(finder.elements.q.value);
      if (node < 0) return void (said.textContent = words.unknown);
      finder.elements.q.value = "";
      drawing.hidden[node] = 0;
      choose({ node });
      if (drawing.x[node] !== null) drawing.reveal(node);
    });
    finder.addEventListener("change", ({ target }) => {
      if (target.name === "q") return;
      if (target.name === "colour") {
        drawing.colour = target.value;
        drawing.show = null;
        remember({ colour: target.value, show: "" });
      } else {
        remember({ [target.name]: target.value });
        narrow();
        drawing.lines = null;
        drawing.fit();
      }
      repaint();
    });

    // -- the pointer -------------------------------------------------------------------------------

    const pointers = new Map();
    let moved = 0;
    let spread = 0;
    const where = (event) => {
      const { left, top } = canvas.getBoundingClientRect();
      return [event.clientX - left, event.clientY - top];
    };

    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, where(event));
      moved = 0;
      spread = 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      const [x, y] = where(event);
      if (!pointers.has(event.pointerId)) return point(x, y);
      const [px, py] = pointers.get(event.pointerId);
      pointers.set(event.pointerId, [x, y]);
      moved += Math.hypot(x - px, y - py);
      if (pointers.size === 1) return moved > 4 ? drawing.pan(x - px, y - py) : undefined;
      const [[ax, ay], [bx, by]] = [...pointers.values()];
      const apart = Math.hypot(ax - bx, ay - by);
      if (spread) drawing.zoom(apart / spread, (ax + bx) / 2, (ay + by) / 2);
      spread = apart;
    });
    const lift = (event) => {
      if (!pointers.delete(event.pointerId) || event.type === "pointercancel" || moved > 4) return;
      const [x, y] = where(event);
      const node = drawing.nodeNear(x, y, event.pointerType === "touch" ? 18 : 10);
      const route = node < 0 ? drawing.routeNear(x, y) : null;
      choose(node >= 0 ? { node } : route ? { leg: route.leg } : null);
    };
    canvas.addEventListener("pointerup", lift);
    canvas.addEventListener("pointercancel", lift);
    canvas.addEventListener("pointerleave", () => point(-99, -99));
    canvas.addEventListener("dblclick", (event) => {
      const node = drawing.nodeNear(...where(event));
      if (node >= 0) location.assign(url(node));
    });
    canvas.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault();
        drawing.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0016)), ...where(event));
      },
      { passive: false },
    );

    const point = (x, y) => {
      const node = drawing.nodeNear(x, y);
      if (node === drawing.hover) return;
      drawing.hover = node;
      canvas.classList.toggle("over", node >= 0);
      hint.textContent = node < 0 ? "" : `${nodes.title[node]} · ${nodes.use[node]} · ${key(drawing.colour, drawing.nodeKey(node)).label}`;
      drawing.ask();
    };

    // -- the keyboard ------------------------------------------------------------------------------

    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = ([dx, dy]) => {
      const here = drawing.chosen?.node;
      const first = () => {
        const own = nodes.own.findIndex((mine, node) => mine && drawing.stands(node));
        return own >= 0 ? own : nodes.number.findIndex((_n, node) => drawing.stands(node));
      };
      const next = here === undefined || !drawing.stands(here) ? first() : drawing.beyond(here, dx, dy);
      if (next < 0) return;
      choose({ node: next });
      drawing.reveal(next);
    };
    const pressed = {
      "+": () => drawing.zoom(1.4),
      "=": () => drawing.zoom(1.4),
      "-": () => drawing.zoom(1 / 1.4),
      0: () => drawing.fit(),
      Escape: () => choose(null),
      Enter: () => drawing.chosen?.node !== undefined && location.assign(url(drawing.chosen.node)),
      x: () => drawing.chosen?.node !== undefined && close(drawing.chosen.node, !drawing.closed.has(drawing.chosen.node)),
    };
    stage.addEventListener("keydown", (event) => {
      if (event.target !== stage || event.ctrlKey || event.metaKey || event.altKey) return;
      const arrow = arrows[event.key];
      if (arrow && event.shiftKey) drawing.pan(-60 * arrow[0], -60 * arrow[1]);
      else if (arrow) step(arrow);
      else if (Object.hasOwn(pressed, event.key)) pressed[event.key]();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    for (const button of stage.querySelectorAll("[data-do]")) {
      button.addEventListener("click", () => pressed[button.dataset.do]());
    }

    // -- light, dark, paper, and a picture to take away --------------------------------------------

    const recolour = () => {
      drawing.palette();
      drawing.paint();
    };
    new MutationObserver(recolour).observe(document.documentElement, { attributeFilter: ["data-bs-theme"] });
    device.addEventListener("change", recolour);
    let theme;
    addEventListener("beforeprint", () => {
      theme = document.documentElement.dataset.bsTheme;
      document.documentElement.dataset.bsTheme = "light";
      recolour();
    });
    addEventListener("afterprint", () => {
      if (theme === undefined) delete document.documentElement.dataset.bsTheme;
      else document.documentElement.dataset.bsTheme = theme;
      recolour();
    });
    for (const button of document.querySelectorAll("[data-picture]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        const picture = await drawing.picture(`${document.title}, ${words.day}`);
        const link = make("a", { href: URL.createObjectURL(picture), download: `${button.dataset.picture}.png` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      });
    }

    // -- as the address says -------------------------------------------------------------------------

    const asked_ = address();
    drawing.colour = finder.elements.colour.value;
    const wanted = keys[drawing.colour].findIndex(({ name }) => name === asked_.get("show"));
    drawing.show = wanted < 0 ? null : wanted;
    narrow();
    for (const number of asked_.getAll("closed")) if (numbers.has(number)) drawing.closed.add(numbers.get(number));
    repaint();
    drawing.fit();
    const at = asked_.get("at");
    if (numbers.has(at)) choose({ node: numbers.get(at) }, { tell: false });
    else if (legs.number.includes(at)) choose({ leg: legs.number.indexOf(at) }, { tell: false });
    if (drawing.closed.size) await ask();
    await document.fonts.ready;
    drawing.paint();
    page.dataset.ready = "yes";
    if (page.dataset.atlas) {
      drawing.atlas = await Atlas.load(page.dataset.atlas);
      drawing.paint();
    }
  };

  start().catch((failure) => {
    document.getElementById("failed").hidden = false;
    throw failure;
  });
}
