// Runs before the first paint: the theme that the reader chose, if any.
try {
  var theme = localStorage.getItem("theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch (e) { /* storage is off: the system decides */ }
