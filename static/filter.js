// Filters for long lists: OR within a facet, AND between facets. The state is in the query string, so a filtered list can be shared.
// An item says in data-facets which options it has: "areas=calves,feet;grade=strong".
const items = [...document.querySelectorAll("[data-facets]")].map((element) => ({
  element,
  has: new Map(element.dataset.facets.split(";").filter(Boolean).map((facet) => {
    const [name, options] = facet.split("=");
    return [name, options.split(",")];
  })),
}));

// The facets as the page describes them. A table in an article describes none: its items have them with a number and a word, "grade=1.Moderate".
function facets(described) {
  if (described) {
    return [...described.content.children].map(({ id, title, children }) => (
      { name: id, title, options: [...children].map((option) => [option.value, option.textContent]) }));
  }
  const names = new Set(items.flatMap(({ has }) => [...has.keys()]));
  return [...names].map((name) => {
    const options = [...new Set(items.flatMap(({ has }) => has.get(name) ?? []))].sort();
    const title = name[0].toUpperCase() + name.slice(1);
    return { name, title, options: options.map((option) => [option, option.replace(/^\d+\./, "")]) };
  });
}

function element(name, content = [], properties = {}) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

function start(place, facets) {
  const sets = facets.map(({ name, title, options }) => element("fieldset", [
    element("legend", [title]),
    ...options.map(([value, text]) => element("label", [element("input", [], { type: "checkbox", name, value }), text])),
  ]));
  const form = element("form", [...sets, element("button", ["Clear filters"], { type: "reset" })], { className: "controls" });
  const details = element("details", [element("summary", ["Filter this list"]), form], { className: "filter" });
  const status = element("p", [], { className: "hint", role: "status" });
  place.replaceChildren(details, status);

  const asked = new URLSearchParams(location.search);
  const boxes = [...form.querySelectorAll("input")];
  for (const box of boxes) box.checked = asked.getAll(box.name).includes(box.value);

  const fitting = (chosen) => items.filter(({ has }) =>
    chosen.every(({ name, options }) => has.get(name)?.some((option) => options.includes(option))));

  function apply() {
    const ticked = boxes.filter((box) => box.checked);
    const chosen = facets
      .map(({ name, title }) => ({ name, title, options: ticked.filter((box) => box.name === name).map((box) => box.value) }))
      .filter(({ options }) => options.length);
    const fit = new Set(fitting(chosen));
    for (const item of items) item.element.hidden = !fit.has(item);
    for (const group of document.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-facets]:not([hidden])");
    }
    if (fit.size) {
      status.textContent = chosen.length ? `${fit.size} of ${items.length} shown` : `${items.length} in all`;
    } else {
      const drop = chosen.find((facet) => fitting(chosen.filter((other) => other !== facet)).length);
      status.textContent = drop ? `Nothing fits. Clear “${drop.title}” to see more.` : "Nothing fits. Clear the filters.";
    }
    return ticked.length;
  }
  function moved() {
    apply();
    const query = new URLSearchParams(new FormData(form)).toString();
    history.replaceState(null, "", location.pathname + (query && `?${query}`) + location.hash);
  }
  form.addEventListener("change", moved);
  form.addEventListener("reset", () => setTimeout(moved));
  form.addEventListener("submit", (event) => event.preventDefault());
  details.open = apply() > 0;
}

const described = document.querySelector("[data-filter]");
const offered = facets(described?.firstElementChild).filter(({ options }) => options.length > 1);
if (items.length > 5 && offered.length) {
  const place = described ?? document.createElement("div");
  // The form of a table goes above the first one.
  if (!described) items[0].element.closest(".tablebox")?.before(place);
  start(place, offered);
}
