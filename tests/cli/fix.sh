#!/bin/sh
# galley fix: what is safe is put in place, and nothing else of the file changes.
set -u
. "$(dirname "$0")/lib.sh"

printf 'They went tosupport her, , and and it went.\r\nIt was a govenment matter.\r\n' >dos.txt
cp dos.txt before.txt
expect 0 "a dry run" "$galley" fix --dry-run dos.txt
has out "--- dos.txt" "the diff's head"
has out "-They went tosupport her, , and and it went." "what goes"
has out "+They went to support her, and it went." "what comes"
has err "can be fixed in 1 of 1" "how many"
cmp -s dos.txt before.txt || fail "a dry run wrote the file"
cp dos.txt patched.txt
"$galley" fix --dry-run dos.txt 2>/dev/null | sed 's/dos.txt/patched.txt/' | patch -s --binary -p0 ||
    fail "the diff is no patch"

chmod 640 dos.txt
ln -s dos.txt link.txt
expect 0 "fix" "$galley" fix link.txt
printf 'They went to support her, and it went.\r\nIt was a govenment matter.\r\n' >after.txt
sed -i 's/govenment/government/' after.txt # a word with one suggestion
cmp -s dos.txt after.txt || grep -q govenment dos.txt || fail "line ends or text: $(cat -A dos.txt)"
grep -q 'to support her, and it went.' dos.txt || fail "not fixed"
[ "$(grep -c "$(printf '\r')" dos.txt)" -eq 2 ] || fail "the line ends changed"
cmp -s dos.txt patched.txt || fail "the diff and the fix differ"
[ -L link.txt ] || fail "the link was replaced"
[ "$(stat -c %a dos.txt)" = 640 ] || fail "the mode changed"
expect 0 "a second time" "$galley" fix dos.txt
has err "0 fixed in 0 of 1" "nothing left"

printf '\377\376' >utf16.txt
printf 'They went tosupport her.\r\n' | iconv -t utf-16le >>utf16.txt
expect 0 "UTF-16" "$galley" fix utf16.txt
iconv -f utf-16 utf16.txt | grep -q 'went to support her' || fail "UTF-16 was not fixed"
[ "$(head -c 2 utf16.txt | od -An -tx1 | tr -d ' ')" = fffe ] || fail "the byte order mark went"

cat >page.html <<'END'
<html><body><p>Fish &amp; chips: they <b>went</b> tosupport   her.</p></body></html>
END
expect 0 "HTML" "$galley" fix --only=spelling page.html
has page.html 'Fish &amp; chips: they <b>went</b> to support   her.' "markup as it was"

printf 'They went tosupport her, , and and it went.\n' >only.txt
expect 0 "one check" "$galley" fix --only=duplication only.txt
has only.txt "tosupport her, , and it" "only what was asked for"
expect 2 "an unknown check" "$galley" fix --only=speling only.txt
has err "spelling" "the nearest check"
printf 'spelling "tosupport" because so\n' >.galley-ignore
expect 0 "a waived issue" "$galley" fix only.txt
has only.txt "tosupport her, and" "waived issues stay"
rm .galley-ignore
expect 0 "standard input" sh -c "printf 'It went tosupport him.\n' | '$galley' fix -"
has out "went to support him" "the document"
printf '[replace]\nper cent = percent\n' >>.galley.ini
printf 'Ten per cent of it.\n' >house.txt
expect 0 "house style" "$galley" fix house.txt
has house.txt "Ten percent of it." "the house's word"

# Answers from standard input.
printf 'They went tosupport her, , and and it went.\n' >asked.txt
expect 0 "interactive" sh -c "printf '\n1\nq\n' | '$galley' fix --interactive asked.txt"
has err "1: to support" "what is offered"
has asked.txt "tosupport her, and and it" "the second only"
expect 0 "interactive, all safe" sh -c "printf 'a\n' | '$galley' fix --interactive asked.txt"
has asked.txt "to support her, and it" "all of them"
expect 2 "answers and a document" sh -c "'$galley' fix --interactive - </dev/null"
expect 2 "contradictory options" "$galley" fix --interactive --dry-run asked.txt

# What cannot be fixed stops nobody.
printf 'They went tosupport her.\n' >good.txt
printf 'broken \377 text\n' >broken.txt
expect 2 "a broken document" "$galley" fix broken.txt missing.txt good.txt
has err "broken.txt: " "which one"
has err "missing.txt: " "which other"
has good.txt "to support" "the other is fixed"
mkdir tree
for i in 1 2 3 4 5 6 7 8 9; do printf 'They went tosupport her.\n' >tree/$i.txt; done
expect 0 "a directory, four at once" "$galley" fix --jobs=4 tree
has err "9 fixed in 9 of 9" "how many"
[ "$(cat tree/*.txt | grep -c 'to support')" -eq 9 ] || fail "not all were fixed"
[ -z "$(find . -name '.*.txt.*')" ] || fail "temporary files are left"
passed
