#!/bin/sh
# Settings and waivers as the command finds them: folders that inherit and override, where each value
# came from, errors with file and line, .galley-ignore and what it warns of.
set -u
. "$(dirname "$0")/lib.sh"

printf 'They went tosupport her.\n' >bad.txt
mkdir -p sport/finals news
cp bad.txt sport/s.txt
cp bad.txt sport/finals/f.txt
cp bad.txt news/n.txt
cat >.galley.ini <<'END'
root = yes
[galley]
language = en-GB   ; the desk's
fail-on = critical
only = spelling,
    duplication
[severity]
spelling = minor
END
printf 'fail-on = minor\n' >sport/.galley.ini

expect 0 "the outer settings" "$galley" check news
expect 1 "a folder that overrides" "$galley" check sport
expect 1 "the nearer one wins, below too" "$galley" check sport/finals/f.txt
expect 1 "each document under its own" "$galley" check --format=jsonl news/n.txt sport/s.txt
has out '"verdict":"review"' "the outer folder's"
has out '"verdict":"fail"' "the inner folder's"
expect 0 "config" "$galley" config sport
has out "; sport/.galley.ini:1" "where a value came from"
has out "; .galley.ini:3" "where an inherited value came from"
has out "only = spelling, duplication" "a list over two lines"
has out "min-score = 0" "a default"
has out "spelling = minor" "a section"
expect 0 "config with an option" "$galley" config --min-score=50 sport/s.txt
has out "the option --min-score" "an option's origin"
expect 0 "what config prints is a settings file" sh -c "'$galley' config sport >copy.ini; '$galley' config --config=copy.ini news"
has out "fail-on = minor" "read back"
printf 'root = yes\n' >sport/finals/.galley.ini
expect 1 "root ends the search" "$galley" check --format=jsonl sport/finals
has out '"severity":"major"' "nothing inherited"

# Errors name file and line, and concern only their folder.
wrong() { # TEXT MESSAGE
    printf "$1" >sport/.galley.ini
    expect 2 "wrong settings: $1" "$galley" check --format=jsonl news sport/s.txt
    has err "$2" "wrong settings"
    has out "$2" "wrong settings, in the report"
    has out '"uri":"news/n.txt","language"' "the other folder's document"
}
wrong 'fail-on = minor\nfial-on = major\n' 'sport/.galley.ini:2: unknown setting “fial-on”; the nearest one is “fail-on”'
wrong '\n[severty]\nspelling = minor\n' 'sport/.galley.ini:3: there is no section [severty]; the nearest one is [severity]'
wrong '[severity]\nspeling = minor\n' 'sport/.galley.ini:2: there is no check “speling”; the nearest one is “spelling”'
wrong 'min-score = many\n' 'sport/.galley.ini:1: “min-score” takes a number from 0 to 100, not “many”'
wrong 'just words\n' 'sport/.galley.ini:1: not a “key = value” line'
wrong 'root = perhaps\n' 'sport/.galley.ini:1: “root” takes'
wrong "word-lists = $(printf '%0300d' 1)\n" 'sport/.galley.ini:1: a line of more than'
wrong 'only = spelling\ndisable = spelling\n' 'leave no check to run'
rm sport/.galley.ini sport/finals/.galley.ini
expect 2 "config of wrong settings" "$galley" config --set=nothing=1
has err "the option --set: unknown setting" "whose fault it is"
printf 'tosupport\n' >sport/words.txt
printf 'word-lists = words.txt\n' >sport/.galley.ini
expect 0 "paths count from the file" "$galley" check --set=fail-on=minor sport/s.txt
rm sport/.galley.ini

# House style: signs that are INI's own in patterns, and errors with their line.
cat >sport/.galley.ini <<'END'
only = style
[replace]
\bper cent\b = percent
[Kk]iev = Kyiv | the name
(?:x=y; z|u:v)+ = z
[forbid]
passed away =
(a+)+$ = no
END
printf 'Ten per cent of Kiev. It is u:v here. She passed away.\n\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\n' >sport/style.txt
expect 0 "house style" "$galley" check --format=text --fail-on=never sport/style.txt
has out "write: percent" "a replacement"
has out "the name [style]" "a message"
has out "write: z" "signs of INI in a pattern"
has out "the house style forbids this" "a message by default"
has out "“(a+)+\$” takes too long" "a pattern without end"
expect 0 "config with patterns" sh -c "'$galley' config sport >copy.ini; '$galley' config --config=copy.ini news"
has out "(?:x=y; z|u:v)+ = z" "a pattern, read back"
has out "[Kk]iev = Kyiv | the name" "a pattern with a class, read back"
wrong '[forbid]\n\n(x = no\n' 'sport/.galley.ini:3: “(x” is no pattern: missing closing parenthesis'
wrong '[replace]\nper cent=percent\n' 'sport/.galley.ini:2: a rule is “PATTERN = REPLACEMENT”'
rm sport/.galley.ini sport/style.txt copy.ini

