import '@mantine/core/styles.css';
import '../app/globals.css';
import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot, type Root } from 'react-dom/client';
import { of } from 'rxjs';
import { Appearance } from '../shell/appearance';

let root: Root | undefined;

/**
 * Puts a component on the page as the portal shows it, in place of the one before.
 * @param data what the API answers to everything it is asked
 * @returns where it is
 */
export function show(component: ReactNode, data: Record<string, unknown> = {}): HTMLElement {
  root?.unmount();
  document.body.replaceChildren();
  const place = document.body.appendChild(document.createElement('main'));
  root = createRoot(place);
  const client = new ApolloClient({
    link: new ApolloLink(() => of({ data })),
    cache: new InMemoryCache(),
  });
  flushSync(() =>
    root?.render(
      <ApolloProvider client={client}>
        <Appearance nonce={undefined}>{component}</Appearance>
      </ApolloProvider>,
    ),
  );
  return place;
}

/** What a person reads there, as one line. */
export function wordsOf(element: Element | null): string {
  // biome-ignore lint/performance/useDomNodeTextContent: words that are hidden are not read.
  return element instanceof HTMLElement ? element.innerText.replace(/\s+/g, ' ').trim() : '';
}
