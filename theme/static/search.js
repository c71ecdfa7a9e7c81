// The search page. What finds is fetched when the reader types: `find.js` and the files of the index that a question needs.
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
  const parts = document.querySelector("template[data-search-parts]").content;
  /** A copy of a part of the page's template: its looks are those of the theme. */
  const part = (name) => parts.querySelector(`[data-part="${name}"]`).cloneNode(true);
  const [filters, results, more] = ["filters", "results", "more"].map(part);
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
      const filter = part("filter");
      const select = filter.querySelector("select");
      select.name = key;
      select.append(new Option(say("all"), ""), ...values.map((value) => new Option(value, value)));
      select.value = asked.get(key) ?? "";
      if (!select.value) select.value = "";
      select.addEventListener("change", find);
      filter.prepend(label || say("kind"), " ");
      filters.append(filter);
    }
    filters.hidden = !known.length;
  }

  /** Which entries have all values that are chosen. */
  async function chosen(index) {
    const sets = [...filters.querySelectorAll("select")].map(({ selectedIndex }, at) => selectedIndex > 0 && index.having(at, selectedIndex - 1));
    const wanted = await Promise.all(sets.filter(Boolean));
    return wanted.length ? (number) => wanted.every((set) => set.has(number)) : null;
  }

  /** A text in pieces, with the words marked that were found. */
  function marked(text, index, found) {
    const pieces = [];
    let at = 0;
    for (const { 0: run, index: from } of text.matchAll(/[\p{Alphabetic}\p{N}\p{M}'’]+/gu)) {
      if (!index.cut(run).some((word) => found.has(word))) continue;
      pieces.push(text.slice(at, from), element("mark", run));
      at = from + run.length;
    }
    return [...pieces, text.slice(at)];
  }

  function row(index, found, { pinned, section }, [url, name, kind, summary, headings, pin]) {
    const item = part(pinned ? "pinned" : "result");
    const put = (name, ...content) => {
      const place = item.querySelector(`[data-${name}]`);
      content.length ? place?.append(...content) : place?.remove();
    };
    item.querySelector("a").append(name);
    item.querySelector("a").href = url;
    put("kind", index.kinds[kind].label);
    if (pinned) {
      put("heading", pin[0]);
      put("texts", ...pin[1].map((text) => element("div", text)));
    } else {
      put("summary", ...(summary ? marked(summary, index, found) : []));
      put("under", ...(section && headings.length ? [say("part", headings[section - 1])] : []));
    }
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

  /** Keeps the question in the address, beside what others have put there. */
  function keep(asked) {
    const query = new URLSearchParams(location.search);
    const set = (name, value) => (value ? query.set(name, value) : query.delete(name));
    set("q", asked);
    for (const { name, value } of filters.querySelectorAll("select")) set(name, value);
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
