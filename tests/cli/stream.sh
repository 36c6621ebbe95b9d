#!/bin/sh
# galley check --stream: order, one line for a bad line, back-pressure, memory, interruption.
set -u
. "$(dirname "$0")/lib.sh"

cat >documents.jsonl <<'END'
{"uri":"a","text":"They went tosupport her."}

nonsense
{"id":"b","text":"Plain words.","language":"en"}
{"uri":"c"}
{"uri":"d","text":7}
{"uri":"e","text":"<p>They went <b>tosupport</b> her.</p>","format":"html"}
{"uri":"f","source":"Il y a 15 ans.","text":"It was 25 years ago."}
[1]
{"uri":"g","text":"Last, without a line end."}
END
truncate -s -1 documents.jsonl
expect 2 "a stream with bad lines" sh -c "'$galley' check --stream --jobs=4 <documents.jsonl"
cat >judge.py <<'END'
import json
lines = [json.loads(line) for line in open("out")]
uris = [line["uri"] for line in lines]
assert uris == ["a", "<stdin>:3", "b", "c", "d", "e", "f", "<stdin>:9", "g"], uris
errors = [line["uri"] for line in lines if "error" in line]
assert errors == ["<stdin>:3", "c", "d", "<stdin>:9"], errors
assert lines[1]["error"]["line"] == 3
assert lines[0]["issues"][0]["offset"] == 10 and lines[0]["verdict"] == "fail"
assert lines[5]["issues"][0]["offset"] == 16
assert "number" in [issue["check"] for issue in lines[6]["issues"]], lines[6]
END
python3 judge.py || fail "the reports"
expect 1 "a shut gate" sh -c "head -1 documents.jsonl | '$galley' check --stream"
expect 0 "an open gate" sh -c "sed -n 4p documents.jsonl | '$galley' check --stream"
expect 0 "nothing" sh -c "'$galley' check --stream </dev/null"
expect 2 "files and a stream" "$galley" check --stream documents.jsonl
expect 2 "a report and a stream" "$galley" check --stream --format=xml
expect 2 "an unknown setting" sh -c "'$galley' check --stream --set=nothing=1 </dev/null"

# Order, whatever the lengths.
python3 - <<'END' >many.jsonl
import json
for i in range(2000):
    print(json.dumps({"uri": str(i), "text": "They went tosupport her. " * (1 + i * 37 % 50)}))
END
"$galley" check --stream --jobs=1 <many.jsonl >one
"$galley" check --stream --jobs=8 <many.jsonl >eight
cmp one eight || fail "the order of reports"

# An answer comes while the next line is waited for.
cat >ask.py <<'END'
import subprocess, sys
galley = subprocess.Popen([sys.argv[1], "check", "--stream"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
for i in range(3):
    galley.stdin.write(b'{"uri":"%d","text":"It went."}\n' % i)
    galley.stdin.flush()
    assert b'"uri":"%d"' % i in galley.stdout.readline()
galley.stdin.close()
assert galley.wait() == 0
END
expect 0 "question and answer" python3 ask.py "$galley"

# Memory is that of a few documents, and nobody who does not read makes it grow.
cat >memory.py <<'END'
import json, subprocess, sys, threading, time
galley = subprocess.Popen([sys.argv[1], "check", "--stream", "--jobs=2"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
line = json.dumps({"uri": "u", "text": "They went tosupport her, and nobody came. " * 100}).encode() + b"\n"
def memory():
    for entry in open(f"/proc/{galley.pid}/status"):
        if entry.startswith("VmRSS"):
            return int(entry.split()[1])
written = 0
def feed(n):
    global written
    for _ in range(n):
        galley.stdin.write(line)
        written += 1
    galley.stdin.close()
feeder = threading.Thread(target=feed, args=(6000,), daemon=True)
feeder.start()
before = -1
while written != before:  # until the pipes are full
    before = written
    time.sleep(0.3)
assert written < 6000, "nothing held the input back"
n = 0
early = late = 0
for report in galley.stdout:
    n += 1
    if n == 1000:
        early = memory()
    if n == 5900:
        late = memory()
feeder.join()
assert n == 6000, n
assert galley.wait() == 1
assert late < early * 1.3 + 2000, (early, late)
END
case ${GALLEY_TEST_SANITIZED:-} in
'') expect 0 "memory" python3 memory.py "$galley" ;;
esac

# Ctrl-C: what was taken is written, and said to be partial.
cat >interrupt.py <<'END'
import json, signal, subprocess, sys
galley = subprocess.Popen([sys.argv[1], "check", "--stream"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
galley.stdin.write(b'{"uri":"1","text":"It went."}\n{"uri":"2","te')
galley.stdin.flush()
assert b'"uri":"1"' in galley.stdout.readline()
galley.send_signal(signal.SIGINT)
rest = galley.stdout.read()
messages = galley.stderr.read()
assert rest == b"", rest
assert b"interrupted" in messages and b"first 1 lines" in messages, messages
assert galley.wait() == 2
END
expect 0 "an interruption" python3 interrupt.py "$galley"

# A line without end.
expect 2 "a line that is too long" sh -c "(head -c 70000000 /dev/zero | tr '\\0' x; printf '\n{\"uri\":\"z\",\"text\":\"It went.\"}\n') | '$galley' check --stream"
has out "longer than" "why"
has out '"uri":"z"' "the next line"
passed
