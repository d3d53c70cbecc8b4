import type { SignInPerson } from './configuration.js';

const styles = `
  :root { color-scheme: light dark; --edge: #8884; --soft: #8881; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0; display: grid; place-items: center; min-height: 100vh; }
  main { width: min(26rem, 90vw); padding: 2rem 0; }
  h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
  h2 { font-size: .85rem; font-weight: 600; opacity: .7; margin: 1.5rem 0 .5rem; }
  .note { border-left: 4px solid #d98b00; background: var(--soft); padding: .5rem .75rem; margin: 1rem 0; }
  button { display: block; width: 100%; text-align: left; font: inherit; color: inherit; cursor: pointer;
    background: none; border: 1px solid var(--edge); border-radius: .5rem; padding: .65rem .9rem; margin: .4rem 0; }
  button:hover, button:focus-visible { background: var(--soft); outline: 2px solid #2b7fd4; outline-offset: 1px; }
`;

/** One button a demo person, by organization. */
export function signInPage(action: string, people: readonly SignInPerson[]): string {
  const groups = [...new Set(people.map((person) => person.group))].map((group) => {
    const buttons = people
      .filter((person) => person.group === group)
      .map(
        (person) =>
          `<button name="subject" value="${asHtml(person.subject)}">${asHtml(person.name)}</button>`,
      );
    return `<h2>${asHtml(group)}</h2>${buttons.join('')}`;
  });
  return page(
    'Sign in to Lucency',
    `<p class="note">Demo sign-in: no passwords, made-up people, this machine only.</p>
     <form method="post" action="${asHtml(action)}">${groups.join('')}</form>`,
  );
}

export function messagePage(title: string, text: string): string {
  return page(title, `<p>${asHtml(text)}</p>`);
}

/** `form` comes from the provider and is HTML already. */
export function signOutPage(form: string): string {
  return page(
    'Sign out of Lucency?',
    `${form}<button autofocus type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${asHtml(title)}</title><style>${styles}</style></head>
    <body><main><h1>${asHtml(title)}</h1>${body}</main></body></html>`;
}

function asHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
