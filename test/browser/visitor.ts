import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

export const LANGUAGES = ['it', 'en', 'de', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The people of the sample network that the tests sign in as, by what the local issuer calls them. */
export const PEOPLE = {
  firm: 'Alpsens',
  expert: 'Matteo Gandria',
  coordinator: 'Coordinator of every territory',
} as const;
export type Person = keyof typeof PEOPLE;

const SHOTS = join(import.meta.dirname, 'shots');
/** What browsers say of an answer that is an error, which some screens expect. */
const EXPECTED = /Failed to load resource: the server responded with a status of/;

interface Look {
  lang?: Language;
  scheme?: 'light' | 'dark';
  width?: number;
  reducedMotion?: 'reduce' | 'no-preference';
}

/** A browser in which people sign in once and then open as many pages as a test needs. */
export class Visitors {
  private readonly cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
  /** What went wrong in the pages without anybody asking: broken rules of the page's policy, errors of scripts, requests elsewhere. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly browser: Browser,
    readonly url: string,
  ) {}

  static async come(): Promise<Visitors> {
    const { PORTAL_URL: url, CHROMIUM: executablePath } = process.env;
    if (!url || !executablePath) throw new Error('Run this by npm run test:browser');
    return new Visitors(await chromium.launch({ executablePath, args: ['--no-sandbox'] }), url);
  }

  /** A page of somebody who has not signed in. */
  async stranger(look: Look = {}): Promise<Page> {
    const { lang = 'it', scheme = 'light', width = 1280, reducedMotion = 'reduce' } = look;
    const context = await this.browser.newContext({
      baseURL: this.url,
      locale: `${lang}-CH`,
      colorScheme: scheme,
      reducedMotion,
      viewport: { width, height: width < 600 ? 720 : 900 },
    });
    // A ceiling for what hangs, not a measure.
    context.setDefaultTimeout(90_000);
    const page = await context.newPage();
    this.listen(page);
    return page;
  }

  /** A page of one of the people, at a path, once everything on it has come. */
  async open(person: Person | string, path: string, look: Look = {}): Promise<Page> {
    const page = await this.stranger(look);
    if (!this.cookies.has(person)) await this.signIn(page, person);
    await page.context().addCookies(this.cookies.get(person) ?? []);
    await page.goto(path);
    await settled(page);
    return page;
  }

  /** Goes through the sign-in of the portal and of the issuer, as a person does. */
  async signIn(page: Page, person: Person | string): Promise<void> {
    const name = PEOPLE[person as Person] ?? person;
    await page.goto('/');
    await page.locator('a[href^="/auth/login"]').click();
    await page.getByRole('button', { name, exact: true }).click();
    await page.waitForURL((url) => url.origin === this.url);
    await settled(page);
    this.cookies.set(person, await page.context().cookies(this.url));
  }

  /** Forgets who has signed in: after a session was ended. */
  forget(person: Person | string): void {
    this.cookies.delete(person);
  }

  async leave(): Promise<void> {
    await this.browser.close();
  }

  private listen(page: Page): void {
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      const said = ['error', 'warning'].includes(message.type()) && !EXPECTED.test(message.text());
      if (said && page.url().startsWith(this.url)) this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('request', (request) => {
      const from = request.frame().url();
      if (from.startsWith(this.url) && !request.isNavigationRequest() && new URL(request.url()).origin !== this.url)
        this.complaints.push(`${from} asks ${request.url()}`);
    });
  }
}

/** Waits until a page shows what it has: a heading, and no outline of something that is still to come. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector('h1') !== null &&
      document.querySelector('.mantine-Skeleton-root') === null &&
      document.querySelector('main[aria-busy="true"]') === null,
  );
  // The letters are part of what is looked at.
  await page.evaluate(() => document.fonts.ready);
}

/** A picture of the page, whole unless told otherwise, to be looked at by people. */
export async function shoot(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage, animations: 'disabled' });
}
