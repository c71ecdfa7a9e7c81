// The page for lost addresses: offers the pages whose addresses are most like the one that was asked for.
const place = document.querySelector("[data-sitemap]");

const last = (path) => path.split("/").filter(Boolean).pop()?.replace(/\.html?$/, "").toLowerCase() ?? "";
const pairs = (word) => new Set([...word].map((letter, at) => letter + (word[at + 1] ?? " ")));

// From 0 to 1: how many pairs of letters two words share.
function likeness(one, other) {
  const [a, b] = [pairs(one), pairs(other)];
  return 2 * [...a].filter((pair) => b.has(pair)).length / (a.size + b.size);
}

async function offer() {
  const asked = last(location.pathname);
  const answer = asked && await fetch(place.dataset.sitemap);
  if (!answer?.ok) return;
  const map = new DOMParser().parseFromString(await answer.text(), "text/xml");
  const near = [...map.querySelectorAll("loc")]
    .map((loc) => new URL(loc.textContent).pathname)
    .map((path) => ({ path, like: likeness(asked, last(path)) }))
    .filter(({ like }) => like > 0.5)
    .sort((a, b) => b.like - a.like)
    .slice(0, 3);
  for (const { path } of near) {
    const link = document.createElement("a");
    const words = last(path).replaceAll("-", " ");
    Object.assign(link, { href: path, textContent: words[0].toUpperCase() + words.slice(1) });
    const item = document.createElement("li");
    item.append(link);
    place.querySelector("ul").append(item);
  }
  place.hidden = !near.length;
}

if (place) offer();
