// Cards on a page. Everything is set as text: words of a draft are never read as a page.
var ReferralLint = ReferralLint || {};

// An element with a class, words or other elements, and attributes.
ReferralLint.make = function (tag, look, inside, attributes) {
  const made = document.createElement(tag);
  if (look) made.className = look;
  made.append(...[].concat(inside || []));
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  return made;
};

// A button: the look, its words, what it does.
ReferralLint.button = function (words, look, does) {
  const made = ReferralLint.make("button", look, words, { type: "button" });
  made.addEventListener("click", does);
  return made;
};

// One finding. `actions` are buttons below it.
ReferralLint.card = function (card, actions) {
  const make = ReferralLint.make;
  const quoted = card.text && !card.message.includes("“" + card.text + "”");
  const place = [ReferralLint.SIGNS[card.severity], card.part, card.where.part].filter(Boolean);
  const parts = [
    make("p", "sign", place.join(" · ")),
    make("p", "message", card.message),
  ];
  if (quoted) parts.splice(1, 0, make("p", "words", "“" + ReferralLint.shortened(card.text) + "”"));
  if (card.suggestion) parts.push(make("p", "suggestion", card.suggestion));
  if (card.again) parts.push(make("p", "again", card.again === 1 ? "And once more." : "And " + card.again + " more times."));
  if (actions && actions.length) parts.push(make("p", "actions", actions));
  return make("li", "card " + card.severity, parts);
};

ReferralLint.shortened = function (words) {
  const flat = Array.from(words.replace(/\s+/g, " ").trim());
  return flat.length <= 90 ? flat.join("") : flat.slice(0, 88).join("").trimEnd() + " …";
};

ReferralLint.danger = function () {
  return ReferralLint.make("p", "danger", ReferralLint.DANGER, { role: "alert" });
};

// What was not looked at, as a short list; nothing if there is nothing to say.
ReferralLint.gaps = function (gaps) {
  const said = gaps.slice(0, 5).map(function (gap) {
    return ReferralLint.make("li", "", (gap.what ? gap.what + ": " : "") + gap.why);
  });
  if (!said.length) return "";
  if (gaps.length > 5) said.push(ReferralLint.make("li", "", "And " + (gaps.length - 5) + " more."));
  return ReferralLint.make("section", "gaps", [ReferralLint.make("h2", "", "Not looked at"), ReferralLint.make("ul", "", said)]);
};

// The eight digits, once: `paired(token)` is called when they were right.
ReferralLint.pairing = function (name, paired) {
  const make = ReferralLint.make;
  const code = make("input", "", "", {
    id: "code", inputmode: "numeric", autocomplete: "off", maxlength: "11", size: "11", "aria-describedby": "said",
  });
  const said = make("p", "said", "", { id: "said", role: "status" });
  const form = make("form", "pairing", [
    make("p", "", "To let this program ask referral-lint, once: open its page on this computer, choose Programs and “Show a code”, and type the eight digits here."),
    make("p", "", [make("label", "", "Eight digits", { for: "code" }), " ", code, " ", make("button", "main", "Pair", { type: "submit" })]),
    said,
  ]);
  form.addEventListener("submit", async function (event) {
    event.preventDefault();
    said.textContent = "One moment…";
    try {
      await paired(await ReferralLint.pair(code.value, name));
      said.textContent = "Paired.";
    } catch (fault) {
      said.textContent = fault.message;
    }
  });
  return form;
};
