// What pages do beyond links and forms. Everything works without it; this makes it quicker.

const remembered = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};

const remember = (key, value) => {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage can be switched off; then the choice lasts as long as the page.
  }
};

// -- light and dark ---------------------------------------------------------------------------

const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");
const isDark = () => (root.dataset.bsTheme ?? (device.matches ? "dark" : "light")) === "dark";

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  const icon = button.querySelector(".ico");
  const show = () => {
    icon.className = `ico ${isDark() ? "ico-sun" : "ico-moon"}`;
    button.setAttribute("aria-pressed", isDark());
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.bsTheme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.bsTheme);
    show();
  });
  device.addEventListener("change", show);
  show();
}

// -- the keyboard: / searches, j and k walk the rows, e edits, n adds; all can be switched off ---

let shortcuts = remembered("shortcuts") !== "off";

for (const button of document.querySelectorAll("[data-shortcuts-toggle]")) {
  const show = () => (button.textContent = shortcuts ? button.dataset.off : button.dataset.on);
  button.hidden = false;
  button.addEventListener("click", () => {
    shortcuts = !shortcuts;
    remember("shortcuts", shortcuts ? null : "off");
    show();
  });
  show();
}

const walk = (step) => {
  const links = [...document.querySelectorAll("tr[data-href] th a")];
  if (!links.length) return;
  const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  links[Math.min(Math.max(here + step, 0), links.length - 1)].focus({ focusVisible: true });
};

const keys = {
  "/": () => document.querySelector("[data-search]")?.select(),
  j: () => walk(1),
  k: () => walk(-1),
  e: () => document.querySelector("[data-key=e]")?.click(),
  n: () => document.querySelector("[data-key=n]")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeMenus();
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (!shortcuts || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector(".ask:popover-open") || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

// -- menus close when one looks elsewhere --------------------------------------------------------

function closeMenus(besides = null) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu === besides) continue;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  }
}

document.addEventListener("click", (event) => {
  closeMenus(event.target.closest("details.menu"));
  if (event.target.closest("[data-print]")) print();

  // A row of a list leads to its record wherever one clicks, unless one is marking text.
  const row = event.target.closest("tr[data-href]");
  if (!row || event.target.closest("a, button, input, label") || String(getSelection())) return;
  if (event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
  else location.assign(row.dataset.href);
});

// -- one tick for all of them ----------------------------------------------------------------------

for (const box of document.querySelectorAll("[data-all]")) {
  const each = [...document.querySelectorAll(`input[name="${box.dataset.all}"]`)];
  const show = () => {
    const ticked = each.filter(({ checked }) => checked).length;
    box.checked = ticked === each.length;
    box.indeterminate = ticked > 0 && !box.checked;
  };
  box.hidden = false;
  box.addEventListener("change", () => each.forEach((one) => (one.checked = box.checked)));
  document.addEventListener("change", show);
  show();
}

// -- lists: the address names only what was chosen -------------------------------------------------

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData]) if (value === "") detail.formData.delete(name);
  // How a list is shown stands in the address, which has changed since the page was made.
  const kept = new URLSearchParams(location.search);
  if (detail.elt.matches("form.finder"))
    for (const name of ["sort", "columns"]) {
      detail.formData.delete(name);
      for (const value of kept.getAll(name)) detail.formData.append(name, value);
    }
  if (detail.elt.matches("[data-look]"))
    for (const [name, value] of kept) detail.formData.append(name, value);
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, pathInfo } = event.detail;
  const answered = new URL(xhr.responseURL || location.href);
  if (answered.pathname === new URL(pathInfo.requestPath, location.href).pathname) return;
  event.detail.shouldSwap = false; // sent elsewhere: the session has lapsed
  location.assign(answered);
});

for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"])
  document.addEventListener(failure, () => (document.getElementById("failed").hidden = false));

document.addEventListener("htmx:afterSwap", () => (document.getElementById("failed").hidden = true));

// -- a field that names records suggests them while one types --------------------------------------

let asked = 0;

document.addEventListener("input", async ({ target }) => {
  if (!target.matches?.("[data-lookup]")) return;
  const mine = ++asked;
  await new Promise((done) => setTimeout(done, 200));
  const words = target.value.split(",").pop().trim();
  if (mine !== asked || !words) return;
  const answer = await fetch(`${target.dataset.lookup}?q=${encodeURIComponent(words)}`);
  if (!answer.ok || mine !== asked) return;
  const { found } = await answer.json();
  const list = target.list ?? document.createElement("datalist");
  list.id ||= `${target.id}-suggestions`;
  target.after(list);
  target.setAttribute("list", list.id);
  const before = target.value.slice(0, target.value.lastIndexOf(",") + 1);
  list.replaceChildren(
    ...found.map(({ number, title }) =>
      Object.assign(document.createElement("option"), {
        value: before ? `${before} ${number}` : number,
        label: `${number} ${title}`,
      }),
    ),
  );
});

// -- forms never lose what was typed: a draft stays in this tab until the record is stored, for
// whoever typed it, and goes when they sign out ---------------------------------------------------

const drafts = "draft:";
const form = document.querySelector("form[data-draft]");

const fieldsOf = (element) =>
  [...element.elements].filter(
    (field) => field.name && !/^(hidden|file|password|submit|button)$/.test(field.type),
  );

const stateOf = (element) =>
  JSON.stringify(
    fieldsOf(element).map((field) => [
      field.name,
      field.type === "checkbox" || field.type === "radio"
        ? field.checked
        : field.multiple
          ? [...field.selectedOptions].map((option) => option.value)
          : field.value,
    ]),
  );

const restore = (element, state) => {
  const fields = fieldsOf(element);
  JSON.parse(state).forEach(([name, value], index) => {
    const field = fields[index];
    if (field?.name !== name) return;
    if (field.type === "checkbox" || field.type === "radio") field.checked = value;
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
  });
};

if (form) {
  const key = `${drafts}${form.dataset.draft}:${location.pathname}${location.search}`;
  const asServed = stateOf(form);
  const draft = sessionStorage.getItem(key);
  const refused = form.querySelector(".errorlist") || "refused" in form.dataset;
  const note = document.getElementById("draft-note");
  if (draft && draft !== asServed && !refused) {
    restore(form, draft);
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      restore(form, asServed);
      sessionStorage.removeItem(key);
      note.hidden = true;
    });
  }
  form.addEventListener("input", () => sessionStorage.setItem(key, stateOf(form)));
  form.addEventListener("submit", () => sessionStorage.setItem("sent", key));
} else if (sessionStorage.getItem("sent") && !document.querySelector("form[data-sign-in]")) {
  // Any page but the form and the sign-in follows a form that was accepted.
  sessionStorage.removeItem(sessionStorage.getItem("sent"));
  sessionStorage.removeItem("sent");
}

document.querySelector("form[data-sign-out]")?.addEventListener("submit", () => {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(drafts)) sessionStorage.removeItem(key);
});
