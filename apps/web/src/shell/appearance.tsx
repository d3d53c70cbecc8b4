'use client';

import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { cssVariables, theme } from '../theme';

declare global {
  /** Read by the scroll lock behind dialogs for the style element that it adds. */
  var __webpack_nonce__: string | undefined;
}

/** The component library with our theme; style elements that it writes carry the page's nonce. */
export function Appearance({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  if (typeof window !== 'undefined') globalThis.__webpack_nonce__ ??= nonce;
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      getStyleNonce={nonce ? () => nonce : undefined}
    >
      {children}
    </MantineProvider>
  );
}
