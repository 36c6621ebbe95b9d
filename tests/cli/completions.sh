#!/bin/bash
# The shells' completions: they know every option, report, input format and command, and bash's answers.
#
# usage: completions.sh GALLEY SOURCE
set -u
galley=$(realpath "$1")
folder=$2/hosts/completions
failures=0
fail() {
    echo "$*"
    failures=$((failures + 1))
}

# What the command knows, each in each shell's file.
known=$(sed -n 's/^    {"\([a-z0-9-]*\)", \(no\|required\)_argument.*/\1/p' "$2/hosts/cli/options.c")
[ "$(echo "$known" | wc -l)" -gt 25 ] || fail "the options were not found in options.c"
formats=$(sed -n 's/^    \.name = "\([a-z]*\)",$/\1/p' "$2"/plugin/formats/*.c)
reports=$(sed -n 's/^    \.name = "\([a-z]*\)",$/\1/p' "$2"/plugin/reports/*.c)
for file in galley.bash _galley galley.fish; do
    for option in $known; do
        grep -qE -- "(--|-l )$option([= ]|\[|$)" "$folder/$file" || fail "$file does not know --$option"
    done
    for name in $formats $reports; do
        grep -qw -- "$name" "$folder/$file" || fail "$file does not know $name"
    done
done

# Syntax, where the shells are there.
bash -n "$folder/galley.bash" || fail "bash"
if command -v zsh >/dev/null; then zsh -n "$folder/_galley" || fail "zsh"; fi
if command -v fish >/dev/null; then fish -n "$folder/galley.fish" || fail "fish"; fi

# What bash answers to a tab.
galley() { "$galley" "$@"; }
. "$folder/galley.bash"
expect() { # ANSWER WORD...
    local answer=$1
    shift
    COMP_WORDS=("$@")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _galley 2>/dev/null
    [ "${COMPREPLY[*]}" = "$answer" ] || fail "$*: “${COMPREPLY[*]}”, not “$answer”"
}
expect "check" galley ch
expect "--format=" galley check --form
expect "sarif" galley check --format = sa
expect "json jsonl" galley check --format = js
expect "pronoun" galley explain pron
expect "spelling,splice" galley check --only = spelling,spl
expect "critical" galley check --fail-on = c
[ "$failures" -eq 0 ]
