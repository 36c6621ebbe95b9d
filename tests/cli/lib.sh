# What the tests of the command share: `galley` is the command, the current folder an empty one, and
# `here` that of the script, and every `expect` or `has` that fails is counted and told. Sourced as: . lib.sh GALLEY
galley=$(realpath "$1")
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'chmod -R u+rwx "$folder" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
printf "root = yes\n" >.galley.ini # nothing above counts
export XDG_CONFIG_HOME="$folder/home" # nor what the user has
failures=0

fail() { # NAME
    echo "$1"
    failures=$((failures + 1))
}
expect() { # STATUS NAME COMMAND...
    status=$1 name=$2
    shift 2
    "$@" >out 2>err
    found=$?
    if [ "$found" -ne "$status" ]; then
        fail "$name: exit status $found, not $status"
        cat err
    fi
}
has() { # FILE TEXT NAME
    if ! grep -qF -- "$2" "$1"; then
        fail "$3: “$2” is not in it:"
        cat "$1"
    fi
}
has_not() { # FILE TEXT NAME
    if grep -qF -- "$2" "$1"; then
        fail "$3: “$2” is in it:"
        cat "$1"
    fi
}
passed() {
    [ "$failures" -eq 0 ]
}
