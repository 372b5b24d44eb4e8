# Every check and every test.

check() {
    local name=$1; shift
    say "$name"
    "$@" || failed+=("$name")
}

# Tests whose service could not be had fail, unless it was left out by name: then they say so themselves.
ready_for_tests() {
    choose_services "$@"
    build
    locked start_services
    [ ${#missing[@]} -eq 0 ] ||
        say "not running: ${missing[*]}. Tests that need them will fail; --without NAME leaves them out"
    [ -z "$without" ] || say "LEFT OUT: the tests that need ${without//,/, }"
    export MCOM_TEST_WITHOUT=$without
}

run_tests() {
    local seeds='' long='' began failed=()
    choose_profile dev
    choose_services "$@"
    set -- "${rest[@]}"
    while [ $# -gt 0 ]; do
        case $1 in
            --long) long=1 ;;
            --seeds) seeds=${2:?--seeds needs a number}; shift ;;
            *) fail "test takes --long, --seeds N and --without NAMES" ;;
        esac
        shift
    done
    ready_for_tests ${without:+--without "$without"}
    case ,$without, in *,clients,*) ;; *) need_clients ;; esac
    export MCOM_SEEDS=${seeds:-${long:+200}}
    [ -n "$MCOM_SEEDS" ] || unset MCOM_SEEDS
    if [ -n "$long" ]; then
        export MCOM_LONG=1
        # Races are run against the program as it ships.
        (choose_profile release && build)
        export MCOM_TEST_BINARY=$target/release/mcom
    fi
    began=$SECONDS
    cd "$root"
    check "formatting" cargo fmt --all --check
    check "lints" cargo clippy --locked --workspace --all-targets -- -D warnings
    check "composed schemas are fresh" "$binary" sdl --check
    check "table definitions are fresh" "$binary" tables --check
    check "tests" cargo test --locked --workspace --no-fail-fast
    if [ ${#failed[@]} -gt 0 ]; then
        printf 'FAILED after %ss: %s\n' $((SECONDS - began)) "$(IFS=,; echo "${failed[*]}")"
        exit 1
    fi
    printf 'ok: formatting, lints, schemas, tables and tests passed in %ss%s%s\n' $((SECONDS - began)) \
        "${MCOM_SEEDS:+ with $MCOM_SEEDS seeds}" "${without:+, without $without}"
}
