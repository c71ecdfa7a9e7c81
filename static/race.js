// Race timelines: type a race date, see real dates, take them home as a calendar file. All of it happens in the browser.
const DAY = 86400000;
const show = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "short", day: "numeric", month: "short", timeZone: "UTC" });
const compact = (date) => date.toISOString().slice(0, 10).replaceAll("-", "");

function calendar(title, stops, race) {
  const text = (value) => value.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ").trim();
  const stamp = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const events = stops.map(({ from, to, name, what }, at) => [
    "BEGIN:VEVENT", `UID:${compact(race)}-${at}@race-timeline`, `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(new Date(+race + from * DAY))}`, `DTEND;VALUE=DATE:${compact(new Date(+race + (to + 1) * DAY))}`,
    `SUMMARY:${text(name)}`, `DESCRIPTION:${text(what)}`, "END:VEVENT",
  ]);
  // Lines of a calendar file may have 75 bytes; a longer one goes on after a line break and a space.
  const fold = (line) => line.match(/.{1,60}/gu).join("\r\n ");
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//${text(title)}//race timeline//EN`, ...events.flat(), "END:VCALENDAR"];
  return lines.map(fold).join("\r\n") + "\r\n";
}

function start(list, number) {
  const stops = [...list.querySelectorAll("[data-from]")].map((element) => ({
    element,
    from: Number(element.dataset.from),
    to: Number(element.dataset.to),
    name: element.querySelector(".when").textContent,
    what: element.querySelector(".what").textContent,
  }));
  const form = document.createElement("form");
  form.className = "controls";
  const id = `race-date-${number}`;
  form.innerHTML =
    `<label for="${id}">Race date</label><input id="${id}" type="date" required>` +
    '<button type="submit">Download calendar file</button><p class="hint" role="status"></p>';
  const [input] = form.elements;
  const status = form.querySelector("[role=status]");
  input.addEventListener("input", () => {
    const race = input.valueAsDate;
    for (const { element, from, to } of stops) {
      let dates = element.querySelector(".dates");
      if (!dates) {
        dates = document.createElement("p");
        dates.className = "dates";
        element.querySelector(".when").after(dates);
      }
      const days = race ? [...new Set([from, to])].map((day) => show.format(new Date(+race + day * DAY))) : [];
      dates.textContent = days.join(" to ");
    }
    status.textContent = race ? "The dates are in the timeline now." : "";
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const race = input.valueAsDate;
    if (!race) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([calendar(document.title, stops, race)], { type: "text/calendar" }));
    link.download = `race-${compact(race)}.ics`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    status.textContent = "The calendar file is in your downloads.";
  });
  list.previousElementSibling.replaceWith(form);
}

document.querySelectorAll("[data-race]").forEach(start);
