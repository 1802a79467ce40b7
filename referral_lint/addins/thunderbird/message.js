// A message that is being written, as the service wants it.
var ReferralLint = ReferralLint || {};

ReferralLint.MOST_BYTES = 25000000; // of all attachments together; what is beyond is said to be unread

// {asked, unread}: the request, and the names of attachments that are not in it.
ReferralLint.message = async function (tab, details) {
  const { attachments, unread } = await ReferralLint.attachments(tab);
  const email = {
    subject: details.subject || "",
    from: details.from || "",
    to: ReferralLint.addresses(details.to),
    cc: ReferralLint.addresses(details.cc),
    bcc: ReferralLint.addresses(details.bcc),
    body: details.isPlainText ? details.plainTextBody || "" : "",
    reply: details.type === "reply",
    attachments: attachments,
  };
  if (!details.isPlainText) email.html = details.body || "";
  return { asked: { email: email }, unread: unread };
};

// A contact or a list of the address book comes as an object without an address.
ReferralLint.addresses = function (given) {
  return [].concat(given || []).filter((one) => typeof one === "string");
};

ReferralLint.attachments = async function (tab) {
  const attachments = [];
  const unread = [];
  let left = ReferralLint.MOST_BYTES;
  for (const one of await browser.compose.listAttachments(tab.id)) {
    try {
      if (one.size > left) throw new Error("too large");
      const file = await browser.compose.getAttachmentFile(one.id);
      attachments.push({ name: one.name, type: file.type || "application/octet-stream", data: await ReferralLint.base64(file) });
      left -= file.size;
    } catch (fault) {
      unread.push({ what: one.name, why: fault.message === "too large" ? "It is too large." : "It could not be opened." });
    }
  }
  return { attachments, unread };
};

ReferralLint.base64 = function (file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
};
