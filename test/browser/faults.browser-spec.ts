import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers } from './accessible.js';
import { PEOPLE, settled, Visitors } from './visitor.js';

const SUGGESTIONS = '**/v1/companies/*/suggestions*';

/** An answer of the platform that is none, as it writes them. */
const problem = (status: number, code: string, headers: Record<string, string> = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({
    type: `/problems/${code}`,
    title: code,
    status,
    code,
    detail: '',
    errors: [],
    requestId: 'r-17',
  }),
});

describe('A platform in trouble', () => {
  let visitors: Visitors;
  let page: Page;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  beforeEach(async () => {
    page = await visitors.open('firm', '/preferences');
  });
  afterEach(async () => {
    await page.context().close();
  });
  afterAll(() => visitors.leave());

  const go = () => page.locator('nav a[href="/"]').click();
  const banner = () => page.locator('header + [role="status"]');
  const first = () => page.locator('a[href^="/suggestions/"]').first();

  it('that is slow shows what will come, and lets one go elsewhere meanwhile', async () => {
    await page.route('**/v1/**', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      await route.continue();
    });
    await go();
    await page.locator('.mantine-Skeleton-root').first().waitFor();
    expect(await page.locator('h1').innerText()).toBe('Oggi');
    expect(await barriers(page)).toEqual([]);
    await page.locator('nav a[href="/find"]').click();
    await page.waitForURL('**/find');
    await page.goBack();
    await first().waitFor();
  });

  it('that fails says so in words, where it failed, and tries again when asked to', async () => {
    await page.route(SUGGESTIONS, (route) => route.fulfill(problem(500, 'internal')));
    await go();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toContain('Qualcosa è andato storto da parte nostra');
    expect(await alert.innerText()).toContain('r-17');
    // The rest of the page is there.
    await page.getByRole('heading', { name: 'Risposte attese' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.unroute(SUGGESTIONS);
    await page.getByRole('button', { name: 'Riprova' }).click();
    await first().waitFor();
  });

  it.each([
    [503, 'unavailable', /non risponde: riprovo da solo fra \d/],
    [429, 'too-many-requests', /Troppe richieste: riprovo da solo fra \d/],
  ])('that answers %i says when it is asked again, and asks again by itself', async (status, code, words) => {
    let asked = 0;
    await page.route(SUGGESTIONS, (route) =>
      asked++ < 2 ? route.fulfill(problem(status, code, { 'retry-after': '2' })) : route.continue(),
    );
    await go();
    await banner().filter({ hasText: words }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await first().waitFor();
    await banner().filter({ hasNotText: /\S/ }).waitFor({ state: 'attached' });
    expect(asked).toBe(3);
  });

  it('that cannot be reached says so, and goes on when it can', async () => {
    await page.context().setOffline(true);
    await banner().filter({ hasText: 'senza connessione' }).waitFor();
    await go();
    await page.context().setOffline(false);
    await first().waitFor();
    expect(await banner().innerText()).toBe('');
  });

  it('that has lost the session holds what was asked until one has signed in again in another window', async () => {
    await page.context().clearCookies();
    await go();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('Quello che avete scritto è ancora qui');
    expect(await barriers(page)).toEqual([]);
    const [other] = await Promise.all([
      page.waitForEvent('popup'),
      dialog.getByRole('link', { name: 'Accedi' }).click(),
    ]);
    await other.getByRole('button', { name: PEOPLE.firm, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await settled(page);
    await first().waitFor();
    expect(page.url()).toBe(`${visitors.url}/`);
  });

  it('that has lost the session shows nothing of it to whoever signs in next', async () => {
    await page.context().clearCookies();
    await go();
    const link = page.getByRole('dialog').getByRole('link', { name: 'Accedi' });
    const [other] = await Promise.all([page.waitForEvent('popup'), link.click()]);
    await other.getByRole('button', { name: PEOPLE.expert, exact: true }).click();
    await page.locator('header').getByText(PEOPLE.expert).first().waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    visitors.forget('firm');
  });
});
