"""A real Thunderbird without a screen, in a profile of its own, driven over Marionette; and a mail server that keeps
what it is sent."""

import base64
import contextlib
import json
import os
import signal
import socket
import socketserver
import subprocess
import threading
import time
from email import message_from_bytes, policy
from pathlib import Path

ADD_IN = "thunderbird@referral-lint.example.org"
PREFERENCES = {
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.autoDisableScopes": 0,
    "extensions.enabledScopes": 15,
    "extensions.blocklist.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "extensions.webextensions.remote": False,  # so that its window can be looked into from outside
    "mail.account.account1.identities": "id1",
    "mail.account.account1.server": "server1",
    "mail.account.account2.server": "server2",
    "mail.accountmanager.accounts": "account1,account2",
    "mail.accountmanager.defaultaccount": "account1",
    "mail.accountmanager.localfoldersserver": "server2",
    "mail.biff.show_alert": False,
    "mail.identity.id1.fullName": "Jo Bell",
    "mail.identity.id1.smtpServer": "smtp1",
    "mail.identity.id1.useremail": "j.bell@northfield-school.example.org",
    "mail.identity.id1.valid": True,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.identity.id1.fcc": False,
    "mail.server.server1.check_new_mail": False,
    "mail.server.server1.hostname": "mail.example.org",
    "mail.server.server1.login_at_startup": False,
    "mail.server.server1.name": "Jo Bell",
    "mail.server.server1.type": "pop3",
    "mail.server.server1.userName": "j.bell",
    "mail.server.server2.hostname": "Local Folders",
    "mail.server.server2.name": "Local Folders",
    "mail.server.server2.type": "none",
    "mail.server.server2.userName": "nobody",
    "mail.shell.checkDefaultClient": False,
    "mail.smtp.defaultserver": "smtp1",
    "mail.smtpserver.smtp1.authMethod": 1,
    "mail.smtpserver.smtp1.hostname": "127.0.0.1",
    "mail.smtpserver.smtp1.try_ssl": 0,
    "mail.smtpserver.smtp1.type": "smtp",
    "mail.smtpservers": "smtp1",
    "mail.spotlight.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "marionette.port": 0,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.trr.mode": 5,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Mailbox(socketserver.ThreadingTCPServer):
    """Takes every message that it is sent."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        self.messages = []
        super().__init__(("127.0.0.1", 0), _Smtp)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self):
        return self.server_address[1]


class _Smtp(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"220 here\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.messages.append(message_from_bytes(self._data(), policy=policy.default))
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return

    def _data(self):
        lines = iter(self.rfile.readline, b".\r\n")
        return b"".join(line[1:] if line.startswith(b"..") else line for line in lines)


class Thunderbird:
    """The program with one add-in. `run` is a script in its own context and gives what the script returns."""

    def __init__(self, program, profile: Path, xpi: bytes, smtp: int):
        (profile / "extensions").mkdir(parents=True)
        (profile / "extensions" / f"{ADD_IN}.xpi").write_bytes(xpi)
        preferences = {**PREFERENCES, "mail.smtpserver.smtp1.port": smtp}
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in preferences.items()]
        (profile / "user.js").write_text("".join(lines))
        environment = {**os.environ, "HOME": str(profile), "MOZ_HEADLESS": "1", "MOZ_CRASHREPORTER_DISABLE": "1"}
        arguments = [program, "--headless", "--no-remote", "--marionette", "--remote-allow-system-access"]
        self._log = (profile / "log.txt").open("wb")
        self._process = subprocess.Popen(
            [*arguments, "--profile", str(profile)], env=environment, stdout=self._log, stderr=self._log,
            start_new_session=True,
        )  # fmt: skip
        self._number = 0
        self._socket = self._connected(profile / "MarionetteActivePort")
        self._receive()
        self.ask("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {}}})
        self.ask("Marionette:SetContext", {"value": "chrome"})
        self.ask("WebDriver:SetTimeouts", {"script": 60_000})

    def close(self):
        self._socket.close()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)
        self._log.close()

    def run(self, script, *arguments):
        """The result of the body of an async function; `args` are its arguments, as JSON."""
        body = f"const done = arguments[arguments.length - 1]; const args = [...arguments].slice(0, -1); (async () => {{ {script} }})().then(value => done([value ?? null]), fault => done(String(fault) + fault.stack))"
        said = self.ask("WebDriver:ExecuteAsyncScript", {"script": body, "args": list(arguments), "sandbox": "system"})
        value = said["value"]
        assert isinstance(value, list), value
        return value[0]

    def picture(self, path: Path):
        """A picture of the newest window."""
        first, *_, newest = self.ask("WebDriver:GetWindowHandles", {})
        self.ask("WebDriver:SwitchToWindow", {"handle": newest, "focus": False})
        said = self.ask("WebDriver:TakeScreenshot", {"full": False, "hash": False})
        self.ask("WebDriver:SwitchToWindow", {"handle": first, "focus": False})
        path.write_bytes(base64.b64decode(said["value"]))

    def ask(self, command, parameters):
        self._number += 1
        sent = json.dumps([0, self._number, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(sent), sent))
        _kind, _number, fault, result = self._receive()
        assert fault is None, fault
        return result

    def _connected(self, file: Path):
        until = time.monotonic() + 90
        while time.monotonic() < until:
            assert self._process.poll() is None, Path(self._log.name).read_text(errors="replace")[-2000:]
            with contextlib.suppress(OSError, ValueError):
                return socket.create_connection(("127.0.0.1", int(file.read_text())), timeout=120)
            time.sleep(0.2)
        raise TimeoutError("Thunderbird did not start")

    def _receive(self):
        size = b""
        while not size.endswith(b":"):
            size += self._take(1)
        return json.loads(self._take(int(size[:-1])))

    def _take(self, count):
        taken = b""
        while len(taken) < count:
            more = self._socket.recv(count - len(taken))
            assert more, "Thunderbird hung up"
            taken += more
        return taken


WRITE = """
const [letter] = args;
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
for (const name of ["to", "cc", "bcc", "subject"]) fields[name] = letter[name] || "";
fields.body = letter.body;
for (const path of letter.attachments || []) {
  const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
  file.initWithPath(path);
  const attachment = Cc["@mozilla.org/messengercompose/attachment;1"].createInstance(Ci.nsIMsgAttachment);
  attachment.url = Services.io.newFileURI(file).spec;
  attachment.name = file.leafName;
  attachment.size = file.fileSize;
  fields.addAttachment(attachment);
}
const wanted = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
wanted.composeFields = fields;
wanted.identity = MailServices.accounts.defaultAccount.defaultIdentity;
wanted.format = letter.html ? Ci.nsIMsgCompFormat.HTML : Ci.nsIMsgCompFormat.PlainText;
const before = new Set(Services.wm.getEnumerator("msgcompose"));
MailServices.compose.OpenComposeWindowWithParams(null, wanted);
for (;;) {
  const made = [...Services.wm.getEnumerator("msgcompose")].find(one => !before.has(one));
  if (made?.gMsgCompose?.editor && made.composeEditorReady !== false && made.document.readyState === "complete") break;
  await new Promise(resolve => made ? made.setTimeout(resolve, 100) : Services.tm.dispatchToMainThread(resolve));
}
"""
SEND = """
const letter = [...Services.wm.getEnumerator("msgcompose")].at(-1);
await new Promise(resolve => letter.setTimeout(resolve, 500));
letter.goDoCommand("cmd_sendNow");
"""
# `page` is the small window that asks; the script after it sees its document.
PAGE = """
const page = [...Services.wm.getEnumerator(null)].flatMap(one => [...one.document.querySelectorAll("browser")])
  .map(one => one.contentDocument).find(one => one?.documentURI.includes("/ask.html"));
const letters = [...Services.wm.getEnumerator("msgcompose")].length;
"""

# `page` is the add-in's page of settings, in a tab.
SETTINGS = """
const mail = Services.wm.getMostRecentWindow("mail:3pane");
const { extension } = WebExtensionPolicy.getByID(args[0]);
const url = extension.baseURL + "options.html";
const tabs = mail.document.getElementById("tabmail");
const tab = tabs.tabInfo.find(one => one.browser?.currentURI?.spec === url) ?? tabs.openTab("contentTab", {
  url, triggeringPrincipal: extension.principal, browsingContextGroupId: extension.policy.browsingContextGroupId,
  linkHandler: "single-page",
});
await new Promise(resolve => mail.setTimeout(resolve, 1500));
const page = tab.browser.contentDocument;
"""


class Desk(Thunderbird):
    """What somebody does who writes a message."""

    def write(self, **letter):
        self.run(WRITE, letter)
        self.run(SEND)

    def asked(self, words="", seconds=20):
        """The words of the small window, once they hold `words`; empty if the message went without a question."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            said, letters = self.run(f"{PAGE} return [page?.getElementById('main')?.innerText ?? '', letters];")
            if (said and words in said) or not letters:
                return said
            time.sleep(0.2)
        raise AssertionError(f"neither asked nor sent; the window says: {said!r}")

    def press(self, selector):
        self.run(f"{PAGE} page.querySelector(args[0]).click();", selector)

    def type(self, selector, words):
        event = "new page.defaultView.Event('input', { bubbles: true })"
        self.run(f"{PAGE} const box = page.querySelector(args[0]); box.value = args[1]; box.dispatchEvent({event});", selector, words)  # fmt: skip

    def settings(self, press=""):
        """The words on the add-in's page of settings, after pressing a button there."""
        pressed = "const button = [...page.querySelectorAll('button')].find(one => one.innerText === args[1]); if (args[1]) button.click();"
        wait = "await new Promise(resolve => mail.setTimeout(resolve, 1500)); return page.body.innerText;"
        return self.run(f"{SETTINGS} {pressed} {wait}", ADD_IN, press)

    def key(self, name):
        event = "new page.defaultView.KeyboardEvent('keydown', { key: args[0], bubbles: true })"
        self.run(f"{PAGE} page.body.dispatchEvent({event});", name)

    def letters(self):
        return self.run(f"{PAGE} return letters;")

    def clear(self):
        """Closes what is still being written, without keeping it."""
        self.run(
            f"{PAGE} page?.defaultView.close();"
            "for (const one of Services.wm.getEnumerator('msgcompose')) { one.gContentChanged = false;"
            " one.gMsgCompose.bodyModified = false; one.close(); }"
        )
        until = time.monotonic() + 10
        while self.letters() and time.monotonic() < until:
            time.sleep(0.1)
