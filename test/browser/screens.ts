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

/** The page of the first suggestion on Today. */
async function firstSuggestion(page: Page): Promise<string> {
  await page.goto('/');
  return (await page.locator('main a[href^="/suggestions/"]').first().getAttribute('href')) ?? '';
}

/** The first of the firm's own needs. */
async function firstOpportunity(page: Page): Promise<string> {
  await page.goto('/opportunities');
  return (await page.locator('main a[href^="/opportunities/"]').first().getAttribute('href')) ?? '';
}

/** Opens a dialog by the button of that name, whichever language the page speaks. */
const dialogBy = (name: RegExp | string) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
  await page.getByRole('dialog').waitFor();
};

const NEED = 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici';

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
  { name: 'find-empty', path: '/find', people: ['firm', 'expert', 'coordinator'] },
  { name: 'find', path: `/find?${new URLSearchParams({ q: NEED })}`, people: ['coordinator'] },
  {
    name: 'find',
    path: `/find?${new URLSearchParams({ q: NEED })}`,
    people: ['firm'],
    open: {
      publish: dialogBy(/Pubblica questa|Publish this|Diese Anfrage ver|Publier cette/),
      alert: dialogBy(/Salva come|Save as|Als Suchauftrag|Enregistrer comme/),
      explain: dialogBy(/Perché qualcuno|Why is somebody|Warum fehlt|Pourquoi quelqu/),
      profile: dialogBy('Ilaria Fontebasso'),
    },
  },
  { name: 'find-nothing', path: '/find?q=qwrtz&in=CH070', people: ['firm'] },
  { name: 'suggestion', path: firstSuggestion, people: ['firm', 'expert'] },
  { name: 'opportunities', path: '/opportunities', people: ['firm'] },
  { name: 'opportunity', path: firstOpportunity, people: ['firm'] },
  {
    name: 'profile',
    path: '/profile',
    people: ['firm', 'expert'],
    open: {
      preview: async (page) => {
        await page.locator('aside button').last().click();
        await page.getByRole('dialog').waitFor();
      },
    },
  },
  {
    name: 'profile-entries',
    path: '/profile?tab=entries',
    people: ['firm'],
    open: {
      new: async (page) => {
        await page.getByRole('tabpanel').getByRole('button').first().click();
        await page.getByRole('dialog').waitFor();
      },
    },
  },
  { name: 'profile-access', path: '/profile?tab=access', people: ['firm', 'expert'] },
  { name: 'welcome', path: '/welcome', people: ['firm'] },
  { name: 'inbox', path: '/inbox', people: ['firm', 'expert'] },
  { name: 'preferences', path: '/preferences', people: ['firm', 'expert'] },
  { name: 'queue', path: '/queue', people: ['coordinator'] },
  { name: 'not-found', path: '/find/nowhere/at/all', people: ['firm'] },
];
