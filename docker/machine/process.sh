# Processes in the background: where they live, as whom they run, on which ports, and how they are found again.

# Servers that refuse to run as root, or should not, run as this user.
as_user() {
    local user=$1; shift
    if is_root; then (cd / && setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups -- "$@"); else "$@"; fi
}

# Makes .mcom/NAME, a folder that USER owns: place NAME USER. Where USER cannot reach .mcom (below /root, for instance), it is a link
# to a folder below /var/lib/mcom.
place() {
    local name=$1 user=$2 elsewhere old
    [ ! -e "$home/$name" ] || return 0
    if is_root && ! as_user "$user" test -x "$home"; then
        elsewhere=/var/lib/mcom/$(printf '%s' "$root" | cksum | cut -d' ' -f1)/$name
        say "$(id -un)'s folders are closed to $user: $name goes to $elsewhere"
        if [ -e "$elsewhere" ]; then
            old=$elsewhere.$(date +%s)
            say "$elsewhere is there already, from an earlier clone in this folder: it is kept as $old"
            mv "$elsewhere" "$old"
        fi
        mkdir -p "$elsewhere" "$(dirname "$home/$name")"
        ln -sfn "$elsewhere" "$home/$name"
    else
        mkdir -p "$home/$name"
    fi
    chmod 700 "$home/$name/."
    ! is_root || chown "$user" "$home/$name/."
}

# Starts a server as USER inside .mcom/service/NAME and remembers it: launch NAME USER COMMAND...
launch() {
    local name=$1 user=$2 as=(); shift 2
    ! is_root || [ "$user" = root ] || as=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --)
    (cd "$(readlink -f "$home/service/$name")" && exec setsid nohup "${as[@]}" "$@" >>"$home/log/$name.log" 2>&1 </dev/null) &
    echo $! >"$home/run/$name.pid"
}

# The process of a server if it still runs: the pid that was noted, working in the folder that is the server's.
pid_of() {
    local pid at
    pid=$(cat "$home/run/$1.pid" 2>/dev/null || true)
    [ -n "$pid" ] && at=$(readlink "/proc/$pid/cwd") && [ -n "$at" ] || return 0
    [ "$at" != "$(readlink -f "$home/service/$1")" ] || printf '%s' "$pid"
}

runs() { [ -n "$(pid_of "$1")" ]; }

stop() {
    local name=$1 pid
    pid=$(pid_of "$name")
    if [ -n "$pid" ]; then
        say "stopping $name"
        kill -TERM "$pid" 2>/dev/null || true
        for _ in $(seq 300); do [ -d "/proc/$pid" ] || break; sleep 0.1; done
        kill -KILL "$pid" 2>/dev/null || true
    fi
    rm -f "$home/run/$name.pid"
}

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

free_port() {
    local port=$1
    until port_is_free "$port"; do port=$((port + 1)); done
    printf '%s' "$port"
}

known_port() { sed -n "s/^$1=//p" "$home/ports" 2>/dev/null || true; }

# Ports are chosen once and remembered, so that links and configurations stay true; one that somebody else took meanwhile moves:
# choose_port NAME FIRST [the SERVER that listens there, if it has another name]
choose_port() {
    local name=$1 first=$2 server=${3:-$1} port
    port=$(known_port "$name")
    if [ -z "$port" ] || { ! runs "$server" && ! port_is_free "$port"; }; then
        port=$(free_port "$first")
        touch "$home/ports"
        sed -i "/^$name=/d" "$home/ports"
        echo "$name=$port" >>"$home/ports"
    fi
    printf '%s' "$port"
}

# GET without curl: prints the status.
status_of() {
    { exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET %s HTTP/1.0\r\nHost: localhost\r\n\r\n' "$2" >&3 && head -1 <&3 | cut -d' ' -f2; } 2>/dev/null
}

answers() { [ "$(status_of "$1" "$2" || true)" = 200 ]; }

# Waits until a server is ready, as a command tells: await NAME COMMAND...
await() {
    local name=$1; shift
    for _ in $(seq 1800); do
        ! "$@" || return 0
        runs "$name" || { tail -n 5 "$home/log/$name.log" >&2; fail "$name ended; see .mcom/log/$name.log"; }
        sleep 0.1
    done
    fail "$name is not ready after three minutes; see .mcom/log/$name.log"
}

# Memory of a process and its children in MiB, shared pages counted once.
memory_of() {
    local pid
    for pid in "$1" $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
        sed -n 's/^Pss: *\([0-9]*\) kB/\1/p' "/proc/$pid/smaps_rollup" 2>/dev/null || true
    done | { local sum=0 part; while read -r part; do sum=$((sum + part)); done; printf '%s' $((sum / 1024)); }
}

# A password that a service keeps from start to start.
kept_secret() {
    local file=$home/run/$1.secret
    [ -s "$file" ] || (umask 077; secret >"$file")
    cat "$file"
}

secret() { head -c 24 /dev/urandom | base64 | tr -d '/+=\n'; }

# Tells the tests where something is, or without a value that it is gone. They may read at any moment: the file is replaced whole.
publish() {
    local name=$1 value=${2:-}
    (
        umask 077
        { ! [ -f "$home/test.env" ] || sed "/^$name=/d" "$home/test.env"; [ -z "$value" ] || printf '%s=%s\n' "$name" "$value"; } >"$home/test.env.new"
        mv "$home/test.env.new" "$home/test.env"
    )
}
