# bash completion for galley

_galley_values() { # OPTION: what it takes, one a line
    case $1 in
    --format) printf '%s\n' text xml its json jsonl html csv sarif junit checkstyle github gitlab baseline ;;
    --input-format) printf '%s\n' text html xliff tmx xml po markdown subtitles jsonl csv docx odt news ninjs ;;
    --only | --disable) galley list 2>/dev/null | cut -d' ' -f1 ;;
    --severity) galley list 2>/dev/null | sed 's/ .*/=/' ;;
    --fail-on) printf '%s\n' neutral minor major critical never ;;
    esac
}

_galley() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} option=
    local options="--format= --output= --annotate --strip --stream --watch --dry-run --interactive --jobs= --verbose --quiet
        --files-from= --files-from0= --include= --exclude= --config= --no-config --set= --severity= --language=
        --source-language= --input-format= --input-encoding= --text-column= --source-column= --only= --disable=
        --fail-on= --min-score= --max-issues= --ignore= --baseline= --word-lists= --dictionary-path="
    COMPREPLY=()
    # bash divides words at "=": --format=x comes as --format, =, x
    if [ "$current" = "=" ]; then
        option=$previous current=
    elif [ "$previous" = "=" ]; then
        option=${COMP_WORDS[COMP_CWORD-2]}
    fi
    if [ -n "$option" ]; then
        local before= last=$current
        case $option in
        --only | --disable)
            last=${current##*,}
            before=${current%"$last"}
            ;;
        --output | --config | --files-from | --files-from0 | --ignore | --baseline | --word-lists)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        esac
        mapfile -t COMPREPLY < <(compgen -P "$before" -W "$(_galley_values "$option")" -- "$last")
    elif [ "$COMP_CWORD" -eq 1 ]; then
        mapfile -t COMPREPLY < <(compgen -W "check fix stats config list explain lsp serve --version --help" -- "$current")
    elif [ "$previous" = explain ]; then
        mapfile -t COMPREPLY < <(compgen -W "$(_galley_values --only)" -- "$current")
    elif [ "${current:0:1}" = - ]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$current")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$current")
    fi
    case ${COMPREPLY[0]} in *=) [ ${#COMPREPLY[@]} -eq 1 ] && compopt -o nospace 2>/dev/null ;; esac
}
complete -F _galley -o filenames galley
