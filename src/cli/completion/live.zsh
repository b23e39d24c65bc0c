#compdef ankra
# Written by ankra completion: asks ankra what can come next.

_ankra() {
    local line value about files
    local -a open shown_open done shown_done
    local -i width=0
    local -a asked lines
    asked=("${(@Q)words[1,CURRENT-1]}" "${(Q)${:-$IPREFIX$PREFIX}}")
    lines=("${(@f)$(command ankra __complete zsh "${asked[@]}" </dev/null 2>/dev/null)}")

    for line in "${lines[@]}"; do
        value=${line%%$'\t'*}
        (( ${#value} > width )) && width=${#value}
    done
    (( width > 40 )) && width=40

    for line in "${lines[@]}"; do
        value=${line%%$'\t'*}
        about=${${line#$value}#$'\t'}
        case $value in
            (':files '*) files=${value#:files } ;;
            (''|*[^A-Za-z0-9._:=@/-]*) ;;
            (*)
                if (( ${#value} <= width )); then line=${(r:width:)value}; else line=$value; fi
                [[ -n $about ]] && line="$line  -- $about"
                line=${line[1,COLUMNS-2]}
                if [[ $value == *[:=@] ]]; then
                    open+=("$value")
                    shown_open+=("$line")
                else
                    done+=("$value")
                    shown_done+=("$line")
                fi
                ;;
        esac
    done

    if [[ $files == <-> ]]; then
        compset -p $files && _files
        return
    fi
    local -i result=1
    (( $#open )) && compadd -l -d shown_open -S '' -a open && result=0
    (( $#done )) && compadd -l -d shown_done -a done && result=0
    return result
}

if [[ $funcstack[1] == _ankra ]]; then
    _ankra "$@"
elif (( $+functions[compdef] )); then
    compdef _ankra ankra
fi
