# The services that tests talk to, together: started, stopped and looked at.

all_services='search redis objects postgresql'

# Which services are asked for: all but those after --without. Leaves the rest of the arguments in `rest`.
choose_services() {
    without='' rest=()
    local name
    while [ $# -gt 0 ]; do
        if [ "$1" = --without ]; then
            for name in $(tr , ' ' <<<"${2:?--without needs the name of a service}"); do
                case $name in
                    search | redis | objects | clients) without=$without${without:+,}$name ;;
                    *) fail "--without takes search, redis, objects or clients, not «$name»" ;;
                esac
            done
            shift
        else
            rest+=("$1")
        fi
        shift
    done
    case ,$without, in
        *,objects,*) ;;
        *) objects_possible || { say "without objects: MinIO is built with Go, which is not here"; without=$without${without:+,}objects; } ;;
    esac
    services=()
    for name in $all_services; do case ,$without, in *,"$name",*) ;; *) services+=("$name") ;; esac; done
}

# Runs steps that end at their first error, but do not end the script; their status is left in `outcome`. As a condition of `if` or
# `||` they would go on after an error, which is why this is neither.
attempt() {
    set +e
    (set -e; "$@")
    outcome=$?
    set -e
}

# Starts what was chosen; first all, then waits for each, for the search node takes its time. Leaves in `missing` what did not come up.
start_services() {
    local name outcome started=()
    missing=()
    for name in "${services[@]}"; do
        if [ "$name" = postgresql ]; then ready_database; continue; fi
        attempt "${name}_start"
        if [ "$outcome" = 0 ]; then started+=("$name"); else missing+=("$name"); fi
    done
    for name in "${started[@]}"; do
        attempt "${name}_await"
        [ "$outcome" = 0 ] || missing+=("$name")
    done
}

# Migrations need a binary, but not a particular build of it.
need_any_binary() {
    [ -x "$binary" ] || choose_profile dev
    need_binary
}

services_up() {
    choose_services "$@"
    [ ${#rest[@]} -eq 0 ] || fail "services up takes --without NAMES or nothing"
    need_any_binary
    start_services
    [ ${#missing[@]} -eq 0 ] ||
        fail "not running: ${missing[*]}. What they lack is said above; --without $(IFS=,; echo "${missing[*]}") does without"
    say "services are up:"
    services_status
}

services_down() {
    local name
    for name in $all_services; do "${name}_stop"; done
}

# Fills name, state, version, port, memory (MiB) and pid of one service or server.
look_at() {
    name=$1 state=down version='' port='' memory='' pid=''
    if [ "$name" = postgresql ]; then
        prepare_postgres
        pid=$( ! postgresql_runs || postgresql_pid)
    else
        pid=$(pid_of "$name")
    fi
    [ -n "$pid" ] || return 0
    state=up memory=$(memory_of "$pid")
    case $name in
        postgresql) version=$(postgresql_version) port=$(sed -n 's/^MCOM_PG_PORT=//p' "$env_file") ;;
        serve | bogus) version=$("/proc/$pid/exe" --version | cut -d' ' -f2) port=$(known_port "$name") ;;
        *) version=$("${name}_version") port=$(known_port "$name") ;;
    esac
}

services_status() {
    local json='' name state version port memory pid lines=()
    case ${1:-} in --json) json=1 ;; '') ;; *) fail "services status takes --json or nothing" ;; esac
    [ -n "$json" ] || printf '%-12s %-6s %-12s %6s %11s %8s\n' service state version port 'memory MiB' pid
    for name in postgresql redis search objects serve bogus; do
        look_at "$name"
        if [ -n "$json" ]; then
            lines+=("  {\"name\":\"$name\",\"state\":\"$state\",\"version\":\"$version\",\"port\":${port:-null},\"memory_mib\":${memory:-null},\"pid\":${pid:-null}}")
        else
            printf '%-12s %-6s %-12s %6s %11s %8s\n' "$name" "$state" "$version" "$port" "$memory" "$pid"
        fi
    done
    [ -z "$json" ] || { echo '['; (IFS=$'\n'; echo "${lines[*]}") | sed '$!s/$/,/'; echo ']'; }
}

services() {
    local command=${1:-}
    [ $# -eq 0 ] || shift
    case $command in
        up) locked services_up "$@" ;;
        down) locked services_down ;;
        status) services_status "$@" ;;
        *) fail "services takes up, down or status" ;;
    esac
}
