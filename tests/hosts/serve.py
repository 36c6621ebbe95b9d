#!/usr/bin/env python3
"""The HTTP server as clients and attackers meet it: LanguageTool's API, galley's own, limits, broken requests.

usage: serve.py GALLEY
"""
import json, os, re, signal, socket, subprocess, sys, tempfile, time, urllib.parse

failures = []


def expect(name, condition, found=""):
    if not condition:
        failures.append(f"{name}: {found!r:.600}")


class Server:
    def __init__(self, *options):
        self.process = subprocess.Popen([sys.argv[1], "serve", "--port=0", *options], stdout=subprocess.PIPE, text=True)
        self.port = int(re.search(r":(\d+)/", self.process.stdout.readline()).group(1))

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=60)

    def raw(self, data, shut=False):
        """All that comes back for these bytes, until the server closes."""
        with self.connect() as client:
            client.sendall(data)
            if shut:
                client.shutdown(socket.SHUT_WR)
            answer = b""
            try:
                while piece := client.recv(65536):
                    answer += piece
            except ConnectionResetError:
                pass
            return answer

    def ask(self, method, path, body=b"", headers=(), host="localhost"):
        head = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Connection: close", f"Content-Length: {len(body)}", *headers]
        answer = self.raw("\r\n".join(head).encode() + b"\r\n\r\n" + body)
        head, _, content = answer.partition(b"\r\n\r\n")
        status = int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else 0
        return status, head.decode(), content.decode()

    def form(self, path, **fields):
        return self.ask("POST", path, urllib.parse.urlencode(fields).encode(),
                        ["Content-Type: application/x-www-form-urlencoded"])

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def languagetool(server):
    text = "A 😀 story. They went tosupport her on thursday."
    status, head, body = server.form("/v2/check", text=text, language="en-US")
    expect("a check", status == 200 and "application/json" in head, head)
    matches = json.loads(body)["matches"]
    expect("two matches", [m["rule"]["id"] for m in matches] == ["GALLEY_SPELLING", "GALLEY_CAPITALIZATION"], body)
    first = matches[0]
    expect("UTF-16 offsets", (first["offset"], first["length"]) == (22, 9), first)
    expect("a context", first["context"]["text"][first["context"]["offset"] - 1:][:9] == "tosupport", first["context"])
    expect("a replacement", first["replacements"] == [{"value": "to support"}], first)
    expect("a type", first["rule"]["issueType"] == "misspelling" and first["rule"]["category"]["id"] == "TYPOS", first)
    data = json.dumps({"annotation": [{"markup": "<p>"}, {"text": "They went "}, {"markup": "<b>"}, {"text": "tosupport"},
                                      {"markup": "</b>"}, {"text": " her."}]})
    match = json.loads(server.form("/v2/check", data=data, language="auto")[2])["matches"][0]
    expect("offsets that count markup", (match["offset"], match["length"]) == (16, 9), match)
    data = json.dumps({"annotation": [{"text": "Ü😀 went tosupport her "}, {"markup": "<br>"}, {"text": "on thursday. "},
                                      {"markup": "&amp;", "interpretAs": "&"}, {"text": " all."}]})
    places = [(m["offset"], m["length"]) for m in json.loads(server.form("/v2/check", data=data, language="en")[2])["matches"]]
    expect("several pieces", places == [(9, 9), (30, 8)], places)
    line = "It was fine ,, and so on. " * 1500
    matches = json.loads(server.form("/v2/check", text=line, language="en", enabledOnly="true", enabledCategories="PUNCTUATION")[2])["matches"]
    expect("a match on one long line", len(matches) == 1500 and [m["offset"] for m in matches] == [26 * i + 12 for i in range(1500)])
    expect("... does not carry all of it", max(len(m["sentence"]) for m in matches) <= 4000)
    body = server.form("/v2/check", text=text, language="en", disabledRules="GALLEY_SPELLING")[2]
    expect("a disabled rule", len(json.loads(body)["matches"]) == 1, body)
    body = server.form("/v2/check", text=text, language="en", enabledOnly="true", enabledCategories="CASING")[2]
    expect("only a category", [m["rule"]["category"]["id"] for m in json.loads(body)["matches"]] == ["CASING"], body)
    expect("GET", server.ask("GET", "/v2/check?language=en&text=It+is+well.")[0] == 200)
    expect("no text", server.form("/v2/check", language="en")[0] == 400)
    expect("broken data", server.form("/v2/check", language="en", data="{")[0] == 400)
    status, _, body = server.form("/v2/check", text="a", language="xx")
    expect("an unknown language tells no paths", status == 400 and "/" not in body, body)
    codes = [row["longCode"] for row in json.loads(server.ask("GET", "/v2/languages")[2])]
    expect("languages", codes[0] == "en" and "en-US" in codes and "en-GB" in codes, codes)
    checked = json.loads(server.form("/v2/check", text="a", language="en-GB")[2])
    expect("the language's name", checked["language"]["name"] == "English (United Kingdom)", checked["language"])
    expect("words that nobody keeps", server.form("/v2/words/add", word="zorbel")[0] == 403)


