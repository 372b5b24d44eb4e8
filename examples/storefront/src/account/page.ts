// The account: signing in, and what was bought.
import type { Customer, Order } from '../api/account';
import { el } from '../dom';
import { price } from '../money';
import type { Shown } from '../pages/page';
import { go } from '../route';
import { forms } from './forms';
import { customer, signOut } from './session';

const again = () => go('/account');

export async function accountPage(): Promise<Shown> {
  const known = await customer();
  return {
    title: 'Account',
    body: known
      ? account(known)
      : el('section', {}, head('Your account'), el('div', { class: 'sheets' }, forms(again))),
  };
}

const head = (title: string, ...more: HTMLElement[]): HTMLElement =>
  el('header', { class: 'page-head' }, el('h1', { tabindex: -1 }, title), more);

function account({ displayName, email, defaultAddress, orders }: Customer): HTMLElement {
  const leave = () => void signOut().then(again, again);
  return el(
    'section',
    {},
    head(`Hello, ${displayName}`, el('button', { class: 'button pale', type: 'button', onclick: leave }, 'Sign out')),
    el(
      'div',
      { class: 'account' },
      el(
        'div',
        {},
        el('h2', {}, 'Orders'),
        orders.nodes.length ? el('ul', {}, orders.nodes.map(order)) : el('p', { class: 'quiet' }, 'Nothing yet.'),
      ),
      el(
        'div',
        { class: 'sheet' },
        el('h2', {}, 'About you'),
        el('p', {}, email),
        defaultAddress
          ? el(
              'address',
              {},
              defaultAddress.formatted.flatMap((line) => [line, el('br')]),
            )
          : el('p', { class: 'quiet' }, 'No address yet.'),
      ),
    ),
  );
}

function order({ name, processedAt, statusUrl, totalPrice, lineItems }: Order): HTMLElement {
  const when = new Date(processedAt).toLocaleDateString('en', { dateStyle: 'long' });
  const what = lineItems.nodes.map(({ title, quantity }) => `${quantity} × ${title}`).join(', ');
  return el(
    'li',
    { class: 'order-line' },
    el('a', { href: statusUrl }, name),
    el('span', { class: 'quiet' }, when),
    el('span', {}, what),
    el('strong', {}, price(totalPrice)),
  );
}
