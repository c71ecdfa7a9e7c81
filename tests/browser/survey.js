// Runs in each page and says what is there.
const all = (selector) => [...document.querySelectorAll(selector)];
const here = (url) => url.origin === location.origin;
const name = (element) => {
  const text = (element.getAttribute("aria-label") ?? element.textContent).trim().replace(/\s+/g, " ");
  const place = element.closest("[class]")?.getAttribute("class");
  return `<${element.localName}> "${text.slice(0, 40)}" in .${place}`;
};
const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest("[hidden]");

// A link in running text is as high as its line.
const inText = (element) => {
  if (getComputedStyle(element).display !== "inline") return false;
  let around = element.parentElement;
  while (getComputedStyle(around).display === "inline") around = around.parentElement;
  return around.textContent.trim().length > element.textContent.trim().length;
};
// What is pressed: a label counts as its field, and a stretched link fills its card.
const target = (element) => {
  const after = getComputedStyle(element, "::after");
  if (after.content !== "none" && after.position === "absolute") return null;
  const box = (element.closest("label") ?? element).getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return box.width > 1 && { element, box, x, y, small: box.width < 24 || box.height < 24 };
};
const targets = all("a[href], button, input, select, summary, textarea")
  .filter((element) => shown(element) && !inText(element) && !element.closest("svg")).map(target).filter(Boolean);
// A small target is fine when a circle of 24 px round its middle touches nothing else to press.
const crowded = (one) => targets.some((other) => {
  if (other.element === one.element) return false;
  const { box } = other;
  const away = Math.hypot(Math.max(box.left - one.x, 0, one.x - box.right), Math.max(box.top - one.y, 0, one.y - box.bottom));
  return away < 12 || (other.small && Math.hypot(other.x - one.x, other.y - one.y) < 24);
});
const small = targets.filter((one) => one.small && crowded(one)).map(({ element }) => element);

const landmarks = ["header.site-head, body > header", "nav", "main", "footer.site-foot, body > footer"];
const links = all("a[href]").map((link) => new URL(link.getAttribute("href"), location.href)).filter(here);
const first = document.querySelector("a[href]")?.getAttribute("href");
const loaded = [
  ...all("link[href]:not([rel=canonical]):not([rel=alternate])").map((link) => link.href),
  ...all("[src]").map((element) => element.src),
  ...performance.getEntriesByType("resource").map((entry) => entry.name),
];

return {
  title: document.title,
  description: document.querySelector("meta[name=description]")?.content ?? "",
  canonical: document.querySelector("link[rel=canonical]")?.getAttribute("href") ?? null,
  robots: document.querySelector("meta[name=robots]")?.content ?? null,
  lang: document.documentElement.lang,
  headings: all("h1, h2, h3, h4, h5, h6").filter(shown).map((heading) => Number(heading.localName[1])),
  landmarks: landmarks.filter((selector) => document.querySelector(selector)),
  skipLink: first?.startsWith("#") ? document.getElementById(first.slice(1))?.localName ?? null : null,
  words: (document.querySelector("main")?.innerText ?? "").split(/\s+/).filter(Boolean).length,
  links: [...new Set(links.map((url) => url.pathname))],
  anchors: [...new Set(links.filter((url) => url.hash).map((url) => url.pathname + url.hash))],
  ids: all("[id]").map((element) => element.id),
  inline: [
    ...all("script:not([src]):not([type='application/ld+json'])").map(() => "an inline script"),
    ...all("style").map(() => "an inline style sheet"),
    ...all("*").flatMap((element) => element.getAttributeNames().filter((attribute) => attribute === "style" || attribute.startsWith("on")).map((attribute) => `${attribute}= on ${name(element)}`)),
  ],
  foreign: loaded.filter((url) => url && !here(new URL(url, location.href))),
  unsizedImages: all("img:not([width]), img:not([height])").map((image) => image.getAttribute("src")),
  small: small.map(name),
  policy: document.querySelector("meta[http-equiv=Content-Security-Policy]")?.content ?? "",
};
