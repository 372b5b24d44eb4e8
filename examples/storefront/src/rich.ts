// Descriptions come as markup that merchants write. What makes a text is taken over; nothing else is.
import { el } from './dom';

const TAGS = [
  'P',
  'UL',
  'OL',
  'LI',
  'STRONG',
  'B',
  'EM',
  'I',
  'BR',
  'H2',
  'H3',
  'H4',
  'BLOCKQUOTE',
  'TABLE',
  'TBODY',
  'TR',
  'TD',
  'TH',
];
const FORGOTTEN = ['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT'];

function copied(node: Node): Node[] {
  if (node instanceof Text) return [document.createTextNode(node.data)];
  if (!(node instanceof Element) || FORGOTTEN.includes(node.tagName)) return [];
  const inside = [...node.childNodes].flatMap(copied);
  if (!TAGS.includes(node.tagName)) return inside;
  const copy = document.createElement(node.tagName);
  copy.append(...inside);
  return [copy];
}

export function rich(html: string): HTMLElement {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  return el('div', { class: 'rich' }, [...parsed.body.childNodes].flatMap(copied));
}
