#!/bin/sh
# The public header compiles by itself, as C11 and as C++17, with all warnings as errors.
set -eu
include=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
echo '#include <galley.h>' >"$folder/header.c"
cp "$folder/header.c" "$folder/header.cc"
cc -std=c11 -Wall -Wextra -Wpedantic -Werror -I"$include" -fsyntax-only "$folder/header.c"
c++ -std=c++17 -Wall -Wextra -Wpedantic -Werror -I"$include" -fsyntax-only "$folder/header.cc"
