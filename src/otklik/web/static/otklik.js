/* What the pages do without a round trip. Everything works without this file too, only with more clicks. */
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.remove("no-js");

  const menuButton = document.querySelector(".menu-button");
  const menu = document.querySelector(".menu");
  if (menuButton && menu) {
    menuButton.addEventListener("click", () => {
      const open = menu.classList.toggle("open");
      menuButton.setAttribute("aria-expanded", String(open));
    });
  }

  const themeButton = document.querySelector(".theme-button");
  const order = ["auto", "light", "dark"];
  if (themeButton) {
    const name = () => { themeButton.textContent = themeButton.dataset[root.dataset.theme] || ""; };
    themeButton.hidden = false;
    name();
    themeButton.addEventListener("click", () => {
      root.dataset.theme = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
      document.cookie = `otklik_theme=${root.dataset.theme};path=/;max-age=31536000;samesite=lax`;
      name();
    });
  }

  // forms that answer to a change at once: <form data-auto>
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) { form.requestSubmit(); }
  });

  // leave empty fields out of addresses
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "get") { return; }
    for (const field of form.elements) {
      if (field.name && !field.value) { field.disabled = true; }
    }
    window.setTimeout(() => { for (const field of form.elements) { field.disabled = false; } }, 0);
  });

  // a second thought before what cannot be taken back: <button data-sure="Really?">
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-sure]");
    if (button && !window.confirm(button.dataset.sure)) { event.preventDefault(); event.stopImmediatePropagation(); }
  }, true);

  // fields that a button fills in: <button data-fill='{"name": "value"}'>
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    for (const [name, value] of Object.entries(button ? JSON.parse(button.dataset.fill) : {})) {
      const field = button.form.elements[name];
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });

  // what is asked for again by itself stays as it is while the server is away; "again" is told to what asks only once
  document.addEventListener("htmx:beforeSwap", (event) => {
    const asking = event.detail.requestConfig.elt;
    if (!asking.hasAttribute("data-patient") || event.detail.xhr.status !== 503) { return; }
    event.detail.shouldSwap = false;
    window.setTimeout(() => window.htmx.trigger(asking, "again"), 5000);
  });

  // every form sent by htmx carries the CSRF token of its page
  document.addEventListener("htmx:configRequest", (event) => {
    const field = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (field) { event.detail.headers["X-CSRFToken"] = field.value; }
  });
})();
