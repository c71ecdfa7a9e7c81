// Runs in a page as it is printed, and says what leads to something that is not on the sheet.
const printed = (element) => element !== null && element.checkVisibility();
const all = (selector) => [...document.querySelectorAll(selector)].filter(printed);

// A link within the page. Numbers of sources lead to the list that the address on the sheet has.
const links = all("main a[href^='#']")
  .filter((link) => !link.closest("sup") && !printed(document.getElementById(link.hash.slice(1))))
  .map((link) => `a link to ${link.hash}: ${link.textContent.trim()}`);

// Words that point to a thing nearby, and what the thing is.
const things = { table: "table", chart: ".chart", map: ".bodymap, .minimap", list: "ul, ol", steps: "ol", figure: "figure, .minimap" };
const near = "above|below|beside|overleaf|on this page";
const texts = all("main :is(p, li, dd, td, th, h2, h3, caption)").filter((element) => !element.querySelector("p, li, dd, td"));
const words = texts.flatMap((element) => {
  const text = element.innerText.replace(/\s+/g, " ");
  const lost = Object.entries(things).filter(([thing, selector]) => {
    const points = new RegExp(`\\b(the|this|these|that|our) (\\w+ )?${thing} (${near})|\\b${thing} (${near})\\b|\\bthe ${thing} (has|shows|gives|says)\\b`, "i");
    return points.test(text) && all(`main :is(${selector})`).filter((found) => !found.contains(element)).length === 0;
  });
  return lost.map(([thing]) => `no ${thing}: ${text}`);
});

// What only a screen can do.
const doing = texts.map((element) => element.innerText).filter((text) => /\b(click|tap on|scrolls? sideways|filter this list)\b/i.test(text));
return [...links, ...words, ...doing];
