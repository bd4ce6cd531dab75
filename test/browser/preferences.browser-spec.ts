import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers } from './accessible.js';
import { settled, Visitors } from './visitor.js';

describe('The preferences', () => {
  let visitors: Visitors;
  let page: Page;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  beforeEach(async () => {
    page = await visitors.open('expert', '/preferences');
  });
  afterEach(async () => {
    await page.context().close();
  });
  afterAll(() => visitors.leave());

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const saved = () => page.getByRole('status').filter({ hasText: 'Salvato' }).waitFor();
  const rhythm = (name: string) => page.getByRole('radio', { name: `${name}: Mail, Una richiesta fa per voi` });

  it('keep each choice at once, without a button for it', async () => {
    const before = (await rhythm('Subito').isChecked()) ? 'Subito' : 'Ogni settimana';
    const other = before === 'Subito' ? 'Ogni settimana' : 'Subito';
    const put = page.waitForResponse((answer) => answer.request().method() === 'PUT');
    await rhythm(other).click();
    expect((await put).status()).toBe(200);
    await saved();
    await page.reload();
    await settled(page);
    expect(await rhythm(other).isChecked()).toBe(true);
  });

  it('add a choice to what was chosen in another window meanwhile', async () => {
    const other = await visitors.open('expert', '/preferences');
    const cap = 'Mail al giorno, al massimo';
    const chosen = (await page.getByLabel(cap).inputValue()) === '3' ? '4' : '3';
    const put = other.waitForResponse((answer) => answer.request().method() === 'PUT');
    await other.getByLabel(cap).selectOption(chosen);
    expect((await put).status()).toBe(200);
    await other.context().close();
    await page.getByLabel('Lingua delle mail').selectOption('de');
    await page.getByText('Nel frattempo qualcosa era cambiato altrove').waitFor();
    await page.reload();
    await settled(page);
    expect(await page.getByLabel(cap).inputValue()).toBe(chosen);
    expect(await page.getByLabel('Lingua delle mail').inputValue()).toBe('de');
  });

  it('pause the mails, say until when, and begin again', async () => {
    await button('Una settimana').click();
    await page.getByText('In pausa fino al').waitFor();
    expect(await barriers(page)).toEqual([]);
    await button('Riprendi adesso').click();
    await button('Una settimana').waitFor();
    await saved();
  });

  it('show a webhook’s secret once, and what is wrong with an address beside it', async () => {
    await button('Aggiungi un webhook').click();
    const dialog = page.getByRole('dialog');
    const address = dialog.getByLabel('Indirizzo');
    await address.fill('nonsense');
    await dialog.getByRole('button', { name: 'Crea' }).click();
    await dialog.locator('[aria-invalid="true"]').waitFor();
    expect(await barriers(page)).toEqual([]);
    await address.fill('https://hooks.example.org/ceresio');
    await dialog.getByLabel('Nome, per riconoscerlo').fill('Banco di prova');
    await dialog.getByRole('button', { name: 'Crea' }).click();
    await dialog.getByText(/^whsec_/).waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'L’ho conservato' }).click();
    await dialog.waitFor({ state: 'detached' });
    const row = page.locator('#webhooks li').filter({ hasText: 'Banco di prova' }).first();
    await row.getByRole('button', { name: 'Elimina' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Elimina' }).click();
    await row.waitFor({ state: 'detached' });
    expect(await page.getByText(/whsec_/).count()).toBe(0);
  });

  it('keep saved searches: named, at their rhythm, asked anew, deleted', async () => {
    const made = await page.evaluate(async () => {
      const body = JSON.stringify({ seek: 'experts', text: 'taglio laser di lamiere sottili' });
      const headers = { 'content-type': 'application/json', 'x-ceresio-csrf': '1' };
      return (await fetch('/v1/alerts', { method: 'POST', headers, body })).status;
    });
    expect(made).toBe(201);
    await page.reload();
    await settled(page);
    const row = page.locator('#alerts li').first();
    await row.getByRole('button', { name: 'Rinomina' }).click();
    await row.getByLabel('Nome della ricerca').fill('Lamiere');
    await row.getByRole('button', { name: 'Salva' }).click();
    await row.getByRole('heading', { name: 'Lamiere' }).waitFor();
    const patched = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
    await row.getByLabel('Quando avvisare').selectOption('weekly');
    expect((await patched).status()).toBe(200);
    await row.getByRole('button', { name: 'Metti in pausa' }).click();
    await row.getByText('In pausa: non avvisa di nulla.').waitFor();
    await row.getByRole('button', { name: 'Riprendi', disabled: false }).waitFor();
    await page.reload();
    await row.getByText('In pausa: non avvisa di nulla.').waitFor();
    expect(await barriers(page)).toEqual([]);
    await row.getByRole('button', { name: 'Riprendi' }).click();
    await page.getByText('«Lamiere» avvisa di nuovo').waitFor();
    await row.getByRole('button', { name: 'Metti in pausa' }).waitFor();
    await row.getByRole('link', { name: 'Apri in Cerca' }).click();
    await page.waitForURL(
      (url) => url.pathname === '/find' && url.searchParams.get('q') === 'taglio laser di lamiere sottili',
    );
    await page.goto('/preferences#alerts');
    await settled(page);
    expect(await row.getByLabel('Quando avvisare').inputValue()).toBe('weekly');
    await row.getByRole('button', { name: 'Elimina' }).click();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Elimina' }).click();
    await page.getByText('«Lamiere» è stata eliminata.').waitFor();
  });

  it('ask nobody else, break none of their own rules and throw no error', () => {
    expect(visitors.complaints).toEqual([]);
  });
});
