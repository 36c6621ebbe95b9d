#!/bin/sh
# What goes wrong around the command: a clear message, the right exit status, the others done, and
# every file whole. What needs root or a tool that is not there is passed over, and said.
set -u
. "$(dirname "$0")/lib.sh"
chmod 755 "$folder"

printf 'They went tosupport her.\n' >bad.txt
printf 'Plain words.\n' >good.txt

# Killed at any moment.
expect 0 "killed 100 times" python3 "$here/kill.py" "$galley" 100
cat out
rm -rf documents report.xml report.jsonl

# Interrupted: a whole report that says that it is partial.
mkdir many
cat >interrupt.py <<'END'
import os, signal, subprocess, sys, time
import xml.dom.minidom
for i in range(400):
    with open(f"many/{i:03}.txt", "w") as file:
        file.write("They went tosupport her, and it was late. " * 300)
galley = subprocess.Popen([sys.argv[1], "check", "--output=report.xml", "many"], stderr=subprocess.PIPE)
while not any("report.xml" in os.readlink(entry.path) or "#" in os.readlink(entry.path) for entry in os.scandir(f"/proc/{galley.pid}/fd") if os.path.islink(entry.path)):
    time.sleep(0.001)
time.sleep(0.03)
galley.send_signal(signal.SIGINT)
messages = galley.stderr.read().decode()
assert galley.wait() == 2, galley.returncode
report = xml.dom.minidom.parse("report.xml").documentElement
n = len(report.getElementsByTagName("document"))
assert n < 400, "it was not interrupted"
warnings = [node.firstChild.data for node in report.childNodes if node.nodeName == "warning"]
assert warnings == [f"interrupted: a partial report, of the first {n} of 400 documents"], warnings
assert warnings[0] in messages, messages
END
expect 0 "an interruption" python3 interrupt.py "$galley"
rm -rf many report.xml

# Files that cannot be read, as somebody who is not root.
mkdir tree tree/locked
cp bad.txt tree/a.txt
cp bad.txt tree/unreadable.txt
cp bad.txt tree/locked/x.txt
cp good.txt tree/z.txt
chmod 000 tree/unreadable.txt tree/locked
if [ "$(id -u)" -ne 0 ]; then
    as_nobody=""
elif setpriv --reuid=65534 --regid=65534 --clear-groups "$galley" --version >/dev/null 2>&1; then
    as_nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
else
    as_nobody=none
    echo "passed over: nobody cannot run $galley"
fi
if [ "$as_nobody" != none ]; then
    expect 2 "an unreadable file" $as_nobody "$galley" check --format=jsonl tree
    has out '"uri":"tree/unreadable.txt","error"' "its error"
    has out "Permission denied" "why"
    has err "tree/locked: Permission denied" "an unreadable directory"
    has out '"uri":"tree/z.txt","language"' "the others"
    expect 2 "an output that may not be written" $as_nobody "$galley" check --output=report.xml bad.txt
    has err "report.xml: Permission denied" "why"
    cp bad.txt theirs.txt
    expect 2 "a file that may not be fixed" $as_nobody "$galley" fix theirs.txt
    has err "theirs.txt: Permission denied" "why"
    cmp -s theirs.txt bad.txt || fail "it was written all the same"
fi
chmod 755 tree/locked
chmod 644 tree/unreadable.txt

# Links.
ln -s loop loop
expect 2 "a link to itself" "$galley" check --format=jsonl loop bad.txt
has out "Too many levels of symbolic links" "why"
has out "tosupport" "the other"
ln -s .. tree/up
expect 1 "a loop of directories" "$galley" check --format=jsonl tree

# Outputs that cannot be, or are no files.
expect 2 "a folder that is not there" "$galley" check --output=nowhere/report.xml bad.txt
has err "nowhere/report.xml: No such file or directory" "why"
expect 2 "a folder in place of a file" "$galley" check --output=tree bad.txt
has err "tree: Is a directory" "why"
[ -d tree ] || fail "the folder went"
expect 2 "a device that is full" "$galley" check --output=/dev/full bad.txt
has err "/dev/full: No space left on device" "why"
[ -c /dev/full ] || fail "the device went"
expect 2 "standard output that is full" sh -c "'$galley' check bad.txt >/dev/full"
has err "standard output: No space left on device" "why"
expect 1 "a device" "$galley" check --output=/dev/null bad.txt
[ -c /dev/null ] || fail "/dev/null went"
printf 'old\n' >real.xml
ln -s real.xml link.xml
expect 1 "an output behind a link" "$galley" check --output=link.xml bad.txt
[ -L link.xml ] || fail "the link was replaced"
has real.xml "</annotations>" "the file behind it"
expect 2 "a reader that went" python3 -c 'import os, subprocess, sys
reader, writer = os.pipe()
os.close(reader)
sys.exit(subprocess.run(sys.argv[1:], stdout=writer).returncode)' "$galley" check --format=xml bad.txt
has err "standard output: Broken pipe" "why"

