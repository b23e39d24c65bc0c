# Written by ankra completion: asks ankra what can come next. Run by bash, 3.2 or later.

_ankra() {
    # Bash splits words at = and : too. What no blank parts is put together again, up to the cursor.
    local left=${COMP_LINE:0:COMP_POINT} trimmed piece i last=-1
    local words=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        trimmed=${left#"${left%%[![:space:]]*}"}
        piece=$trimmed
        ((i == COMP_CWORD)) || piece=${COMP_WORDS[i]}
        if ((i > 0)) && [[ $trimmed == "$left" ]]; then
            words[last]+=$piece
        else
            words[++last]=$piece
        fi
        left=${trimmed#"$piece"}
    done

    # Bash replaces the last piece alone, which it names.
    local current=${words[last]} kept=''
    case $2 in
        [:=]) kept=$current ;;
        *) kept=${current%"$2"} ;;
    esac
    # What is between quotes is replaced without them.
    kept=${kept//[\"\']/}

    # The word as it is meant, and the quote in which it ends.
    local plain='' quote='' letter
    for ((i = 0; i < ${#current}; i++)); do
        letter=${current:i:1}
        if [[ -z $quote && $letter == [\"\'] ]]; then
            quote=$letter
        elif [[ -n $quote && $letter == "$quote" ]]; then
            quote=''
        elif [[ $letter == \\ && $quote != \' ]]; then
            ((++i))
            plain+=${current:i:1}
        else
            plain+=$letter
        fi
    done

    COMPREPLY=()
    local value about file
    while IFS=$'\t' read -r value about; do
        case $value in
            ':files '*)
                type compopt >/dev/null 2>&1 || continue
                value=${plain:0:${value#:files }}
                if [[ $value == "$kept" ]]; then
                    # Bash completes file names itself, and quotes them.
                    compopt -o default
                    continue
                fi
                # It would take what stands before the name for a part of it, as it does @.
                compopt -o nospace
                file=${plain#"$value"}
                while IFS= read -r file; do
                    [[ -d $file ]] && file=$file/
                    case $quote in
                        # A name that could end the quote, or that is expanded in it, is not offered.
                        \') [[ $file == *\'* ]] && continue ;;
                        \") [[ $file == *[\"\`\$\\!]* ]] && continue ;;
                        *) printf -v file %q "$file" ;;
                    esac
                    COMPREPLY[${#COMPREPLY[@]}]=${value#"$kept"}$file
                done < <(compgen -f -- "$file")
                ;;
            '' | *[!A-Za-z0-9._:=@/-]*) ;;
            *) COMPREPLY[${#COMPREPLY[@]}]=${value#"$kept"} ;;
        esac
    done < <(command ankra __complete bash "${words[@]}" </dev/null 2>/dev/null)

    if ((${#COMPREPLY[@]} == 1)); then
        case ${COMPREPLY[0]} in
            *[:=@]) type compopt >/dev/null 2>&1 && compopt -o nospace ;;
        esac
    fi
}

if type compopt >/dev/null 2>&1; then
    complete -F _ankra ankra
else
    complete -o default -F _ankra ankra
fi
