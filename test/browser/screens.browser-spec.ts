import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers, flaws, unseenFocus } from './accessible.js';
import { SCREENS, type Screen } from './screens.js';
import { PEOPLE, type Person, settled, shoot, Visitors } from './visitor.js';

/** Each language once, each light on each width: what breaks a page breaks it in one of these. */
const LOOKS = [
  { lang: 'it', scheme: 'light', width: 1280 },
  { lang: 'en', scheme: 'dark', width: 1280 },
  { lang: 'de', scheme: 'light', width: 320 },
  { lang: 'fr', scheme: 'dark', width: 320 },
] as const;

const screensOf = (person: Person) => SCREENS.filter(({ people }) => people.includes(person));

describe('Every screen', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  const go = async (page: Page, { path }: Screen): Promise<void> => {
    await page.goto(typeof path === 'string' ? path : await path(page));
    await settled(page);
  };

  const people = Object.keys(PEOPLE) as Person[];
  const rows = people.flatMap((person) => LOOKS.map((look) => ({ person, ...look })));

  it.each(rows)('of the $person bars nobody in $lang, $scheme, $width px wide', async ({ person, ...look }) => {
    const { lang, scheme, width } = look;
    const page = await visitors.open(person, '/', look);
    for (const screen of screensOf(person)) {
      const check = async (state?: string) => {
        const name = [screen.name, person, ...(state ? [state] : []), scheme, width, lang].join('-');
        await shoot(page, name);
        expect([name, await barriers(page), await flaws(page, lang)]).toEqual([name, [], []]);
      };
      await go(page, screen);
      await check();
      for (const [state, open] of Object.entries(screen.open ?? {})) {
        await go(page, screen);
        await open(page);
        await check(state);
      }
    }
    await page.context().close();
  });

  it.each(people)('of the %s is worked by the keyboard alone, and shows where it is', async (person) => {
    const page = await visitors.open(person, '/');
    for (const screen of screensOf(person)) {
      await go(page, screen);
      await page.locator('body').press('Tab');
      const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
      expect([screen.name, first]).toEqual([screen.name, '#main']);
      expect([screen.name, await unseenFocus(page)]).toEqual([screen.name, []]);
    }
    await page.context().close();
  });

  it('asks nobody else, breaks none of its own rules and throws no error', () => {
    expect(visitors.complaints).toEqual([]);
  });
});
