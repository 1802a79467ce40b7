/* The page without a script: paste, submit, read. With it: checked while you type, drop files, act in place. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.body.dataset.root;
  const words = $("words"), work = $("work"), status = $("status");
  const PAUSE = 200; // milliseconds without a key before the words are checked
  let here = document.body.dataset.here, marks = [], turn = 0, timer = 0, shown = words ? words.value : "", checked = shown;

  document.documentElement.classList.add("js");
  document.querySelectorAll("details.reads").forEach((d) => { d.open = false; });

  /* --- marks under the words: offsets come as characters and are counted here as the browser does */
  function units(text, found) {
    const places = [];
    let at = 0;
    for (const character of text) { places.push(at); at += character.length; }
    places.push(at);
    return found.map((m) => ({ ...m, start: places[m.start], end: places[m.end] }));
  }

  function paint() {
    const under = document.querySelector(".under");
    if (!under) return;
    const text = words.value, parts = [];
    let at = 0;
    for (const m of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (m.start < at || m.end <= m.start) continue;
      parts.push(text.slice(at, m.start));
      const mark = document.createElement("mark");
      mark.className = m.look;
      mark.dataset.n = m.label;
      mark.textContent = text.slice(m.start, m.end);
      parts.push(mark);
      at = m.end;
    }
    under.replaceChildren(...parts, text.slice(at) + "\n\u200b");
  }

  function moveMarks() { // what was typed moves the marks behind it and takes away those it touches
    const now = words.value, most = Math.min(now.length, shown.length);
    let first = 0, last = 0;
    while (first < most && now[first] === shown[first]) first++;
    while (last < most - first && now[now.length - 1 - last] === shown[shown.length - 1 - last]) last++;
    const by = now.length - shown.length, behind = shown.length - last;
    marks = marks.filter((m) => m.end <= first || m.start >= behind)
      .map((m) => (m.start >= behind && m.end > first ? { ...m, start: m.start + by, end: m.end + by } : m));
    shown = now;
    paint();
  }

  /* --- asking the program, and showing its answer where it belongs */
  async function ask(path, options) {
    const mine = ++turn, before = words.value;
    try {
      const answer = await fetch(path, { ...options, method: "POST", headers: { "X-Live": "1", ...options.headers } });
      if (answer.status === 404 && path === here + "live" && here !== root) { // forgotten in the meantime: begin again
        here = root;
        return ask(root + "live", options);
      }
      if (mine !== turn) return null;
      if (!answer.ok) { say(await answer.text(), true); return null; }
      const found = await answer.json();
      if (mine === turn) show(found, before);
      return found;
    } catch {
      if (mine === turn) say("The program does not answer. Is it still open? Your words are safe here.", true);
      return null;
    }
  }

  function show(found, before) {
    for (const [name, html] of Object.entries(found.parts)) {
      const place = $(name), notes = place.querySelector(".notes"), scrolled = notes ? notes.scrollTop : 0;
      const open = place.querySelector("details.reads[open]");
      if (place.contains(document.activeElement) && document.activeElement.matches("input")) continue;
      if (place.dataset.html === html) continue;
      place.dataset.html = html;
      place.innerHTML = html; // made by the program's templates, which escape every word of a draft
      place.querySelectorAll("details.reads").forEach((d) => { d.open = Boolean(open); });
      if (scrolled) place.querySelector(".notes")?.scrollTo(0, scrolled);
    }
    if (here !== found.here) {
      here = found.here;
      work.action = here;
      history.replaceState(null, "", here);
    }
    if (found.text !== before && words.value === before) putText(found.text); // the program wrote something out
    checked = found.text;
    if (words.value === found.text) { // else somebody types on: the next answer has the marks for that
      marks = units(words.value, found.marks);
      shown = words.value;
      paint();
    }
    say(found.said);
  }

  function putText(text) { // the cursor stays with its words
    const now = words.value, most = Math.min(now.length, text.length);
    let first = 0, last = 0;
    while (first < most && now[first] === text[first]) first++;
    while (last < most - first && now[now.length - 1 - last] === text[text.length - 1 - last]) last++;
    words.setRangeText(text.slice(first, text.length - last), first, now.length - last, "preserve");
  }

  function say(sentence, trouble) { // what went well is only read out; trouble is seen too
    if (!status) return;
    status.className = trouble ? "trouble" : "unsaid";
    if (status.textContent !== sentence) status.textContent = sentence;
  }

  let running = Promise.resolve(), last = null;
  function check() { // one at a time; of those that wait only the newest has something to ask
    clearTimeout(timer);
    running = running.then(async () => {
      const body = JSON.stringify({ words: words.value, to: $("to").value, no_names: $("no_names").checked });
      if (body === last) return;
      last = body;
      if (!await ask(here + "live", { body, headers: { "Content-Type": "application/json" } })) last = null;
    });
    return running;
  }

  if (work) {
    words.addEventListener("input", () => { moveMarks(); clearTimeout(timer); timer = setTimeout(check, PAUSE); });
    work.querySelectorAll("select, input[type=checkbox]").forEach((e) => e.addEventListener("change", check));
    $("files").addEventListener("change", () => { if ($("files").files.length) work.requestSubmit(); });
    document.addEventListener("dragover", (e) => {
      if ([...e.dataTransfer.types].includes("Files")) { e.preventDefault(); document.body.classList.add("dropping"); }
    });
    document.addEventListener("dragleave", (e) => { if (!e.relatedTarget) document.body.classList.remove("dropping"); });
    document.addEventListener("drop", (e) => {
      document.body.classList.remove("dropping");
      if (!e.dataTransfer.files.length) return;
      e.preventDefault();
      $("files").files = e.dataTransfer.files;
      work.requestSubmit();
    });
    work.addEventListener("submit", () => say("Checking…"));
    if (words.value.trim()) check(); else paint();
  }

  /* --- acting on a finding */
  document.addEventListener("submit", async (e) => {
    if (!e.target.matches("form[data-live]")) return;
    e.preventDefault();
    const place = e.target.closest("#notes, #below, #others"), sent = new URLSearchParams(new FormData(e.target, e.submitter));
    document.activeElement.blur();
    if (words.value !== checked) await check(); // what was typed last comes first
    if (await ask(e.target.getAttribute("action"), { body: sent })) {
      const next = place && place.querySelector(".notes");
      (next || $("main")).focus({ preventScroll: true });
    }
  });

  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[href^='#d1-']");
    const mark = link && marks.find((m) => "#" + m.key === link.getAttribute("href"));
    if (mark) {
      e.preventDefault();
      words.focus();
      words.setSelectionRange(mark.start, mark.end);
      const near = [...document.querySelectorAll(".under mark")].find((m) => m.dataset.n === mark.label);
      near?.scrollIntoView({ block: "center" });
    }
    const put = e.target.closest("[data-put]");
    if (put) putSentence(put.dataset.put);
    const copy = e.target.closest("[data-copy]");
    if (copy) copyText($(copy.dataset.copy).value, copy);
  });

  function putSentence(sentence) {
    if (!words.value.trim()) { copyText(sentence, document.activeElement); return; }
    const start = words.value.trimEnd().length;
    words.setRangeText("\n\n" + sentence + "\n", start, words.value.length, "end");
    words.focus();
    const blank = words.value.indexOf("____", start);
    if (blank >= 0) words.setSelectionRange(blank, blank + 4);
    words.dispatchEvent(new Event("input"));
  }

  async function copyText(text, button) {
    try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; }
    catch { button.textContent = "Select the words and copy them"; }
  }

  /* --- leaving nothing behind */
  let escaped = 0;
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape") return;
    if (e.timeStamp - escaped < 1500 && escaped) {
      fetch(root + "clear", { method: "POST", keepalive: true });
      document.body.replaceChildren();
      document.title = "";
      location.replace("about:blank");
    }
    escaped = e.timeStamp;
  });
  window.addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
})();
