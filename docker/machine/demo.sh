# The demo deployment: the servers, the store, and where to find them.

# What lasts besides the database.
use_folders() {
    export MCOM_SEARCH_PATH=${MCOM_SEARCH_PATH:-$home/search} MCOM_OBJECTS_DIR=${MCOM_OBJECTS_DIR:-$home/objects}
    export MCOM_TLS_DIR=${MCOM_TLS_DIR:-$home/tls}
}

# Without a mail server mails can be read at /mail, by this machine: the server listens nowhere else.
use_mail_page() { [ -n "${MCOM_SMTP_URL:-}" ] || export MCOM_MAIL_DIR=${MCOM_MAIL_DIR:-$home/mail} MCOM_MAIL_PAGE=${MCOM_MAIL_PAGE:-true}; }

# Where the servers listen and what they keep where; the demo store is made with the same.
choose_places() {
    port=$(choose_port serve 8080)
    bogus_port=$(choose_port bogus $((port + 10)))
    tls_port=$(choose_port tls 8443 serve)
    export MCOM_LISTEN=${MCOM_LISTEN:-127.0.0.1:$port} MCOM_DEFAULT_STORE=demo
    export MCOM_TLS_LISTEN=${MCOM_TLS_LISTEN:-127.0.0.1:$tls_port}
    export MCOM_BOGUS_URL=http://127.0.0.1:$bogus_port
    use_folders
    use_mail_page
    port=${MCOM_LISTEN##*:} tls_port=${MCOM_TLS_LISTEN##*:}
}

start_provider() {
    start bogus bogus --listen "127.0.0.1:$bogus_port" --ledger "$home/bogus.ledger"
    await bogus answers "$bogus_port" /healthz
}

start_server() {
    start serve serve
    await serve answers "$port" /readyz
}

start() {
    local name=$1; shift
    ! runs "$name" || return 0
    say "starting mcom $name"
    mkdir -p "$home/service/$name"
    launch "$name" "$(id -un)" "$binary" "$@"
}

# Servers of another build would go on holding the ports.
stop_old_build() {
    local built
    built=$(stat -c '%n %i %Y' "$binary")
    [ "$(cat "$home/run/built" 2>/dev/null || true)" = "$built" ] || { stop serve; stop bogus; }
    printf '%s' "$built" >"$home/run/built"
}

json_field() { sed -E "s/.*\"$1\":\"([^\"]*)\".*/\1/"; }

make_demo() {
    local made storefront_token admin_token
    if "$binary" store list | grep -q '^demo '; then
        [ ! -f "$home/tokens" ] || return 0
        say "the demo store has no known tokens here; issuing new ones"
        storefront_token=$("$binary" store token --store demo --api storefront)
        admin_token=$("$binary" store token --store demo --api admin)
    else
        say "making the demo store"
        made=$("$binary" store create --handle demo --name "Demo" --json)
        storefront_token=$(json_field storefrontToken <<<"$made")
        admin_token=$(json_field adminToken <<<"$made")
        "$binary" demo --store demo >&2
    fi
    (umask 077; printf 'storefront_token=%s\nadmin_token=%s\n' "$storefront_token" "$admin_token" >"$home/tokens")
}

# Tokens of customers end after some weeks: each start signs the demo's customer in anew and fills a cart for her. A store that is no
# longer the demo may have no such customer.
visit() {
    local made
    customer_token='' cart=''
    made=$("$binary" demo --store demo --visit 2>>"$home/log/visit.log") || { say "nobody could be signed in; see .mcom/log/visit.log"; return 0; }
    customer_token=$(json_field customerToken <<<"$made")
    cart=$(json_field cart <<<"$made")
}

# Addresses are numeric, because plain getaddrinfo does not resolve *.localhost; the server takes bare addresses for the demo store.
tell() {
    # shellcheck disable=SC1091
    . "$home/tokens"
    local base=http://127.0.0.1:$port version=2026-04
    local storefront=$base/api/$version/graphql.json admin=$base/admin/api/$version/graphql.json
    local https=https://127.0.0.1:$tls_port/api/$version/graphql.json ca=$MCOM_TLS_DIR/ca.pem
    (umask 077; cat >"$home/demo.json" <<JSON
{
  "storefront": {
    "url": "$storefront", "https_url": "$https", "ca": "$ca", "token": "$storefront_token",
    "customer_token": "$customer_token", "cart": "$cart"
  },
  "admin": { "url": "$admin", "token": "$admin_token" },
  "store": { "domain": "demo.localhost" },
  "database": { "url": "$DATABASE_URL", "owner_url": "$DATABASE_OWNER_URL" }
}
JSON
    )
    cat <<TEXT

The demo store is open (it answers at http://demo.localhost:$port too).

  Storefront API   $storefront
        with TLS   $https
         its CA    $ca
           token   $storefront_token
        GraphiQL   $base/graphiql#token=$storefront_token
           mails   $base/mail
        customer   ada@example.com with the password analytical
       her token   ${customer_token:-none}
        her cart   ${cart:-none}
  Admin API        $admin
           token   $admin_token
        GraphiQL   $base/admin/graphiql#token=$admin_token

  curl -s $storefront \\
    -H 'X-Shopify-Storefront-Access-Token: $storefront_token' \\
    -H 'Content-Type: application/json' \\
    -d '{"query":"{ shop { name } products(first: 3) { nodes { title handle } } }"}'

The same for programs: .mcom/demo.json. Stop with ./mcom down, follow with ./mcom logs.
TEXT
}

reset() {
    local name link
    stop serve
    stop bogus
    services_down
    for name in pg service/redis service/search service/objects; do
        link=$(readlink -f "$home/$name" 2>/dev/null || true)
        case $link in /var/lib/mcom/*) rm -rf "$link" ;; esac
    done
    rm -rf "$home"
    make_folders
}

up() {
    build
    ready_database
    stop_old_build
    choose_places
    start_provider
    make_demo
    start_server
    visit
    tell
}

down() {
    stop serve
    stop bogus
    services_down
}
