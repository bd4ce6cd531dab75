import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { barriers, flaws, unseenFocus } from './accessible.js';
import { SCREENS } from './screens.js';
import { LANGUAGES, settled, shoot, Visitors } from './visitor.js';

describe('Every screen', () => {
  let visitors: Visitors;

  beforeAll(async () => {
    visitors = await Visitors.come();
  });
  afterAll(() => visitors.leave());

  const rows = SCREENS.flatMap((screen) => screen.people.map((person) => ({ ...screen, person })));

  const opened = async (row: (typeof rows)[number], look: Parameters<Visitors['open']>[2]): Promise<Page> => {
    if (typeof row.path === 'string') return visitors.open(row.person, row.path, look);
    const page = await visitors.open(row.person, '/', look);
    await page.goto(await row.path(page));
    await settled(page);
    return page;
  };

  it.each(rows)('$name, for the $person, bars nobody in any language, also where something is open', async (row) => {
    for (const lang of LANGUAGES) {
      const page = await opened(row, { lang, width: lang === 'de' || lang === 'fr' ? 320 : 1280 });
      expect([lang, await barriers(page), await flaws(page, lang)]).toEqual([lang, [], []]);
      for (const [state, open] of Object.entries(row.open ?? {})) {
        await open(page);
        expect([lang, state, await barriers(page), await flaws(page, lang)]).toEqual([lang, state, [], []]);
        await page.reload();
        await settled(page);
      }
      await page.context().close();
    }
  });

  it.each(rows)('$name, for the $person, is worked by the keyboard alone, and shows where it is', async (row) => {
    const page = await opened(row, {});
    await page.locator('body').press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main');
    expect(await unseenFocus(page)).toEqual([]);
    await page.context().close();
  });

  it.each(rows)('$name, for the $person, is seen in light and dark, wide and narrow', async (row) => {
    for (const scheme of ['light', 'dark'] as const)
      for (const width of [1280, 320]) {
        const page = await opened(row, { scheme, width });
        await shoot(page, `${row.name}-${row.person}-${scheme}-${width}`);
        if (scheme === 'dark') expect(await barriers(page)).toEqual([]);
        for (const [state, open] of Object.entries(row.open ?? {})) {
          await open(page);
          await shoot(page, `${row.name}-${row.person}-${state}-${scheme}-${width}`);
          if (scheme === 'dark') expect(await barriers(page)).toEqual([]);
          await page.reload();
          await settled(page);
        }
        await page.context().close();
      }
  });

  it('asks nobody else, breaks none of its own rules and throws no error', () => {
    expect(visitors.complaints).toEqual([]);
  });
});
