#!/bin/sh
# Runs the example host as it is, and under valgrind where that is installed and the build is not
# an instrumented one.
set -eu
host=$1
library=$2
text="The minister said she wanted tosupport them, and and left."
expected="spelling"

"$host" "$library" "$text" | grep -q "$expected"
if "$host" "$library.missing" "$text" 2>/dev/null; then
    echo "a library that is not there was loaded" >&2
    exit 1
fi
if command -v valgrind >/dev/null && ! grep -qE '__(asan|tsan)_init' "$library"; then
    valgrind -q --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite \
        "$host" "$library" "$text" >/dev/null
fi
