import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '#libs/testing';
import { barriers } from './accessible.js';
import { Visitors } from './visitor.js';

describe('The inbox', () => {
  let visitors: Visitors;
  let page: Page;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  beforeEach(async () => {
    page = await visitors.open('expert', '/inbox');
    await page.locator('main article').first().waitFor();
  });
  afterEach(async () => {
    await page.context().close();
  });
  afterAll(() => visitors.leave());

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const becomes = (id: string, state: string) => page.locator(`article[id="${id}"][data-state="${state}"]`).waitFor();
  /** The first notice: its element's id, and its state. */
  const first = async () => {
    const notice = page.locator('main article').first();
    return {
      id: (await notice.getAttribute('id')) ?? '',
      state: (await notice.getAttribute('data-state')) ?? '',
      title: await notice.locator('h3').innerText(),
    };
  };
  const unread = async () => {
    await page.locator('main article [aria-haspopup="menu"]').last().waitFor();
    const notice = page.locator('main article').first();
    if ((await notice.getAttribute('data-state')) === 'unread') return;
    await notice.locator('[aria-haspopup="menu"]').last().click();
    await page.getByRole('menuitem', { name: 'Segna come non letto' }).click();
    await becomes((await first()).id, 'unread');
  };

  it('says of a notice why it came, and leads to what it is about; who has followed it has read it', async () => {
    await unread();
    const { id } = await first();
    expect(await page.locator(`article[id="${id}"]`).innerText()).toMatch(/Questo avviso arriva/);
    await page.locator(`article[id="${id}"] a`).first().click();
    await page.waitForURL(/\/(suggestions|opportunities|interests)\//);
    await page.goBack();
    await becomes(id, 'read');
  });

  it('is worked by keys alone, and what was done is taken back', async () => {
    const { id, state } = await first();
    await page.keyboard.press('j');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(id);
    await page.keyboard.press('e');
    await becomes(id, 'done');
    await button('Annulla').waitFor();
    expect(await barriers(page)).toEqual([]);
    // What is shown at once is not yet said: a page that is left takes it along.
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'PATCH'),
      page.keyboard.press('z'),
    ]);
    expect(answer.ok()).toBe(true);
    await becomes(id, state);
    await page.reload();
    await becomes(id, state);
  });

  it('does nothing by letters for who has switched them off', async () => {
    await page.getByRole('switch', { name: 'Tasti rapidi' }).click();
    const { id, state } = await first();
    await page.locator(`article[id="${id}"]`).focus();
    await page.keyboard.press('e');
    await page.keyboard.press('ArrowDown');
    await becomes(id, state);
    await page.reload();
    expect(await page.getByRole('switch', { name: 'Tasti rapidi' }).isChecked()).toBe(false);
  });

  it('puts a notice off until tomorrow; until then it is among those put off', async () => {
    const { id, title } = await first();
    await page.keyboard.press('j');
    await page.keyboard.press('s');
    await page.getByRole('menuitem', { name: /^Domani/ }).click();
    await becomes(id, 'snoozed');
    await page.getByRole('link', { name: 'Rimandati' }).click();
    await page.getByRole('heading', { name: title }).first().waitFor();
    await button('Rimanda').first().click();
    await page.getByRole('menuitem', { name: /Scegliete un giorno/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Rimanda' }).click();
    expect(await dialog.innerText()).toContain('Scegliete un giorno dopo oggi');
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.locator(`article[id="${id}"] [aria-haspopup="menu"]`).last().click();
    await page.getByRole('menuitem', { name: 'Segna come non letto' }).click();
    await page.locator(`article[id="${id}"]`).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Tutti', exact: true }).click();
    await becomes(id, 'unread');
  });

  it('wants no more notices for a reason, until that is lifted', async () => {
    // That somebody was suggested is told for a reason; that somebody waits for an answer is told in any case.
    const suggested = page.locator('main article').filter({ has: page.locator('a[href^="/suggestions/"]') });
    const id = (await suggested.first().getAttribute('id')) ?? '';
    await suggested.first().locator('[aria-haspopup="menu"]').last().click();
    await page.getByRole('menuitem', { name: /Niente più avvisi/ }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('menuitem', { name: /Niente più avvisi/ }).click();
    await becomes(id, 'done');
    await page.getByRole('link', { name: 'Come ricevere gli avvisi' }).first().click();
    await page.waitForURL('**/preferences');
    const lift = page.getByRole('button', { name: /^Avvisate di nuovo: Una richiesta fa per voi/ });
    await lift.first().waitFor();
    const muted = await lift.count();
    await lift.first().click();
    await page.getByText('Gli avvisi per questo motivo arrivano di nuovo.').waitFor();
    await eventually(async () => expect(await lift.count()).toBe(muted - 1));
    await page.goto('/inbox');
    await page.locator(`article[id="${id}"]`).getByRole('button', { name: 'Riapri' }).click();
    await becomes(id, 'unread');
  });

  it('takes a change back that the platform refuses, and says so', async () => {
    await unread();
    const { id } = await first();
    await page.route('**/v1/inbox/*', (route) =>
      route.request().method() === 'PATCH' ? route.fulfill({ status: 500, body: '' }) : route.continue(),
    );
    await page.locator(`article[id="${id}"]`).getByRole('button', { name: 'Fatto' }).click();
    await page.getByText('tutto è di nuovo com’era prima').waitFor();
    await becomes(id, 'unread');
  });

  it('says a new notice as it comes, and reads the list anew', async () => {
    const { title } = await first();
    let told = 0;
    let listed = 0;
    await page.route('**/v1/inbox?*', (route) => {
      listed++;
      return route.continue();
    });
    const event = { id: '01900000-0000-7000-8000-00000000000a', title: `Di nuovo: ${title}` };
    await page.route('**/v1/inbox/stream', (route) =>
      told++ > 0
        ? route.continue()
        : route.fulfill({
            contentType: 'text/event-stream',
            body: `id: ${event.id}\nevent: notice\ndata: ${JSON.stringify(event)}\n\n`,
          }),
    );
    await page.reload();
    await page.getByLabel('Avvisi', { exact: true }).getByText(event.title).waitFor();
    await eventually(() => expect(listed).toBeGreaterThan(1));
  });

  it('asks nobody else, breaks none of its own rules and throws no error', () => {
    expect(visitors.complaints).toEqual([]);
  });
});
