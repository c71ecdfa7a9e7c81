// The theme that the visitor chose, before anything is drawn; the button for it; copying code; links to headings; the keys of the search field.
// Everything works without it, but for these.
(() => {
  const root = document.documentElement;
  const themes = { auto: "◐", light: "○", dark: "●" };
  const chosen = () => {
    try {
      return themes[localStorage.theme] ? localStorage.theme : "auto";
    } catch {
      return "auto";
    }
  };

  function show() {
    root.dataset.theme = chosen();
    const button = document.querySelector(".mode");
    if (!button) return;
    button.hidden = false;
    button.textContent = themes[chosen()];
    button.title = button.ariaLabel = button.dataset[chosen()];
  }
  show();

  addEventListener("DOMContentLoaded", () => {
    show();
    for (const hidden of document.querySelectorAll(".copy, .find kbd")) hidden.hidden = false;
    // What leads to a heading is for those who point at it: all others have the contents.
    for (const heading of document.querySelectorAll(".text > :is(h2, h3, h4)[id]")) {
      const link = { className: "self", href: `#${heading.id}`, textContent: "#", ariaHidden: "true", tabIndex: -1 };
      heading.append(Object.assign(document.createElement("a"), link));
    }
  });

  addEventListener("click", ({ target }) => {
    if (target.closest(".mode")) {
      const names = Object.keys(themes);
      try {
        localStorage.theme = names[(names.indexOf(chosen()) + 1) % names.length];
      } catch {
        // Nothing is remembered where nothing may be stored.
      }
      show();
    }
    const copy = target.closest(".copy");
    if (copy) {
      // Lines that are taken away are not copied.
      const code = copy.closest("figure").querySelector("code").cloneNode(true);
      for (const line of code.querySelectorAll("del.l")) line.remove();
      navigator.clipboard?.writeText(code.textContent).then(() => (copy.textContent = copy.dataset.done));
    }
  });

  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    const field = document.querySelector("input[type=search]");
    if (field && (slash || (event.key === "k" && (event.ctrlKey || event.metaKey)))) {
      event.preventDefault();
      field.focus();
    }
  });
})();