def words():
    with tempfile.TemporaryDirectory() as folder:
        server = Server("--words=" + os.path.join(folder, "words.txt"))
        misspelt = lambda: len(json.loads(server.form("/v2/check", text="He went tosupport her.", language="en")[2])["matches"])
        expect("before", misspelt() == 1)
        expect("added", json.loads(server.form("/v2/words/add", word="tosupport")[2]) == {"added": True})
        expect("twice", json.loads(server.form("/v2/words/add", word="tosupport")[2]) == {"added": False})
        expect("known now", misspelt() == 0)
        expect("listed", json.loads(server.ask("GET", "/v2/words")[2]) == {"words": ["tosupport"]})
        expect("no word", server.form("/v2/words/add", word="two words")[0] == 400)
        expect("deleted", json.loads(server.form("/v2/words/delete", word="tosupport")[2]) == {"deleted": True})
        expect("unknown again", misspelt() == 1)
        expect("a clean end", server.stop() == 0)


def own(server):
    status, head, body = server.ask("POST", "/v1/check?name=a.html", "<p>Tom &amp; Ann went tosupport her.</p>".encode())
    issue = json.loads(body)["documents"][0]["issues"][0]
    expect("a document in its own bytes", (issue["check"], issue["offset"]) == ("spelling", 22), body)
    body = server.ask("POST", "/v1/check?report=xml", b"They went tosupport her.")[2]
    expect("XML", body.startswith("<?xml") and 'check="spelling"' in body, body)
    expect("an unknown report", server.ask("POST", "/v1/check?report=nonsense", b"a")[0] == 400)
    expect("a broken document", server.ask("POST", "/v1/check?format=xml", b"<a><b></a>")[0] == 400)
    expect("an unknown check", server.ask("POST", "/v1/check?only=speling", b"a")[0] == 400)
    expect("an empty one", server.ask("POST", "/v1/check", b"")[0] == 200)
    expect("the checks", "spelling" in server.ask("GET", "/v1/checks")[2])
    expect("health", server.ask("GET", "/healthz")[2] == "ok\n")
    expect("metrics", "galley_documents_total " in server.ask("GET", "/metrics")[2])
    page = server.ask("GET", "/")
    expect("the page", page[0] == 200 and "<title>galley</title>" in page[2] and "default-src 'none'" in page[1], page[1])
    expect("no cross-origin leave", "Access-Control" not in page[1], page[1])


def strangers(server):
    expect("nothing there", server.ask("GET", "/../../etc/passwd")[0] == 404)
    expect("another method", server.ask("DELETE", "/v2/check")[0] == 405)
    expect("another name (DNS rebinding)", server.ask("GET", "/", host="evil.example")[0] == 421)
    status = server.ask("POST", "/v1/check", b"a", ["Origin: https://evil.example"])[0]
    expect("a page of another origin", status == 403, status)
    server.raw(b"\x00\xff garbage\r\n\r\n", shut=True)
    for _ in range(20):
        server.raw(b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nhalf", shut=True)
    expect("half-closed ones do not wait for the time limit", "galley_timed_out_total 0" in server.ask("GET", "/metrics")[2])
    expect("oversize announced", server.ask("POST", "/v1/check", b"a" * 70000)[0] == 413)
    chunked = b"POST /v1/check HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + \
              b"".join(b"4000\r\n" + b"a" * 0x4000 + b"\r\n" for _ in range(8)) + b"0\r\n\r\n"
    answer = server.raw(chunked)
    expect("oversize in pieces", answer.startswith(b"HTTP/1.1 413"), answer[:200])
    one = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    expect("pipelined", server.raw(one * 9 + last).count(b"HTTP/1.1 200") == 10)
    long = server.raw(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200000 + b"\r\n\r\n")
    expect("an endless header", b"HTTP/1.1 200" not in long, long[:100])
    expect("many fields", server.form("/v2/check", **{f"f{i}": "x" for i in range(100)})[0] in (400, 503))
    expect("alive", server.ask("GET", "/healthz")[0] == 200)


def slow():
    server = Server("--timeout=1")
    client = server.connect()
    client.sendall(b"GET /healthz HTTP/1.1\r\n")
    cut = False
    for _ in range(100):  # a header that never ends, always a little of it
        time.sleep(.1)
        try:
            client.sendall(b"X: y\r\n")
        except OSError:
            cut = True
            break
    expect("a client that trickles is cut", cut)
    expect("alive", server.ask("GET", "/healthz")[0] == 200)
    expect("counted", "galley_timed_out_total 1" in server.ask("GET", "/metrics")[2])
    expect("a clean end", server.stop() == 0)


def tokens():
    with tempfile.NamedTemporaryFile("w") as file:
        file.write("secret\n")
        file.flush()
        server = Server("--token-file=" + file.name, "--allow-origin=https://desk.example")
        expect("no token", server.ask("POST", "/v1/check", b"a")[0] == 401)
        expect("a wrong one", server.ask("POST", "/v1/check", b"a", ["Authorization: Bearer secreT"])[0] == 401)
        expect("the right one", server.ask("POST", "/v1/check", b"a", ["Authorization: Bearer secret"])[0] == 200)
        expect("as LanguageTool has it", server.ask("GET", "/v2/check?text=a&language=en&apiKey=secret")[0] == 200)
        status, head, _ = server.ask("POST", "/v1/check", b"a", ["Authorization: Bearer secret", "Origin: https://desk.example"])
        expect("an origin that may", status == 200 and "Access-Control-Allow-Origin: https://desk.example" in head, head)
        server.stop()
    refused = subprocess.run([sys.argv[1], "serve", "--address=0.0.0.0"], capture_output=True, text=True)
    expect("open to others only with tokens", refused.returncode == 2 and "--token-file" in refused.stderr, refused.stderr)


server = Server("--max-size=65536")
languagetool(server)
own(server)
strangers(server)
expect("a clean end", server.stop() == 0)
words()
slow()
tokens()
print(*failures, sep="\n")
print(f"{len(failures)} failures")
sys.exit(1 if failures else 0)
