import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers } from './accessible.js';
import { Visitors } from './visitor.js';

const ID = '01900000-0000-7000-8000-00000000000a';
/** A question that an expert has left unanswered. */
const late = {
  id: ID,
  revision: 4,
  state: 'submitted',
  side: 'coordinator',
  opportunityId: ID,
  suggestionId: null,
  note: 'Ci sentiamo?',
  answerNote: null,
  reasonCode: null,
  achievement: null,
  createdAt: '2026-01-05T08:00:00.000Z',
  dueAt: '2026-01-19T17:00:00.000Z',
  overdue: true,
  answeredAt: null,
  counterpart: { type: 'expert', id: ID, name: 'Esperta Inventata', country: 'CH', territory: 'CH070' },
  next: null,
};

describe('The queue', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  const withOneLate = async (page: Page) => {
    await page.route('**/v1/interests?*', (route) =>
      route.request().url().includes('overdue=true')
        ? route.fulfill({ json: { items: [late], nextCursor: null } })
        : route.continue(),
    );
    await page.reload();
    await page.getByRole('link', { name: 'Esperta Inventata' }).waitFor();
  };
  const lead = (page: Page) => page.getByLabel('Segna come');

  it('shows a coordinator the load of the experts, by place', async () => {
    const page = await visitors.open('coordinator', '/');
    await page.locator('nav a[href="/queue"]').click();
    const experts = page.locator('tbody tr');
    await experts.first().waitFor();
    const all = await experts.count();
    await page.getByLabel('Territorio').selectOption('CH070');
    await page.waitForURL('**/queue?in=CH070');
    expect(await experts.count()).toBeLessThanOrEqual(all);
    for (const place of await experts.locator('th').allInnerTexts()) expect(place).toMatch(/Ticino|Tessin/);
    await page.goBack();
    await page.waitForURL('**/queue');
    await page.context().close();
  });

  it('leads a request on: shown at once, and taken back where the platform refuses', async () => {
    const page = await visitors.open('coordinator', '/queue');
    await withOneLate(page);
    expect(await barriers(page)).toEqual([]);
    const asked: string[] = [];
    await page.route(`**/v1/interests/${ID}`, (route) => {
      asked.push(`${route.request().headers()['if-match']} ${route.request().postData()}`);
      return route.fulfill({ status: 500, body: '' });
    });
    await lead(page).selectOption('under-assessment');
    await page.getByText('tutto è di nuovo com’era prima').waitFor();
    await page
      .locator('main li')
      .filter({ hasText: 'Esperta Inventata' })
      .getByText('Inviata', { exact: true })
      .waitFor();
    expect(asked).toEqual(['"4" {"state":"under-assessment"}']);
    await page.context().close();
  });

  it('is for those who keep the platform', async () => {
    const page = await visitors.open('firm', '/queue');
    await page.getByText('Questa pagina è per il coordinamento').waitFor();
    await page.context().close();
  });

  it('asks nobody else, breaks none of its own rules and throws no error', () => {
    expect(visitors.complaints).toEqual([]);
  });
});
