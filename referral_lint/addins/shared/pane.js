// A task pane: check what is open, show the cards, pair. The host program says what to check and what can be done.
var ReferralLint = ReferralLint || {};

// host: {name, collect() -> promise of {asked, subject, unread}, actions(card) -> buttons, below(view) -> elements}
ReferralLint.pane = function (host) {
  const { make, button } = ReferralLint;
  const main = document.getElementById("main");

  async function look() {
    main.replaceChildren(make("p", "", "Looking at it…", { role: "status" }));
    let message = {};
    const answer = await ReferralLint.within(ReferralLint.PATIENT_SECONDS, (async () => {
      message = await host.collect();
      return ReferralLint.check(await ReferralLint.kept(), message.asked);
    })());
    const checked = answer.state === "checked";
    main.replaceChildren(...(checked ? found(answer.report, message) : unchecked(answer)), again());
  }

  function found(report, message) {
    const view = ReferralLint.view(report, message.subject);
    const questions = view.cards.filter((card) => card.severity === "think");
    const grave = view.cards.filter((card) => card.severity !== "think");
    const folded = make("details", "", [make("summary", "", "Questions to ask yourself"), list(questions)]);
    if (view.urgent) folded.querySelector("summary").textContent = "What could be better, when there is time";
    if (view.urgent) folded.lastChild.prepend(...list(grave).children);
    return [
      view.urgent ? ReferralLint.danger() : "",
      make("h1", "", view.headline),
      view.urgent ? "" : list(grave),
      questions.length || (view.urgent && grave.length) ? folded : "",
      ReferralLint.gaps(view.gaps.concat(message.unread || [])),
      ...(host.below ? host.below(view) : []),
    ];
  }

  function list(cards) {
    return make("ol", "cards", cards.map((card) => ReferralLint.card(card, host.actions ? host.actions(card) : [])));
  }

  function unchecked(answer) {
    const pairing = () => ReferralLint.pairing(host.name, async (token) => {
      await ReferralLint.keep(token);
      await look();
    });
    return [make("h1", "", ReferralLint.unchecked(answer)), answer.state === "unpaired" ? pairing() : ""];
  }

  const again = () => make("p", "ways", [button("Check again", "", look)]);
  return look();
};

ReferralLint.PATIENT_SECONDS = 20; // in a pane nobody waits to send

// Starts a pane as soon as Office is ready, and says so if Office's own script did not come.
ReferralLint.ready = function (start) {
  if (typeof Office !== "undefined") return Office.onReady(start);
  const words = "Office could not load its own part of this, which comes from Microsoft. Check the connection and open it again.";
  return document.getElementById("main").replaceChildren(ReferralLint.make("p", "", words, { role: "alert" }));
};
