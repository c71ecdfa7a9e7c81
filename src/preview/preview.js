// The preview's own script: hears of changes, keeps the page fresh, shows the bar and the report.
(() => {
  "use strict";
  const mark = document.currentScript.dataset.mark;
  const own = document.currentScript.src.replace(/preview\.js.*$/, "");
  const PLACE = "limber-place", BAR = "limber-bar";
  let source, first, dismissed = "", last = null;

  // Storage may be switched off: then nothing is remembered.
  const remember = (storage, key, value) => { try { window[storage].setItem(key, value); } catch { /* switched off */ } };
  const recall = (storage, key) => { try { return window[storage].getItem(key); } catch { return null; } };

  // Where the reader was: the scroll position, and which details are open.

  const named = () => {
    const seen = {};
    return [...document.querySelectorAll("details")].map((details) => {
      const name = details.id || (details.querySelector("summary")?.textContent ?? "").trim();
      seen[name] = (seen[name] ?? 0) + 1;
      return [`${name}/${seen[name]}`, details];
    });
  };

  const reload = () => {
    const open = Object.fromEntries(named().map(([name, details]) => [name, details.open]));
    remember("sessionStorage", PLACE, JSON.stringify({ page: location.href, x: scrollX, y: scrollY, open }));
    history.scrollRestoration = "manual";
    location.reload();
  };

  const restore = () => {
    const place = JSON.parse(recall("sessionStorage", PLACE) ?? "null");
    remember("sessionStorage", PLACE, "null");
    if (place?.page !== location.href) return;
    for (const [name, details] of named()) if (name in place.open) details.open = place.open[name];
    const back = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    back();
    let moved = false;
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(kind, () => { moved = true; }, { once: true, passive: true });
    }
    addEventListener("load", () => {
      if (!moved) back();
      history.scrollRestoration = "auto";
    });
  };

  // Style sheets carry a piece of their hash in the name: the new one is put behind the old one, which goes when it is there.
  const restyle = (styles) => {
    for (const link of document.querySelectorAll("link[rel~=stylesheet]")) {
      const url = new URL(link.href, location.href);
      const fresh = styles[url.pathname.replace(/\.[0-9a-f]{8}\.css$/, ".css")];
      if (url.origin !== location.origin || !fresh || fresh === url.pathname || link.dataset.limberOld) continue;
      const next = link.cloneNode();
      next.href = fresh;
      link.dataset.limberOld = "yes";
      next.addEventListener("load", () => link.remove());
      link.after(next);
    }
  };

  // The bar and the report live in a shadow tree, where the site's styles do not reach them.

  const host = document.createElement("limber-preview");
  const shadow = host.attachShadow({ mode: "open" });
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `${own}preview.css`;
  const report = document.createElement("section");
  report.className = "report";
  report.hidden = true;
  report.setAttribute("role", "alert");
  report.setAttribute("aria-labelledby", "summary");
  const note = document.createElement("p");
  note.className = "note";
  note.hidden = true;
  note.setAttribute("role", "status");
  const bar = document.createElement("nav");
  bar.setAttribute("aria-label", "Preview");
  shadow.append(style, report, note, bar);
  host.hidden = true;
  style.addEventListener("load", () => { host.hidden = false; });

  const tell = (text) => {
    note.textContent = text;
    note.hidden = !text;
  };

  const showReport = (open) => {
    report.hidden = !open || !last.report;
    if (report.hidden) return;
    report.innerHTML = `<button type="button" data-close>Close</button><div class="text">${last.report}</div>`;
  };

  const draw = (state) => {
    const { bar: was, report: reported } = last ?? {};
    last = state;
    if (was !== state.bar) {
      const focused = shadow.activeElement?.matches("summary");
      bar.innerHTML = state.bar;
      const details = bar.querySelector("details");
      details.open = recall("localStorage", BAR) === "open";
      details.addEventListener("toggle", () => remember("localStorage", BAR, details.open ? "open" : "closed"));
      if (focused) bar.querySelector("summary").focus();
    }
    if (!state.open) dismissed = "";
    if (state.open) showReport(dismissed !== state.report);
    else if (reported !== state.report) showReport(false);
  };

  shadow.addEventListener("click", async (event) => {
    const target = event.target;
    if (target.closest("[data-close]")) {
      dismissed = last.report;
      showReport(false);
    } else if (target.closest("[data-report]")) {
      showReport(true);
      report.querySelector("button")?.focus();
    } else if (target.closest("a")?.pathname === "/_limber/open") {
      event.preventDefault();
      const answer = await fetch(`${own}open${target.closest("a").search}`, { headers: { "X-Limber": "open" } });
      tell(answer.ok ? "" : await answer.text());
    }
  });

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || report.hidden) return;
    dismissed = last.report;
    showReport(false);
  });

  // Every message says all there is to know about the page, so a missed one does no harm.
  const hear = (state) => {
    first ??= state;
    tell("");
    if (state.changed?.at > (last ?? first).revision) {
      const to = new URL(state.changed.url, location.href);
      if (to.pathname !== location.pathname) {
        location.assign(to);
        return;
      }
    }
    if (state.mark && state.mark !== mark || state.media !== first.media) {
      source.close();
      reload();
      return;
    }
    restyle(state.styles);
    draw(state);
  };

  // A browser opens few connections to one server, so a hidden page closes its own.
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource(`${own}live?page=${encodeURIComponent(location.pathname)}`);
    source.addEventListener("message", (event) => hear(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      tell("The preview is not running.");
      if (source.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
    });
  };

  document.body.append(host);
  restore();
  document.addEventListener("visibilitychange", listen);
  addEventListener("pageshow", (event) => { if (event.persisted) listen(); });
  addEventListener("pagehide", () => source?.close());
  listen();
})();
