import type { Page } from 'playwright-core';
import type { Person } from './visitor.js';

/** A screen as it is looked at: by everybody for whom it is, closed and in each of its open states. */
export interface Screen {
  name: string;
  /** Where it is; a function where one gets there by a way. */
  path: string | ((page: Page) => Promise<string>);
  people: readonly Person[];
  /** What can be opened on it: dialogs, menus, lists, by name. Each begins with the page as it is opened. */
  open?: Record<string, (page: Page) => Promise<void>>;
}

/** Whoever adds a screen adds a line here. */
export const SCREENS: readonly Screen[] = [
  {
    name: 'today',
    path: '/',
    people: ['firm', 'expert', 'coordinator'],
    open: {
      account: async (page) => {
        await page.locator('header button[aria-haspopup="dialog"]').click();
        await page.getByRole('dialog').waitFor();
      },
    },
  },
  { name: 'not-found', path: '/find/nowhere/at/all', people: ['firm'] },
];
