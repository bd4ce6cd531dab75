import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { settled, shoot, Visitors } from './visitor.js';

const NEED =
  'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici, in collaborazione con un partner svizzero';

/** The main job, as people see it; the pictures are those of docs/tour.md. */
describe('A firm that needs something', () => {
  let visitors: Visitors;
  let firm: Page;
  let expert: Page;
  let name: string;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  const picture = (page: Page, which: string) => shoot(page, `tour-${which}`, false);

  it('says it in its own words and sees who can help, and why', async () => {
    firm = await visitors.open('firm', '/');
    await picture(firm, '1-today');
    await firm.locator('nav a[href="/find"]').click();
    await firm.getByRole('textbox', { name: 'Di che cosa avete bisogno?' }).fill(NEED);
    const found = firm.locator('#found');
    await found.getByText('Ilaria Fontebasso').waitFor();
    await firm.getByText('visione artificiale').first().waitFor();
    expect(await found.locator('mark').count()).toBeGreaterThan(2);
    // The search is in the address: it can be kept, and sent to a colleague.
    await firm.waitForURL(/\/find\?.*q=/);
    await picture(firm, '2-find');
  });

  it('makes it public, and is suggested experts within seconds', async () => {
    await firm.getByRole('button', { name: 'Pubblica questa richiesta' }).click();
    const dialog = firm.getByRole('dialog');
    await dialog.waitFor();
    await picture(firm, '3-publish');
    await dialog.getByRole('button', { name: 'Pubblica', exact: true }).click();
    await firm.waitForURL(/\/opportunities\/[\w-]+$/);
    const suggestion = firm.getByRole('link', { name: 'Ilaria Fontebasso' });
    await suggestion.waitFor({ timeout: 60_000 });
    await picture(firm, '4-suggestions');
    await suggestion.click();
    await firm.waitForURL(/\/suggestions\//);
    await settled(firm);
    name = 'Ilaria Fontebasso';
    expect(await firm.locator('main').innerText()).toContain(name);
  });

  it('asks one of them', async () => {
    await firm.getByRole('button', { name: 'Ci interessa' }).click();
    const dialog = firm.getByRole('dialog');
    await dialog.getByRole('textbox').fill('Vorremmo provare su un telaio, in gennaio.');
    await picture(firm, '5-ask');
    await dialog.getByRole('button', { name: 'Invia la domanda' }).click();
    await firm.getByText('Domanda inviata. Vi avvisiamo appena c’è una risposta.').waitFor();
  });

  it('whom the platform tells, and who says yes', async () => {
    expert = await visitors.open(name, '/');
    const request = expert.locator('main a[href^="/interests/"]').first();
    await request.waitFor();
    await picture(expert, '6-expert-today');
    await request.click();
    await expert.waitForURL(/\/interests\//);
    await settled(expert);
    expect(await expert.locator('main').innerText()).toContain('Vorremmo provare su un telaio, in gennaio.');
    await expert.getByRole('button', { name: 'Accetta e apri i contatti' }).click();
    await expert.getByRole('heading', { name: 'Il contatto' }).waitFor();
    await picture(expert, '7-accepted');
  });

  it('and then has the contact', async () => {
    await firm.goto(new URL(expert.url()).pathname);
    await firm.getByRole('heading', { name: 'Il contatto' }).waitFor();
    await settled(firm);
    expect(await firm.locator('main').innerText()).toMatch(/[\w.]+@[\w.]+\.\w+/);
    await picture(firm, '8-contact');
  });

  it('without a rule of the page broken or a request elsewhere', () => {
    expect(visitors.complaints).toEqual([]);
  });
});
