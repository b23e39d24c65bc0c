# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_ankra_global_optspecs
    string join \n o/output= org= profile= base-url= config= sandbox no-input timeout= color= q/quiet v/verbose h/help V/version
end

function __fish_ankra_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_ankra_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_ankra_using_subcommand
    set -l cmd (__fish_ankra_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c ankra -n "__fish_ankra_needs_command" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_needs_command" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_needs_command" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_needs_command" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_needs_command" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_needs_command" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_needs_command" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_needs_command" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_needs_command" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_needs_command" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_needs_command" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_needs_command" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_needs_command" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "credentials" -d 'Manage cloud, registry and SSH credentials'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "login" -d 'Sign in with a browser or an API token, for later commands'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "logout" -d 'Sign out: remove the saved login from this machine'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "status" -d 'Show who is signed in, where and in which organisation'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "org" -d 'List your organisations, and choose the one that commands act in'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "profile" -d 'List your profiles, choose one, or sign one out'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "token" -d 'Make, list and revoke your API tokens'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "completion" -d 'Print or install completion for your shell'
complete -c ankra -n "__fish_ankra_needs_command" -f -a "sandbox" -d 'Try everything without an account'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "list" -d 'List the credentials of every kind'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "get" -d 'Show credentials and what uses them, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "validate" -d 'Check whether a name is well formed and free'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "audit" -d 'Look for what is wrong or risky with all credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "delete" -d 'Delete credentials, after showing what uses them'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "hetzner" -d 'Manage Hetzner API tokens and SSH keys'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "ovh" -d 'Manage OVH API credentials and SSH keys'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "digitalocean" -d 'Manage DigitalOcean API tokens and SSH keys'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "upcloud" -d 'Manage UpCloud API tokens and SSH keys'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "proxmox" -d 'Manage Proxmox API tokens and SSH keys'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "morpheus" -d 'Manage Morpheus access tokens and SSH keys'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "registry" -d 'Manage credentials of Helm and OCI registries'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and not __fish_seen_subcommand_from list get validate audit delete hetzner ovh digitalocean upcloud proxmox morpheus registry ssh-key" -f -a "ssh-key" -d 'Manage SSH keys of every provider, or make a key pair'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l provider -d 'List the credentials of this provider: hetzner, ovh, digitalocean, upcloud, proxmox, morpheus or registry' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l name -d 'Show those whose names match, such as \'prod-*\'; can be repeated' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l status -d 'Show those in this state: ok, failing, unavailable, expired, syncing or unknown; can be repeated' -r -f -a "ok\t''
failing\t''
unavailable\t''
expired\t''
syncing\t''
unknown\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l expires-within -d 'Show what has expired, or is known to expire within this time, such as 7d or 12h' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l older-than -d 'Show what was created longer ago than this, such as 90d' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l sort -d 'Sort by this column: name, provider, status, expires, created, updated or any other' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l order -d 'Sort in ascending or descending order' -r -f -a "asc\t'The smallest or oldest first'
desc\t'The largest or newest first'"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns alone, separated by commas; -o json and yaml show just these keys' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l limit -d 'Show at most this many' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l unused -d 'Show what no cluster and no registry uses'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l system -d 'Show what the platform made for itself'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l usage -d 'Show what uses each: clusters and registries'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the header row'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from list" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from get" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from validate" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l fail-on -d 'Exit with 1 if there are findings as bad as this: warning or error' -r -f -a "warning\t'Warnings and errors'
error\t'Errors alone'"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l max-age -d 'Find secrets that were written longer ago than this' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l expires-within -d 'Find secrets that expire within this time' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l unused-after -d 'Find credentials that nothing uses once they are as old as this' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l ignore-file -d 'Leave out the findings that this file accepts, each with a reason' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l all-orgs -d 'Audit every organisation that you belong to'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from audit" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Delete without asking'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l ignore-not-found -d 'Succeed where there is nothing to delete'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l dry-run -d 'Show what would go and what uses it, and delete nothing'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -f -a "create" -d 'Store a Hetzner API token'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -f -a "list" -d 'List the Hetzner credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -f -a "check" -d 'Show whether Hetzner accepts a credential, and what it may do'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from hetzner" -f -a "ssh-key" -d 'Manage the SSH keys for Hetzner servers'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -f -a "create" -d 'Store OVH API credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -f -a "list" -d 'List the OVH credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -f -a "check" -d 'Show whether OVH accepts a credential, and what it may do'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ovh" -f -a "ssh-key" -d 'Manage the SSH keys for OVH servers'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -f -a "create" -d 'Store a DigitalOcean API token'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -f -a "list" -d 'List the DigitalOcean credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -f -a "check" -d 'Show whether DigitalOcean accepts a credential, and what it may do'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from digitalocean" -f -a "ssh-key" -d 'Manage the SSH keys for DigitalOcean servers'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -f -a "create" -d 'Store an UpCloud API token'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -f -a "list" -d 'List the UpCloud credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -f -a "check" -d 'Show whether UpCloud accepts a credential, and what it may do'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from upcloud" -f -a "ssh-key" -d 'Manage the SSH keys for UpCloud servers'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -f -a "create" -d 'Store a Proxmox VE API token'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -f -a "list" -d 'List the Proxmox credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -f -a "check" -d 'Show whether Proxmox accepts a credential, and what it may do'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from proxmox" -f -a "ssh-key" -d 'Manage the SSH keys for Proxmox servers'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -f -a "create" -d 'Store a Morpheus access token'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -f -a "list" -d 'List the Morpheus credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -f -a "check" -d 'Show whether Morpheus accepts a credential, and what it may do'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from morpheus" -f -a "ssh-key" -d 'Manage the SSH keys for Morpheus servers'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "create" -d 'Store a registry\'s user name and password or token'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "set" -d 'Store a user name and password, whether or not the name exists'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "list" -d 'List the registry credentials'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "get" -d 'Show registry credentials, never their passwords'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "update" -d 'Change the password, and the user name if one is given'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "refresh" -d 'Replace a password that expires, once or regularly'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "delete" -d 'Delete a registry credential'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "check" -d 'Check whether a user name and password work at the registry itself'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from registry" -f -a "presets" -d 'Show how to get a user name and a password for each kind of registry'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -f -a "create" -d 'Store an SSH key, made here or your own'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -f -a "list" -d 'List the SSH keys of every provider'
complete -c ankra -n "__fish_ankra_using_subcommand credentials; and __fish_seen_subcommand_from ssh-key" -f -a "generate" -d 'Make an Ed25519 key pair without telling the platform'
complete -c ankra -n "__fish_ankra_using_subcommand login" -l api-token-from -d 'Take it from prompt, stdin, file:PATH, env:VAR, command:CMD or fd:N' -r
complete -c ankra -n "__fish_ankra_using_subcommand login" -l store -d 'Keep the token there, and nowhere else' -r -f -a "keychain\t'In the system\'s keychain'
file\t'In a file that only you can read'"
complete -c ankra -n "__fish_ankra_using_subcommand login" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand login" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand login" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand login" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand login" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand login" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand login" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand login" -l web -d 'Sign in with a browser, which is opened at once where there is one'
complete -c ankra -n "__fish_ankra_using_subcommand login" -l with-token -d 'Use an API token that you made on the platform'
complete -c ankra -n "__fish_ankra_using_subcommand login" -l api-token-stdin -d 'Read the token from standard input'
complete -c ankra -n "__fish_ankra_using_subcommand login" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand login" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand login" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand login" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand login" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand login" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l token-id -d 'Revoke the token with this id' -r
complete -c ankra -n "__fish_ankra_using_subcommand logout" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l revoke -d 'Revoke the token, also one that you pasted'
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l local -d 'Remove the login from this machine only: the token stays valid'
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand logout" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand logout" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand logout" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand logout" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand logout" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand status" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand status" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand status" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand status" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand status" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand status" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand status" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand status" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand status" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand status" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand status" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand status" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand status" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -f -a "list" -d 'List the organisations that you belong to'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -f -a "use" -d 'Choose the organisation that commands act in'
complete -c ankra -n "__fish_ankra_using_subcommand org; and not __fish_seen_subcommand_from list use current" -f -a "current" -d 'Show the organisation that commands act in, and who chose it'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns alone, separated by commas; -o json and yaml show just these keys' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the header row'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from list" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from use" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand org; and __fish_seen_subcommand_from current" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -f -a "list" -d 'List the profiles on this machine'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -f -a "use" -d 'Choose the profile of commands that name none'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and not __fish_seen_subcommand_from list use remove" -f -a "remove" -d 'Sign a profile out, as logout does'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns alone, separated by commas; -o json and yaml show just these keys' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the header row'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from list" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from use" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l revoke -d 'Revoke the token, also one that you pasted'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l local -d 'Remove the login from this machine only: the token stays valid'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand profile; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -f -a "list" -d 'List your API tokens, never their text'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -f -a "create" -d 'Make an API token'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -f -a "revoke" -d 'Revoke API tokens: they are no longer accepted anywhere'
complete -c ankra -n "__fish_ankra_using_subcommand token; and not __fish_seen_subcommand_from list create revoke delete" -f -a "delete" -d 'Delete API tokens that were revoked'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l columns -d 'Show these columns alone, separated by commas; -o json and yaml show just these keys' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l no-headers -d 'Leave out the header row'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from list" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -s n -l name -d 'Name it as your list of tokens is to show it' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l expires -d 'Let it expire after a time (30d, 12h), on a date (2030-01-31, UTC), or never' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l scope -d 'Limit it to a use: mcp:read or mcp:write; can be repeated' -r -f -a "mcp:read\t'Read by the platform\'s MCP service'
mcp:write\t'Read and write by the platform\'s MCP service'"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l save-as-profile -d 'Keep it as the login of a new profile of this name, and do not show it' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l store -d 'Keep the token there, and nowhere else' -r -f -a "keychain\t'In the system\'s keychain'
file\t'In a file that only you can read'"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l dry-run -d 'Print the request, secrets redacted, and change nothing'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from create" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Revoke without asking'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from revoke" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -s y -l yes -d 'Delete without asking'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand token; and __fish_seen_subcommand_from delete" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l static -d 'Print a script that offers commands and options, never what the platform holds'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -a "install" -d 'Install the completion for your shell'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and not __fish_seen_subcommand_from install uninstall" -a "uninstall" -d 'Remove what install has installed'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l shell -d 'Act for bash, zsh, fish, elvish or powershell [default: your shell, from SHELL]' -r -f -a "bash\t'bash'
zsh\t'zsh'
fish\t'fish'
elvish\t'elvish'
powershell\t'PowerShell'"
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -s y -l yes -d 'Change the start file without asking'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from install" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l shell -d 'Act for bash, zsh, fish, elvish or powershell [default: your shell, from SHELL]' -r -f -a "bash\t'bash'
zsh\t'zsh'
fish\t'fish'
elvish\t'elvish'
powershell\t'PowerShell'"
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s y -l yes -d 'Change the start file without asking'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand completion; and __fish_seen_subcommand_from uninstall" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -f -a "serve" -d 'Serve the sandbox on loopback, to scripts and other clients'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -f -a "reset" -d 'Forget everything in the sandbox'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and not __fish_seen_subcommand_from serve reset env" -f -a "env" -d 'Print the exports that point another client at the sandbox'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l listen -d 'Listen here, on loopback only; port 0 takes any free one' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l second-factor -d 'Ask for a second code, printed as well, when somebody signs in with a browser'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from serve" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s y -l yes -d 'Forget without asking'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from reset" -s V -l version -d 'Print the version'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l role -d 'Print the token of this role' -r -f -a "admin\t'May do everything, in both organisations'
viewer\t'May read, in the organisation demo'"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -s o -l output -d 'Show results as table, wide, json, yaml, csv or name' -r -f -a "table\t''
wide\t''
json\t''
yaml\t''
csv\t''
name\t''"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l org -d 'Act in this organisation [env: ANKRA_ORG]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l profile -d 'Use the settings and the token of this profile [env: ANKRA_PROFILE]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l base-url -d 'Use the platform at this address [env: ANKRA_BASE_URL]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l config -d 'Read the settings from this file' -r -F
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l timeout -d 'Stop waiting after this time [default: 30]' -r
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l color -d 'Use colour: auto, always or never' -r -f -a "auto\t''
always\t''
never\t''"
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l sandbox -d 'Use the built-in platform [env: ANKRA_SANDBOX]'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -l no-input -d 'Never ask, fail instead [env: ANKRA_NO_INPUT]'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -s q -l quiet -d 'Print results, warnings and errors only'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -s v -l verbose -d 'Show what is done on the way, never a secret'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -s h -l help -d 'Print help; --help tells more than -h'
complete -c ankra -n "__fish_ankra_using_subcommand sandbox; and __fish_seen_subcommand_from env" -s V -l version -d 'Print the version'
