import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers } from './accessible.js';
import { settled, shoot, Visitors } from './visitor.js';

/** Invented, as are the experts of the sample who fit it. */
const NEED = 'Vogliamo riconoscere i difetti dei nostri nastri con una telecamera e un robot che li scarti.';
const ASKED = 'Reto Amsteg';
const SET_ASIDE = 'Ilaria Fontebasso';
const ASK = 'Chiedi a un coordinatore';
const QUESTION = 'Conviene chiedere adesso, o dopo la fiera?';

describe('A suggestion for a need without a name', () => {
  let visitors: Visitors;
  let firm: Page;
  let need = '';

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  const suggestionOf = async (name: string) => {
    await firm.goto(need);
    await firm.getByRole('link', { name }).click();
    await firm.waitForURL(/\/suggestions\//);
    await firm.getByRole('heading', { name: 'Che cosa fate?' }).waitFor();
    await settled(firm);
  };

  it('comes by itself after the need was published', async () => {
    firm = await visitors.open('firm', `/find?${new URLSearchParams({ q: NEED })}`);
    await firm.getByRole('button', { name: 'Pubblica questa richiesta' }).click();
    const dialog = firm.getByRole('dialog');
    await dialog.getByRole('switch', { name: 'Senza il nostro nome' }).click();
    await dialog.getByRole('button', { name: 'Pubblica', exact: true }).click();
    await firm.waitForURL(/\/opportunities\/[\w-]+$/);
    await firm.getByRole('link', { name: ASKED }).waitFor();
    need = new URL(firm.url()).pathname;
  });

  it('has dialogs that bar nobody, close by Escape and give back the focus', async () => {
    await suggestionOf(ASKED);
    for (const name of ['Ci interessa', 'Non fa per noi', ASK]) {
      const button = firm.getByRole('button', { name });
      await button.click();
      await firm.getByRole('dialog').waitFor();
      expect([name, await barriers(firm)]).toEqual([name, []]);
      await firm.keyboard.press('Escape');
      await firm.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
    }
  });

  it('is printed whole, without what can only be clicked', async () => {
    await firm.emulateMedia({ media: 'print' });
    expect(await firm.getByRole('button', { name: 'Ci interessa' }).isVisible()).toBe(false);
    expect(await firm.getByRole('navigation').isVisible()).toBe(false);
    expect(await firm.getByRole('list', { name: 'Perché' }).isVisible()).toBe(true);
    await shoot(firm, 'suggestion-printed');
    await firm.emulateMedia({ media: 'screen' });
  });

  it('is asked about at a coordinator, who answers in the queue; who asked is told and reads it there', async () => {
    const button = firm.getByRole('button', { name: ASK });
    await button.click();
    const dialog = firm.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Invia la domanda' }).click();
    await dialog.getByText('Scrivete la domanda.').waitFor();
    expect(await barriers(firm)).toEqual([]);
    await dialog.getByLabel('La vostra domanda').fill(QUESTION);
    await dialog.getByRole('button', { name: 'Invia la domanda' }).click();
    await firm.getByText('In attesa del coordinamento').waitFor();
    await button.waitFor({ state: 'detached' });
    await shoot(firm, 'coordinator-asked');

    const coordinator = await visitors.open('coordinator', '/queue');
    const row = coordinator.locator('main li').filter({ hasText: QUESTION });
    await row.getByRole('link', { name: /Alpsens/ }).waitFor();
    await row.getByRole('link', { name: 'Guarda il suggerimento' }).waitFor();
    expect(await barriers(coordinator)).toEqual([]);
    await shoot(coordinator, 'queue-questions');
    const answer = row.getByLabel('La vostra risposta');
    await answer.focus();
    await coordinator.keyboard.type('Adesso: a dicembre è libero.');
    await coordinator.keyboard.press('Tab');
    await coordinator.keyboard.press('Enter');
    await row.waitFor({ state: 'detached' });
    const heading = coordinator.getByRole('heading', { name: 'Domande a voi' });
    expect(await heading.evaluate((one) => one === document.activeElement)).toBe(true);
    await coordinator.context().close();

    const notice = firm.getByRole('article').filter({ hasText: 'Il coordinamento ha risposto' }).first();
    await firm.goto('/inbox');
    await notice.getByRole('link', { name: 'Guardate la risposta' }).click();
    await firm.waitForURL(/\/suggestions\//);
    await firm.getByText('Adesso: a dicembre è libero.').waitFor();
    await settled(firm);
    expect(await barriers(firm)).toEqual([]);
    await shoot(firm, 'coordinator-answered');

    await firm.setViewportSize({ width: 320, height: 720 });
    await button.click();
    await dialog.getByLabel('La vostra domanda').fill('E dopo?');
    await dialog.getByRole('button', { name: 'Invia la domanda' }).click();
    await firm.getByRole('button', { name: 'Ritira questa domanda' }).click();
    expect(await barriers(firm)).toEqual([]);
    await shoot(firm, 'coordinator-narrow');
    await dialog.getByRole('button', { name: 'Ritira', exact: true }).click();
    await firm.getByText('Ritirata', { exact: true }).waitFor();
    const wide = await firm.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    expect(wide).toBe(false);
    await firm.setViewportSize({ width: 1280, height: 900 });
  });

  it('is asked about; who is asked reads no name, and what they answer is taken back when it fails', async () => {
    await firm.getByRole('button', { name: 'Ci interessa' }).click();
    await firm.getByLabel('Il vostro messaggio').fill('Possiamo vederci al telaio?');
    await firm.getByRole('button', { name: 'Invia la domanda' }).click();
    await firm.getByText('In attesa di risposta').waitFor();

    const expert = await visitors.open(ASKED, '/');
    await expert.locator('main a[href^="/interests/"]').first().click();
    await expert.getByText('Possiamo vederci al telaio?').waitFor();
    await settled(expert);
    expect(await expert.locator('main').innerText()).not.toContain('Alpsens');
    expect(await barriers(expert)).toEqual([]);
    await shoot(expert, 'interest-asked');

    const path = '**/v1/interests/*/accept';
    const accept = expert.getByRole('button', { name: 'Accetta e apri i contatti' });
    await expert.route(path, (route) => route.fulfill({ status: 500, contentType: 'text/plain', body: 'no' }));
    await accept.click();
    await expert.getByText('Non è riuscito: tutto è di nuovo com’era prima.').waitFor();
    await accept.waitFor();
    await expert.unroute(path);

    await expert.getByRole('button', { name: 'Declina' }).click();
    const dialog = expert.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Declina' }).click();
    await dialog.getByText('Scegliete un motivo').waitFor();
    expect(await barriers(expert)).toEqual([]);
    await dialog.getByRole('radio', { name: 'Manca il tempo in questo momento' }).click();
    await dialog.getByRole('button', { name: 'Declina' }).click();
    await expert.getByText('Declinata. Grazie di aver risposto.').waitFor();
    await expert.context().close();

    await firm.reload();
    await firm.getByText('Manca il tempo in questo momento').waitFor();
  });

  it('is set aside with a reason', async () => {
    await suggestionOf(SET_ASIDE);
    await firm.getByRole('button', { name: 'Non fa per noi' }).click();
    await firm.getByRole('radio', { name: 'È troppo presto' }).click();
    await firm.getByRole('button', { name: 'Scarta' }).click();
    // Shown at once; said when the platform has it.
    await firm.getByText('Messo da parte.').waitFor();
    await firm.getByText('L’avete scartato.').waitFor();
    await firm.reload();
    await firm.getByText('L’avete scartato.').waitFor();
  });
});
