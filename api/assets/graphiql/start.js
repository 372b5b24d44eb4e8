// Starts GraphiQL against the API that the page belongs to. The access token comes from the address, after `#token=`, where it is
// neither sent to the server nor logged; it is shown in the headers pane and can be changed there.
(() => {
  const admin = location.pathname.startsWith("/admin");
  const header = admin ? "X-Shopify-Access-Token" : "X-Shopify-Storefront-Access-Token";
  const token = new URLSearchParams(location.hash.slice(1)).get("token");
  const version = location.pathname.match(/\/api\/([^/]+)\//)?.[1] ?? "unstable";
  const url = `${admin ? "/admin" : ""}/api/${version}/graphql.json`;
  const hello = "# Ctrl+Enter runs the query, Ctrl+Space completes it; the schema is behind the book on the left.\n{\n  shop {\n    name\n  }\n}\n";
  const page = React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url }),
    defaultQuery: hello,
    defaultHeaders: JSON.stringify({ [header]: token ?? "" }, null, 2),
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
    // Stores must not show each other's history, and neither must the two APIs.
    storage: {
      getItem: (key) => localStorage.getItem(`${url}:${key}`),
      setItem: (key, value) => localStorage.setItem(`${url}:${key}`, value),
      removeItem: (key) => localStorage.removeItem(`${url}:${key}`),
      clear: () => localStorage.clear(),
      get length() { return localStorage.length },
    },
  });
  ReactDOM.createRoot(document.getElementById("graphiql")).render(page);
})();
