import { createBrowserRouter, type RouteObject } from 'react-router';
import { loadAllWords } from '../i18n/i18n.js';
import { Loading } from '../parts/states.js';
import { SignedInScreen } from '../session/signed-out.dialog.js';
import { Failure, NotFound } from './failure.js';
import { Shell } from './shell.js';

/** The screens, each loaded when it is first opened. The gateway serves the portal at these paths and their children (`portal.paths.ts` there). */
const screens: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('../today/today.screen.js')).TodayScreen }) },
  { path: 'find', lazy: async () => ({ Component: (await import('../find/find.screen.js')).FindScreen }) },
  {
    path: 'opportunities',
    lazy: async () => ({ Component: (await import('../opportunity/opportunities.screen.js')).OpportunitiesScreen }),
  },
  {
    path: 'opportunities/:id',
    lazy: async () => ({ Component: (await import('../opportunity/opportunity.screen.js')).OpportunityScreen }),
  },
  {
    path: 'suggestions/:id',
    lazy: async () => ({ Component: (await import('../suggestion/suggestion.screen.js')).SuggestionScreen }),
  },
  {
    path: 'interests/:id',
    lazy: async () => ({ Component: (await import('../suggestion/interest.screen.js')).InterestScreen }),
  },
  {
    path: 'profile/:kind?/:id?',
    lazy: async () => ({ Component: (await import('../profile/profile.screen.js')).ProfileScreen }),
  },
  { path: 'welcome', lazy: async () => ({ Component: (await import('../welcome/welcome.screen.js')).WelcomeScreen }) },
  { path: 'inbox', lazy: async () => ({ Component: (await import('../inbox/inbox.screen.js')).InboxScreen }) },
  {
    path: 'preferences',
    lazy: async () => ({ Component: (await import('../preferences/preferences.screen.js')).PreferencesScreen }),
  },
  { path: 'queue', lazy: async () => ({ Component: (await import('../queue/queue.screen.js')).QueueScreen }) },
  { path: '*', Component: NotFound },
];

export const router = createBrowserRouter([
  { path: '/signed-in', Component: SignedInScreen, ErrorBoundary: Failure },
  {
    Component: Shell,
    HydrateFallback: Loading,
    ErrorBoundary: Failure,
    // The frame stays while a screen is loaded, and where one fails.
    children: [{ ErrorBoundary: Failure, children: screens }],
  },
]);

/** Loads every screen while nothing else is to do: the next one opens at once, and also where the connection has gone meanwhile. */
export function preloadScreens(): void {
  // One that cannot be had now is loaded when it is opened.
  for (const { lazy } of screens) if (typeof lazy === 'function') void lazy().catch(() => {});
  void loadAllWords().catch(() => {});
}
