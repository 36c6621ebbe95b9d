#!/bin/sh
# file_names.sh READELF LIBRARY: a C header with the names of the files that LIBRARY needs and that
# galley loads late.
set -eu
needed=$("$1" -d "$2" | sed -n 's/.*NEEDED.*\[\(.*\)\].*/\1/p')
for pair in ICU=libicuuc MARKDOWN=libmd4c XML=libxml2 ZIP=libzip; do
    file=$(printf '%s\n' "$needed" | grep "^${pair#*=}\." || true)
    [ -n "$file" ] || { echo "$2 needs no ${pair#*=}: $needed" >&2; exit 1; }
    printf '#define LATE_%s "%s"\n' "${pair%%=*}" "$file"
done
