// Addresses that lead nowhere, and stores that do not answer.
import { el } from '../dom';
import type { Shown } from './page';

export const missing = (): Shown => ({
  title: 'Not found',
  body: el(
    'section',
    { class: 'note' },
    el('h1', { tabindex: -1 }, 'There is nothing here'),
    el('p', {}, 'Perhaps it is sold out for good, or the address has a slip in it.'),
    el('a', { class: 'button', href: '/' }, 'Back to the store'),
  ),
});

export const broken = (error: Error): Shown => ({
  title: 'Something went wrong',
  body: el(
    'section',
    { class: 'note' },
    el('h1', { tabindex: -1 }, 'The store does not answer'),
    el('p', {}, error.message),
    el('button', { class: 'button', type: 'button', onclick: () => location.reload() }, 'Try again'),
  ),
});
