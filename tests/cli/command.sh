#!/bin/sh
# The command as a user meets it: exit statuses, bad input, reports that are whole.
set -u
. "$(dirname "$0")/lib.sh"

printf 'A plain story about nothing.\n' >good.txt
printf 'They went tosupport her.\n' >bad.txt
printf 'broken \377 text\n' >broken.txt
: >empty.txt
mkdir -p tree/below
cp bad.txt tree/below/b.txt
cp good.txt tree/a.txt
cp good.txt tree/.hidden

expect 0 "a good text" "$galley" check good.txt
expect 1 "a bad text" "$galley" check bad.txt
expect 0 "never" "$galley" check --fail-on=never bad.txt
expect 0 "an empty file" "$galley" check empty.txt
expect 2 "a broken text stops nobody" "$galley" check --format=jsonl broken.txt bad.txt
has out "byte 7" "the fault's place"
has out "tosupport" "the other document"
expect 2 "a missing file" "$galley" check --format=jsonl missing.txt good.txt
has out "No such file" "why"
expect 2 "no file" "$galley" check
expect 2 "an unknown option" "$galley" check --nonsense good.txt
expect 2 "an unknown check" "$galley" check --only=speling good.txt
has err "spelling" "the nearest check"
expect 2 "an unknown report" "$galley" check --format=xlm good.txt
has err "xml" "the nearest report"
expect 2 "a missing pack" "$galley" check --dictionary-path=/nowhere good.txt
has err "/nowhere/en.galley" "where it looked"
expect 1 "a directory" "$galley" check --format=jsonl --verbose tree
has err "2 documents" "how many"
expect 1 "standard input" sh -c "'$galley' check --format=jsonl - <bad.txt"
has out "<stdin>" "its name"
mkfifo pipe
(cat bad.txt >pipe) &
expect 1 "a FIFO" "$galley" check pipe
expect 1 "an output file" "$galley" check --output=report.xml bad.txt
has report.xml "</annotations>" "the report"
if command -v xmllint >/dev/null; then
    expect 0 "the schema" xmllint --noout --relaxng "$GALLEY_TEST_SCHEMA" report.xml
fi
expect 2 "an output that cannot be" "$galley" check --output=/nowhere/report.xml bad.txt
expect 1 "two reports" "$galley" check --format=jsonl --format=xml:two.xml bad.txt
has out "tosupport" "the report on standard output"
has two.xml "</annotations>" "the report in the file"
expect 1 "reports in files only" "$galley" check --format=jsonl:one.jsonl --format=xml:two.xml bad.txt
[ ! -s out ] || fail "standard output is not empty"
has one.jsonl "tosupport" "the other report"
expect 2 "two reports to one place" "$galley" check --format=jsonl --format=xml bad.txt
has err "standard output" "which place"
expect 2 "an output for nobody" "$galley" check --format=xml:two.xml --output=three.xml bad.txt
expect 2 "a report without its file" "$galley" check --format=xml: bad.txt
rm -f two.xml
expect 2 "one report that cannot be" "$galley" check --format=xml:two.xml --format=jsonl:/nowhere/r bad.txt
[ ! -e two.xml ] || fail "a report of a run that failed"
printf '[galley]\nfail-on = never\n' >.galley.ini
expect 0 "the settings file" "$galley" check bad.txt
expect 1 "no settings file" "$galley" check --no-config bad.txt
printf '[galley]\nfial-on = never\n' >.galley.ini
expect 2 "an unknown setting" "$galley" check bad.txt
has err "fail-on" "the nearest setting"
printf "root = yes\n" >.galley.ini
printf 'tosupport\n' >words.txt
expect 0 "a word list" "$galley" check --word-lists=words.txt bad.txt
mkdir -p home/galley words
echo recieved >home/galley/words.txt
printf '[galley]\nword-lists = ours.txt:house.dic\n' >words/.galley.ini
echo repalced >words/ours.txt
printf '1\nwintter/S\n' >words/house.dic
printf 'SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n' >words/house.aff
echo "They recieved it and repalced the wintters." >words/w.txt
expect 0 "a personal, a project's and a Hunspell word list" "$galley" check words/w.txt
expect 1 "no word list" "$galley" check --no-config --format=jsonl words/w.txt
has out '"recieved"' "the personal list's"
has out '"repalced"' "the project's"
has out '"wintters"' "Hunspell's"
printf '# galley:ignore spelling "recieved" because of its founder\nThey recieved it.\n\nWe recieved it.\n' >once.txt
expect 1 "one place is ignored" "$galley" check --no-config --format=jsonl once.txt
has out '"line":2,"column":6' "the waived one"
has out '"by":"once.txt:1"' "by the mark"
has out '"line":4' "the other"
for i in 1 2 3 4 5 6 7 8 9; do cp bad.txt "n$i.txt"; done
"$galley" check --jobs=4 --format=jsonl n?.txt >four
"$galley" check --jobs=1 --format=jsonl n?.txt >one
cmp one four || fail "the order of documents"
expect 2 "no library" env GALLEY_LIBRARY=/nowhere/libgalley.so "$galley" check good.txt
# A library that is loaded late, and is not there.
library="$(dirname "$galley")/../../plugin/libgalley.so.1"
mkdir broken
for name in zip icuuc xml2; do
    : >"broken/$(grep -ao "lib$name\.so\.[0-9]*" "$library" | head -1)"
done
printf 'PK\003\004 word/document.xml, and no more of it' >office.docx
printf 'Tbilisi is \341\203\227\341\203\221\341\203\230\341\203\232\341\203\230\341\203\241\341\203\230.\n' >script.txt
for late in office.docx script.txt; do
    expect 2 "$late without its library" env LD_LIBRARY_PATH="$folder/broken:${LD_LIBRARY_PATH:-}" "$galley" check --format=jsonl "$late"
    has out "which this document needs" "why"
done
expect 1 "a text that needs none" env LD_LIBRARY_PATH="$folder/broken:${LD_LIBRARY_PATH:-}" "$galley" check bad.txt
expect 0 "list" "$galley" list
expect 0 "explain" "$galley" explain pronoun
expect 2 "explain nothing" "$galley" explain nothing
passed
