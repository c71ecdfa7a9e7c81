// The tools that only work with scripts: the theme button in the header and the print button.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

const tools = document.querySelector(".tools");
if (tools) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", "Dark theme");
  button.innerHTML =
    '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" aria-hidden="true">' +
    '<path d="M19.6 14.6A8.2 8.2 0 0 1 9.4 4.4a8.2 8.2 0 1 0 10.2 10.2Z"/></svg>';
  const show = () => button.setAttribute("aria-pressed", String(dark()));
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch { /* it lasts until the next page */ }
    show();
  });
  system.addEventListener("change", show);
  show();
  tools.append(button);
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
