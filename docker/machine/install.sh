# Gets what this machine lacks: the distribution's packages where we may install them, else programs from package registries.

# What is fetched is kept here for every checkout. Servers that root starts give up root's rights, so root's cache must be open to them.
cache=${XDG_CACHE_HOME:-$HOME/.cache}/mcom
! is_root || cache=/var/cache/mcom

# Runs a silent command and shows every ten seconds that it is alive: progress LABEL LOG COMMAND...
progress() {
    local label=$1 log=$2 began=$SECONDS shown=0 pid; shift 2
    say "$label"
    "$@" >>"$log" 2>&1 </dev/null &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        if [ $((SECONDS - began - shown)) -ge 10 ]; then
            shown=$((SECONDS - began))
            printf '    %3s s  %s\n' "$shown" "$(tail -n 1 "$log" | tr '\r' '\n' | tail -n 1 | cut -c1-100)" >&2
        fi
    done
    wait "$pid"
}

may_install() { is_root && command -v apt-get >/dev/null; }

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@"
}

# Installs Debian packages if we may, else says how: install WHAT PACKAGE...
install() {
    local what=$1 log=$home/log/apt.log; shift
    may_install || fail "$what is missing. Install it with:  sudo apt-get install -y $*"
    mkdir -p "$home/log"
    progress "installing $what ($*)" "$log" apt_install "$@" && return
    progress "refreshing the package lists first" "$log" apt-get update || true
    progress "installing $what ($*)" "$log" apt_install "$@" && return
    tail -n 5 "$log" >&2
    fail "could not install $what; see .mcom/log/apt.log, or try:  apt-get install -y $*"
}

# Installs one wheel from PyPI into a folder of the cache, if its checksum is the one we know: install_wheel NAME VERSION SHA256
install_wheel() {
    local name=$1 version=$2 sha256=$3 folder=$cache/$1-$2
    [ -d "$folder" ] && return
    if ! python3 -m pip --version >/dev/null 2>&1; then
        may_install || return 1
        install "pip" python3-pip
    fi
    mkdir -p "$cache"
    rm -rf "$folder.new"
    printf '%s==%s --hash=sha256:%s\n' "$name" "$version" "$sha256" >"$cache/$name.txt"
    progress "fetching $name $version from PyPI" "$home/log/pip.log" python3 -m pip install --quiet --no-deps --require-hashes \
        --no-compile --disable-pip-version-check --target "$folder.new" -r "$cache/$name.txt" || return 1
    chmod -R a+rX "$folder.new"
    mv "$folder.new" "$folder"
}

unpack_zip() {
    if command -v unzip >/dev/null; then unzip -q "$1" -d "$2"
    elif command -v python3 >/dev/null; then python3 -m zipfile -e "$1" "$2"
    else install "unzip" unzip && unzip -q "$1" -d "$2"
    fi
}

need_toolchain() {
    command -v cc >/dev/null || install "a C compiler and linker" build-essential
    command -v cargo >/dev/null || PATH=$PATH:$HOME/.cargo/bin
    command -v cargo >/dev/null && return
    command -v curl >/dev/null || install "curl, to fetch Rust" curl ca-certificates
    say "installing the Rust toolchain for $(id -un)"
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal -c rustfmt -c clippy >&2 ||
        fail "Rust is missing. Install it as https://rustup.rs says, then run this again."
    PATH=$PATH:$HOME/.cargo/bin
}

choose_profile() {
    profile=$1 folder=$1
    [ "$profile" != dev ] || folder=debug
    binary=$target/$folder/mcom
}

build() {
    need_toolchain
    say "building ($profile)"
    (cd "$root" && cargo build --locked --profile "$profile" -p mcom) || fail "the build failed"
}

need_binary() { [ -x "$binary" ] || build; }
