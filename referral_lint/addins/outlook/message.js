// The message that is being written in Outlook, as the service wants it. Runs without a page, like service.js.
var ReferralLint = ReferralLint || {};

ReferralLint.REASON = "X-Referral-Lint-Reason";
ReferralLint.MOST_BYTES = 25000000; // of all attachments together; what is beyond is said to be unread

// {asked, subject, unread, reason}. `from` is the shared mailbox if the message is sent from one.
ReferralLint.message = function (item) {
  const read = ReferralLint.read;
  return Promise.all([
    read(item.subject, "getAsync"), read(item.from, "getAsync"), read(item.to, "getAsync"), read(item.cc, "getAsync"),
    read(item.bcc, "getAsync"), read(item.body, "getAsync", "html"), ReferralLint.attachments(item),
    ReferralLint.isReply(item), ReferralLint.reasonOf(item)
  ]).then(function (parts) {
    const email = {
      subject: parts[0] || "", from: ReferralLint.mailbox(parts[1]), to: parts[2].map(ReferralLint.mailbox),
      cc: parts[3].map(ReferralLint.mailbox), bcc: parts[4].map(ReferralLint.mailbox), body: "", html: parts[5] || "",
      attachments: parts[6].attachments, reply: parts[7]
    };
    return { asked: { email: email }, subject: email.subject, unread: parts[6].unread, reason: parts[8] };
  });
};

// A call of Outlook's as a promise.
ReferralLint.read = function (part, call) {
  const given = Array.prototype.slice.call(arguments, 2);
  return new Promise(function (resolve, reject) {
    part[call].apply(part, given.concat(function (result) {
      if (result.status === "succeeded") resolve(result.value);
      else reject(new Error("Outlook does not say " + call + "."));
    }));
  });
};

ReferralLint.mailbox = function (one) {
  if (!one || !one.emailAddress) return (one && one.displayName) || "";
  const name = (one.displayName || "").replace(/["<>\\]/g, "");
  return name && name !== one.emailAddress ? '"' + name + '" <' + one.emailAddress + ">" : one.emailAddress;
};

ReferralLint.isReply = function (item) {
  if (!item.getComposeTypeAsync) return Promise.resolve(false);
  return ReferralLint.read(item, "getComposeTypeAsync").then(function (kind) {
    return kind.composeType === "reply";
  }, function () { return false; });
};

// The reason that was given in the pane, if one was.
ReferralLint.reasonOf = function (item) {
  if (!item.internetHeaders) return Promise.resolve("");
  return ReferralLint.read(item.internetHeaders, "getAsync", [ReferralLint.REASON]).then(function (found) {
    const name = Object.keys(found).find(function (one) { return one.toLowerCase() === ReferralLint.REASON.toLowerCase(); });
    return name ? found[name] : "";
  }, function () { return ""; });
};

ReferralLint.attachments = function (item) {
  const kept = { attachments: [], unread: [] };
  let left = ReferralLint.MOST_BYTES;
  return ReferralLint.read(item, "getAttachmentsAsync").then(function (all) {
    return Promise.all(all.filter(function (one) { return !one.isInline; }).map(function (one) {
      left -= one.size || 0;
      if (left < 0) return kept.unread.push({ what: one.name, why: "It is too large." });
      return ReferralLint.content(item, one).then(function (data) {
        kept.attachments.push({ name: one.name, type: "application/octet-stream", data: data });
      }, function () {
        kept.unread.push({ what: one.name, why: "It could not be opened." });
      });
    }));
  }).then(function () { return kept; }, function () {
    kept.unread.push({ what: "", why: "Outlook did not give the attachments." });
    return kept;
  });
};

// A link to a file in the cloud has no content here, and fails like one that cannot be opened.
ReferralLint.content = function (item, one) {
  return ReferralLint.read(item, "getAttachmentContentAsync", one.id).then(function (found) {
    if (found.format === "base64") return found.content;
    if (found.format === "eml") return ReferralLint.base64(found.content);
    throw new Error(found.format);
  });
};

// UTF-8 as base64, without a page to do it.
ReferralLint.base64 = function (text) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const bytes = unescape(encodeURIComponent(text));
  let made = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const three = [0, 1, 2].map(function (next) { return bytes.charCodeAt(at + next); });
    const all = (three[0] << 16) | ((three[1] || 0) << 8) | (three[2] || 0);
    made += letters[all >> 18] + letters[(all >> 12) & 63];
    made += at + 1 < bytes.length ? letters[(all >> 6) & 63] : "=";
    made += at + 2 < bytes.length ? letters[all & 63] : "=";
  }
  return made;
};
