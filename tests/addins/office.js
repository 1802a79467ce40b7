// Instead of Microsoft's office.js in tests: Outlook and Word made of Microsoft's mock, from what the test gives.
// `OfficeMockObject` comes before this, and `given` is {host, item, reasons, document, tables, paragraphs}.
const done = (value) => ({ status: "succeeded", value });
const says = (value) => ({ getAsync: (...rest) => rest.at(-1)(done(value)) });
const searched = []; // what was found has to be loaded and synchronised, too
window.log = [];

function outlookItem(given) {
  const headers = {};
  return {
    subject: says(given.subject),
    from: says(given.from),
    to: says(given.to),
    cc: says([]),
    bcc: says([]),
    body: says(given.html),
    internetHeaders: {
      getAsync: (names, then) => then(done({ ...headers })),
      setAsync: (more, then) => { window.log.push(["header", more]); Object.assign(headers, more); then(done()); },
      removeAsync: (names, then) => { window.log.push(["no header", names]); for (const one of names) delete headers[one]; then(done()); },
    },
    getComposeTypeAsync: (then) => then(done({ composeType: "newMail" })),
    getAttachmentsAsync: (then) => then(done([])),
  };
}

// Words in a paragraph or a cell: what is searched for is found as Word finds it, in order.
function place(text, name) {
  return {
    text,
    search(words) {
      const items = [];
      for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) items.push(range(`${name}:${at}`, words));
      searched.push(new OfficeMockObject({ items }, "word"));
      return searched.at(-1);
    },
  };
}

function range(where, words) {
  return {
    select() { window.log.push(["select", where, words]); },
    insertText(text, how) { window.log.push(["insertText", where, words, text, how]); return this; },
    insertComment(text) { window.log.push(["insertComment", where, words, text]); },
  };
}

function wordDocument(given) {
  const tables = given.tables.map((rows, number) => ({
    nestingLevel: 1,
    getCellOrNullObject: (row, cell) => ({
      isNullObject: rows[row]?.[cell] === undefined,
      body: place(rows[row]?.[cell] ?? "", `table ${number + 1} row ${row + 1} cell ${cell + 1}`),
    }),
  }));
  const paragraphs = given.paragraphs.map(([text, level], number) => ({
    ...place(text, `paragraph ${number + 1}`), tableNestingLevel: level,
  }));
  const all = given.paragraphs.map(([text]) => text).join("\n");
  return { document: { body: { tables: { items: tables }, paragraphs: { items: paragraphs }, ...place(all, "document") } } };
}

// The bytes of the document, in slices, as Word gives them.
function fileOf(base64) {
  const bytes = [...atob(base64)].map((one) => one.charCodeAt(0));
  const size = 10000;
  return {
    sliceCount: Math.ceil(bytes.length / size),
    getSliceAsync: (index, then) => then(done({ data: bytes.slice(index * size, (index + 1) * size) })),
    closeAsync: () => window.log.push(["closed"]),
  };
}

const world = given.host === "outlook"
  ? { context: { mailbox: { item: outlookItem(given.item) } } }
  : { context: { document: { url: given.url, getFileAsync: (kind, options, then) => then(done(fileOf(given.document))) } } };
window.Office = new OfficeMockObject({ ...world, FileType: { Compressed: "compressed" } }, "outlook");
window.Office.onReady = (then) => addEventListener("DOMContentLoaded", then);
if (given.host === "word") {
  window.Word = {
    run: async (does) => {
      const { context } = new OfficeMockObject({ context: wordDocument(given) }, "word");
      const own = context.sync.bind(context);
      context.sync = () => Promise.all([own(), ...searched.map((one) => one.sync())]);
      return does(context);
    },
  };
}
