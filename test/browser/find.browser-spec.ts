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
