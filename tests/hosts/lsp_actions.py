#!/usr/bin/env python3
"""What code actions make of documents of several formats, and positions on one very long line.

usage: lsp_actions.py GALLEY
"""
import itertools, json, sys, tempfile
from lsp_session import Server

ids = itertools.count(1)
failures = []


def expect(name, found, wanted):
    if found != wanted:
        failures.append(f"{name}: {found!r}, not {wanted!r}")


class Editor:
    """A client that keeps one document and applies what it is told."""

    def __init__(self, folder, encoding):
        self.server = Server([sys.argv[1], "lsp"], folder)
        self.units = "utf-8" if encoding == "utf-8" else "utf-16-le"
        self.uri = None
        self.width = 1 if encoding == "utf-8" else 2
        self.ask("initialize", {"capabilities": {"general": {"positionEncodings": [encoding]}, "textDocument": {"diagnostic": {}}},
                                "initializationOptions": {"disable": "duplication"}})
        self.say("initialized", {})

    def say(self, method, params):
        self.server.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}))

    def ask(self, method, params):
        id = next(ids)
        self.server.send(json.dumps({"jsonrpc": "2.0", "id": id, "method": method, "params": params}))
        while True:
            answer = self.server.receive()
            if answer.get("id") == id and "method" not in answer:
                return answer["result"]

    def open(self, name, text):
        if self.uri is not None:
            self.say("textDocument/didClose", {"textDocument": {"uri": self.uri}})
        self.uri, self.text = "file:///nowhere/" + name, text
        self.say("textDocument/didOpen", {"textDocument": {"uri": self.uri, "languageId": "plaintext", "version": 1, "text": text}})

    def place(self, position):
        """An LSP position as an index into the text."""
        lines = self.text.split("\n")
        before = lines[position["line"]].encode(self.units)[:position["character"] * self.width].decode(self.units)
        return sum(len(line) + 1 for line in lines[:position["line"]]) + len(before)

    def covered(self, range):
        return self.text[self.place(range["start"]):self.place(range["end"])]

    def diagnostics(self):
        return self.ask("textDocument/diagnostic", {"textDocument": {"uri": self.uri}})["items"]

    def actions(self, range, only="quickfix"):
        found = self.ask("textDocument/codeAction", {"textDocument": {"uri": self.uri}, "range": range,
                                                     "context": {"diagnostics": [], "only": [only]}})
        return {action["title"]: action for action in found}

    def apply(self, action):
        edits = [(self.place(edit["range"]["start"]), self.place(edit["range"]["end"]), edit["newText"])
                 for edit in action["edit"]["changes"][self.uri]]
        for start, end, text in sorted(edits, reverse=True):
            self.text = self.text[:start] + text + self.text[end:]
        self.open(self.uri.rsplit("/", 1)[1], self.text)

    def close(self):
        self.ask("shutdown", None)
        self.say("exit", None)
        expect("the end", self.server.process.wait(60), 0)


def waive(editor, name, text, covered, mark):
    """“Ignore here” puts the mark where it waives just this issue."""
    editor.open(name, text)
    found = [d for d in editor.diagnostics() if editor.covered(d["range"]) == covered]
    if not found:
        failures.append(f"{name}: nothing is found at {covered}")
        return
    titles = editor.actions(found[0]["range"])
    action = titles.get(f"Ignore “{covered}” here")
    if mark is None or action is None:
        expect(f"{name}: ignore", action, mark)
        return
    n = len(editor.diagnostics())
    editor.apply(action)
    expect(f"{name}: the mark", mark in editor.text, True)
    expect(f"{name}: one issue less", len(editor.diagnostics()), n - 1)


