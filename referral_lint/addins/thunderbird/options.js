// Is it running, is this program paired, and the way to pair it.
const { make, button } = ReferralLint;
const RUNNING = {
  off: "referral-lint is not running on this computer. Messages go unchecked, and you are told so.",
  unpaired: "This program is not paired with referral-lint yet. Messages go unchecked, and you are told so.",
  checked: "Messages are checked before they are sent.",
};

async function show() {
  const { token } = await browser.storage.local.get("token");
  const answer = token ? await ReferralLint.check(token, { text: "" }) : await ReferralLint.running();
  const pairing = ReferralLint.pairing("Thunderbird", async (given) => {
    await browser.storage.local.set({ token: given });
    await show();
  });
  const forget = button("Forget the pairing", "", async () => {
    await browser.storage.local.remove("token");
    await show();
  });
  document.getElementById("main").replaceChildren(
    make("p", "", RUNNING[answer.state] || ReferralLint.unchecked(answer)),
    answer.state === "unpaired" ? pairing : "",
    token ? make("p", "ways", [forget]) : "",
    make("p", "note", `It asks ${ReferralLint.PLACE} and nothing else. It keeps the pairing, and nothing of your messages.`),
  );
}

show();
