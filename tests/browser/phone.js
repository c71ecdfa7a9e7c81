// Runs in a page as a phone shows it, and says what comes first and what has room.
const all = (selector) => [...document.querySelectorAll(selector)];
const bottom = (selector) => {
  const element = document.querySelector(selector);
  return element && Math.round(element.getBoundingClientRect().bottom + scrollY);
};
const text = document.querySelector(".prose > .body");
const before = (box) => box.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
const cells = all("main table")
  .filter((table) => !table.closest(".matrix") && [4, 5].includes(table.rows[0].cells.length))
  .flatMap((table) => [...table.rows].slice(1).flatMap((row) => [...row.cells].slice(1)));
const labelled = (cell) => getComputedStyle(cell).display === "block" && getComputedStyle(cell, "::before").content !== "none";

return {
  how: bottom("#how, #tonight"),
  warning: bottom("main :is(.alertline, .care li)"),
  boxes: text ? all(".prose .care").filter(before).length : 0,
  unlabelled: cells.filter((cell) => !labelled(cell)).map((cell) => cell.textContent.trim().slice(0, 40)),
  verdicts: all(".verdicts .fx").map((mark) => mark.textContent.trim()).filter((verdict) => verdict.startsWith("Massage")),
};
