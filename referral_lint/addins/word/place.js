// Where a finding stands in the open document. The service says in which table and cell, or in which paragraph,
// and Word then finds the words there.
var ReferralLint = ReferralLint || {};

ReferralLint.LONGEST = 200; // characters that Word looks for at once

// Calls `does(range, context)` with the words of a card. False if they are not there any more.
ReferralLint.at = function (card, cards, does) {
  return Word.run(async (context) => {
    const place = await ReferralLint.narrowed(context, card.where);
    const near = place && (await ReferralLint.words(context, place, card, cards));
    const range = near || (await ReferralLint.words(context, context.document.body, card, cards));
    if (!range) return false;
    await does(range, context);
    await context.sync();
    return true;
  });
};

// The cell or the paragraph; null if Word counts otherwise than the service, for example in a table inside a table.
ReferralLint.narrowed = async function (context, where) {
  const body = context.document.body;
  if (where.table && where.cell && !where["inner table"]) {
    body.tables.load("items");
    await context.sync();
    const table = body.tables.items.filter((one) => one.nestingLevel === 1)[where.table - 1];
    const cell = table && table.getCellOrNullObject(where.row - 1, where.cell - 1);
    if (!cell) return null;
    await context.sync();
    return cell.isNullObject ? null : cell.body;
  }
  if (!where.paragraph) return null;
  body.paragraphs.load("items");
  await context.sync();
  const outside = body.paragraphs.items.filter((one) => one.tableNestingLevel === 0 && one.text.trim());
  return outside[where.paragraph - 1] || null;
};

// The n-th time that the words stand there, if n findings of this rule or another are about the same words there.
ReferralLint.words = async function (context, place, card, cards) {
  const words = card.text.split(/[\r\n\v\t]/, 1)[0].slice(0, ReferralLint.LONGEST);
  if (!words.trim()) return null;
  const found = place.search(words.replace(/\^/g, "^^"), { matchCase: true });
  found.load("items");
  await context.sync();
  const same = JSON.stringify(card.where);
  const starts = cards.filter((one) => one.span && one.text === card.text && JSON.stringify(one.where) === same)
    .map((one) => one.span.start);
  const number = new Set(starts.filter((start) => start < card.span.start)).size;
  return found.items[Math.min(number, found.items.length - 1)] || null;
};

// The whole document as Word would save it, as base64.
ReferralLint.file = async function () {
  const file = await ReferralLint.called((done) =>
    Office.context.document.getFileAsync(Office.FileType.Compressed, { sliceSize: 1048576 }, done));
  try {
    const parts = [];
    for (let index = 0; index < file.sliceCount; index += 1) {
      const slice = await ReferralLint.called((done) => file.getSliceAsync(index, done));
      parts.push(new Uint8Array(slice.data));
    }
    return await ReferralLint.base64(new Blob(parts));
  } finally {
    file.closeAsync(() => {});
  }
};

ReferralLint.called = function (call) {
  return new Promise((resolve, reject) => call((result) => {
    if (result.status === "succeeded") resolve(result.value);
    else reject(new Error("Word does not give the document."));
  }));
};

ReferralLint.base64 = function (blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
};
