// The search page. What finds is fetched when somebody types: `find.js` and the files of the index that a question needs.
// Without scripts the page is the A to Z.
const form = document.querySelector("[data-index]");
const field = form?.querySelector("[data-search]");
const letters = document.querySelector("[data-letters]");
const status = document.querySelector("[data-search-status]");

/** How many results are shown at a time. */
const AT_ONCE = 10;

const element = (name, ...content) => {
  const made = document.createElement(name);
  made.append(...content);
  return made;
};

/** The words of the page, from the attributes of its status: `data-many="{} pages found"`. */
const say = (key, value) => (status.dataset[key] ?? "").replace("{}", value);

function start() {
  const results = element("ol");
  results.className = "rows results";
  results.setAttribute("role", "list");
  const filters = element("div");
  filters.className = "chips";
  filters.hidden = true;
  const more = element("button", say("more"));
  more.type = "button";
  more.className = "button";
  more.hidden = true;
  letters.before(filters, results, more);

  let loading;
  const load = () => (loading ??= open());
  async function open() {
    const { Index, words } = await import(form.dataset.find);
    const url = new URL(form.dataset.index, location.href);
    const get = async (name) => {
      const response = await fetch(new URL(name, url), name === "index.json" ? { cache: "no-cache" } : {});
      if (!response.ok) throw new Error(response.status);
      return response.json();
    };
    const index = await new Index(get).open();
    index.cut = words;
    if (!filters.childElementCount) offer(index.filters);
    return index;
  }

  function offer(known) {
    const asked = new URLSearchParams(location.search);
    for (const [key, label, values] of known) {
      const select = element("select");
      select.name = key;
      select.append(new Option(say("all"), ""), ...values.map((value) => new Option(value, value)));
      select.value = asked.get(key) ?? "";
      if (!select.value) select.value = "";
      select.addEventListener("change", find);
      filters.append(element("label", label || say("kind"), " ", select));
    }
    filters.hidden = !known.length;
  }

  /** Which entries have all values that are chosen. */
  async function chosen(index) {
    const sets = [...filters.querySelectorAll("select")].map(({ selectedIndex }, at) => selectedIndex > 0 && index.having(at, selectedIndex - 1));
    const wanted = await Promise.all(sets.filter(Boolean));
    return wanted.length ? (number) => wanted.every((set) => set.has(number)) : null;
  }

  /** A text with the words marked that were found. */
  function marked(text, index, found) {
    const all = element("p");
    let at = 0;
    for (const { 0: run, index: from } of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}'’]+/gu)) {
      if (!index.cut(run).some((word) => found.has(word))) continue;
      all.append(text.slice(at, from), element("mark", run));
      at = from + run.length;
    }
    all.append(text.slice(at));
    return all;
  }

  function row(index, found, { pinned, section }, [url, name, kind, summary, headings, pin]) {
    const link = element("a", name);
    [link.href, link.className] = [url, "title"];
    const item = element("li", link);
    if (pinned) {
      const [heading, texts] = pin;
      const title = element("p", heading);
      title.className = "alert-title";
      const box = element("div", title, ...texts.map((text) => element("p", text)));
      box.className = "alert alert-warning";
      item.append(box);
      return item;
    }
    if (summary) item.append(marked(summary, index, found));
    const where = element("p", element("span", index.kinds[kind].label));
    where.className = "meta";
    if (section && headings.length) where.append(element("span", say("part", headings[section - 1])));
    item.append(where);
    return item;
  }

  let turn = 0;
  async function find(event, again = true) {
    const mine = ++turn;
    results.setAttribute("aria-busy", "true");
    const asked = field.value.trim();
    const waiting = setTimeout(() => (status.textContent = say("wait")), 150);
    try {
      const index = await load();
      const fits = await chosen(index);
      if (mine !== turn) return;
      keep(asked);
      const { found, words } = asked ? await index.find(asked, fits ?? (() => true)) : all(index, fits);
      const first = await Promise.all(found.slice(0, AT_ONCE).map(({ number }) => index.entry(number)));
      if (mine !== turn) return;
      results.replaceChildren(...first.map((entry, at) => row(index, words, found[at], entry)));
      more.hidden = found.length <= AT_ONCE;
      more.onclick = () => next(index, found, words);
      letters.hidden = found.length > 0;
      results.removeAttribute("aria-busy");
      clearTimeout(waiting);
      status.textContent = found.length ? say(found.length === 1 ? "one" : "many", found.length) : asked || fits ? say("none", asked) : "";
    } catch {
      // The site may have been published anew: what it was made of has other names now.
      loading = null;
      if (mine !== turn) return;
      if (again) return await find(event, false);
      clearTimeout(waiting);
      results.replaceChildren();
      results.removeAttribute("aria-busy");
      letters.hidden = false;
      status.textContent = say("failed");
    } finally {
      clearTimeout(waiting);
    }
  }

  const all = ({ count }, fits) => {
    const numbers = fits ? [...Array(count).keys()].filter(fits) : [];
    return { found: numbers.map((number) => ({ number, section: 0 })), words: new Set() };
  };

  async function next(index, found, words) {
    const from = results.childElementCount;
    const entries = await Promise.all(found.slice(from, from + AT_ONCE).map(({ number }) => index.entry(number)));
    results.append(...entries.map((entry, at) => row(index, words, found[from + at], entry)));
    more.hidden = found.length <= results.childElementCount;
    results.children[from]?.querySelector("a").focus();
  }

  /** Keeps the question in the address. */
  function keep(asked) {
    const selects = [...filters.querySelectorAll("select")].filter(({ value }) => value);
    const query = new URLSearchParams({ ...(asked && { q: asked }), ...Object.fromEntries(selects.map(({ name, value }) => [name, value])) });
    history.replaceState(null, "", location.pathname + (query.size ? `?${query}` : ""));
  }

  let typing;
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("focus", () => load().catch(() => (loading = null)), { once: true });
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(find, 80);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(typing);
    find();
  });
  if (location.search.length > 1) find();
}

if (field && letters) start();
