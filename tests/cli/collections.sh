#!/bin/sh
# Directories, lists, globs, what is skipped, --watch, and galley stats.
set -u
. "$(dirname "$0")/lib.sh"

mkdir -p tree/below/.git tree/drafts
printf 'They went tosupport her.\n' >tree/b.txt
cp tree/b.txt tree/below/c.md
cp tree/b.txt tree/below/.git/config.txt
cp tree/b.txt tree/drafts/d.txt
cp tree/b.txt tree/.hidden.txt
printf 'PNG\0\1\2' >tree/picture.png
mkfifo tree/pipe
ln -s . tree/loop
ln -s nowhere tree/dangling
ln -s self tree/self

names() { # the documents of the report in `out`
    python3 -c 'import json; print(" ".join(json.loads(line)["uri"] for line in open("out")))'
}
list() { # EXPECTED NAME ARGUMENTS...
    wanted=$1 name=$2
    shift 2
    expect 1 "$name" "$galley" check --format=jsonl "$@"
    [ "$(names)" = "$wanted" ] || fail "$name: $(names)"
}
list "tree/b.txt tree/below/c.md tree/drafts/d.txt" "a directory" tree
has err "skipped in directories: 2 hidden, 1 binary, 4 special, 0 excluded" "what was skipped"
list "tree/b.txt tree/drafts/d.txt" "include" --include='*.txt' tree
list "tree/below/c.md" "exclude a folder" --exclude=drafts --exclude='b.*' tree
has err "2 excluded" "how many"
list "tree/b.txt tree/below/c.md" "exclude with a folder" --exclude='drafts/**' tree
list "tree/below/c.md" "include with folders" --include='tree/**/*.md' tree
expect 1 "names of what is skipped" "$galley" check --verbose tree
has err "tree/picture.png: skipped: binary" "binary"
has err "tree/.hidden.txt: skipped: hidden" "hidden"
has err "tree/loop: skipped: a link to a directory" "a loop"
has err "slowest: tree/" "the slowest"
expect 1 "the summary" "$galley" check --quiet tree
[ ! -s err ] || fail "--quiet says something"
expect 1 "no progress in a pipe" "$galley" check tree
has_not err "[#" "a bar"
expect 2 "a binary file that is named" "$galley" check tree/picture.png

# Lists, with names that only NUL divides.
odd=$(printf 'tree/two\nlines.txt')
cp tree/b.txt "$odd"
printf '%s\0tree/b.txt\0' "$odd" >list0
expect 1 "a list divided by NUL" "$galley" check --format=jsonl --files-from0=list0
has out 'tree/two\nlines.txt' "a name of two lines"
expect 1 "a list on standard input" sh -c "find tree -name '*.md' -print0 | '$galley' check --format=jsonl --files-from0=-"
has out 'c.md' "the file"
expect 2 "a missing file with such a name" "$galley" check --annotate "$(printf 'no\nsuch')"
has err 'no\nsuch: cannot be read' "one line"
rm "$odd"

# On a terminal there is a bar, with rate and time.
if command -v script >/dev/null; then
    python3 - <<'END'
import os
os.mkdir("many")
for i in range(1000):
    with open(f"many/{i}.txt", "w") as file:
        file.write("They went tosupport her and it was late. " * 200)
END
    TERM=xterm script -qec "$galley check --jobs=1 --format=jsonl:many.jsonl many" typescript >/dev/null 2>&1
    has typescript "/1000" "how far"
    has typescript "/s " "how fast"
    has typescript " left" "how long still"
fi

# Figures.
expect 0 "stats" "$galley" stats tree
has out "3 documents, 12 words: 0 pass, 0 review, 3 fail" "documents"
has out "spelling                3     250.00" "issues in 1,000 words"
has out "3  tosupport (spelling)" "the text reported most"
expect 0 "stats as JSON" "$galley" stats --format=json tree
python3 -c 'import json; s = json.load(open("out")); assert s["checks"]["spelling"]["issues"] == 3 and s["texts"][0]["text"] == "tosupport" and len(s["worst"]) == 3' || fail "stats as JSON"
expect 2 "stats of what cannot be read" "$galley" stats tree missing.txt
has out "3 documents" "the others"
expect 2 "stats in another format" "$galley" stats --format=xml tree

# What changes is checked again.
cat >watch.py <<'END'
import json, os, signal, subprocess, sys, time
galley = subprocess.Popen([sys.argv[1], "check", "--watch", "--format=jsonl", "tree", "one.txt"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
def reports(n):
    return sorted(json.loads(galley.stdout.readline())["uri"] for _ in range(n))
assert reports(4) == ["one.txt", "tree/b.txt", "tree/below/c.md", "tree/drafts/d.txt"]
def write(path, text="They went tosupport her.\n"):
    with open(path, "w") as file:
        file.write(text)
time.sleep(0.3)
write("tree/new.txt")
assert reports(1) == ["tree/new.txt"]
write("tree/.hidden.txt")
write("other.txt")
write("one.txt")
assert reports(1) == ["one.txt"]
os.mkdir("tree/deep")
time.sleep(0.1)
write("tree/deep/x.txt")
write("x.tmp")
os.rename("x.tmp", "tree/b.txt")
assert reports(2) == ["tree/b.txt", "tree/deep/x.txt"]
write("tree/.galley.ini", "fail-on = never\n")
assert len(reports(6)) == 6
galley.send_signal(signal.SIGINT)
assert galley.stdout.read() == b""
assert galley.wait() in (0, 1), galley.returncode
END
cp tree/b.txt one.txt
expect 0 "watch" python3 watch.py "$galley"
passed
