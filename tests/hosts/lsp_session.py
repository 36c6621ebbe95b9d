#!/usr/bin/env python3
"""Plays recorded sessions of editors to the language server and holds its answers against what stands there.

usage: lsp_session.py GALLEY SESSION...

A session is a text file of messages, one JSON value a line:
    > {…}    the editor sends it            # …    a comment
    < {…}    the server's next message has at least these members, with these values
FOLDER in a string stands for a new folder, which holds a file story.txt and below/other.md.
"""
import json, os, subprocess, sys, tempfile


class Server:
    def __init__(self, command, folder):
        environment = dict(os.environ, XDG_CONFIG_HOME=os.path.join(folder, "config"))
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)

    def send(self, text):
        body = text.encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while True:
            line = self.process.stdout.readline().strip()
            if not line:
                break
            name, value = line.split(b":", 1)
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise EOFError("the server ended")
        return json.loads(self.process.stdout.read(length))


def differs(found, wanted, at="message"):
    """Where `found` has not what `wanted` names, or None. A list must have the same length; "…" at its end allows more."""
    if isinstance(wanted, dict):
        if not isinstance(found, dict):
            return f"{at} is {found!r}"
        for key, value in wanted.items():
            if key not in found:
                return f"{at} has no “{key}”: {json.dumps(found, ensure_ascii=False)[:600]}"
            problem = differs(found[key], value, f"{at}.{key}")
            if problem:
                return problem
        return None
    if isinstance(wanted, list):
        open_end = wanted[-1:] == ["…"]
        items = wanted[:-1] if open_end else wanted
        if not isinstance(found, list) or len(found) < len(items) or (len(found) > len(items) and not open_end):
            return f"{at} is {json.dumps(found, ensure_ascii=False)[:600]}"
        for i, item in enumerate(items):
            problem = differs(found[i], item, f"{at}[{i}]")
            if problem:
                return problem
        return None
    if isinstance(wanted, str) and wanted.endswith("…") and isinstance(found, str):
        return None if found.startswith(wanted[:-1]) else f"{at} is {found!r}, not {wanted!r}"
    return None if found == wanted and type(found) is type(wanted) else f"{at} is {found!r}, not {wanted!r}"


def play(galley, path):
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "below"))
        with open(os.path.join(folder, "story.txt"), "w", encoding="utf-8") as file:
            file.write("They went toopen it all.\n")
        with open(os.path.join(folder, "below", "other.md"), "w", encoding="utf-8") as file:
            file.write("# All is well\n\nNothing was found here on thursday.\n")
        server = Server([galley, "lsp", "--stdio"], folder)
        n = 0
        for number, line in enumerate(open(path, encoding="utf-8"), 1):
            line = line.strip().replace("FOLDER", folder)
            if not line or line[0] == "#":
                continue
            if line[0] == ">":
                message = line[1:].strip()
                json.loads(message)
                server.send(message)
            elif line[0] == "<":
                found = server.receive()
                problem = differs(found, json.loads(line[1:]))
                if problem:
                    server.process.kill()
                    return f"{path}:{number}: {problem}"
                n += 1
            else:
                return f"{path}:{number}: not a line of a session"
        status = server.process.wait()
        if status != 0:
            return f"{path}: exit status {status}"
        print(f"{os.path.basename(path)}: {n} messages as they should be")
        return None


if __name__ == "__main__":
    problems = [problem for problem in (play(sys.argv[1], path) for path in sys.argv[2:]) if problem]
    print(*problems, sep="\n")
    sys.exit(1 if problems else 0)
