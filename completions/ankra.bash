_ankra() {
    local i cur prev opts cmd
    COMPREPLY=()
    if [[ "${BASH_VERSINFO[0]}" -ge 4 ]]; then
        cur="$2"
    else
        cur="${COMP_WORDS[COMP_CWORD]}"
    fi
    prev="$3"
    cmd=""
    opts=""

    for i in "${COMP_WORDS[@]:0:COMP_CWORD}"
    do
        case "${cmd},${i}" in
            ",$1")
                cmd="ankra"
                ;;
            ankra,completion)
                cmd="ankra__subcmd__completion"
                ;;
            ankra,cred)
                cmd="ankra__subcmd__credentials"
                ;;
            ankra,credential)
                cmd="ankra__subcmd__credentials"
                ;;
            ankra,credentials)
                cmd="ankra__subcmd__credentials"
                ;;
            ankra,creds)
                cmd="ankra__subcmd__credentials"
                ;;
            ankra,login)
                cmd="ankra__subcmd__login"
                ;;
            ankra,logout)
                cmd="ankra__subcmd__logout"
                ;;
            ankra,org)
                cmd="ankra__subcmd__org"
                ;;
            ankra,organisation)
                cmd="ankra__subcmd__org"
                ;;
            ankra,organization)
                cmd="ankra__subcmd__org"
                ;;
            ankra,orgs)
                cmd="ankra__subcmd__org"
                ;;
            ankra,profile)
                cmd="ankra__subcmd__profile"
                ;;
            ankra,profiles)
                cmd="ankra__subcmd__profile"
                ;;
            ankra,sandbox)
                cmd="ankra__subcmd__sandbox"
                ;;
            ankra,status)
                cmd="ankra__subcmd__status"
                ;;
            ankra,token)
                cmd="ankra__subcmd__token"
                ;;
            ankra,tokens)
                cmd="ankra__subcmd__token"
                ;;
            ankra,whoami)
                cmd="ankra__subcmd__status"
                ;;
            ankra__subcmd__completion,install)
                cmd="ankra__subcmd__completion__subcmd__install"
                ;;
            ankra__subcmd__completion,uninstall)
                cmd="ankra__subcmd__completion__subcmd__uninstall"
                ;;
            ankra__subcmd__credentials,audit)
                cmd="ankra__subcmd__credentials__subcmd__audit"
                ;;
            ankra__subcmd__credentials,delete)
                cmd="ankra__subcmd__credentials__subcmd__delete"
                ;;
            ankra__subcmd__credentials,digitalocean)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean"
                ;;
            ankra__subcmd__credentials,do)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean"
                ;;
            ankra__subcmd__credentials,get)
                cmd="ankra__subcmd__credentials__subcmd__get"
                ;;
            ankra__subcmd__credentials,hetzner)
                cmd="ankra__subcmd__credentials__subcmd__hetzner"
                ;;
            ankra__subcmd__credentials,hz)
                cmd="ankra__subcmd__credentials__subcmd__hetzner"
                ;;
            ankra__subcmd__credentials,list)
                cmd="ankra__subcmd__credentials__subcmd__list"
                ;;
            ankra__subcmd__credentials,ls)
                cmd="ankra__subcmd__credentials__subcmd__list"
                ;;
            ankra__subcmd__credentials,morpheus)
                cmd="ankra__subcmd__credentials__subcmd__morpheus"
                ;;
            ankra__subcmd__credentials,ovh)
                cmd="ankra__subcmd__credentials__subcmd__ovh"
                ;;
            ankra__subcmd__credentials,proxmox)
                cmd="ankra__subcmd__credentials__subcmd__proxmox"
                ;;
            ankra__subcmd__credentials,pve)
                cmd="ankra__subcmd__credentials__subcmd__proxmox"
                ;;
            ankra__subcmd__credentials,reg)
                cmd="ankra__subcmd__credentials__subcmd__registry"
                ;;
            ankra__subcmd__credentials,registry)
                cmd="ankra__subcmd__credentials__subcmd__registry"
                ;;
            ankra__subcmd__credentials,rm)
                cmd="ankra__subcmd__credentials__subcmd__delete"
                ;;
            ankra__subcmd__credentials,show)
                cmd="ankra__subcmd__credentials__subcmd__get"
                ;;
            ankra__subcmd__credentials,ssh)
                cmd="ankra__subcmd__credentials__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials,ssh-key)
                cmd="ankra__subcmd__credentials__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials,ssh-keys)
                cmd="ankra__subcmd__credentials__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials,upcloud)
                cmd="ankra__subcmd__credentials__subcmd__upcloud"
                ;;
            ankra__subcmd__credentials,validate)
                cmd="ankra__subcmd__credentials__subcmd__validate"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean,check)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__check"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean,create)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean,list)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean,ls)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean,ssh)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean,ssh-key)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean,ssh-keys)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key,create)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key,list)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key,ls)
                cmd="ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner,check)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__check"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner,create)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner,list)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner,ls)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner,ssh)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner,ssh-key)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner,ssh-keys)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key,create)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key,list)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key,ls)
                cmd="ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus,check)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__check"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus,create)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus,list)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus,ls)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus,ssh)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus,ssh-key)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus,ssh-keys)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key,create)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key,list)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key,ls)
                cmd="ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__ovh,check)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__check"
                ;;
            ankra__subcmd__credentials__subcmd__ovh,create)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__ovh,list)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__ovh,ls)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__ovh,ssh)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__ovh,ssh-key)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__ovh,ssh-keys)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key,create)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key,list)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key,ls)
                cmd="ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox,check)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__check"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox,create)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox,list)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox,ls)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox,ssh)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox,ssh-key)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox,ssh-keys)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key,create)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key,list)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key,ls)
                cmd="ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__registry,check)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__check"
                ;;
            ankra__subcmd__credentials__subcmd__registry,create)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__registry,delete)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__delete"
                ;;
            ankra__subcmd__credentials__subcmd__registry,get)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__get"
                ;;
            ankra__subcmd__credentials__subcmd__registry,list)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__registry,ls)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__registry,presets)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__presets"
                ;;
            ankra__subcmd__credentials__subcmd__registry,refresh)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__refresh"
                ;;
            ankra__subcmd__credentials__subcmd__registry,rm)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__delete"
                ;;
            ankra__subcmd__credentials__subcmd__registry,set)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__set"
                ;;
            ankra__subcmd__credentials__subcmd__registry,show)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__get"
                ;;
            ankra__subcmd__credentials__subcmd__registry,update)
                cmd="ankra__subcmd__credentials__subcmd__registry__subcmd__update"
                ;;
            ankra__subcmd__credentials__subcmd__ssh__subcmd__key,create)
                cmd="ankra__subcmd__credentials__subcmd__ssh__subcmd__key__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__ssh__subcmd__key,generate)
                cmd="ankra__subcmd__credentials__subcmd__ssh__subcmd__key__subcmd__generate"
                ;;
            ankra__subcmd__credentials__subcmd__ssh__subcmd__key,list)
                cmd="ankra__subcmd__credentials__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__ssh__subcmd__key,ls)
                cmd="ankra__subcmd__credentials__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud,check)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__check"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud,create)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud,list)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud,ls)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud,ssh)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud,ssh-key)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud,ssh-keys)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key,create)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key__subcmd__create"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key,list)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key,ls)
                cmd="ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key__subcmd__list"
                ;;
            ankra__subcmd__org,current)
                cmd="ankra__subcmd__org__subcmd__current"
                ;;
            ankra__subcmd__org,list)
                cmd="ankra__subcmd__org__subcmd__list"
                ;;
            ankra__subcmd__org,ls)
                cmd="ankra__subcmd__org__subcmd__list"
                ;;
            ankra__subcmd__org,switch)
                cmd="ankra__subcmd__org__subcmd__use"
                ;;
            ankra__subcmd__org,use)
                cmd="ankra__subcmd__org__subcmd__use"
                ;;
            ankra__subcmd__profile,delete)
                cmd="ankra__subcmd__profile__subcmd__remove"
                ;;
            ankra__subcmd__profile,list)
                cmd="ankra__subcmd__profile__subcmd__list"
                ;;
            ankra__subcmd__profile,ls)
                cmd="ankra__subcmd__profile__subcmd__list"
                ;;
            ankra__subcmd__profile,remove)
                cmd="ankra__subcmd__profile__subcmd__remove"
                ;;
            ankra__subcmd__profile,rm)
                cmd="ankra__subcmd__profile__subcmd__remove"
                ;;
            ankra__subcmd__profile,switch)
                cmd="ankra__subcmd__profile__subcmd__use"
                ;;
            ankra__subcmd__profile,use)
                cmd="ankra__subcmd__profile__subcmd__use"
                ;;
            ankra__subcmd__sandbox,env)
                cmd="ankra__subcmd__sandbox__subcmd__env"
                ;;
            ankra__subcmd__sandbox,reset)
                cmd="ankra__subcmd__sandbox__subcmd__reset"
                ;;
            ankra__subcmd__sandbox,serve)
                cmd="ankra__subcmd__sandbox__subcmd__serve"
                ;;
            ankra__subcmd__token,create)
                cmd="ankra__subcmd__token__subcmd__create"
                ;;
            ankra__subcmd__token,delete)
                cmd="ankra__subcmd__token__subcmd__delete"
                ;;
            ankra__subcmd__token,list)
                cmd="ankra__subcmd__token__subcmd__list"
                ;;
            ankra__subcmd__token,ls)
                cmd="ankra__subcmd__token__subcmd__list"
                ;;
            ankra__subcmd__token,revoke)
                cmd="ankra__subcmd__token__subcmd__revoke"
                ;;
            ankra__subcmd__token,rm)
                cmd="ankra__subcmd__token__subcmd__delete"
                ;;
            *)
                ;;
        esac
    done

    case "${cmd}" in
        ankra)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version credentials credential creds cred login logout status whoami org organisation organization orgs profile profiles token tokens completion sandbox"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 1 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__completion)
            opts="-o -q -v -h -V --static --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version bash elvish fish powershell zsh install uninstall"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__completion__subcmd__install)
            opts="-y -o -q -v -h -V --shell --yes --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --shell)
                    COMPREPLY=($(compgen -W "bash zsh fish elvish powershell" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__completion__subcmd__uninstall)
            opts="-y -o -q -v -h -V --shell --yes --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --shell)
                    COMPREPLY=($(compgen -W "bash zsh fish elvish powershell" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version list ls get show validate audit delete rm hetzner hz ovh digitalocean do upcloud proxmox pve morpheus registry reg ssh-key ssh-keys ssh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__audit)
            opts="-o -q -v -h -V --all-orgs --fail-on --max-age --expires-within --unused-after --ignore-file --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --fail-on)
                    COMPREPLY=($(compgen -W "warning error" -- "${cur}"))
                    return 0
                    ;;
                --max-age)
                    COMPREPLY=()
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --unused-after)
                    COMPREPLY=()
                    return 0
                    ;;
                --ignore-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__delete)
            opts="-y -o -q -v -h -V --yes --ignore-not-found --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__digitalocean)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls check ssh-key ssh-keys ssh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__digitalocean__subcmd__check)
            opts="-o -q -v -h -V --api-token-from --api-token-stdin --from-doctl --secrets-from --allow-unusual --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --api-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-doctl)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__digitalocean__subcmd__create)
            opts="-n -o -q -v -h -V --name --check --api-token-from --api-token-stdin --from-doctl --secrets-from --allow-unusual --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --api-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-doctl)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__digitalocean__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key__subcmd__create)
            opts="-n -o -q -v -h -V --name --generate --public-key --private-key-file --passphrase --passphrase-from --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --public-key)
                    COMPREPLY=()
                    return 0
                    ;;
                --private-key-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --passphrase-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__digitalocean__subcmd__ssh__subcmd__key__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__get)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__hetzner)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls check ssh-key ssh-keys ssh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__hetzner__subcmd__check)
            opts="-o -q -v -h -V --api-token-from --api-token-stdin --from-hcloud --secrets-from --allow-unusual --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --api-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-hcloud)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__hetzner__subcmd__create)
            opts="-n -o -q -v -h -V --name --check --api-token-from --api-token-stdin --from-hcloud --secrets-from --allow-unusual --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --api-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-hcloud)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__hetzner__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key__subcmd__create)
            opts="-n -o -q -v -h -V --name --generate --public-key --private-key-file --passphrase --passphrase-from --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --public-key)
                    COMPREPLY=()
                    return 0
                    ;;
                --private-key-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --passphrase-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__hetzner__subcmd__ssh__subcmd__key__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__list)
            opts="-o -q -v -h -V --provider --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --provider)
                    COMPREPLY=()
                    return 0
                    ;;
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__morpheus)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls check ssh-key ssh-keys ssh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__morpheus__subcmd__check)
            opts="-o -q -v -h -V --api-url --tls-insecure --access-token-from --secrets-from --allow-unusual --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --api-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --access-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__morpheus__subcmd__create)
            opts="-n -o -q -v -h -V --name --check --api-url --tls-insecure --jumphost-host --jumphost-port --jumphost-username --access-token-from --jumphost-private-key-from --secrets-from --allow-unusual --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --api-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --jumphost-host)
                    COMPREPLY=()
                    return 0
                    ;;
                --jumphost-port)
                    COMPREPLY=()
                    return 0
                    ;;
                --jumphost-username)
                    COMPREPLY=()
                    return 0
                    ;;
                --access-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --jumphost-private-key-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__morpheus__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key__subcmd__create)
            opts="-n -o -q -v -h -V --name --generate --public-key --private-key-file --passphrase --passphrase-from --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --public-key)
                    COMPREPLY=()
                    return 0
                    ;;
                --private-key-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --passphrase-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__morpheus__subcmd__ssh__subcmd__key__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ovh)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls check ssh-key ssh-keys ssh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ovh__subcmd__check)
            opts="-o -q -v -h -V --project-id --application-key-from --application-secret-from --consumer-key-from --from-ovh-conf --secrets-from --allow-unusual --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --project-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --application-key-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --application-secret-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --consumer-key-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-ovh-conf)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ovh__subcmd__create)
            opts="-n -o -q -v -h -V --name --check --project-id --application-key-from --application-secret-from --consumer-key-from --from-ovh-conf --request-consumer-key --secrets-from --allow-unusual --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --project-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --application-key-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --application-secret-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --consumer-key-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-ovh-conf)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ovh__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key__subcmd__create)
            opts="-n -o -q -v -h -V --name --generate --public-key --private-key-file --passphrase --passphrase-from --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --public-key)
                    COMPREPLY=()
                    return 0
                    ;;
                --private-key-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --passphrase-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ovh__subcmd__ssh__subcmd__key__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__proxmox)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls check ssh-key ssh-keys ssh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__proxmox__subcmd__check)
            opts="-o -q -v -h -V --api-url --token-id --tls-insecure --token-secret-from --secrets-from --allow-unusual --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --api-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-secret-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__proxmox__subcmd__create)
            opts="-n -o -q -v -h -V --name --check --api-url --token-id --tls-insecure --jumphost-host --jumphost-port --jumphost-username --token-secret-from --jumphost-private-key-from --secrets-from --allow-unusual --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --api-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --jumphost-host)
                    COMPREPLY=()
                    return 0
                    ;;
                --jumphost-port)
                    COMPREPLY=()
                    return 0
                    ;;
                --jumphost-username)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-secret-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --jumphost-private-key-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__proxmox__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key__subcmd__create)
            opts="-n -o -q -v -h -V --name --generate --public-key --private-key-file --passphrase --passphrase-from --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --public-key)
                    COMPREPLY=()
                    return 0
                    ;;
                --private-key-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --passphrase-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__proxmox__subcmd__ssh__subcmd__key__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create set list ls get show update refresh delete rm check presets"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__check)
            opts="-u -o -q -v -h -V --registry-url --token-host --username --token-from --password-from --password-stdin --secrets-from --allow-unusual --from-docker --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --registry-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-host)
                    COMPREPLY=()
                    return 0
                    ;;
                --username)
                    COMPREPLY=()
                    return 0
                    ;;
                -u)
                    COMPREPLY=()
                    return 0
                    ;;
                --password-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-docker)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__create)
            opts="-n -u -o -q -v -h -V --name --username --token-from --password-from --password-stdin --secrets-from --allow-unusual --from-docker --preset --registry-url --check --token-host --or-update --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --username)
                    COMPREPLY=()
                    return 0
                    ;;
                -u)
                    COMPREPLY=()
                    return 0
                    ;;
                --password-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-docker)
                    COMPREPLY=()
                    return 0
                    ;;
                --preset)
                    COMPREPLY=($(compgen -W "ghcr gar ecr acr dockerhub harbor artifactory generic" -- "${cur}"))
                    return 0
                    ;;
                --registry-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-host)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__delete)
            opts="-y -o -q -v -h -V --yes --ignore-not-found --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__get)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__presets)
            opts="-o -q -v -h -V --columns --no-headers --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version ghcr gar ecr acr dockerhub harbor artifactory generic"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__refresh)
            opts="-o -q -v -h -V --token-from --password-from --password-stdin --secrets-from --allow-unusual --preset --registry-url --check --token-host --every --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --password-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --preset)
                    COMPREPLY=($(compgen -W "ghcr gar ecr acr dockerhub harbor artifactory generic" -- "${cur}"))
                    return 0
                    ;;
                --registry-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-host)
                    COMPREPLY=()
                    return 0
                    ;;
                --every)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__set)
            opts="-n -u -o -q -v -h -V --name --username --token-from --password-from --password-stdin --secrets-from --allow-unusual --from-docker --preset --registry-url --check --token-host --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --username)
                    COMPREPLY=()
                    return 0
                    ;;
                -u)
                    COMPREPLY=()
                    return 0
                    ;;
                --password-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --from-docker)
                    COMPREPLY=()
                    return 0
                    ;;
                --preset)
                    COMPREPLY=($(compgen -W "ghcr gar ecr acr dockerhub harbor artifactory generic" -- "${cur}"))
                    return 0
                    ;;
                --registry-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-host)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__registry__subcmd__update)
            opts="-u -o -q -v -h -V --username --token-from --password-from --password-stdin --secrets-from --allow-unusual --preset --registry-url --check --token-host --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --username)
                    COMPREPLY=()
                    return 0
                    ;;
                -u)
                    COMPREPLY=()
                    return 0
                    ;;
                --password-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --preset)
                    COMPREPLY=($(compgen -W "ghcr gar ecr acr dockerhub harbor artifactory generic" -- "${cur}"))
                    return 0
                    ;;
                --registry-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --token-host)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ssh__subcmd__key)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls generate"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ssh__subcmd__key__subcmd__create)
            opts="-n -o -q -v -h -V --provider --name --generate --public-key --private-key-file --passphrase --passphrase-from --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --provider)
                    COMPREPLY=($(compgen -W "hetzner ovh digitalocean upcloud proxmox morpheus" -- "${cur}"))
                    return 0
                    ;;
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --public-key)
                    COMPREPLY=()
                    return 0
                    ;;
                --private-key-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --passphrase-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ssh__subcmd__key__subcmd__generate)
            opts="-n -o -q -v -h -V --name --private-key-file --passphrase --passphrase-from --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --private-key-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --passphrase-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__ssh__subcmd__key__subcmd__list)
            opts="-o -q -v -h -V --provider --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --provider)
                    COMPREPLY=($(compgen -W "hetzner ovh digitalocean upcloud proxmox morpheus" -- "${cur}"))
                    return 0
                    ;;
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__upcloud)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls check ssh-key ssh-keys ssh"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__upcloud__subcmd__check)
            opts="-o -q -v -h -V --api-token-from --api-token-stdin --from-upctl --secrets-from --allow-unusual --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --api-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__upcloud__subcmd__create)
            opts="-n -o -q -v -h -V --name --check --api-token-from --api-token-stdin --from-upctl --secrets-from --allow-unusual --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --api-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --secrets-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__upcloud__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version create list ls"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 4 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key__subcmd__create)
            opts="-n -o -q -v -h -V --name --generate --public-key --private-key-file --passphrase --passphrase-from --if-not-exists --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --public-key)
                    COMPREPLY=()
                    return 0
                    ;;
                --private-key-file)
                    COMPREPLY=()
                    return 0
                    ;;
                --passphrase-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__upcloud__subcmd__ssh__subcmd__key__subcmd__list)
            opts="-o -q -v -h -V --name --status --expires-within --older-than --unused --system --usage --sort --order --columns --no-headers --limit --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 5 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                --status)
                    COMPREPLY=($(compgen -W "ok failing unavailable expired syncing unknown" -- "${cur}"))
                    return 0
                    ;;
                --expires-within)
                    COMPREPLY=()
                    return 0
                    ;;
                --older-than)
                    COMPREPLY=()
                    return 0
                    ;;
                --sort)
                    COMPREPLY=()
                    return 0
                    ;;
                --order)
                    COMPREPLY=($(compgen -W "asc desc" -- "${cur}"))
                    return 0
                    ;;
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --limit)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__credentials__subcmd__validate)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__login)
            opts="-o -q -v -h -V --web --with-token --api-token-from --api-token-stdin --store --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --api-token-from)
                    COMPREPLY=()
                    return 0
                    ;;
                --store)
                    COMPREPLY=($(compgen -W "keychain file" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__logout)
            opts="-o -q -v -h -V --revoke --token-id --local --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --token-id)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__org)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version list ls use switch current"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__org__subcmd__current)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__org__subcmd__list)
            opts="-o -q -v -h -V --columns --no-headers --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__org__subcmd__use)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__profile)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version list ls use switch remove rm delete"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__profile__subcmd__list)
            opts="-o -q -v -h -V --columns --no-headers --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__profile__subcmd__remove)
            opts="-o -q -v -h -V --revoke --local --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__profile__subcmd__use)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__sandbox)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version serve reset env"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__sandbox__subcmd__env)
            opts="-o -q -v -h -V --role --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --role)
                    COMPREPLY=($(compgen -W "admin viewer" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__sandbox__subcmd__reset)
            opts="-y -o -q -v -h -V --yes --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__sandbox__subcmd__serve)
            opts="-o -q -v -h -V --listen --second-factor --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --listen)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__status)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__token)
            opts="-o -q -v -h -V --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version list ls create revoke delete rm"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 2 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__token__subcmd__create)
            opts="-n -o -q -v -h -V --name --expires --scope --save-as-profile --store --dry-run --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --name)
                    COMPREPLY=()
                    return 0
                    ;;
                -n)
                    COMPREPLY=()
                    return 0
                    ;;
                --expires)
                    COMPREPLY=()
                    return 0
                    ;;
                --scope)
                    COMPREPLY=($(compgen -W "mcp:read mcp:write" -- "${cur}"))
                    return 0
                    ;;
                --save-as-profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --store)
                    COMPREPLY=($(compgen -W "keychain file" -- "${cur}"))
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__token__subcmd__delete)
            opts="-y -o -q -v -h -V --yes --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__token__subcmd__list)
            opts="-o -q -v -h -V --columns --no-headers --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --columns)
                    COMPREPLY=()
                    return 0
                    ;;
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
        ankra__subcmd__token__subcmd__revoke)
            opts="-y -o -q -v -h -V --yes --output --org --profile --base-url --config --sandbox --no-input --timeout --color --quiet --verbose --help --version"
            if [[ ${cur} == -* || ${COMP_CWORD} -eq 3 ]] ; then
                COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
                return 0
            fi
            case "${prev}" in
                --output)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                -o)
                    COMPREPLY=($(compgen -W "table wide json yaml csv name" -- "${cur}"))
                    return 0
                    ;;
                --org)
                    COMPREPLY=()
                    return 0
                    ;;
                --profile)
                    COMPREPLY=()
                    return 0
                    ;;
                --base-url)
                    COMPREPLY=()
                    return 0
                    ;;
                --config)
                    COMPREPLY=()
                    return 0
                    ;;
                --timeout)
                    COMPREPLY=()
                    return 0
                    ;;
                --color)
                    COMPREPLY=($(compgen -W "auto always never" -- "${cur}"))
                    return 0
                    ;;
                *)
                    COMPREPLY=()
                    ;;
            esac
            COMPREPLY=( $(compgen -W "${opts}" -- "${cur}") )
            return 0
            ;;
    esac
}

if [[ "${BASH_VERSINFO[0]}" -eq 4 && "${BASH_VERSINFO[1]}" -ge 4 || "${BASH_VERSINFO[0]}" -gt 4 ]]; then
    complete -F _ankra -o nosort -o bashdefault -o default ankra
else
    complete -F _ankra -o bashdefault -o default ankra
fi
