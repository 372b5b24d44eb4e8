// What a page gives to be shown.

export interface Shown {
  title: string;
  body: HTMLElement;
}
