#!/usr/bin/env python3
"""Milliseconds from a keystroke to the diagnostics of a document of 2,000 words in the language server, as an editor sees them.

usage: bench/keystroke.py [GALLEY] [TEXT]       a sample story, repeated, when no text is named
"""
import json, os, statistics, sys, tempfile, time

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "../tests/hosts"))
galley = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "../build/hosts/cli/galley")
story = sys.argv[2] if len(sys.argv) > 2 else os.path.join(here, "../tests/data/stories/summit.txt")
from lsp_session import Server

words = open(story, encoding="utf-8").read().split(" ")
while len(words) < 2000:
    words += words
text = " ".join(words[:2000])
uri = "file:///nowhere/story.txt"
with tempfile.TemporaryDirectory() as folder:
    server = Server([galley, "lsp"], folder)
    say = lambda method, params, **more: server.send(json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}))

    def diagnostics():
        while True:
            message = server.receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                return

    say("initialize", {"capabilities": {}}, id=1)
    server.receive()
    say("initialized", {})
    say("textDocument/didOpen", {"textDocument": {"uri": uri, "languageId": "plaintext", "version": 1, "text": text}})
    diagnostics()
    used = lambda: sum(map(int, open(f"/proc/{server.process.pid}/stat").read().rsplit(")", 1)[1].split()[11:13])) / os.sysconf("SC_CLK_TCK")
    before = used()
    times = []
    for i in range(220):
        start = time.perf_counter()
        place = {"line": 0, "character": 8 + i % 40}
        say("textDocument/didChange", {"textDocument": {"uri": uri, "version": i + 2},
                                       "contentChanges": [{"range": {"start": place, "end": place}, "text": "e" if i % 3 else " "}]})
        diagnostics()
        times.append((time.perf_counter() - start) * 1000)
        time.sleep(.02)
    computed = (used() - before) / len(times) * 1000
    server.process.kill()
times = sorted(times[20:])
print(f"{len(times)} keystrokes in 2,000 words: median {statistics.median(times):.1f} ms, 95 % {times[len(times) * 95 // 100]:.1f} ms; "
      f"the server computes {computed:.1f} ms for each and waits 10 for the next key")
