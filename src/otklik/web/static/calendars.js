/* Comfort for the year of a calendar: arrow keys go from day to day, the form of a day takes and gives back the focus. */
"use strict";
(() => {
  const days = () => [...document.querySelectorAll("#year-view a.d")];

  document.addEventListener("keydown", (event) => {
    const here = event.target.closest ? event.target.closest("#year-view a.d") : null;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (here && step && !event.altKey && !event.ctrlKey && !event.metaKey) {
      const all = days();
      const next = all[all.indexOf(here) + step];
      if (next) { event.preventDefault(); next.focus(); }
    }
    if (event.key === "Escape") { close(); }
  });

  function close() {
    const sheet = document.querySelector("#day");
    const form = sheet && sheet.querySelector("form");
    if (!form) { return; }
    const day = form.dataset.day;
    sheet.replaceChildren();
    focusDay(day);
  }

  function focusDay(id) {
    const link = document.querySelector(`#${id} a`);
    if (link) { link.focus(); }
  }

  // a day opens its form beside the year; with a modifier key, or without htmx, it is a page of its own
  document.addEventListener("click", (event) => {
    const link = event.target.closest("#year-view a.d");
    if (!link || !window.htmx || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    window.htmx.ajax("GET", link.href, { target: "#day", swap: "innerHTML" });
  });

  document.addEventListener("click", (event) => {
    const leave = event.target.closest("#day [data-close]");
    if (leave) { event.preventDefault(); close(); }
  });

  // typing hours says that hours are meant
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".day-form");
    const chosen = form && form.querySelector("[name=wish]:checked");
    if (!form) { return; }
    const meant = { hours: "hours", like: "like" }[event.target.name];
    if (!meant || (meant === "hours" && chosen && chosen.value === "every-year")) { return; }
    const radio = form.querySelector(`[name=wish][value=${meant}]`);
    if (radio) { radio.checked = true; }
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    const into = event.detail.target;
    if (into.id === "day") {
      const first = into.querySelector(".error") ? into.querySelector("[name=hours]") : into.querySelector("[name=wish]:checked");
      if (first) { first.focus({ preventScroll: true }); }
      const form = into.querySelector("form");
      const day = form && document.querySelector(`#${form.dataset.day}`);
      if (day && day.getBoundingClientRect().bottom > form.getBoundingClientRect().top) { day.scrollIntoView(); }
    }
    if (into.id === "year-view") {
      const sheet = document.querySelector("#day");
      const form = sheet && sheet.querySelector("form");
      const day = form && form.dataset.day;
      if (sheet) { sheet.replaceChildren(); }
      if (day) { focusDay(day); }
    }
  });
})();
