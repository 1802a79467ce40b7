// Between Send and sending: check, ask in a small window if something matters, and do what the writer says.
const REASON = "X-Referral-Lint-Reason";
const waiting = new Map(); // the windows that wait for an answer: id -> {shown, resolve}

browser.compose.onBeforeSend.addListener(async (tab, details) => {
  for (;;) {
    const shown = await look(tab, details);
    if (!shown) return {};
    const said = await ask(shown);
    if (said.way === "again") continue; // paired or started in the meantime
    if (said.way !== "send") return { cancel: true };
    return said.reason ? withReason(details, said.reason) : {};
  }
});

// What to show, or nothing if the message can go as it is.
async function look(tab, details) {
  const { token } = await browser.storage.local.get("token");
  let unread = [];
  const answer = await ReferralLint.within(ReferralLint.SECONDS, ReferralLint.message(tab, details).then((message) => {
    unread = message.unread;
    return ReferralLint.check(token, message.asked);
  }));
  if (answer.state !== "checked") return { answer };
  const view = ReferralLint.view(answer.report, details.subject);
  view.gaps = view.gaps.concat(unread);
  if (view.ask) return { answer: { state: "checked" }, view };
  if (view.gaps.length && !view.urgent) tell(view.gaps);
  return null;
}

function withReason(details, reason) {
  const others = (details.customHeaders || []).filter((header) => header.name !== REASON);
  return { details: { customHeaders: [...others, { name: REASON, value: reason }] } };
}

// The message went, and a part of it was not looked at: said, without a question.
function tell(gaps) {
  const what = gaps.map((gap) => gap.what || gap.why).slice(0, 3).join(", ");
  const message = `On its way. Not looked at: ${what}.`;
  browser.notifications.create({ type: "basic", title: "referral-lint", message }).catch(() => {});
}

// {way: "send" | "back" | "again", reason}. Closing the window means back to the message.
function ask(shown) {
  const id = crypto.randomUUID();
  const height = shown.view ? 740 : 400;
  const url = `ask.html?${id}`;
  return new Promise((resolve) => {
    waiting.set(id, { shown, resolve });
    browser.windows.create({ type: "popup", url, width: 640, height, allowScriptsToClose: true })
      .catch(() => resolve({ way: "send" })); // nothing can be shown, so nothing may hold the message
  }).finally(() => waiting.delete(id));
}

browser.runtime.onConnect.addListener((port) => {
  const one = waiting.get(port.name);
  if (!one) return;
  port.onMessage.addListener(one.resolve);
  port.onDisconnect.addListener(() => one.resolve({ way: "back" }));
  port.postMessage(one.shown);
});
