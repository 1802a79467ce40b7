// The small window: what matters, and the two ways on.
const port = browser.runtime.connect({ name: location.search.slice(1) });
const { make, button } = ReferralLint;
const REASONS = ["It cannot wait.", "The words are right here.", "It is said in an attachment."];

function answer(way, reason) {
  port.postMessage({ way, reason });
  window.close();
}

// Two or three cards, and below them, always in sight, the two ways on.
function checked(view) {
  const more = view.more ? make("p", "more", view.more === 1 ? "And one more thing." : `And ${view.more} more things.`) : "";
  const back = button("Go back to the message", "main", () => answer("back"));
  back.id = "back";
  return [
    make("h1", "", view.headline),
    make("ol", "cards", view.matters.map((card) => ReferralLint.card(card))),
    more,
    ReferralLint.gaps(view.gaps),
    make("footer", "", [make("p", "ways", [back]), reasons()]),
  ];
}

// Each of the usual reasons sends at once.
function reasons() {
  const own = make("input", "", "", { id: "reason", maxlength: "300", autocomplete: "off", placeholder: "Another reason", "aria-label": "Another reason" });
  const send = make("button", "", "Send", { id: "send", type: "submit", disabled: "" });
  const form = make("form", "reasons", [
    make("p", "", "Or send it as it is, because:"),
    make("p", "ways", REASONS.map((words) => button(words, "why", () => answer("send", words)))),
    make("p", "ways", [own, send]),
    make("p", "note", "The reason goes with the message, in a line that mail programs do not show."),
  ]);
  own.addEventListener("input", () => { send.disabled = !own.value.trim(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (own.value.trim()) answer("send", own.value.trim());
  });
  return form;
}

// Not running, too slow, not paired: the message can go, and Enter lets it.
function unchecked(shown) {
  const send = button("Send it unchecked", "main", () => answer("send"));
  send.id = "send";
  const back = button("Go back to the message", "", () => answer("back"));
  back.id = "back";
  const again = shown.state === "unpaired" ? "" : button("Check it again", "", () => answer("again"));
  const pairing = ReferralLint.pairing("Thunderbird", async (token) => {
    await browser.storage.local.set({ token });
    answer("again");
  });
  return [
    make("h1", "", ReferralLint.unchecked(shown)),
    make("p", "", `You can send it all the same${shown.state === "off" ? ", or start referral-lint and check it again" : ""}.`),
    make("p", "ways", [send, back, again]),
    shown.state === "unpaired" ? pairing : "",
  ];
}

port.onMessage.addListener((shown) => {
  document.getElementById("main").replaceChildren(...(shown.view ? checked(shown.view) : unchecked(shown.answer)));
  document.querySelector("button.main").focus();
});

addEventListener("keydown", (event) => {
  if (event.key === "Escape") answer("back");
});
