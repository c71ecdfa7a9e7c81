// Search over the A to Z that the page already holds: titles and other names, whole words first, then beginnings,
// then words with one slip of the finger. Without scripts the page is that list.
const field = document.querySelector("[data-search]");
const list = document.querySelector("[data-letters]");
const status = document.querySelector("[data-search-status]");

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f’']/g, "").toLowerCase();
const split = (text) => plain(text).split(/[^a-z0-9]+/).filter(Boolean);

/** Whether `a` becomes `b`, or the beginning of `b`, by changing, adding, dropping or swapping one letter. */
function near(a, b) {
  if (a.length < 4) return false;
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

function score(words, query) {
  let total = 0;
  for (const part of query) {
    const best = Math.max(0, ...words.map((word) => (word === part ? 4 : word.startsWith(part) ? 3 : near(part, word) ? 1 : 0)));
    if (!best) return 0;
    total += best;
  }
  return total;
}

if (field && list) {
  const items = [...list.querySelectorAll("li")].map((element, order) => {
    const link = element.querySelector("a");
    return { element, order, words: split(link.textContent), name: plain(link.textContent), url: link.href };
  });
  const results = document.createElement("ul");
  results.className = "results";
  results.setAttribute("role", "list");
  list.before(results);

  const find = () => {
    const query = split(field.value);
    list.hidden = query.length > 0;
    results.replaceChildren();
    if (!query.length) {
      status.textContent = "";
      return;
    }
    const seen = new Set();
    const found = items
      .map((item) => ({ ...item, score: score(item.words, query) + (item.name.startsWith(query.join(" ")) ? 2 : 0) }))
      .filter((item) => item.score > 0)
      .sort((a, b) => b.score - a.score || a.order - b.order)
      .filter((item) => !seen.has(item.url) && seen.add(item.url));
    results.append(...found.slice(0, 40).map((item) => item.element.cloneNode(true)));
    status.textContent =
      found.length === 0 ? `Nothing found for “${field.value.trim()}”. The whole list is below.` : found.length === 1 ? "1 page found" : `${found.length} pages found`;
    if (!found.length) list.hidden = false;
  };

  field.value = new URLSearchParams(location.search).get("q") ?? "";
  field.addEventListener("input", () => {
    find();
    const query = field.value.trim();
    history.replaceState(null, "", location.pathname + (query && `?q=${encodeURIComponent(query)}`));
  });
  find();
}
