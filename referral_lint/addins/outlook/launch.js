// Between Send and sending. Outlook shows what `completed` is given, always with a way to send all the same.
var ReferralLint = ReferralLint || {};

function onMessageSend(event) {
  let message = {};
  const asked = Promise.resolve().then(function () {
    return ReferralLint.message(Office.context.mailbox.item);
  }).then(function (read) {
    message = read;
    if (read.reason) return { state: "reason" };
    return ReferralLint.kept().then(function (token) { return ReferralLint.check(token, read.asked); });
  });
  return ReferralLint.within(ReferralLint.SECONDS, asked).then(function (answer) {
    event.completed(ReferralLint.verdict(answer, message));
  }).catch(function () {
    event.completed({ allowEvent: true }); // whatever went wrong here, it holds nobody's message
  });
}

ReferralLint.verdict = function (answer, message) {
  if (answer.state === "reason") return { allowEvent: true };
  if (answer.state !== "checked") {
    return ReferralLint.asking(ReferralLint.unchecked(answer), answer.state === "unpaired" ? "Pair it" : "Look again");
  }
  const view = ReferralLint.view(answer.report, message.subject);
  if (!view.ask) return { allowEvent: true };
  const said = view.matters.map(function (card) { return "• " + card.message; });
  if (view.more > 0) said.push(view.more === 1 ? "• One more thing." : "• " + view.more + " more things.");
  return ReferralLint.asking([view.headline].concat(said).join("\n"), "See what to change");
};

// Outlook's own question, with a button that opens the pane. The button says no more than twenty letters.
ReferralLint.asking = function (words, button) {
  const all = "\nYou can send it all the same.";
  const said = words.length + all.length > 500 ? words.slice(0, 498 - all.length) + " …" : words;
  return { allowEvent: false, errorMessage: said + all, cancelLabel: button, commandId: "showPane" };
};

Office.actions.associate("onMessageSend", onMessageSend);
