import './theme/base.css';
import '@mantine/core/styles.layer.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { queries } from './api/queries.js';
import { startSpeaking } from './i18n/i18n.js';
import { preloadScreens, router } from './shell/router.js';
import { theme, variables } from './theme/theme.js';

// The page's policy admits no style that a script adds, unless it carries the word that the gateway gave this page.
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
// What keeps the page from scrolling behind a dialog looks for it here.
Object.assign(globalThis, { __webpack_nonce__: nonce });

await startSpeaking();
createRoot(document.getElementById('portal') as HTMLElement).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={variables}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);

/** Late enough not to be in the way of what is being opened. */
const PRELOAD_AFTER_MS = 2_500;
setTimeout(preloadScreens, PRELOAD_AFTER_MS);
