#!/bin/bash
# Runs the W3C's ITS 2.0 test suite for the data categories that galley knows, and prints a table.
#
# usage: bench/its.sh SUITE      its2.0/ of https://github.com/w3c/its-2.0-testsuite, with its
#                                inputdata/ (https://github.com/w3c/its-2.0-testsuite-inputdata)
set -uo pipefail
suite=$1
program=$(dirname "$0")/../build/bench/its_values
all=0 passed=0
printf '%-22s %-5s %6s %6s\n' category kind tests passed
for category in translate terminology languageinformation elementswithintext localefilter \
    preservespace locqualityissue locqualityrating allowedcharacters storagesize; do
    for kind in xml html; do
        n=0 good=0
        for expected in "$suite/expected/$category/$kind"/*output.txt; do
            [ -e "$expected" ] || continue
            name=$(basename "$expected" output.txt)
            n=$((n + 1))
            if diff -q <("$program" "$category" "$suite/inputdata/$category/$kind/$name.$kind" 2>&1) \
                <(tr -d '\r' <"$expected" | sed '$a\') >/dev/null; then
                good=$((good + 1))
            else
                echo "failed: $category/$kind/$name" >&2
            fi
        done
        [ "$n" -eq 0 ] || printf '%-22s %-5s %6d %6d\n' "$category" "$kind" "$n" "$good"
        all=$((all + n)) passed=$((passed + good))
    done
done
printf '%-28s %6d %6d\n' all "$all" "$passed"
[ "$all" -gt 0 ] && [ "$passed" -eq "$all" ]
