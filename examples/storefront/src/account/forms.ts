// Forms that people sign in with.
import { announce, el } from '../dom';
import { recover, signIn, signUp } from './session';

interface Field {
  name: string;
  label: string;
  type?: string;
  autocomplete: string;
}

type Given = Record<string, string>;

const EMAIL: Field = { name: 'email', label: 'E-mail', type: 'email', autocomplete: 'email' };
const NAME: Field = { name: 'name', label: 'Name', autocomplete: 'name' };
const password = (autocomplete: string): Field => ({
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete,
});

/** A form that says what went wrong beside its button. */
function form(
  title: string,
  fields: Field[],
  label: string,
  sent: (given: Given) => Promise<string | void>,
): HTMLElement {
  const told = el('p', { class: 'problem', role: 'alert' });
  const button = el('button', { class: 'button', type: 'submit' }, label);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    button.disabled = true;
    told.textContent = '';
    told.className = 'problem';
    try {
      const given = Object.fromEntries(new FormData(event.target as HTMLFormElement)) as Given;
      const said = await sent(given);
      if (!said) return;
      told.className = 'quiet';
      announce((told.textContent = said));
    } catch (error) {
      told.textContent = (error as Error).message;
    } finally {
      button.disabled = false;
    }
  }

  const id = title.toLowerCase().replaceAll(/\W+/g, '-');
  return el(
    'form',
    { class: 'sheet', 'aria-labelledby': id, onsubmit: submit },
    el('h2', { id }, title),
    fields.map(({ name, label: text, type = 'text', autocomplete }) =>
      el('label', {}, text, el('input', { name, type, autocomplete, required: true })),
    ),
    button,
    told,
  );
}

export function forms(entered: () => void): HTMLElement[] {
  return [
    form('Sign in', [EMAIL, password('current-password')], 'Sign in', async ({ email = '', password: secret = '' }) => {
      await signIn(email, secret);
      entered();
    }),
    form(
      'Open an account',
      [NAME, EMAIL, password('new-password')],
      'Open it',
      async ({ name = '', email = '', password: secret = '' }) => {
        await signUp(name, email, secret);
        entered();
      },
    ),
    form('Forgotten your password?', [EMAIL], 'Send me a mail', async ({ email = '' }) => {
      await recover(email);
      return 'If there is such an account, a mail is on its way.';
    }),
  ];
}
