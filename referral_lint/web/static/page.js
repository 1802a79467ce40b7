/* The page without a script: paste, submit, read. With it: checked while you type, drop files, act in place. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.body.dataset.root;
  const words = $("words"), work = $("work"), status = $("status");
  const PAUSE = 200; // milliseconds without a key before the words are checked
  let here = document.body.dataset.here, marks = [], turn = 0, timer = 0, shown = words ? words.value : "", checked = shown;
  let signed = null; // where the greeting and the name at the end begin in the words that were checked

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
      signed = found.signed === null ? null : [...found.text].slice(0, found.signed).join("").length;
      shown = words.value;
      paint();
    }
    say(found.said);
    tabs.postMessage({ here, text: found.text });
  }

  function putText(text) { // the cursor stays with its words
    const now = words.value, most = Math.min(now.length, text.length), active = document.activeElement;
    let first = 0, last = 0;
    while (first < most && now[first] === text[first]) first++;
    while (last < most - first && now[now.length - 1 - last] === text[text.length - 1 - last]) last++;
    const end = now.length - last, by = text.length - now.length;
    const cursor = [words.selectionStart, words.selectionEnd].map((at) => (at <= first ? at : Math.max(first, at < end ? first : at + by)));
    replaceWords(first, end, text.slice(first, text.length - last));
    words.setSelectionRange(...cursor);
    if (active !== words) active.focus?.({ preventScroll: true });
    clearTimeout(timer); // the program has just checked it
  }

  function replaceWords(start, end, put) { // as if it were typed, so that the browser's own “undo” takes it back
    words.focus({ preventScroll: true });
    words.setSelectionRange(start, end);
    if (document.execCommand(put ? "insertText" : "delete", false, put)) return;
    words.setRangeText(put, start, end, "end");
    words.dispatchEvent(new Event("input"));
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
    if (copy) keepNote().then((done) => { if (done) copyText($(copy.dataset.copy).value, copy); });
  });

  async function putSentence(sentence) { // above the name at the end; once: then its first blank is shown again
    if (!words.value.trim()) { copyText(sentence, document.activeElement); return; }
    if (words.value !== checked) await check();
    if (!placeOf(sentence)) {
      const whole = words.value.trimEnd().length, end = words.value === checked && signed !== null ? signed : whole;
      const start = words.value.slice(0, end).trimEnd().length;
      replaceWords(start, end, (start ? "\n\n" : "") + sentence + (end < whole ? "\n\n" : ""));
    }
    const [start, end] = placeOf(sentence), blank = words.value.indexOf("____", start);
    words.setSelectionRange(...(blank >= 0 && blank < end ? [blank, blank + 4] : [start, end]));
    words.blur();
    words.focus(); // coming to it, the browser scrolls to what is selected
  }

  function placeOf(sentence) { // where it stands, with its blanks or with what was written there
    const fixed = sentence.split("____").map((bit) => bit.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const found = new RegExp(fixed.join("[^\\n]{1,200}?")).exec(words.value);
    return found && [found.index, found.index + found[0].length];
  }

  async function copyText(text, button) {
    try { await navigator.clipboard.writeText(text); button.textContent = "Copied"; }
    catch { button.textContent = "Select the words and copy them"; }
  }

  /* --- the decision note says at once what is typed into its fields, and keeps it for when one comes back */
  const note = document.querySelector(".note-form");
  const filledIn = () => String(new URLSearchParams(new FormData(note)));
  let kept = "", typed = false, noting = Promise.resolve(true); // a browser may fill in what was typed before it ran this
  function keepNote() { // says whether the note is up to date
    const filled = filledIn();
    if (filled !== kept) {
      kept = filled;
      noting = noting.then(() => sendNote(filled));
    }
    return noting;
  }
  async function sendNote(body) {
    const headers = { "X-Live": "1", "Content-Type": "application/x-www-form-urlencoded" };
    try {
      const answer = await fetch(note.action, { method: "POST", headers, body, keepalive: body.length < 60000 });
      if (!answer.ok) throw await answer.text();
      $("note-words").value = (await answer.json()).words;
      say("", false);
      return true;
    } catch (fault) {
      kept = "";
      say(typeof fault === "string" ? fault : "The program does not answer. Is it still open? Your answers are safe here.", true);
      return false;
    }
  }
  if (note) {
    note.addEventListener("input", () => { typed = true; clearTimeout(timer); timer = setTimeout(keepNote, PAUSE); });
    window.addEventListener("pagehide", () => { if (typed) keepNote(); });
  }

  /* --- other tabs: who comes back to a draft that was changed in another one sees it as it is now */
  const tabs = new BroadcastChannel(root);
  let stale = false;
  tabs.addEventListener("message", ({ data }) => {
    if (data === "cleared") empty("Everything was cleared in another tab. You can close this page.");
    else if (words && data.here === here) stale = data.text !== words.value;
  });
  window.addEventListener("focus", () => { if (stale) location.reload(); });

  /* --- leaving nothing behind: Escape twice, with nothing between; other tabs of this page are emptied too */
  const again = $("again");
  let escaped = false, calm = 0;
  function relent() {
    escaped = false;
    again.hidden = true;
  }
  function hush() { // nothing may be sent back
    clearTimeout(timer);
    turn++;
    if (note) kept = filledIn();
  }
  function empty(...left) {
    hush();
    if (words) words.value = checked = "";
    document.body.replaceChildren(...left);
    document.title = "";
  }
  document.addEventListener("keydown", (e) => {
    if (e.key !== "Escape" || e.isComposing) { relent(); return; }
    if (e.repeat) return;
    if (escaped) {
      fetch(root + "clear", { method: "POST", keepalive: true });
      tabs.postMessage("cleared");
      empty();
      location.replace("about:blank");
      return;
    }
    escaped = true;
    again.hidden = false;
    clearTimeout(calm);
    calm = setTimeout(relent, 2500);
  });
  document.addEventListener("pointerdown", relent);
  $("clear").addEventListener("submit", () => { hush(); tabs.postMessage("cleared"); });
  window.addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
})();
