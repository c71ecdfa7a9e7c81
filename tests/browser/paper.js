// Runs in a page on a screen, and says what has to be on the paper.
const all = (selector) => [...document.querySelectorAll(selector)];

// What a page asks above its text stands in its list of stop signs again, which is printed with more.
const warnings = all(".alertline, .care h3, .care li > :first-child, .care .ask")
  .filter((warning) => !warning.closest(".page-head"))
  .map((warning) => {
    const copy = warning.cloneNode(true);
    copy.querySelectorAll("b ~ a, .vh").forEach((part) => part.remove());
    return copy.textContent;
  });

return {
  warnings,
  timeline: all(".upright > li").map((row) => [".when", ".press"].map((part) => row.querySelector(part)?.textContent.trim() ?? "")),
  matrix: all(".matrix tbody tr").map((row) =>
    [row.querySelector("th").textContent, ...[...row.querySelectorAll(".print-words")].map((cell) => cell.textContent)]),
};
