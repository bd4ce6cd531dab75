import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '#libs/testing';
import { barriers } from './accessible.js';
import { settled, Visitors } from './visitor.js';

/** A firm of the sample that the coordinator looks after. */
const FIRM = 'Occhiorete';

describe('Accesses and data', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  const asked = (page: Page, key: string) =>
    page.evaluate(
      async (bearer) =>
        (await fetch('/v1/companies?limit=1', { headers: { authorization: `Bearer ${bearer}` } })).status,
      key,
    );

  it('a key is shown once, opens what it may, is replaced, and ends', async () => {
    const page = await visitors.open('firm', '/profile?tab=access');
    const label = `gestionale ${Date.now()}`;
    await page.getByRole('textbox', { name: 'Nome della nuova chiave' }).fill(label);
    await page.getByRole('checkbox', { name: 'cercare' }).check();
    await page.getByRole('button', { name: 'Crea la chiave' }).click();
    const secret = page.getByRole('status').filter({ hasText: 'non si vede una seconda volta' }).locator('code');
    const first = await secret.innerText();
    const row = page.getByRole('listitem').filter({ hasText: label });
    await row.getByText('leggere, cercare').waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(await asked(page, first)).toBe(200);
    await row.getByRole('button', { name: 'Sostituisci' }).click();
    await page.waitForFunction((old) => document.querySelector('[role="status"] code')?.textContent !== old, first);
    const second = await secret.innerText();
    expect(await asked(page, second)).toBe(200);
    await page.reload();
    await settled(page);
    await row.waitFor();
    expect(await page.content()).not.toContain(second);
    await row.getByRole('button', { name: 'Elimina' }).click();
    const dialog = page.getByRole('dialog', { name: `Eliminare la chiave «${label}»?` });
    await dialog.waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Elimina' }).click();
    await row.waitFor({ state: 'detached' });
    await eventually(async () => expect(await asked(page, second)).toBe(401));
    await page.context().close();
  });

  it('a copy of everything is a file, for programs and for Excel', async () => {
    const page = await visitors.open('firm', '/profile?tab=access');
    const load = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') };
    };
    const json = await load('Scarica (JSON)');
    expect(json.name).toBe('ceresio-firm.json');
    expect(JSON.stringify(JSON.parse(json.text))).toContain('Alpsens');
    const csv = await load('Scarica per Excel (CSV)');
    expect(csv.name).toBe('ceresio-firm.csv');
    expect(csv.text).toContain('Alpsens');
    await page.context().close();
  });

  it('a consent is given and taken back, and what was when stays to be read', async () => {
    const page = await visitors.open('firm', '/profile?tab=access');
    const consent = page.getByRole('switch', { name: 'Storie di successo' });
    const before = await consent.isChecked();
    for (const given of [!before, before]) {
      const [answer] = await Promise.all([
        page.waitForResponse((one) => one.request().method() === 'PUT'),
        consent.click(),
      ]);
      expect([answer.status(), ((await answer.json()) as { granted: boolean }).granted]).toEqual([200, given]);
    }
    await page.reload();
    await settled(page);
    expect(await consent.isChecked()).toBe(before);
    const history = page.locator('details').filter({ hasText: 'Che cosa valeva finora' }).last();
    await history.locator('summary').click();
    expect(await history.getByRole('listitem').allInnerTexts()).toEqual(
      expect.arrayContaining([expect.stringMatching(/: dato$/), expect.stringMatching(/: ritirato$/)]),
    );
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it('an invitation is a link that works once, and can be taken back', async () => {
    const page = await visitors.open('firm', '/profile?tab=access');
    const open = page.getByRole('list', { name: 'Inviti non ancora usati' }).getByRole('listitem');
    const before = await open.count();
    await page.getByRole('button', { name: 'Crea un invito' }).click();
    const link = page.getByRole('status').filter({ hasText: 'Il link dell’invito' }).locator('code');
    expect(await link.innerText()).toMatch(/\/welcome\?invitation=./);
    await open.nth(before).waitFor();
    await open.first().getByRole('button', { name: 'Ritira' }).click();
    await open.nth(before).waitFor({ state: 'detached' });
    expect(await open.count()).toBe(before);
    await page.context().close();
  });
});

describe('A coordinator at the profile of a firm', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  it('helps with it, keeps the address of the register, and is not offered what is the firm’s own', async () => {
    const page = await visitors.open('coordinator', '/queue');
    const id = await page.evaluate(async (q) => {
      const answer = await fetch(`/v1/companies?${new URLSearchParams({ q, limit: '1' })}`);
      return ((await answer.json()) as { items: { id: string }[] }).items[0]?.id ?? '';
    }, FIRM);
    await page.goto(`/profile/firm/${id}`);
    await settled(page);
    const register = page.getByRole('textbox', { name: 'Indirizzo del registro pubblico' });
    await register.fill('filati@pec');
    await page.getByText('Non sembra un indirizzo e-mail').waitFor();
    const address = `filati-${Date.now()}@pec.example.org`;
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.request().method() === 'PATCH'),
      register.fill(address),
    ]);
    expect((await answer.json()) as object).toMatchObject({ id, registerEmail: address });
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Accessi e dati' }).click();
    await page.getByRole('heading', { name: 'Chi agisce per l’impresa' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Chiavi per programmi' }).count()).toBe(0);
    expect(await page.getByRole('heading', { name: 'Consensi' }).count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('tab', { name: 'Offerte e fabbisogni' }).click();
    await page.getByRole('button', { name: 'Nuova offerta o fabbisogno' }).first().waitFor();
    await page.context().close();
  });

  it('is the only one who sees that address', async () => {
    const page = await visitors.open('firm', '/profile');
    await page.getByRole('textbox', { name: 'Comune' }).waitFor();
    expect(await page.getByText('Indirizzo del registro pubblico').count()).toBe(0);
    await page.context().close();
  });
});
