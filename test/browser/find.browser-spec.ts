import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers } from './accessible.js';
import { Visitors } from './visitor.js';

/** Invented, as is the expert of the sample who has done just this. */
const NEED = 'Controlliamo i tessuti a occhio e vorremmo riconoscere i difetti con una telecamera.';
const EXPERT = 'Ilaria Fontebasso';

describe('Finding who can help', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  const typed = async (): Promise<Page> => {
    const page = await visitors.open('firm', '/find');
    await page.getByLabel('Di che cosa avete bisogno?').fill(NEED);
    await cardOf(page).waitFor();
    return page;
  };
  const cardOf = (page: Page) =>
    page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: EXPERT }) });
  const address = (page: Page) => new URL(page.url()).searchParams;

  it('shows what was understood, who can help and why, and keeps it in the address', async () => {
    const page = await typed();
    await page.waitForURL((url) => url.searchParams.get('q') === NEED);
    const why = cardOf(page).getByRole('list', { name: 'Perché' });
    expect(await why.locator('mark').allInnerTexts()).toContain('tessuti');
    expect(await cardOf(page).innerText()).toMatch(/\d+ su 100/);
    await page.reload();
    await cardOf(page).waitFor();
    expect(await page.getByLabel('Di che cosa avete bisogno?').inputValue()).toBe(NEED);
    await page.context().close();
  });

  it('takes out and puts in what it has understood, and goes back by the button of the browser', async () => {
    const page = await typed();
    const out = page.getByRole('button', { name: 'Togli controllo tessuti' });
    await out.click();
    await out.waitFor({ state: 'detached' });
    expect(address(page).get('without')).not.toBeNull();
    await page.getByLabel('Aggiungi una competenza').fill('robotica');
    await page
      .getByRole('option', { name: /robotica/i })
      .first()
      .click();
    await page.getByRole('button', { name: /^Togli .*robotica/i }).waitFor();
    await page.goBack();
    await page.goBack();
    await out.waitFor();
    await page.context().close();
  });

  it('narrows by a place, by the map and by the list alike', async () => {
    const page = await typed();
    const box = page.getByRole('checkbox', { name: /^Ticino/ });
    await box.click();
    await page.waitForURL((url) => url.searchParams.get('in') === 'CH070');
    await page.locator('svg g[data-chosen]').click();
    await page.waitForURL((url) => !url.searchParams.has('in'));
    await page.getByRole('checkbox', { name: /^Ticino/, checked: false }).waitFor();
    await page.context().close();
  });

  it('begins with what was found: the first card is whole on the first screen', async () => {
    const page = await visitors.open('firm', `/find?${new URLSearchParams({ q: NEED })}`);
    await cardOf(page).waitFor();
    const first = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('heading', { level: 3 }) })
      .first();
    const box = await first.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 1e6)).toBeLessThanOrEqual(900);
    await page.context().close();
  });

  it('says what to do when all that was understood was taken out, and takes it back', async () => {
    const page = await typed();
    const chips = page.getByRole('list', { name: 'Abbiamo capito' }).getByRole('listitem');
    await chips.first().waitFor();
    for (let left = await chips.count(); left > 0; left--) {
      await chips.first().getByRole('button').click();
      await chips.nth(left - 1).waitFor({ state: 'detached' });
    }
    await page.getByRole('heading', { name: 'Non resta nulla da cercare' }).waitFor();
    expect(await cardOf(page).count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole('button', { name: 'Annulla le correzioni' }).last().click();
    await cardOf(page).waitFor();
    await page.context().close();
  });

  it('is published for as long as one chooses', async () => {
    const page = await typed();
    await page.getByRole('button', { name: 'Pubblica questa richiesta' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pubblicare la richiesta' });
    await dialog.getByRole('textbox', { name: 'Titolo' }).fill(`Difetti dei tessuti (esempio ${Date.now()})`);
    await dialog.getByRole('combobox', { name: 'Per quanto tempo resta pubblica' }).selectOption('30');
    expect(await barriers(page)).toEqual([]);
    const [answer] = await Promise.all([
      page.waitForResponse((one) => one.url().endsWith('/publish')),
      dialog.getByRole('button', { name: 'Pubblica', exact: true }).click(),
    ]);
    const { publishedAt, expiresAt } = (await answer.json()) as { publishedAt: string; expiresAt: string };
    expect(Date.parse(expiresAt) - Date.parse(publishedAt)).toBe(30 * 86_400_000);
    await page.waitForURL(/\/opportunities\//);
    await page.context().close();
  });

  it('says why somebody is not there', async () => {
    const page = await typed();
    await page.getByRole('button', { name: 'Perché qualcuno non c’è?' }).click();
    await page.getByLabel('Chi vi aspettavate?').fill('Gandria');
    await page.getByRole('option', { name: /Matteo Gandria/ }).click();
    await page.getByText('Matteo Gandria non è fra i risultati').waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it('is saved as an alert', async () => {
    const page = await typed();
    await page.getByRole('button', { name: 'Salva come avviso' }).click();
    await page.getByLabel('Nome').fill('Tessuti e telecamere');
    await page.getByRole('radio', { name: 'Una volta alla settimana' }).click();
    await page.getByRole('button', { name: 'Salva l’avviso' }).click();
    await page.getByText('Avviso salvato').waitFor();
    await page.context().close();
  });
});
