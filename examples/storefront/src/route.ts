// Which page an address shows. Links are ordinary links; those within the store are followed without loading it again.

export interface Address {
  path: string;
  search: URLSearchParams;
}

type Show = (address: Address, isNew: boolean) => void;

let show: Show = () => {};

const here = (): Address => ({ path: location.pathname, search: new URLSearchParams(location.search) });

export function start(shown: Show): void {
  show = shown;
  document.addEventListener('click', follow);
  addEventListener('popstate', () => show(here(), true));
  show(here(), false);
}

export function go(path: string): void {
  history.pushState(null, '', path);
  scrollTo(0, 0);
  show(here(), true);
}

/** Another address for what is already shown. */
export function rename(path: string): void {
  history.replaceState(null, '', path);
}

function follow(event: MouseEvent): void {
  const link = (event.target as Element).closest?.('a');
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link || !isPlain || link.origin !== location.origin || link.target) return;
  if (link.hash && link.pathname === location.pathname) return;
  event.preventDefault();
  go(link.pathname + link.search);
}
