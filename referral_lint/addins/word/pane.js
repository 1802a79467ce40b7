// The pane beside a document: the cards, and for each a way to its words.
ReferralLint.ready(function () {
  const { button, make } = ReferralLint;
  let cards = [];

  async function collect() {
    const address = (Office.context.document.url || "").split(/[\\/]/).pop().split("?")[0];
    const name = /\.doc[xm]$/i.test(address) ? address : "document.docx";
    return { asked: { name, data: await ReferralLint.file() } };
  }

  // A button that does something at the words, and says so if they are gone.
  function at(card, words, done, does) {
    const made = button(words, "", async () => {
      let there = false;
      try {
        there = await ReferralLint.at(card, cards, does);
      } catch {
        made.title = "Word could not do it.";
      }
      if (!there) made.textContent = "These words are not there any more. Check again.";
      else if (done) made.textContent = done;
      made.disabled = !there || Boolean(done);
    });
    return made;
  }

  function actions(card) {
    if (!cards.includes(card)) cards.push(card);
    if (!card.span || !card.text || card.where.part) return []; // Word cannot go to a text box or a comment from here
    const buttons = [at(card, "Show me", "", (range) => range.select())];
    if (card.replacement) {
      buttons.push(at(card, "Write it out", "Written", (range) => range.insertText(card.replacement, "Replace").select()));
    }
    buttons.push(at(card, "Add the comment", "Added", (range) => {
      range.insertComment(`${card.message} ${card.suggestion}`.trim());
    }));
    return buttons;
  }

  function below() {
    return [make("p", "note", "Comments travel with a document: take them out before you send it.")];
  }

  ReferralLint.pane({
    name: "Word",
    collect: () => {
      cards = [];
      return collect();
    },
    actions,
    below,
  });
});
