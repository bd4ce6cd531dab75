import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { codeMailedTo } from '../access-fresh.js';
import { type Peopled, startWithPeople } from '../access-people.js';
import { barriers } from './accessible.js';
import { settled, Visitors } from './visitor.js';

/** Invented, with a check digit that is right. */
const VAT = '00743110157';
const REGISTER = 'filati-prova@register.example.org';

describe('A company finds its own people', () => {
  let platform: Peopled;
  let visitors: Visitors;
  let local: string | undefined;

  // The people of the sample have their roles by their names. These have an account each and no role yet, so they sign in at an issuer of their own.
  beforeAll(async () => {
    platform = await startWithPeople();
    local = process.env.PORTAL_URL;
    process.env.PORTAL_URL = platform.run().gateway;
    visitors = await Visitors.come();
    const firm = {
      name: 'Filati Prova',
      country: 'IT',
      territory: 'ITC43',
      languages: ['it'],
      registerEmail: REGISTER,
    };
    const identifiers = [{ scheme: 'vat-it', value: VAT }];
    const { status } = await platform.ask('coordinator', 'POST', '/v1/companies', { ...firm, identifiers });
    expect(status).toBe(201);
  });
  afterAll(async () => {
    if (local) process.env.PORTAL_URL = local;
    await visitors?.leave();
    await platform?.stop();
  });

  const pageOf = async (bearer: string, path: string): Promise<Page> => {
    const page = await visitors.stranger();
    await page.context().setExtraHTTPHeaders({ authorization: `Bearer ${bearer}` });
    await page.goto(path);
    await settled(page);
    return page;
  };

  it('by the code that is mailed to the address of the register, invites a colleague, and ends that access', async () => {
    const page = await pageOf(await platform.newcomer(), '/welcome');
    await page.getByRole('textbox', { name: 'Partita IVA (IT)' }).fill(VAT);
    await page.getByRole('button', { name: 'È la mia impresa' }).click();
    const code = page.getByRole('textbox', { name: 'Codice ricevuto per posta' });
    await code.fill('AAAA-AAAA-AAAA');
    await page.getByRole('button', { name: 'Conferma', exact: true }).click();
    await page.getByText('Con questo codice non va').waitFor();
    expect(await barriers(page)).toEqual([]);
    await code.fill(await codeMailedTo(platform, REGISTER));
    await page.getByRole('button', { name: 'Conferma', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/profile');
    expect(await page.getByRole('textbox', { name: 'Nome dell’impresa' }).inputValue()).toBe('Filati Prova');

    await page.getByRole('tab', { name: 'Accessi e dati' }).click();
    const members = page.getByRole('list', { name: 'Chi agisce per l’impresa' }).getByRole('listitem');
    await members.filter({ hasText: '(voi)' }).waitFor();
    await page.getByRole('button', { name: 'Crea un invito' }).click();
    const link = await page.getByRole('status').filter({ hasText: 'Il link dell’invito' }).locator('code').innerText();

    const bearer = await platform.newcomer();
    const { pathname, search } = new URL(link);
    const colleague = await pageOf(bearer, pathname + search);
    await colleague.getByRole('button', { name: 'Accetta l’invito' }).click();
    await colleague.waitForURL((url) => url.pathname === '/profile');
    await colleague.getByRole('textbox', { name: 'Nome dell’impresa' }).waitFor();
    await colleague.goto('/profile?tab=access');
    await colleague.getByText('Inviti, chiavi, copia dei dati e cancellazione spettano ai titolari').waitFor();
    await colleague.context().close();

    await page.reload();
    await settled(page);
    await members.nth(1).waitFor();
    await members.filter({ hasNotText: '(voi)' }).getByRole('button', { name: 'Togli l’accesso' }).click();
    const dialog = page.getByRole('dialog', { name: 'Togliere l’accesso a questa persona?' });
    await dialog.getByRole('button', { name: 'Togli l’accesso' }).click();
    await members.nth(1).waitFor({ state: 'detached' });
    const left = await fetch(`${platform.run().gateway}/v1/memberships`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    expect(((await left.json()) as { items: object[] }).items).toEqual([]);
    await page.context().close();
  });
});
