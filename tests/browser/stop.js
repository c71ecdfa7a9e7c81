// Where the keyboard is, and whether a reader can see that.
const element = document.activeElement;
if (!element || element === document.body) return { name: "the page", at: null, wrong: [] };
const wrong = [];
const text = (element.getAttribute("aria-label") ?? element.textContent).trim().replace(/\s+/g, " ").slice(0, 40);

// The outline may be that of the card which a link fills, and zones of a drawing have a stroke.
const outlined = (one) => one && getComputedStyle(one).outlineStyle !== "none" && parseFloat(getComputedStyle(one).outlineWidth) >= 3;
const stroked = element.closest("svg") && [...element.children].some((child) => parseFloat(getComputedStyle(child).strokeWidth) >= 3);
if (!outlined(element) && !outlined(element.parentElement) && !outlined(element.closest(".card, li")) && !stroked) wrong.push("has no outline");

// The part of each line of it that is on the screen.
const parts = [...element.getClientRects()].map((box) => ({
  left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth), top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight),
})).filter((part) => part.right > part.left && part.bottom > part.top);
const inside = parts.flatMap((part) => [0.5, 0.1, 0.9].map((share) => [part.left + (part.right - part.left) * share, (part.top + part.bottom) / 2]));
if (!inside.length) wrong.push("is not on the screen");
else if (!inside.some(([x, y]) => {
  const hit = document.elementFromPoint(x, y);
  return hit && (element.contains(hit) || hit.contains(element) || hit.closest("label")?.contains(element));
})) wrong.push("is covered");

return { name: `<${element.localName}> "${text}"`, at: [...document.querySelectorAll("*")].indexOf(element), wrong };
