import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds serious or critical on the page as it stands, in a line each. */
export async function barriers(page: Page): Promise<string[]> {
  // Not as a script of the page, which its policy would refuse.
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (values) =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResults> } }).axe.run({
        runOnly: { type: 'tag', values },
        resultTypes: ['violations'],
      }),
    TAGS,
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} · ${failureSummary}`),
    );
}

/** What a judge of pages would object to besides: headings, widths, language, title. */
export async function flaws(page: Page, lang: string): Promise<string[]> {
  return page.evaluate((expected) => {
    const found: string[] = [];
    const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) found.push(`${levels.join(' ')}: not one h1`);
    if (levels.some((level, at) => level - (levels[at - 1] ?? level) > 1))
      found.push(`${levels.join(' ')}: a level is left out`);
    if (document.documentElement.lang !== expected) found.push(`lang is ${document.documentElement.lang}`);
    if (!document.title.includes('Ceresio')) found.push(`the title is ${document.title}`);
    const wide = document.documentElement.scrollWidth - window.innerWidth;
    if (wide > 0) {
      const causes = [...document.querySelectorAll('body *')].filter(
        (one) => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest('.heard'),
      );
      found.push(`${wide} px too wide: ${causes.slice(0, 3).map((one) => one.outerHTML.slice(0, 120))}`);
    }
    for (const one of document.querySelectorAll('[tabindex]'))
      if (Number(one.getAttribute('tabindex')) > 0) found.push(`tab order is forced: ${one.outerHTML.slice(0, 120)}`);
    return found;
  }, lang);
}

/** Goes through the page by Tab alone; tells what gets the focus without showing it, or off the screen. */
export async function unseenFocus(page: Page, steps = 40): Promise<string[]> {
  const found: string[] = [];
  for (let step = 0; step < steps; step++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(async () => {
      // Where it is going to be, not on its way there: also the shortest movement takes a frame.
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      const focused = document.activeElement;
      if (!focused || focused === document.body) return undefined;
      const shows = (element: Element | null | undefined) => {
        if (!element) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      };
      // A hidden input stands for the label that is painted beside it.
      const seen = shows(focused) || shows(focused.nextElementSibling) || shows(focused.closest('label'));
      const { top, bottom } = focused.getBoundingClientRect();
      return { html: focused.outerHTML.slice(0, 140), seen, inside: bottom > 0 && top < window.innerHeight };
    });
    if (!at) return found;
    if (!at.seen) found.push(`not seen: ${at.html}`);
    if (!at.inside) found.push(`not on the screen: ${at.html}`);
  }
  return found;
}
