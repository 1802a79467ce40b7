// The handler as classic Outlook runs it: one script, no page, Microsoft's mock for Outlook, the real service.
const assert = require("node:assert/strict");
const fs = require("node:fs");
const path = require("node:path");
const test = require("node:test");
const vm = require("node:vm");

const { SCRIPT, TOKEN, TOOLS } = process.env;
const { OfficeMockObject } = require(path.join(TOOLS, "node_modules", "office-addin-mock"));
const acorn = require(path.join(TOOLS, "node_modules", "acorn"));
const script = fs.readFileSync(SCRIPT, "utf-8");

const WORRY = "<p>Dear team,</p><p>I am worried about Theo Marsh, who is frequently late. His mum has clearly lost interest.</p>";
const DANGER = "<p>Kayla is at home and he has a knife. Please come at once, she is in immediate danger.</p>";
const says = (value) => ({ getAsync: (...given) => given.at(-1)({ status: "succeeded", value }) });
const fails = { getAsync: (...given) => given.at(-1)({ status: "failed", error: { message: "no" } }) };

function item(more) {
  return {
    subject: says("A worry"),
    from: says({ displayName: "Office", emailAddress: "office@northfield-school.example.org" }),
    to: says([{ displayName: "Duty, Team", emailAddress: "duty@wendle.example.com" }]),
    cc: says([]),
    bcc: says([{ displayName: "", emailAddress: "copy@example.org" }]),
    body: says(WORRY),
    internetHeaders: says({}),
    getComposeTypeAsync: (done) => done({ status: "succeeded", value: { composeType: "reply" } }),
    getAttachmentsAsync: (done) => done({ status: "succeeded", value: [] }),
    ...more,
  };
}

// What Outlook is told; `asked` is what the service was sent.
async function send(more, { token = TOKEN, fetching = fetch, seconds, place } = {}) {
  const asked = [];
  const handlers = {};
  const office = new OfficeMockObject({
    context: { mailbox: { item: item(more) } },
    actions: { associate: (name, does) => { handlers[name] = does; } },
  }, "outlook");
  const world = vm.createContext({
    Office: office, setTimeout, clearTimeout, Promise,
    OfficeRuntime: { storage: { getItem: async () => token } },
    fetch: (address, request) => {
      if (request?.body) asked.push(JSON.parse(request.body));
      return fetching(place ? address.replace(/:\d+/, place) : address, request);
    },
  });
  vm.runInContext(script, world);
  if (seconds) vm.runInContext(`ReferralLint.SECONDS = ${seconds}`, world);
  assert.equal(vm.runInContext("ReferralLint.SECONDS", world), seconds || 4);
  const told = [];
  await handlers.onMessageSend({ completed: (one) => told.push(JSON.parse(JSON.stringify(one))) });
  assert.equal(told.length, 1);
  return { told: told[0], asked };
}

function asks(told, words) {
  assert.equal(told.allowEvent, false);
  assert.match(told.errorMessage, words);
  assert.match(told.errorMessage, /You can send it all the same\.$/);
  assert.ok(told.errorMessage.length <= 500);
  assert.ok(told.cancelLabel.length <= 20);
  assert.equal(told.commandId, "showPane");
  assert.equal(told.sendModeOverride, undefined); // the manifest's own is promptUser: never a block
}

test("what matters is asked, and the shared mailbox is who writes", async () => {
  const { told, asked } = await send();
  asks(told, /^Have another look before you send it\.\n• /);
  const { email } = asked[0];
  assert.equal(email.from, '"Office" <office@northfield-school.example.org>');
  assert.deepEqual(email.to, ['"Duty, Team" <duty@wendle.example.com>']);
  assert.deepEqual(email.bcc, ["copy@example.org"]);
  assert.equal(email.html, WORRY);
  assert.equal(email.reply, true);
});

test("danger goes at once", async () => {
  const { told } = await send({ subject: says("Kayla Marsh"), body: says(DANGER) });
  assert.deepEqual(told, { allowEvent: true });
});

test("what is nobody's referral goes at once", async () => {
  const { told } = await send({ subject: says("Minutes of the meeting"), body: says("<p>The next meeting is on 4 December at 3 pm in Room 2.</p>") });
  assert.deepEqual(told, { allowEvent: true });
});

test("with a reason it goes at once, unchecked", async () => {
  const { told, asked } = await send({ internetHeaders: says({ "x-referral-lint-reason": "It cannot wait." }) });
  assert.deepEqual(told, { allowEvent: true });
  assert.deepEqual(asked, []);
});

test("attachments are looked at, and links to the cloud are not", async () => {
  const files = {
    1: { format: "base64", content: Buffer.from("Ruby is late.").toString("base64") },
    2: { format: "eml", content: "Subject: Grüße – “x”\r\n\r\nJe" },
    3: { format: "url", content: "https://example.org/x" },
  };
  const listed = [["a.txt", 1], ["b.eml", 2], ["c", 3]].map(([name, id]) => ({ name, id, size: 20, isInline: false }));
  listed.push({ name: "logo.png", id: 4, isInline: true }, { name: "huge.pdf", id: 5, size: 9e7, isInline: false });
  const { asked } = await send({
    getAttachmentsAsync: (done) => done({ status: "succeeded", value: listed }),
    getAttachmentContentAsync: (id, done) => done({ status: "succeeded", value: files[id] }),
  });
  const sent = asked[0].email.attachments;
  assert.deepEqual(sent.map((one) => one.name), ["a.txt", "b.eml"]);
  assert.equal(Buffer.from(sent[0].data, "base64").toString(), "Ruby is late.");
  assert.equal(Buffer.from(sent[1].data, "base64").toString(), files[2].content);
});

test("not paired, or removed", async () => {
  asks((await send({}, { token: null })).told, /^This was not checked: this program is not paired/);
  asks((await send({}, { token: "wrong" })).told, /^This was not checked: this program is not paired/);
});

test("not running", async () => {
  asks((await send({}, { place: ":1" })).told, /^This was not checked: referral-lint is not running/);
});

test("too slow", async () => {
  asks((await send({}, { seconds: 0.2, fetching: () => new Promise(() => {}) })).told, /^This was not checked: the check took too long/);
});

test("Outlook itself does not answer", async () => {
  asks((await send({ body: fails })).told, /^This was not checked\. The message could not be read/);
  asks((await send({ body: { getAsync: () => {} } }, { seconds: 0.2 })).told, /took too long/);
  asks((await send({ subject: undefined })).told, /could not be read/);
});

test("nothing in it is too new for Outlook 2021", () => {
  acorn.parse(script, { ecmaVersion: 2016 });
});