def formats(editor):
    story = "A 😀 story.\n\nThey went tosupport her.\nAnd all was well on thursday.\n"
    waive(editor, "a.txt", story, "tosupport", '# galley:ignore spelling "tosupport"\n')
    waive(editor, "a.md", "# A 😀 story\n\nThey *went* tosupport her on thursday.\n", "tosupport", '<!-- galley:ignore spelling "tosupport" -->')
    waive(editor, "a.html", "<p>They went tosupport her &amp; him on thursday.</p>", "tosupport", '<!-- galley:ignore spelling "tosupport" -->')
    waive(editor, "a.po", 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"\n\nmsgid "a"\nmsgstr "They went tosupport her."\n',
          "tosupport", '# galley:ignore spelling "tosupport"\n')
    waive(editor, "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nThey went tosupport her.\n", "tosupport", 'NOTE galley:ignore spelling "tosupport"\n')
    # What is waived for a place says so, and only there.
    editor.open("b.txt", "They went tosupport her.\n\nThen they went tosupport him.\n")
    editor.apply(editor.actions(editor.diagnostics()[0]["range"])["Ignore “tosupport” here"])
    expect("the other one stays", [d["range"]["start"]["line"] for d in editor.diagnostics()], [3])


def escapes(editor):
    """A suggestion is spelt as the format demands it."""
    editor.open("q.html", "<p title='x'>He said that Q&amp;AA was fine,, and so on tosupport her on thursday.</p>\n<p>They met on friday .</p>")
    fix = editor.actions({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "source.fixAll")
    editor.apply(fix["Mend all that is safe to mend"])
    expect("all that is safe, in HTML", editor.text,
           "<p title='x'>He said that Q&amp;AA was fine, and so on to support her on Thursday.</p>\n<p>They met on Friday.</p>")
    editor.open("j.jsonl", '{"text": "The \\"plan\\" went tosupport her on thursday."}\n')
    fix = editor.actions({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "source.fixAll")
    editor.apply(fix["Mend all that is safe to mend"])
    expect("all that is safe, in JSON", json.loads(editor.text)["text"], 'The "plan" went to support her on Thursday.')


def long_line(editor):
    """Thousands of issues on one line, each at its place, and edits behind them all."""
    n = 3000
    sentence = "Ü😀 it was fine,, and so on. "
    editor.open("long.txt", sentence * n)
    found = editor.diagnostics()
    places = [d["range"]["start"]["character"] for d in found if d["code"] == "punctuation"]
    unit = len(sentence.encode(editor.units)) // editor.width
    before = len("Ü😀 it was fine".encode(editor.units)) // editor.width
    expect("places on a long line", places, [i * unit + before for i in range(n)])
    end = {"line": 0, "character": (n - 1) * unit + 3}
    editor.say("textDocument/didChange", {"textDocument": {"uri": editor.uri, "version": 2},
                                          "contentChanges": [{"range": {"start": end, "end": end}, "text": "😀"}]})
    hover = editor.ask("textDocument/hover", {"textDocument": {"uri": editor.uri}, "position": {"line": 0, "character": (n - 2) * unit + before}})
    expect("hover far to the right", hover["range"]["start"]["character"], (n - 2) * unit + before)


def hover(editor, line, character):
    found = editor.ask("textDocument/hover", {"textDocument": {"uri": editor.uri}, "position": {"line": line, "character": character}})
    return found and found["contents"]["value"]


def people(editor):
    """A pronoun's hover says who is meant."""
    editor.open("people.txt", "Victor Lungu, the minister, met Helena Duarte in Lisbon.\n\nLungu said he had come because of her letter.\n")
    found = hover(editor, 2, 11)
    expect("he", bool(found) and found.startswith("“he”: **Victor Lungu**, male (") and "named on line 1, 3; 1 pronoun, 0 quotations" in found or found, True)
    found = hover(editor, 2, 34)
    expect("her", bool(found) and "**Helena Duarte**, female (" in found or found, True)
    expect("nobody", hover(editor, 0, 51), None)


for encoding in ("utf-16", "utf-8"):
    with tempfile.TemporaryDirectory() as folder:
        editor = Editor(folder, encoding)
        formats(editor)
        escapes(editor)
        long_line(editor)
        people(editor)
        editor.close()
print(*failures, sep="\n")
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
