import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Request, Response } from 'playwright-core';
import { barriers } from './accessible.js';
import { settled, Visitors } from './visitor.js';

/** What the indicator says, in the language of the page. */
const saved = (page: Page) => page.getByRole('status').filter({ hasText: 'Tutto salvato' }).waitFor();
const isSave = (request: Request) => request.method() === 'PATCH';
const answerTo = (page: Page) => page.waitForResponse((answer) => isSave(answer.request()));

/** What the platform keeps after a change, as it has answered. */
const kept = async (answer: Response) =>
  (await answer.json()) as { website: string; town: string; seeks: { id: string | null }[] };

describe('The profile editor', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  it('judges a number while it is typed, and saves the rest meanwhile', async () => {
    const page = await visitors.open('firm', '/profile');
    await page.getByRole('button', { name: 'Aggiungi un numero' }).click();
    const number = page.getByRole('group', { name: /IDI/ }).getByRole('textbox').last();
    await number.fill('100.155.21');
    await page.getByText('Manca ancora 1 carattere').waitFor();
    await number.fill('100.155.213');
    await page.getByText('La cifra di controllo non torna').waitFor();
    expect(await barriers(page)).toEqual([]);
    const site = `www.alpsens${Date.now()}.example`;
    const [answer] = await Promise.all([answerTo(page), page.getByRole('textbox', { name: 'Sito web' }).fill(site)]);
    expect((await kept(answer)).website).toBe(`https://${site}`);
    await page.getByRole('status').filter({ hasText: 'Qualcosa non è ancora completo' }).waitFor();
    await number.fill('100.155.212');
    await page.getByText('Valido: CHE-100.155.212').last().waitFor();
    await saved(page);
    await page.context().close();
  });

  it('finds competences in spite of a slip, and takes them out again', async () => {
    const page = await visitors.open('firm', '/profile');
    const box = page.getByRole('combobox', { name: 'Competenze che cercate' });
    await box.fill('visone artificiale');
    const choice = page.getByRole('option', { name: 'visione artificiale', exact: true });
    await choice.waitFor();
    expect(await barriers(page)).toEqual([]);
    const [answer] = await Promise.all([answerTo(page), choice.click()]);
    expect((await kept(answer)).seeks.map(({ id }) => id)).toContain('machine-vision');
    await saved(page);
    const list = page.getByRole('list', { name: 'Competenze che cercate' });
    const [taken] = await Promise.all([
      answerTo(page),
      list.getByRole('button', { name: 'Togli visione artificiale' }).click(),
    ]);
    expect((await kept(taken)).seeks.map(({ id }) => id)).not.toContain('machine-vision');
    await page.context().close();
  });

  it('keeps what was typed when the page is left in the middle of it, and when it is reloaded before it was sent', async () => {
    const page = await visitors.open('firm', '/profile');
    await page.route('**/v1/companies/*', (route) =>
      isSave(route.request()) ? route.fulfill({ status: 503, headers: { 'retry-after': '1' } }) : route.fallback(),
    );
    const town = page.getByRole('textbox', { name: 'Comune' });
    await town.fill('Davos Platz');
    await page.waitForResponse((answer) => answer.status() === 503);
    page.on('dialog', (dialog) => void dialog.accept());
    await page.reload();
    await settled(page);
    expect(await town.inputValue()).toBe('Davos Platz');
    await page.unroute('**/v1/companies/*');
    await saved(page);
    const [answer] = await Promise.all([
      answerTo(page),
      (async () => {
        await town.fill('Chur');
        await page.getByRole('link', { name: 'Oggi' }).click();
      })(),
    ]);
    expect((await kept(answer)).town).toBe('Chur');
    await page.context().close();
  });

  it('puts together what two people change, and asks where both changed the same', async () => {
    const mine = await visitors.open('firm', '/profile');
    const theirs = await visitors.open('firm', '/profile');
    await mine.bringToFront();
    await theirs.getByRole('textbox', { name: 'Comune' }).fill('Arosa');
    await theirs.waitForResponse((answer) => isSave(answer.request()) && answer.ok());
    await theirs.context().close();
    await mine.getByRole('textbox', { name: 'Comune' }).fill('Klosters');
    const dialog = mine.getByRole('dialog', { name: 'Qualcun altro ha cambiato le stesse cose' });
    await dialog.getByText('Arosa').waitFor();
    expect(await barriers(mine)).toEqual([]);
    await dialog.getByRole('radio', { name: 'L’altra versione' }).check();
    await dialog.getByRole('button', { name: 'Tieni ciò che è scelto' }).click();
    await saved(mine);
    expect(await mine.getByRole('textbox', { name: 'Comune' }).inputValue()).toBe('Arosa');
    await mine.context().close();
  });

  it('says that a number belongs to another profile', async () => {
    const page = await visitors.open('firm', '/profile');
    const other = '01900000-0000-7000-8000-00000000000a';
    await page.route('**/v1/companies/*', (route) =>
      isSave(route.request())
        ? route.fulfill({
            status: 409,
            contentType: 'application/problem+json',
            json: {
              type: '/problems/duplicate',
              title: 'x',
              status: 409,
              code: 'duplicate',
              detail: 'x',
              errors: [{ pointer: '/identifiers/0/value', detail: `belongs to company ${other} already` }],
              requestId: 'x',
            },
          })
        : route.fallback(),
    );
    await page.getByRole('button', { name: 'Aggiungi un numero' }).click();
    await page.getByRole('group', { name: /IDI/ }).getByRole('textbox').last().fill('CHE-107.787.577');
    await page.getByRole('alert').getByText('Questo numero è già di un altro profilo').waitFor();
    expect(await page.getByRole('link', { name: 'Apri l’altro profilo' }).getAttribute('href')).toContain(other);
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it('shows an expert how others see them', async () => {
    const page = await visitors.open('expert', '/profile');
    await page.getByRole('button', { name: 'Come vi vedono gli altri' }).click();
    const dialog = page.getByRole('dialog', { name: 'Come vi vedono gli altri' });
    await dialog.getByRole('heading', { name: 'Matteo Gandria' }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.context().close();
  });
});

describe('A first need', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  it('is written and published in a minute, and its first suggestions can be read', async () => {
    const page = await visitors.open('firm', '/profile?tab=entries');
    await page.getByRole('button', { name: 'Nuova offerta o fabbisogno' }).click();
    const dialog = page.getByRole('dialog', { name: 'Nuova offerta o fabbisogno' });
    await dialog.getByRole('button', { name: 'Pubblica' }).click();
    expect(await dialog.getByText('Qui serve qualcosa.').count()).toBe(2);
    const title = `Sensori più piccoli (esempio ${Date.now()})`;
    await dialog.getByRole('textbox', { name: 'Titolo' }).fill(title);
    await dialog
      .getByRole('textbox', { name: 'In due frasi' })
      .fill('Cerchiamo chi ci aiuta con la visione artificiale e con sensori a basso consumo.');
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Pubblica' }).click();
    await dialog.waitFor({ state: 'hidden' });
    const entry = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
    await entry.getByText('Pubblicata', { exact: true }).waitFor();
    await entry.getByRole('link', { name: title }).click();
    await page.waitForURL(/\/opportunities\//);
    await page.locator('a[href^="/suggestions/"]').first().waitFor();
    await page.context().close();
  });
});

describe('Who has no role yet', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  it('claims a company by its number, or takes up an invitation', async () => {
    const page = await visitors.stranger();
    // The local issuer knows nobody without a role, so the session is told.
    const claims: object[] = [];
    await page.route('**/auth/session', (route) =>
      route.fulfill({ json: { actor: { kind: 'account', id: 'x' }, role: 'account', roles: [] } }),
    );
    await page.route('**/v1/claims*', (route) => {
      if (route.request().method() === 'GET') return route.fulfill({ json: { items: claims, nextCursor: null } });
      const at = '2026-11-22T10:00:00.000Z';
      const id = '01900000-0000-7000-8000-00000000000a';
      claims.push({
        id,
        revision: 1,
        companyId: id,
        state: 'pending',
        createdAt: at,
        decidedAt: null,
        codeUntil: null,
      });
      return route.fulfill({ status: 201, json: claims[0] });
    });
    await page.route('**/v1/companies/*', (route) => route.fulfill({ status: 404 }));
    await page.goto('/welcome?invitation=abc');
    await settled(page);
    expect(await page.getByRole('textbox', { name: /Link o codice/ }).inputValue()).toBe('abc');
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('textbox', { name: 'Partita IVA (IT)' }).fill('00743110157');
    await page.getByText('Valido: 00743110157').waitFor();
    const [sent] = await Promise.all([
      page.waitForRequest((request) => request.method() === 'POST'),
      page.getByRole('button', { name: 'È la mia impresa' }).click(),
    ]);
    expect(sent.postDataJSON()).toEqual({ identifier: { scheme: 'vat-it', value: '00743110157' }, mail: true });
    await page.getByRole('heading', { name: 'Le vostre richieste' }).waitFor();
    await page.context().close();
  });
});
