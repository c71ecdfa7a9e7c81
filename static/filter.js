// Filters for long lists. Items say what they are in data-facets: "grade=1.Moderate;who=0.Yourself".
// OR within a facet, AND between facets. The state is in the query string, so a filtered list can be shared.
const items = [...document.querySelectorAll("[data-facets]")].map((element) => ({
  element,
  facets: element.dataset.facets.split(";").filter(Boolean).map((pair) => pair.split("=")),
}));

// facet -> label -> position among its choices
const facets = new Map();
for (const { facets: own } of items) {
  for (const [name, value] of own) {
    const [, order, label] = value.match(/^(\d+)\.(.*)$/) ?? [null, "0", value];
    if (!facets.has(name)) facets.set(name, new Map());
    facets.get(name).set(label, Number(order));
  }
}
const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
const words = (text) => text[0].toUpperCase() + text.slice(1).replaceAll("_", " ");
const label = (value) => value.replace(/^\d+\./, "");

function build() {
  const details = document.createElement("details");
  details.className = "filter";
  const summary = document.createElement("summary");
  summary.textContent = "Filter this list";
  const form = document.createElement("form");
  form.className = "controls";
  for (const [name, values] of facets) {
    if (values.size < 2) continue;
    const set = document.createElement("fieldset");
    const legend = document.createElement("legend");
    legend.textContent = words(name);
    set.append(legend);
    for (const [value] of [...values].sort((a, b) => a[1] - b[1] || a[0].localeCompare(b[0]))) {
      const box = document.createElement("label");
      const input = document.createElement("input");
      Object.assign(input, { type: "checkbox", name, value: slug(value) });
      box.append(input, value);
      set.append(box);
    }
    form.append(set);
  }
  const clear = document.createElement("button");
  clear.type = "reset";
  clear.textContent = "Clear filters";
  form.append(clear);
  details.append(summary, form);
  return { details, form };
}

function chosen(form) {
  const chosen = new Map();
  for (const [name, value] of new FormData(form)) {
    chosen.set(name, [...(chosen.get(name) ?? []), value]);
  }
  return chosen;
}

function fits(item, chosen) {
  return [...chosen].every(([name, values]) =>
    item.facets.some(([facet, value]) => facet === name && values.includes(slug(label(value)))));
}

function start(place) {
  const { details, form } = build();
  const status = document.createElement("p");
  status.className = "hint";
  status.setAttribute("role", "status");
  place.replaceChildren(details, status);

  const asked = new URLSearchParams(location.search);
  for (const input of form.elements) {
    if (input.type === "checkbox") input.checked = asked.getAll(input.name).includes(input.value);
  }

  const apply = (moved) => {
    const want = chosen(form);
    let count = 0;
    for (const item of items) {
      const shown = fits(item, want);
      item.element.hidden = !shown;
      count += shown;
    }
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-facets]:not([hidden])");
    }
    let text = want.size ? `${count} of ${items.length} shown` : `${items.length} in all`;
    if (!count) {
      const drop = [...want.keys()].find((name) => {
        const rest = new Map(want);
        rest.delete(name);
        return items.some((item) => fits(item, rest));
      });
      text = drop ? `Nothing fits. Clear “${words(drop)}” to see more.` : "Nothing fits. Clear the filters.";
    }
    status.textContent = text;
    if (moved) {
      const query = new URLSearchParams(new FormData(form)).toString();
      history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
    } else if (want.size) {
      details.open = true;
    }
  };
  form.addEventListener("change", () => apply(true));
  form.addEventListener("reset", () => setTimeout(() => apply(true)));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply(false);
}

if (items.length > 5 && [...facets.values()].some((values) => values.size > 1)) {
  let place = document.querySelector("[data-filter]");
  if (!place) {
    // A table in an article brings no place of its own: the form goes above the first one.
    place = document.createElement("div");
    items[0].element.closest(".tablebox")?.before(place);
  }
  start(place);
}
