/* Dragging files and folders, and sending them piece by piece; the plain form does without. */
"use strict";
(() => {
  const form = document.getElementById("bring");
  if (!form || !window.FormData) { return; }
  const files = form.querySelector("#files");
  const folder = form.querySelector("#folder");
  const sending = form.querySelector(".sending");
  const bar = sending.querySelector("progress");
  const status = sending.querySelector("p");
  const alarm = form.querySelector("[role=alert]");
  const button = form.querySelector("button.primary");
  const AT_ONCE = 100;
  const BYTES_AT_ONCE = 64 * 1024 * 1024;

  form.querySelector(".drop-hint").hidden = false;
  if ("webkitdirectory" in folder) { form.querySelector(".choose-folder").hidden = false; }

  const wanted = ({ path }) => !path.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");

  function batches(list) {
    const found = [[]];
    let bytes = 0;
    for (const item of list) {
      const last = found[found.length - 1];
      if (last.length && (last.length >= AT_ONCE || bytes + item.file.size > BYTES_AT_ONCE)) { found.push([]); bytes = 0; }
      found[found.length - 1].push(item);
      bytes += item.file.size;
    }
    return found;
  }

  function post(batch, upload, more, told) {
    const body = new FormData();
    for (const name of ["csrfmiddlewaretoken", "source"]) {
      const field = form.querySelector(`input[name=${name}]`);
      if (field) { body.append(name, field.value); }
    }
    if (upload) { body.append("upload", upload); }
    if (more) { body.append("more", "1"); }
    for (const { path } of batch) { body.append("paths", path); }
    for (const { file } of batch) { body.append("files", file, file.name); }
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.setRequestHeader("X-CSRFToken", form.querySelector("input[name=csrfmiddlewaretoken]").value);
      request.upload.addEventListener("progress", (event) => told(event.loaded));
      request.addEventListener("error", () => failed(new Error(form.dataset.failed)));
      request.addEventListener("load", () => {
        let answer = {};
        try { answer = JSON.parse(request.responseText); } catch { /* a page, not an answer */ }
        if (request.status < 300 && (answer.next || answer.upload)) { done(answer); } else { failed(new Error(answer.error || form.dataset.failed)); }
      });
      request.send(body);
    });
  }

  async function send(list) {
    const chosen = list.filter(wanted);
    if (!chosen.length) { return; }
    const bytes = chosen.reduce((sum, { file }) => sum + file.size, 0);
    alarm.hidden = true;
    if (bytes > Number(form.dataset.mostBytes)) { return say(form.dataset.tooLarge); }
    if (chosen.length > Number(form.dataset.mostFiles)) { return say(form.dataset.tooMany); }
    sending.hidden = false;
    button.disabled = true;
    status.textContent = form.dataset.sending;
    let upload = "", sent = 0;
    const parts = batches(chosen);
    try {
      for (const [number, part] of parts.entries()) {
        const answer = await post(part, upload, number < parts.length - 1, (loaded) => {
          bar.value = Math.min(100, (100 * (sent + loaded)) / Math.max(1, bytes));
        });
        sent += part.reduce((sum, { file }) => sum + file.size, 0);
        upload = answer.upload || upload;
        if (answer.next) { window.location.assign(answer.next); }
      }
    } catch (error) {
      sending.hidden = true;
      button.disabled = false;
      say(error.message);
    }
  }

  function say(text) {
    alarm.textContent = text;
    alarm.hidden = false;
  }

  const named = (list) => [...list].map((file) => ({ file, path: file.webkitRelativePath || file.name }));

  async function inside(entry, before) {
    const path = before + entry.name;
    if (entry.isFile) { return [{ file: await new Promise((done, failed) => entry.file(done, failed)), path }]; }
    const reader = entry.createReader();
    const found = [];
    for (;;) {
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) { return found; }
      for (const one of some) { found.push(...await inside(one, `${path}/`)); }
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(named(files.files));
  });
  folder.addEventListener("change", () => send(named(folder.files)));
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => { event.preventDefault(); form.classList.add("over"); });
  }
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) { form.classList.remove("over"); } });
  form.addEventListener("drop", async (event) => {
    event.preventDefault();
    form.classList.remove("over");
    const items = [...event.dataTransfer.items].filter((item) => item.kind === "file");
    const entries = items.map((item) => (item.webkitGetAsEntry ? item.webkitGetAsEntry() : null));
    const plain = named(event.dataTransfer.files);
    if (!entries.length || entries.some((entry) => !entry)) { return send(plain); }
    const found = [];
    for (const entry of entries) { found.push(...await inside(entry, "")); }
    send(found);
  });
})();
