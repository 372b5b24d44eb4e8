# Object storage: a MinIO server of our own under .mcom/service/objects. It exists as source only, so it is built where Go is there.

minio_version=v0.0.0-20260212201848-7aac2a2c5b7c

find_minio() { command -v minio || ! [ -x "$cache/bin/minio" ] || printf '%s' "$cache/bin/minio"; }

# Whether this machine has MinIO or can build it.
objects_possible() { [ -n "$(find_minio)" ] || command -v go >/dev/null; }

need_minio() {
    minio=$(find_minio)
    [ -z "$minio" ] || return 0
    command -v go >/dev/null || fail "MinIO is missing, and so is Go, which builds it. Install Go 1.24 or newer, or leave objects out"
    mkdir -p "$cache/bin"
    GOBIN=$cache/bin progress "building MinIO (minutes, once)" "$home/log/minio-build.log" \
        nice go install "github.com/minio/minio@$minio_version" ||
        { tail -n 3 "$home/log/minio-build.log" >&2; fail "MinIO could not be built; see .mcom/log/minio-build.log"; }
    chmod a+rx "$cache/bin" "$cache/bin/minio"
    minio=$cache/bin/minio
}

objects_start() {
    ! runs objects || return 0
    local port password
    need_minio
    place service/objects nobody
    port=$(choose_port objects 59000)
    password=$(kept_secret objects)
    say "starting MinIO on port $port"
    MINIO_ROOT_USER=mcom MINIO_ROOT_PASSWORD=$password MINIO_UPDATE=off MINIO_BROWSER=off HOME=$(readlink -f "$home/service/objects") \
        launch objects nobody "$minio" server --quiet --address "127.0.0.1:$port" data
    publish MCOM_TEST_S3_URL "http://127.0.0.1:$port"
    publish MCOM_TEST_S3_REGION us-east-1
    publish MCOM_TEST_S3_KEY mcom
    publish MCOM_TEST_S3_SECRET "$password"
}

objects_await() { await objects answers "$(known_port objects)" /minio/health/ready; }

objects_stop() {
    stop objects
    publish MCOM_TEST_S3_URL
}

# What Go builds does not know its own version.
objects_version() {
    local version
    version=$("$(find_minio)" --version 2>/dev/null | sed -n '1s/.*version //p' | cut -d' ' -f1)
    [ "$version" != DEVELOPMENT.GOGET ] || version=$(sed -E 's/.*-([0-9]{4})([0-9]{2})([0-9]{2}).*/\1-\2-\3/' <<<"$minio_version")
    printf '%s' "$version"
}
