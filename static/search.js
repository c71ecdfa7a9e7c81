// Search. Names come first, from the A to Z that the page already holds: whole words, then beginnings, then words with
// one slip of the finger. The texts come from the index, which is fetched when somebody types. Without scripts the page is the A to Z.
const form = document.querySelector("[data-index]");
const field = form?.querySelector("[data-search]");
const letters = document.querySelector("[data-letters]");
const status = document.querySelector("[data-search-status]");

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();
const split = (text) => plain(text).split(/[^a-z0-9]+/).filter(Boolean);

/** Whether `a` becomes `b`, or the beginning of `b`, by changing, adding, dropping or swapping one letter. */
function near(a, b) {
  if (a.length < 3) return false;
  for (const end of [a.length - 1, a.length, a.length + 1]) {
    const c = b.slice(0, end);
    let i = 0;
    while (i < a.length && a[i] === c[i]) i++;
    const tails = [[a.slice(i + 1), c.slice(i + 1)], [a.slice(i + 1), c.slice(i)], [a.slice(i), c.slice(i + 1)]];
    if (tails.some(([x, y]) => x === y)) return true;
    if (a[i] === c[i + 1] && a[i + 1] === c[i] && a.slice(i + 2) === c.slice(i + 2)) return true;
  }
  return false;
}

function score(item, query) {
  let total = 0;
  let exact = true;
  for (const part of query) {
    const best = Math.max(0, ...item.words.map((word) => (word === part ? 4 : word.startsWith(part) ? 3 : near(part, word) ? 1 : 0)));
    if (!best) return { total: 0 };
    exact &&= best > 1;
    total += best;
  }
  // A page's own name, and names that begin with the question, come before its other names.
  return { total: total + (item.name.startsWith(query.join(" ")) ? 2 : 0) + (item.name.includes(", see ") ? 0 : 1), exact };
}

function start() {
  const names = [...letters.querySelectorAll("section li")].map((element, order) => {
    const link = element.querySelector("a");
    return { element, order, words: split(link.textContent), name: plain(link.textContent), url: link.getAttribute("href") };
  });
  const results = document.createElement("ul");
  results.className = "results";
  results.setAttribute("role", "list");
  const filters = document.createElement("div");
  filters.className = "controls";
  filters.hidden = true;
  letters.before(filters, results);

  let loading;
  const load = () => {
    loading ??= import(form.dataset.index)
      .then(async (index) => {
        await index.options({ baseUrl: "/", excerptLength: 24 });
        await index.init();
        offer(await index.filters());
        return index;
      })
      .catch(() => null); // a site without an index has its names
    return loading;
  };

  function offer(known) {
    for (const [name, values] of Object.entries(known)) {
      const options = Object.keys(values);
      if (options.length < 2) continue;
      const label = document.createElement("label");
      const select = document.createElement("select");
      select.name = name;
      select.append(new Option("All", ""), ...options.map((value) => new Option(value, value)));
      select.value = new URLSearchParams(location.search).get(name) ?? "";
      select.addEventListener("change", find);
      label.append(name[0].toUpperCase() + name.slice(1).replaceAll("_", " "), select);
      filters.append(label);
    }
    filters.hidden = !filters.childElementCount;
  }

  const byName = (query) => {
    const seen = new Set();
    const all = query.length ? names.map((item) => ({ ...item, ...score(item, query) })).filter((item) => item.total) : [];
    // Slips of the finger count only where nothing else fits.
    const sure = all.filter((item) => item.exact);
    return (sure.length ? sure : all)
      .sort((a, b) => b.total - a.total || a.order - b.order)
      .filter((item) => !seen.has(item.url) && seen.add(item.url))
      .slice(0, 12);
  };

  const row = ({ url, meta, excerpt }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const kind = document.createElement("span");
    const text = document.createElement("p");
    link.href = url;
    link.textContent = meta.title;
    kind.textContent = meta.kind ?? "";
    text.innerHTML = excerpt; // from our own index, which escapes it
    item.append(link, " ", kind, text);
    return item;
  };

  let turn = 0;
  async function find() {
    const mine = ++turn;
    const asked = field.value.trim();
    const query = split(asked);
    const wanted = Object.fromEntries([...filters.querySelectorAll("select")].filter((select) => select.value).map((select) => [select.name, select.value]));
    const idle = !query.length && !Object.keys(wanted).length;
    const search = new URLSearchParams({ ...(asked && { q: asked }), ...wanted }).toString();
    history.replaceState(null, "", location.pathname + (search && `?${search}`));
    letters.hidden = !idle;
    if (idle) {
      results.replaceChildren();
      status.textContent = "";
      return;
    }
    // Names know of no filters: they show until one is set.
    const named = Object.keys(wanted).length ? [] : byName(query);
    const rows = named.map((item) => item.element.cloneNode(true));
    const index = await load();
    const found = index && (await index.debouncedSearch(asked || null, { filters: wanted }, 120));
    if (mine !== turn || (index && !found)) return;
    const urls = new Set(named.map((item) => item.url));
    let more = 0;
    if (found) {
      const pages = await Promise.all(found.results.slice(0, 24).map((result) => result.data()));
      if (mine !== turn) return;
      for (const page of pages.filter((page) => !urls.has(page.url))) rows.push(row(page));
      more = Math.max(0, found.results.length - 24);
    }
    results.replaceChildren(...rows);
    const count = rows.length + more;
    status.textContent = count ? `${count} page${count === 1 ? "" : "s"} found` : `Nothing found for “${asked}”. The whole list is below.`;
    letters.hidden = count > 0;
  }

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("focus", load, { once: true });
  field.addEventListener("input", find);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  if (field.value) find();
}

if (field && letters) start();
