#!/bin/sh
# Runs all tests. What they need beyond Rust is installed on Debian and Ubuntu, and named elsewhere.
set -eu
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"

# tool or file:Debian package
wanted='fish:fish zsh:zsh unshare:util-linux ip:iproute2 ssh-keygen:openssh-client ssh:openssh-client sshd:openssh-server curl:curl setsid:util-linux strace:strace bash:bash /usr/share/bash-completion/bash_completion:bash-completion skopeo:skopeo podman:podman docker:docker.io docker-registry:docker-registry htpasswd:apache2-utils docker-credential-pass:golang-docker-credential-helpers pass:pass gpg:gpg gpgconf:gpgconf gpg-agent:gpg-agent nginx:nginx-light mandoc:mandoc man:man-db groff:groff-base mkfifo:coreutils jq:jq elvish:elvish valgrind:valgrind'

missing=''
for pair in $wanted; do
    if ! command -v "${pair%%:*}" >/dev/null 2>&1 && ! [ -e "${pair%%:*}" ]; then
        missing="$missing ${pair#*:}"
    fi
done

if [ -n "$missing" ]; then
    as_root=''
    [ "$(id -u)" = 0 ] || as_root='sudo -n'
    if ! command -v apt-get >/dev/null 2>&1 || ! $as_root true 2>/dev/null; then
        echo "The tests need these packages (by their Debian names):$missing" >&2
        echo "Install them, then run this again." >&2
        exit 1
    fi
    echo "installing:$missing"
    (
        # The tests start their own sshd: the package must not start one. What says so goes
        # whatever happens: it would keep every later package from starting its service.
        policy=/usr/sbin/policy-rc.d
        if [ ! -e "$policy" ]; then
            trap '$as_root rm -f "$policy"' EXIT
            trap 'exit 130' INT HUP TERM
            printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
            $as_root chmod 755 "$policy"
        fi
        # A machine that has just started may be installing by itself.
        # apt waits for the one lock and not for the other.
        tries=0
        until $as_root apt-get update -qq; do
            tries=$((tries + 1))
            [ "$tries" -lt 30 ] || exit 1
            sleep 10
        done
        # Since Debian 13 docker.io comes without the client.
        if apt-cache show docker-cli >/dev/null 2>&1; then
            missing=$(printf %s "$missing" | sed 's/ docker\.io/ docker-cli/')
        fi
        # shellcheck disable=SC2086 # several packages, several words
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o DPkg::Lock::Timeout=600 --no-install-recommends $missing
    ) >/dev/null
fi

if cargo nextest --version >/dev/null 2>&1; then
    cargo nextest run --locked --no-fail-fast "$@"
else
    cargo test --locked --no-fail-fast "$@"
fi
