#!/bin/sh
# Runs all tests. What they need beyond Rust is installed on Debian and Ubuntu, and named elsewhere.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"

# tool or file:Debian package
wanted='fish:fish zsh:zsh unshare:util-linux ip:iproute2 ssh-keygen:openssh-client ssh:openssh-client sshd:openssh-server curl:curl setsid:util-linux strace:strace bash:bash /usr/share/bash-completion/bash_completion:bash-completion skopeo:skopeo podman:podman newuidmap:uidmap docker:docker.io docker-registry:docker-registry htpasswd:apache2-utils docker-credential-pass:golang-docker-credential-helpers pass:pass gpg:gpg gpgconf:gpgconf gpg-agent:gpg-agent nginx:nginx-light mandoc:mandoc man:man-db groff:groff-base mkfifo:coreutils jq:jq sha256sum:coreutils gzip:gzip elvish:elvish valgrind:valgrind dbus-daemon:dbus gnome-keyring-daemon:gnome-keyring secret-tool:libsecret-tools gdbus:libglib2.0-bin chromium:chromium chromedriver:chromium-driver hcloud:hcloud-cli python3:python3 /usr/share/doc/python3-venv:python3-venv'

missing=''
for pair in $wanted; do
    if ! command -v "${pair%%:*}" >/dev/null 2>&1 && ! [ -e "${pair%%:*}" ]; then
        missing="$missing ${pair#*:}"
    fi
done
# The archives of a release are the same each time with GNU's tar alone.
tar --version 2>/dev/null | grep -q GNU || missing="$missing tar"

# Keeps packages from starting their services while this script runs: the tests start their own. What says so
# must not stay, since it would keep every later package from starting its service. So a process of its own
# waits for the end of this one, however that comes.
hold_services_back() {
    policy=/usr/sbin/policy-rc.d
    [ ! -e "$policy" ] || return 0
    # shellcheck disable=SC2016 # the inner shell's variables
    setsid $as_root sh -c '
        printf "#!/bin/sh\n# Written by a test run, process %s, which removes it at its end.\nexit 101\n" "$1" >"$2"
        chmod 755 "$2"
        echo ready
        while [ -e "/proc/$1" ] && [ -e "$3" ]; do sleep 0.2; done
        rm -f "$2" "$3" "$3.ready"' sh "$$" "$policy" "$log" >"$log.ready" 2>&1 </dev/null &
    until grep -q ready "$log.ready"; do
        kill -0 "$!" 2>/dev/null || { cat "$log.ready" >&2; exit 1; }
        sleep 0.1
    done
}

install_missing() {
    # A machine that has just started may be installing by itself.
    # apt waits for the one lock and not for the other.
    tries=0
    until $as_root apt-get update -qq; do
        tries=$((tries + 1))
        [ "$tries" -lt 30 ] || return 1
        sleep 10
    done
    # Since Debian 13 docker.io comes without the client.
    if apt-cache show docker-cli >/dev/null 2>&1; then
        missing=$(printf %s "$missing" | sed 's/ docker\.io/ docker-cli/')
    fi
    # Ubuntu has Chromium as a snap alone. Where it is not there, its tests say so.
    if ! apt-cache show chromium-driver >/dev/null 2>&1; then
        missing=$(printf %s "$missing" | sed 's/ chromium-driver//; s/ chromium//')
    fi
    # shellcheck disable=SC2086 # several packages, several words
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=600 --no-install-recommends $missing
}

if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then
        as_root='' as_whom='as root'
    else
        as_root='sudo -n' as_whom='as root, by sudo'
    fi
    if ! command -v apt-get >/dev/null 2>&1 || ! $as_root true 2>/dev/null; then
        echo "The tests need these packages (by their Debian names):$missing" >&2
        echo "Install them, then run this again." >&2
        exit 1
    fi
    echo "The tests need packages that are not installed. Installing them with apt-get, $as_whom:"
    echo " $missing"
    log=$(mktemp)
    trap 'rm -f "$log" "$log.ready"' EXIT
    trap 'exit 130' INT HUP TERM
    hold_services_back
    if ! install_missing >"$log" 2>&1; then
        cat "$log" >&2
        echo "The packages could not be installed: apt-get's own words are above." >&2
        exit 1
    fi
    rm -f "$log" "$log.ready"
    trap - EXIT INT HUP TERM
fi

if cargo nextest --version >/dev/null 2>&1; then
    # Most tests wait for what they have started.
    : "${NEXTEST_TEST_THREADS:=$((2 * $(getconf _NPROCESSORS_ONLN)))}"
    export NEXTEST_TEST_THREADS
    cargo nextest run --locked --no-fail-fast "$@"
else
    cargo test --locked --no-fail-fast "$@"
fi
