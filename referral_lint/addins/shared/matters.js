// What a report comes down to for somebody who is about to press Send. Runs without a page, like service.js.
var ReferralLint = ReferralLint || {};

ReferralLint.DANGER = "If anyone is in immediate danger ring 999. You can send this as it is and correct it after.";
ReferralLint.SIGNS = { stop: "Stop and look", fix: "To change", think: "A question" };
ReferralLint.FAMILIES = [
  "security", "identity", "missing-statement", "accuracy", "over-sharing", "opinion", "ambiguity", "acronym", "jargon"
];
ReferralLint.FAMILY_ROLES = ["child", "parent", "partner", "sibling", "relative", "adult"];

// {urgent, ask, headline, matters, more, cards, gaps}: `ask` says whether to stop and show it before sending,
// `matters` are the two or three gravest cards, one a rule, `cards` all of them in that order.
ReferralLint.view = function (report, subject) {
  const cards = ReferralLint.cardsOf(report);
  const urgent = report.documents.some(function (one) { return one.urgent || one.danger_beside; });
  const grave = cards.filter(function (card) { return card.severity !== "think"; });
  const matters = ReferralLint.firstOfEach(grave).slice(0, 3);
  const stop = grave.some(function (card) { return card.severity === "stop"; });
  const ask = !urgent && (stop || (grave.length > 0 && ReferralLint.aboutAFamily(report, subject)));
  const shown = matters.reduce(function (sum, card) { return sum + 1 + card.again; }, 0);
  return {
    urgent: urgent, ask: ask, headline: ReferralLint.headline(report, urgent, stop, grave),
    matters: matters, more: grave.length - shown, cards: cards, gaps: ReferralLint.gapsOf(report)
  };
};

// A note about lunch is nobody's referral: without a family in it, only a leak is worth a question. A word that
// stands in the subject alone shows no family, for "Minutes" may look like a name there.
ReferralLint.aboutAFamily = function (report, subject) {
  const head = "Subject: ".length + Array.from(subject || "").length;
  return report.documents.some(function (one) {
    const from = one.kind === "email" ? head : 0;
    return one.kind === "form" || (one.people || []).some(function (person) {
      const named = person.mentions.some(function (mention) { return mention.start >= from; });
      return named && ReferralLint.FAMILY_ROLES.indexOf(person.role) >= 0;
    });
  });
};

ReferralLint.headline = function (report, urgent, stop, grave) {
  const nothing = report.documents.every(function (one) { return one.verdict === "unchecked"; });
  if (urgent) return "You can send this as it is.";
  if (nothing) return "This could not be checked.";
  if (stop) return "Please look at this before you send it.";
  if (grave.length) return "Have another look before you send it.";
  const whole = report.documents.every(function (one) { return one.complete; });
  return whole ? "Ready to send." : "Part of this could not be checked.";
};

ReferralLint.cardsOf = function (report) {
  const cards = [];
  report.documents.forEach(function (one) {
    one.findings.forEach(function (finding) {
      if (!finding.waived) cards.push(Object.assign({ part: ReferralLint.partOf(one), again: 0 }, finding));
    });
  });
  const place = new Map(cards.map(function (card, index) { return [card, index]; }));
  return cards.sort(function (a, b) {
    return ReferralLint.rank(a) - ReferralLint.rank(b) || place.get(a) - place.get(b);
  });
};

ReferralLint.rank = function (card) {
  const family = ReferralLint.FAMILIES.indexOf(card.family);
  return ["stop", "fix", "think"].indexOf(card.severity) * 100 + (family < 0 ? 99 : family);
};

// One card a rule; `again`: how many more there are of it.
ReferralLint.firstOfEach = function (cards) {
  const first = new Map();
  cards.forEach(function (card) {
    if (first.has(card.rule)) first.get(card.rule).again += 1;
    else first.set(card.rule, Object.assign({}, card));
  });
  return Array.from(first.values());
};

ReferralLint.partOf = function (one) {
  const part = one.part || "";
  return part.startsWith("attachment: ") ? part.slice("attachment: ".length) : "";
};

// What was not looked at. A gap that is only a note, such as a password on an attachment, is no fault.
ReferralLint.gapsOf = function (report) {
  const inDocuments = report.documents.map(function (one) { return one.gaps || []; });
  return [].concat.apply(report.gaps || [], inDocuments).filter(function (gap) { return !gap.note; });
};
