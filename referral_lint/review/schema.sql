-- What a review keeps. One row a file, one a document in it, and what was found there. No words of a draft, unless the
-- run was started with --show-text. Every table is keyed by `file`, a code that cannot be turned back into a name
-- without the key of whoever made it (`referral-lint review FOLDER -o OUT --find CODE` does that).
-- A document is numbered within its file from 0. Truth values are 0 and 1. Schema 1.

CREATE TABLE IF NOT EXISTS about (   -- what the results were made with
  name  TEXT PRIMARY KEY,            -- schema, version, settings, folder, key (codes, not secrets), rules, model, finished; hashes of audit.csv and reading-list.csv as written
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS rule (    -- the rules that were in force
  rule     TEXT PRIMARY KEY,
  family   TEXT NOT NULL,            -- acronym, ambiguity, opinion, jargon, over-sharing, missing-statement, identity …
  severity TEXT NOT NULL,            -- stop, fix or think
  title    TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS file (
  file        TEXT PRIMARY KEY,
  name        TEXT NOT NULL,         -- masked: only words about the paperwork, unless --show-text
  format      TEXT NOT NULL,         -- the ending of its name
  bytes       INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,         -- of content, decisions beside it and settings; '' = to be looked at again
  personal    TEXT NOT NULL,         -- places of words in its real name that name somebody whom it is about
  problem     TEXT NOT NULL,         -- why nothing could be read, '' if it could
  seen        INTEGER NOT NULL       -- the number of the run that last came across it
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS document (
  file          TEXT NOT NULL,
  document      INTEGER NOT NULL,
  part          TEXT NOT NULL,       -- '', 'body', 'attachment: …' (masked)
  kind          TEXT NOT NULL,       -- email, letter, form, note
  mode          TEXT NOT NULL,       -- named, no-names
  media_type    TEXT NOT NULL,
  words         INTEGER NOT NULL,
  verdict       TEXT NOT NULL,       -- ready, review, hold, unchecked
  complete      INTEGER NOT NULL,    -- 0 if a part of it was not read
  urgent        INTEGER NOT NULL,    -- 1 if it shows that somebody is in immediate danger
  purpose       TEXT NOT NULL,       -- its main purpose, '' if it does not say
  sender_agency TEXT NOT NULL,
  sender_domain TEXT NOT NULL,
  day           TEXT NOT NULL,       -- ISO date
  dated_by      TEXT NOT NULL,       -- email, draft, name (of the file) or file (its last change)
  stop          INTEGER NOT NULL,    -- findings of each severity, without those that somebody decided to leave
  fix           INTEGER NOT NULL,
  think         INTEGER NOT NULL,
  team          TEXT NOT NULL DEFAULT '',
  danger_beside INTEGER NOT NULL DEFAULT 0,  -- 1 if it tells of danger beside the draft only: in a message below it, its subject
  PRIMARY KEY (file, document)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS finding (
  file        TEXT NOT NULL,
  document    INTEGER NOT NULL,
  finding     INTEGER NOT NULL,      -- from 0, in the order of the text
  rule        TEXT NOT NULL,
  family      TEXT NOT NULL,
  severity    TEXT NOT NULL,
  start       INTEGER,               -- characters of the text; NULL = about the document as a whole
  "end"       INTEGER,
  place       TEXT NOT NULL,         -- line, page, table and row: as a person finds it
  fingerprint TEXT NOT NULL,         -- the same while the words and those around them are
  waived      INTEGER NOT NULL,      -- 1 if somebody decided to leave it
  term        TEXT NOT NULL,         -- for an abbreviation: which, unless it could stand for a person
  words       TEXT NOT NULL,         -- only with --show-text
  new         INTEGER NOT NULL DEFAULT 0,  -- 1 if an earlier run (--baseline) did not have it
  PRIMARY KEY (file, document, finding)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS statement (
  file TEXT NOT NULL, document INTEGER NOT NULL,
  name TEXT NOT NULL,                -- purpose, recipient, informed, consent …
  status TEXT NOT NULL,              -- present, absent, not-applicable
  PRIMARY KEY (file, document, name)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sharing ( -- whose information of which sort
  file TEXT NOT NULL, document INTEGER NOT NULL,
  who TEXT NOT NULL,                 -- child, parent, sibling …
  category TEXT NOT NULL,
  standing TEXT NOT NULL,            -- needed, explain, not-expected
  explained INTEGER NOT NULL,
  places INTEGER NOT NULL,           -- how often
  PRIMARY KEY (file, document, who, category)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS recipient (
  file TEXT NOT NULL, document INTEGER NOT NULL, recipient INTEGER NOT NULL,
  agency TEXT NOT NULL, outside INTEGER NOT NULL,
  PRIMARY KEY (file, document, recipient)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS gap (     -- what was not checked
  file TEXT NOT NULL, document INTEGER NOT NULL, gap INTEGER NOT NULL,
  what TEXT NOT NULL, why TEXT NOT NULL,
  note INTEGER NOT NULL,             -- 1 if it does not make the check incomplete
  PRIMARY KEY (file, document, gap)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS sample (  -- drafts chosen to be read (--sample), and how many each stands for
  file TEXT NOT NULL, document INTEGER NOT NULL,
  stratum TEXT NOT NULL, weight REAL NOT NULL,
  PRIMARY KEY (file, document)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS judgement ( -- what a reader said of a finding (--read-back)
  file TEXT NOT NULL, document INTEGER NOT NULL, finding INTEGER NOT NULL,
  rule TEXT NOT NULL, weight REAL NOT NULL, agrees INTEGER NOT NULL,
  PRIMARY KEY (file, document, finding)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS overlooked ( -- what a reader saw and the program did not (--read-back); its words stay in the sheet
  file TEXT NOT NULL, document INTEGER NOT NULL, overlooked INTEGER NOT NULL,
  rule TEXT NOT NULL,                -- which should have found it; other = none that there is
  PRIMARY KEY (file, document, overlooked)
) WITHOUT ROWID;
