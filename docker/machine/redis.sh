# Redis: a server of our own under .mcom/service/redis, empty whenever it starts.

# Debian's package redis-server starts a server of its own on the standard port. The same program lies in redis-tools under another
# name and goes by the name it is called by.
find_redis() {
    local program
    for program in redis-server valkey-server redis-check-rdb valkey-check-rdb; do
        program=$(command -v "$program") || continue
        printf '%s' "$program"
        return
    done
}

redis_start() {
    ! runs redis || return 0
    local program port password
    program=$(find_redis)
    [ -n "$program" ] || { install "Redis" redis-tools; program=$(find_redis); }
    place service/redis nobody
    port=$(choose_port redis 56379)
    password=$(kept_secret redis)
    ln -sfn "$program" "$home/service/redis/redis-server"
    (umask 077; cat >"$home/service/redis/redis.conf" <<CONF
port $port
bind 127.0.0.1
requirepass $password
save ""
maxmemory 256mb
maxmemory-policy allkeys-lru
CONF
    )
    ! is_root || chown nobody "$home/service/redis/redis.conf"
    say "starting Redis on port $port"
    launch redis nobody ./redis-server redis.conf
    publish MCOM_TEST_REDIS_URL "redis://default:$password@127.0.0.1:$port/0"
    # Tests that stop and start Redis run one of their own with this program.
    publish MCOM_TEST_REDIS_SERVER "$home/service/redis/redis-server"
}

redis_await() { await redis eval "! port_is_free $(known_port redis)"; }

redis_stop() {
    stop redis
    publish MCOM_TEST_REDIS_URL
}

redis_version() { "$home/service/redis/redis-server" --version 2>/dev/null | sed -E 's/.*v=([0-9.]+).*/\1/'; }
