// The pane beside a message: all the cards, and a reason to send it as it is.
ReferralLint.ready(function () {
  const { make, button, read, REASON } = ReferralLint;
  const REASONS = ["It cannot wait.", "The words are right here.", "It is said in an attachment."];
  const item = Office.context.mailbox.item;
  let message = {};

  async function collect() {
    message = await ReferralLint.message(item);
    return message;
  }

  // Kept with the message; the question at Send then does not come.
  async function give(reason, said) {
    try {
      if (reason) await read(item.internetHeaders, "setAsync", { [REASON]: reason });
      else await read(item.internetHeaders, "removeAsync", [REASON]);
      said.textContent = reason ? "Noted. Press Send, and it goes." : "The reason is taken back.";
    } catch {
      said.textContent = "The reason could not be noted. You can press Send, and then Send Anyway.";
    }
  }

  function below(view) {
    if (!view.ask || !item.internetHeaders) return [];
    const said = make("p", "said", message.reason ? `You gave a reason: ${message.reason}` : "", { role: "status" });
    const own = make("input", "", "", { id: "reason", maxlength: "300", placeholder: "Another reason", "aria-label": "Another reason" });
    const note = button("Note it", "", () => own.value.trim() && give(own.value.trim(), said));
    return [make("section", "reasons", [
      make("h2", "", "Send it as it is, because:"),
      make("p", "ways", REASONS.map((words) => button(words, "why", () => give(words, said)))),
      make("p", "ways", [own, note, button("Take it back", "", () => give("", said))]),
      said,
      make("p", "note", "The reason goes with the message, in a line that mail programs do not show."),
    ])];
  }

  ReferralLint.pane({ name: "Outlook", collect, below });
});
