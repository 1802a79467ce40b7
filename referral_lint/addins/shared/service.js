// Talks to referral-lint on this computer, and to nothing else.
// Outlook on Windows runs this without a page: no document, no import, nothing newer than ECMAScript 2016.
var ReferralLint = ReferralLint || {};

ReferralLint.PLACE = ReferralLint.PLACE || ""; // where the service is; empty: where this script came from
ReferralLint.SECONDS = 4;

// Asks for a check. Never fails; the answer is one of
// {state: "checked", report} | {state: "off"} | {state: "unpaired"} | {state: "failed", sentence}.
ReferralLint.check = function (token, asked) {
  if (!token) return ReferralLint.running();
  return ReferralLint.post("/check", asked, token).then(function (answer) {
    if (answer.status === 200 && answer.said && answer.said.documents) return { state: "checked", report: answer.said };
    if (answer.status === 401) return { state: "unpaired" };
    return { state: "failed", sentence: ReferralLint.sentence(answer) };
  }, ReferralLint.off);
};

// Without a token there is only one thing to know: whether there is anything to pair with.
ReferralLint.running = function () {
  return fetch(ReferralLint.PLACE + "/health").then(function (answer) {
    return { state: answer.ok ? "unpaired" : "off" };
  }, ReferralLint.off);
};

// The token for the eight digits on the page. Fails with a sentence.
ReferralLint.pair = function (code, name) {
  return ReferralLint.post("/pair", { code: code, name: name }).then(function (answer) {
    if (answer.status === 200 && answer.said && answer.said.token) return answer.said.token;
    throw new Error(ReferralLint.sentence(answer));
  }, function () {
    throw new Error("referral-lint is not running on this computer. Start it, and try again.");
  });
};

// Whatever comes first: the answer, or {state: "slow"}.
ReferralLint.within = function (seconds, answer) {
  let timer;
  const tooLong = new Promise(function (resolve) {
    timer = setTimeout(resolve, seconds * 1000, { state: "slow" });
  });
  return Promise.race([answer, tooLong]).then(function (first) {
    clearTimeout(timer);
    return first;
  }, function () {
    clearTimeout(timer);
    return { state: "failed", sentence: "The message could not be read." };
  });
};

// What to say of a message that was not checked.
ReferralLint.unchecked = function (answer) {
  const because = {
    off: "referral-lint is not running on this computer",
    slow: "the check took too long",
    unpaired: "this program is not paired with referral-lint yet"
  }[answer.state];
  return because ? "This was not checked: " + because + "." : "This was not checked. " + (answer.sentence || "");
};

ReferralLint.off = function () {
  return { state: "off" };
};

ReferralLint.post = function (path, asked, token) {
  const headers = { "Content-Type": "application/json" };
  if (token) headers.Authorization = "Bearer " + token;
  const request = { method: "POST", headers: headers, body: JSON.stringify(asked), cache: "no-store" };
  return fetch(ReferralLint.PLACE + path, request).then(function (answer) {
    return answer.json().catch(ReferralLint.nothing).then(function (said) {
      return { status: answer.status, said: said };
    });
  });
};

ReferralLint.nothing = function () {
  return null;
};

ReferralLint.sentence = function (answer) {
  return (answer.said && answer.said.error) || "referral-lint could not do it. Start it again, and try once more.";
};
