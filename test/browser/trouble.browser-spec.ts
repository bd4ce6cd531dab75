import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers, flaws } from './accessible.js';
import { PEOPLE, type Person, settled, Visitors } from './visitor.js';

interface Way {
  name: string;
  person: Person;
  /** Gets there as a person does, within the open page. */
  go: (page: Page) => Promise<void>;
}

const link = (href: string) => (page: Page) => page.locator(`nav a[href="${href}"]`).click();
const WAYS: readonly Way[] = [
  { name: 'Messaggi', person: 'expert', go: link('/inbox') },
  {
    name: 'Come ricevere gli avvisi',
    person: 'expert',
    go: async (page) => {
      await page.locator('header button[aria-haspopup="dialog"]').click();
      await page.getByRole('dialog').locator('a[href="/preferences"]').click();
    },
  },
  { name: 'Profilo', person: 'firm', go: link('/profile') },
  { name: 'Da seguire', person: 'coordinator', go: link('/queue') },
];

const problem = (status: number, code: string) => ({
  status,
  headers: { 'content-type': 'application/problem+json', 'retry-after': '1' },
  body: JSON.stringify({ type: '/p', title: code, status, code, detail: '', errors: [], requestId: 'r-17' }),
});

describe.each(WAYS)('In trouble, $name', ({ person, go }) => {
  let visitors: Visitors;
  let page: Page;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  beforeEach(async () => {
    // From a page that reads nothing itself.
    page = await visitors.open(person, '/find/nowhere/at/all');
  });
  afterEach(async () => {
    await page.context().close();
  });
  afterAll(() => visitors.leave());

  const alerts = () => page.getByRole('alert');
  const noAlert = async () => {
    await settled(page);
    expect(await alerts().count()).toBe(0);
  };

  it('shows what will come while the platform is slow', async () => {
    await page.route('**/v1/**', async (route) => {
      if (route.request().url().endsWith('/stream')) return route.continue();
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      return route.continue();
    });
    await go(page);
    await page.locator('main .mantine-Skeleton-root').first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await noAlert();
  });

  it('says what failed, and has it on another try', async () => {
    await page.route('**/v1/**', (route) => route.fulfill(problem(500, 'internal')));
    await go(page);
    await alerts().first().waitFor();
    await settled(page);
    expect(await alerts().first().innerText()).toContain('Qualcosa è andato storto da parte nostra');
    expect([await barriers(page), await flaws(page, 'it')]).toEqual([[], []]);
    await page.unroute('**/v1/**');
    for (let left = await alerts().count(); left > 0; left--) {
      const again = alerts().first().getByRole('button', { name: 'Riprova' });
      if ((await again.count()) === 0) break;
      await again.click();
      await settled(page);
    }
    await noAlert();
  });

  it.each([
    [503, 'unavailable'],
    [429, 'too-many-requests'],
  ])('asks again by itself after %i', async (status, code) => {
    const refused = new Set<string>();
    await page.route('**/v1/**', (route) => {
      const { pathname, search } = new URL(route.request().url());
      if (refused.has(pathname + search)) return route.continue();
      refused.add(pathname + search);
      return route.fulfill(problem(status, code));
    });
    await go(page);
    await page.locator('header + [role="status"]').filter({ hasText: 'riprovo da solo' }).waitFor();
    await noAlert();
    expect(refused.size).toBeGreaterThan(0);
  });

  it('goes on after a lost session, once one has signed in again', async () => {
    await page.context().clearCookies();
    await go(page);
    const dialog = page.getByRole('dialog').filter({ hasText: 'La sessione è terminata' });
    await dialog.waitFor();
    const [other] = await Promise.all([
      page.waitForEvent('popup'),
      dialog.getByRole('link', { name: 'Accedi' }).click(),
    ]);
    await other.getByRole('button', { name: PEOPLE[person], exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await noAlert();
    visitors.forget(person);
  });
});
