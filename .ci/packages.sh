# What the start and the test script need from the system. Sourced by both; needs bash.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

has_library() { compgen -G "/usr/lib/*/$1" >/dev/null || compgen -G "/usr/local/lib/$1" >/dev/null || compgen -G "/usr/lib/$1" >/dev/null; }

has_browser() {
    [[ -n ${CAMPAIGN_BROWSER:-} && -x ${CAMPAIGN_BROWSER:-} ]] && return 0
    local name
    for name in chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
        command -v "$name" >/dev/null && return 0
    done
    return 1
}

# Programs that Debian does not package as we need them.
require_sdk() {
    if ! command -v dotnet >/dev/null || [[ $'\n'$(dotnet --list-sdks 2>/dev/null) != *$'\n'10.* ]]; then
        echo "Campaign needs the .NET SDK 10: install it, and have 'dotnet' on the path." >&2
        exit 1
    fi
}

# Installs Debian packages: as root, or with sudo where that asks for no password; otherwise names them. Tried twice, one at a time.
install_packages() {
    (( $# > 0 )) || return 0
    local as=()
    if (( EUID != 0 )); then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as=(sudo -n)
        fi
    fi
    if ! command -v apt-get >/dev/null || (( EUID != 0 && ${#as[@]} == 0 )); then
        echo "Please install these packages, then start again: $*" >&2
        return 1
    fi

    echo "Installing: $*" >&2
    local log try
    log=$(mktemp)
    for try in 1 2; do
        if "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 update >"$log" 2>&1 \
            && "${as[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends -o DPkg::Lock::Timeout=300 install "$@" >>"$log" 2>&1; then
            rm -f "$log"
            return 0
        fi
        sleep $(( try * 3 ))
    done
    tail -n 15 "$log" >&2
    rm -f "$log"
    echo "These packages could not be installed: $*" >&2
    return 1
}
