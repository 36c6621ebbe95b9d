#!/bin/bash
# The commands of the CI examples, as they stand there, and the hook of pre-commit.
#
# usage: ci.sh GALLEY SOURCE
set -u
galley=$(realpath "$1")
source=$(realpath "$2")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin" "$folder/work"
# The command finds its library beside itself: a link would hide where that is.
printf '#!/bin/sh\nexec %s "$@"\n' "$galley" >"$folder/bin/galley"
chmod +x "$folder/bin/galley"
PATH=$folder/bin:$PATH
cd "$folder/work" || exit 1
failures=0
fail() {
    echo "$*"
    failures=$((failures + 1))
}
for example in github.yml gitlab-ci.yml Jenkinsfile; do
    command=$(grep -o "galley check [^']*" "$source/docs/ci/$example" | head -1)
    [ -n "$command" ] || fail "$example has no command"
    for story in open shut; do
        rm -rf ./*
        mkdir stories
        if [ $story = open ]; then echo 'A plain story.'; else echo 'They went tosupport her.'; fi >stories/a.txt
        eval "$command" >out 2>err
        status=$?
        [ "$status" -eq $([ $story = open ] && echo 0 || echo 1) ] || fail "$example, $story: exit status $status"
        for file in $(grep -o '=[a-z]*:[a-z.]*' <<<"$command" | cut -d: -f2); do
            [ -s "$file" ] || fail "$example: $file was not written"
            grep -qF "$file" <(grep -vF "$command" "$source/docs/ci/$example") || fail "$example: nobody takes $file"
        done
    done
done
if command -v pre-commit >/dev/null && command -v git >/dev/null; then
    rm -rf ./*
    git init -q . && git config user.email a@example.org && git config user.name a
    echo 'They went tosupport her.' >a.txt
    git add a.txt
    # Without network: a local hook with the entry of ours.
    { printf 'repos:\n- repo: local\n  hooks:\n'; grep -v '^#' "$source/.pre-commit-hooks.yaml" | sed 's/^/  /'; } >.pre-commit-config.yaml
    pre-commit run galley --all-files >out 2>&1 && fail "the hook let a misspelt word pass"
    grep -q tosupport out || fail "the hook does not say why: $(cat out)"
    echo 'A plain story.' >a.txt
    pre-commit run galley --all-files >out 2>&1 || fail "the hook stopped a good text: $(cat out)"
fi
[ "$failures" -eq 0 ]
