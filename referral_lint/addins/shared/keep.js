// The token that pairing gave, wherever this host program keeps things on this computer. Runs without a page, too.
var ReferralLint = ReferralLint || {};

ReferralLint.KEY = "referral-lint-token";

ReferralLint.keep = function (token) {
  try {
    if (token) localStorage.setItem(ReferralLint.KEY, token);
    else localStorage.removeItem(ReferralLint.KEY);
  } catch (fault) {
    // Outlook on Windows has no such place while it sends; what follows is for it
  }
  const other = ReferralLint.otherStore();
  if (!other) return Promise.resolve();
  return (token ? other.setItem(ReferralLint.KEY, token) : other.removeItem(ReferralLint.KEY)).catch(ReferralLint.nothing);
};

// The token, or null.
ReferralLint.kept = function () {
  try {
    const token = localStorage.getItem(ReferralLint.KEY);
    if (token) return Promise.resolve(token);
  } catch (fault) {
    // as above
  }
  const other = ReferralLint.otherStore();
  return other ? other.getItem(ReferralLint.KEY).catch(ReferralLint.nothing) : Promise.resolve(null);
};

ReferralLint.otherStore = function () {
  return typeof OfficeRuntime === "undefined" ? null : OfficeRuntime.storage;
};