# A disk that is full: the old report stays.
mkdir disk
if mount -t tmpfs -o size=64k none disk 2>/dev/null; then
    printf 'old\n' >disk/report.xml
    python3 -c 'open("long.txt", "w").write("".join(f"It was was late on day {i}.\n\n" for i in range(2000)))'
    expect 2 "a full disk" "$galley" check --output=disk/report.xml long.txt
    has err "disk/report.xml: No space left on device" "why"
    has disk/report.xml "old" "the old report"
    [ "$(ls -A disk)" = report.xml ] || fail "temporary files are left on the full disk"
    expect 2 "one of two reports" "$galley" check --format=xml:disk/report.xml --format=jsonl:other.jsonl long.txt
    head -c 30000 long.txt >disk/long.txt
    cp disk/long.txt before
    head -c 25000 /dev/zero >disk/filler
    expect 2 "a document on a full disk" "$galley" fix disk/long.txt bad.txt
    has err "disk/long.txt: No space left on device" "why"
    cmp -s disk/long.txt before || fail "the document was cut"
    has bad.txt "to support" "the other"
    printf 'They went tosupport her.\n' >bad.txt
    umount disk
else
    echo "passed over: no small disk can be mounted"
fi

# Files that change while they are read.
cat >grow.py <<'END'
import subprocess, sys, threading, time
stop = False
def grow():
    with open("growing.txt", "a") as file:
        while not stop:
            file.write("They were were late.\n\n" * 100)
            file.flush()
            time.sleep(0.001)
with open("growing.txt", "w") as file:
    file.write("They went tosupport her.\n\n")
thread = threading.Thread(target=grow)
thread.start()
runs = [subprocess.run([sys.argv[1], "check", "--format=jsonl", "growing.txt", "good.txt"], capture_output=True) for _ in range(5)]
stop = True
thread.join()
for run in runs:
    assert run.returncode == 1 and b'"uri":"good.txt"' in run.stdout, (run.returncode, run.stderr)
END
expect 0 "a file that grows" python3 grow.py "$galley"
rm growing.txt
# One that is so large that it is mapped: somebody cuts it short or writes over it all the while, and
# what is reported is of one state of it, or of the begin of one.
cat >large.py <<'END'
import os, subprocess, sys, threading, time
text = b"".join(b"They met on day %d in the old hall of the town.\n\n" % i for i in range(400000))
stop = False
def change():
    while not stop:
        with open("large.txt", "r+b") as file:
            file.truncate(1000)
            time.sleep(0.002)
            file.write(b"\xff" * 100)
            file.seek(0)
            file.write(text)
with open("large.txt", "wb") as file:
    file.write(text)
def check(name, **environment):
    return subprocess.run([sys.argv[1], "check", "--format=jsonl", name], capture_output=True, env={**os.environ, **environment})
whole = check("large.txt")
assert whole.returncode == 0, whole.stderr
nowhere = check("large.txt", TMPDIR="/nowhere")
assert (nowhere.returncode, nowhere.stdout) == (0, whole.stdout), "without a place for the mapped file"
piped = subprocess.run(f"cat large.txt | {sys.argv[1]} check --format=jsonl - | sed s/.stdin./large.txt/", shell=True, capture_output=True)
assert piped.stdout == whole.stdout, "from a pipe"
thread = threading.Thread(target=change)
thread.start()
runs = [check("large.txt") for _ in range(4)]
stop = True
thread.join()
for run in runs:
    assert run.returncode in (0, 1, 2), (run.returncode, run.stderr)
END
expect 0 "a large file that changes" python3 large.py "$galley"
rm large.txt
mkdir -p disk
if mount -t tmpfs -o size=4m none disk 2>/dev/null; then
    python3 -c 'open("large.txt", "w").write("".join(f"They met on day {i} in the old hall of the town.\n\n" for i in range(400000)))'
    expect 0 "a large file, and no room for a copy" env TMPDIR="$PWD/disk" "$galley" check large.txt
    [ -z "$(ls -A disk)" ] || fail "temporary files are left on the full disk"
    umount disk
    rm large.txt
fi
expect 2 "an endless device" "$galley" check /dev/zero
has out "a binary file" "why"

# Options that contradict each other.
contradict() { # MESSAGE OPTIONS...
    message=$1
    shift
    expect 2 "contradiction: $*" "$galley" check "$@"
    has err "$message" "contradiction"
}
contradict "exclude each other" --verbose --quiet good.txt
contradict "exclude each other" --config=.galley.ini --no-config good.txt
contradict "exclude each other" --annotate --format=xml good.txt
contradict "exclude each other" --stream --watch
contradict "name one file" --annotate good.txt bad.txt
contradict "can be read once" - -
contradict "two reports go to" --format=xml --format=json good.txt
contradict "leave no check to run" --only=spelling --disable=spelling good.txt
contradict "not many" --jobs=many good.txt
contradict "no lists" --watch -
passed