# .galley-ignore, found upward.
printf 'root = yes\n' >.galley.ini
cat >.galley-ignore <<'END'
spelling "tosupport" in sport/** because the desk writes so
spelling "neverseen" because nobody knows
spelling "tosupport" in news/** until 2020-01-31 because it was so once
END
expect 0 "a waiver found upward" "$galley" check sport/finals/f.txt
has_not err "nothing" "a run over one document"
expect 1 "waivers" "$galley" check --format=xml --output=report.xml .
has err ".galley-ignore:2: warning: the waiver waives nothing" "an unused waiver"
has err ".galley-ignore:3: warning: the waiver is past its last day" "an expired waiver"
has_not err ".galley-ignore:1" "a waiver that is needed"
has report.xml '<warning origin=".galley-ignore:2">' "the report's warning"
has report.xml 'expired on 2020-01-31' "the warning at the place"
if command -v xmllint >/dev/null; then
    expect 0 "the schema" xmllint --noout --relaxng "$GALLEY_TEST_SCHEMA" report.xml
fi
expect 1 "json" "$galley" check --format=json --output=report.json .
expect 0 "json is whole" python3 -c 'import json; assert len(json.load(open("report.json"))["warnings"]) == 2'
rm report.xml report.json
expect 0 "json lines" sh -c "'$galley' check --fail-on=never --format=jsonl . | tail -1"
has out '{"warning":{"origin":".galley-ignore:3"' "a line for a warning"
expect 1 "other waivers" "$galley" check --ignore= sport
expect 1 "no waivers" "$galley" check --no-config sport
printf 'spelling "tosupport" because so\n' >more
expect 0 "named waivers" "$galley" check --ignore=more bad.txt
expect 0 "named waivers that nothing needs" sh -c "echo Plain words. >good.txt; '$galley' check --ignore=more good.txt"
has err "more:1: warning: the waiver waives nothing" "a named file"
expect 2 "a broken ignore file" sh -c "echo nonsense >sport/.galley-ignore; '$galley' check --format=jsonl sport/s.txt news/n.txt"
has out "sport/.galley-ignore:1" "its place"
rm sport/.galley-ignore .galley-ignore sport/words.txt

# More folders with settings of their own than are kept at once: what one of them needed is known.
mkdir folders
i=0
while [ $i -lt 40 ]; do
    mkdir folders/$i
    printf 'fail-on = never\n' >folders/$i/.galley.ini
    printf 'Plain words.\n' >folders/$i/a.txt
    i=$((i + 1))
done
cp bad.txt folders/0/a.txt
printf 'spelling "tosupport" because so\nspelling "neverseen" because nobody knows\n' >folders/.galley-ignore
expect 0 "many folders" "$galley" check --jobs=1 folders
has_not err ".galley-ignore:1" "a waiver that the first folder needed"
[ "$(grep -c '.galley-ignore:2: warning: the waiver waives nothing' err)" -eq 1 ] || fail "an unused waiver is said once"
rm -r folders

# A baseline.
"$galley" check --format=baseline --output=galley.baseline sport news >/dev/null 2>&1
expect 0 "a baseline" "$galley" check --baseline=galley.baseline sport news
has_not err "baseline" "all of it is needed"
echo "Plain words." >sport/s.txt
echo "Plain words." >sport/finals/f.txt
echo "Plain words." >news/n.txt
expect 0 "a baseline that is old" "$galley" check --baseline=galley.baseline sport news
has err "galley.baseline: warning: " "its file"
has err "write it anew" "what to do"

# How many issues.
expect 1 "max-issues" "$galley" check --fail-on=never --max-issues=0 bad.txt
expect 0 "max-issues that is not reached" "$galley" check --fail-on=never --max-issues=1 bad.txt
passed
