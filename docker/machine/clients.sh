# What tests with clients of others need: Node.js with npm, and a browser.

node_is_recent() { command -v npm >/dev/null && node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' 2>/dev/null; }

find_browser() {
    local name
    for name in "${MCOM_CHROMIUM:-}" chromium chromium-browser google-chrome; do
        if [ -n "$name" ] && command -v "$name"; then return; fi
    done
}

need_clients() {
    local browser
    node_is_recent || fail "Node.js 20.19 or newer, with npm, is missing. Install it as https://nodejs.org says, or leave these tests out: ./mcom test --without clients"
    [ -n "$(find_browser)" ] || install "a browser for tests; --without clients does without" chromium
    browser=$(find_browser)
    publish MCOM_TEST_CHROMIUM "$browser"
}
