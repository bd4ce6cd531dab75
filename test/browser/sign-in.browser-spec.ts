import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { barriers, flaws, unseenFocus } from './accessible.js';
import { LANGUAGES, PEOPLE, type Person, settled, shoot, Visitors } from './visitor.js';

describe('Signing in', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  it('says what this is, in each language, and bars nobody', async () => {
    for (const lang of LANGUAGES)
      for (const width of [1280, 320]) {
        // Which light shows what is wrong with colours does not depend on the language.
        const scheme = (lang === 'it') === (width === 320) ? 'dark' : 'light';
        const page = await visitors.stranger({ lang, scheme, width });
        await page.goto('/find?q=laser');
        await settled(page);
        expect([lang, scheme, await barriers(page), await flaws(page, lang)]).toEqual([lang, scheme, [], []]);
        if (lang === 'it' || lang === 'de') await shoot(page, `sign-in-${lang}-${scheme}-${width}`);
        await page.context().close();
      }
    const page = await visitors.stranger();
    await page.goto('/');
    await settled(page);
    expect(await unseenFocus(page)).toEqual([]);
    await page.context().close();
  });

  it.each(Object.entries(PEOPLE))('leads a %s to what is theirs', async (person, name) => {
    const page = await visitors.stranger();
    await visitors.signIn(page, person as Person);
    const account = page.locator('header button[aria-haspopup="dialog"]');
    expect(await account.innerText()).toContain(person === 'coordinator' ? 'Coordinamento' : name);
    await page.context().close();
  });

  it('comes back to the page that was asked for', async () => {
    const page = await visitors.stranger();
    await page.goto('/find?q=laser');
    await page.locator('a[href^="/auth/login"]').click();
    await page.getByRole('button', { name: PEOPLE.firm, exact: true }).click();
    await page.waitForURL(`${visitors.url}/find?q=laser`);
    await page.context().close();
  });

  it('keeps the language and the light that were chosen', async () => {
    const page = await visitors.stranger({ lang: 'it' });
    await page.goto('/');
    await page.getByRole('combobox').selectOption('de');
    await page.getByText('Dunkel', { exact: true }).click();
    await page.reload();
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
    await page.context().close();
  });

  it('ends when one signs out, in every window', async () => {
    const page = await visitors.open('expert', '/');
    await page.locator('header button[aria-haspopup="dialog"]').click();
    await Promise.all([page.waitForEvent('framenavigated'), page.getByRole('button', { name: 'Esci' }).click()]);
    await page.goto('/inbox');
    await page.locator('a[href^="/auth/login"]').waitFor();
    visitors.forget('expert');
    await page.context().close();
  });

  it('asks nobody else, breaks none of its own rules and throws no error', () => {
    expect(visitors.complaints).toEqual([]);
  });
});
