// Without this script every part can still be read and every team opened; it only adds filters by a click.
(() => {
  const body = document.body, state = {};
  const apply = () => {
    body.querySelectorAll("[data-family], [data-families]").forEach((row) => {
      const has = (row.dataset.family ?? row.dataset.families).split(" ");
      row.hidden = Boolean(state.family) && !has.includes(state.family);
    });
    body.querySelectorAll("[data-pick]").forEach((a) => a.setAttribute("aria-pressed", String(a.dataset.pick === state.family)));
    const note = document.getElementById("filter");
    note.hidden = !state.family;
    note.querySelector("b").textContent = state.words ?? "";
  };
  const pick = (family, words) => { state.family = state.family === family ? "" : family; state.words = words; apply(); };
  body.querySelectorAll("[data-pick]").forEach((a) => {
    a.setAttribute("role", "button");
    a.addEventListener("click", (event) => { event.preventDefault(); pick(a.dataset.pick, a.textContent.trim()); });
    a.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); a.click(); } });
  });
  document.getElementById("filter").querySelector("button").addEventListener("click", () => pick(state.family, ""));
  apply();
})();
