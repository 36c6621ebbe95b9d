#!/bin/sh
# galley check --annotate and --strip: annotated twice is annotated once, stripped is what it was.
set -u
. "$(dirname "$0")/lib.sh"

round_trip() { # FILE
    once="$folder/once.${1##*.}"
    expect 1 "$1 annotated" "$galley" check --annotate --output="$once" "$1"
    cmp -s "$once" "$1" && fail "$1: nothing was written into it"
    expect 1 "$1 annotated twice" "$galley" check --annotate --output="$folder/twice" "$once"
    cmp "$once" twice || fail "$1: annotated twice"
    expect 0 "$1 stripped" "$galley" check --strip "$once"
    cmp out "$1" || fail "$1: stripped"
    expect 0 "$1 stripped, never annotated" "$galley" check --strip "$1"
    cmp out "$1" || fail "$1: stripped, never annotated"
}

printf '<!DOCTYPE html>\n<html lang="en"><body><p>They went tosupport &amp; her.</p></body></html>\r\n' >page.html
printf '<?xml version="1.0"?>\n<doc><p>They went tosupport &#x26; <![CDATA[recieve]]> her.</p></doc>\n' >doc.xml
printf 'Title\n=====\n\nThey went *tosupport* her.\n' >story.md
printf 'WEBVTT\n\n00:01.000 --> 00:02.000\nThey went tosupport her.\n' >film.vtt
printf '{"id":"1","text":"They went tosupport her."}\n' >story.jsonl
printf 'msgid "Sie"\nmsgstr "They went tosupport her."\n' >app.po
printf '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" source-language="de" target-language="en" datatype="plaintext"><body><trans-unit id="1"><source>Sie</source><target>They went tosupport her.</target></trans-unit></body></file></xliff>' >old.xlf
printf '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="de" trgLang="en"><file id="f"><unit id="1"><segment><source>Sie</source><target>They went tosupport her.</target></segment></unit></file></xliff>' >new.xlf
printf '<tmx version="1.4"><header srclang="de" segtype="sentence" datatype="plaintext" adminlang="en" o-tmf="a" creationtool="a" creationtoolversion="1"/><body><tu><tuv xml:lang="de"><seg>Sie</seg></tuv><tuv xml:lang="en"><seg>They went tosupport her.</seg></tuv></tu></body></tmx>' >memory.tmx
# What the document declares.
printf '<?xml version="1.0" encoding="UTF-16"?>\n<doc><p>They went tosupport caf\303\251 her.</p></doc>\n' >wide
iconv -f utf-8 -t utf-16 wide >marked.xml
iconv -f utf-8 -t utf-16le wide >unmarked.xml
iconv -f utf-8 -t utf-16be wide >big.xml
printf '<?xml version="1.0" encoding="windows-1252"?>\r\n<doc><p>They went tosupport caf\351 \223her\224.</p></doc>\r\n' >western.xml
printf '<?xml version="1.0" encoding="iso-8859-1"?>\n<doc><p>They went tosupport caf\303\251 her.</p></doc>\n' >converted.xml
printf '<!DOCTYPE html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>They went tosupport caf\351 her.</p>' >western.html
printf 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=ISO-8859-2\\n"\n\nmsgid "a"\nmsgstr "They went tosupport \261 her."\n' >eastern.po
for file in marked.xml unmarked.xml big.xml western.xml converted.xml western.html eastern.po page.html doc.xml story.md film.vtt story.jsonl app.po old.xlf new.xlf memory.tmx; do
    round_trip "$file"
done

python3 "$here/archives.py" archives
printf 'spelling because it is to be seen\n' >let-pass
for file in archives/*; do
    round_trip "$file"
    python3 -m zipfile -t "$once" >tested || fail "$file: annotated, it is damaged: $(cat tested)"
done

# Annotations inside annotations: hostile files, and those that were edited by hand.
annotated=
for file in page.html doc.xml story.md film.vtt story.jsonl app.po old.xlf new.xlf memory.tmx; do
    "$galley" check --annotate "$file" >"annotated.${file%.*}.${file##*.}"
    annotated="$annotated annotated.${file%.*}.${file##*.}"
done
python3 "$here/nested.py" "$galley" $annotated || fail "annotations inside annotations"

# What was waived says so wherever issues are written.
for file in app.po film.vtt memory.tmx archives/stored.docx archives/stored.odt; do
    once="once.${file##*.}"
    expect 0 "$file, waived" "$galley" check --annotate --ignore=let-pass --output="$once" "$file"
    case $file in
    *.docx) unzipped=$(python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("word/comments.xml").decode())' "$once") ;;
    *.odt) unzipped=$(python3 -c 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("content.xml").decode())' "$once") ;;
    *) unzipped=$(cat "$once") ;;
    esac
    printf '%s\n' "$unzipped" >text
    has text "spelling (major, waived): " "$file, waived"
done
expect 0 "JSON Lines, waived" "$galley" check --annotate --ignore=let-pass story.jsonl
has out '"waived":true' "JSON Lines, waived"

expect 2 "both" "$galley" check --strip --annotate story.md
has err "--annotate and --strip exclude each other" "why"
expect 2 "two files" "$galley" check --strip story.md page.html
has err "--strip writes one document" "why"
passed
