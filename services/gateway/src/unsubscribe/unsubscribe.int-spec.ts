import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { LANGUAGES, NOTICE_KINDS, Problem, preferencesRpc, type Unsubscription } from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';
import { askPage, donePage } from './unsubscribe.page.js';

const TOKEN = 'a'.repeat(43);
const PATH = `/unsubscribe/${TOKEN}`;
const LINK: Unsubscription = { lang: 'de', kinds: ['suggested'], competence: 'maschinelles <Sehen>', done: false };
let acts: string[] = [];

@Controller()
class Links {
  @Rpc(preferencesRpc.unsubscription)
  look({ token }: { token: string }) {
    if (token !== TOKEN) throw new Problem('not-found', 'There is no such link');
    return LINK;
  }
  @Rpc(preferencesRpc.unsubscribe)
  act({ token, act }: { token: string; act: string }) {
    if (token !== TOKEN) throw new Problem('not-found', 'There is no such link');
    acts.push(act);
    return { ...LINK, done: true };
  }
}

describe('The link of a mail', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;
  const open = (method: string, body?: string, type?: string, path = PATH) =>
    gateway.ask(undefined, method, path, body, type ? { 'content-type': type } : {});

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Links]);
  });
  beforeEach(() => {
    acts = [];
  });
  afterAll(async () => {
    await gateway?.stop();
    await nats?.stop();
  });

  it('shows a page in the language of the mail, and changes nothing', async () => {
    const page = await open('GET');
    await open('HEAD');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('<html lang="de">');
    expect(page.body).toContain('maschinelles &lt;Sehen&gt;');
    expect(page.body.match(/<form method="post">/g)).toHaveLength(2);
    expect(acts).toEqual([]);
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', 'List-Unsubscribe=One-Click'],
    [
      'a form in parts',
      'multipart/form-data; boundary=x',
      '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
    ],
    ['no body', undefined, undefined],
  ])('acts when a mail program posts %s, without signing in', async (_title, type, body) => {
    expect((await open('POST', body, type)).status).toBe(200);
    expect(acts).toEqual(['mails']);
  });

  it('mutes the competence alone when that button was pressed', async () => {
    const page = await open('POST', 'act=mute', 'application/x-www-form-urlencoded');
    expect(page.body).toContain('keine Mitteilungen mehr zur Kompetenz');
    expect(acts).toEqual(['mute']);
  });

  it('that nobody made says so, in the language of the reader', async () => {
    for (const path of [`/unsubscribe/${'b'.repeat(43)}`, '/unsubscribe/short']) {
      const answers = [await open('GET', undefined, undefined, path), await open('POST', undefined, undefined, path)];
      for (const { status, body } of answers) {
        expect(status).toBe(404);
        expect(body).toContain('Questo indirizzo non è valido');
      }
    }
  });

  it('loads nothing from anywhere, and lets its page do nothing but post back', async () => {
    const { headers, body } = await open('GET');
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/,
    );
    expect(body).not.toMatch(/https?:|src=|url\(|<script/);
  });

  it('takes forms nowhere else', async () => {
    const answer = await gateway.ask('coordinator', 'POST', '/v1/matches', 'text=x', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
  });

  it('has words for every kind of notice in every language', () => {
    for (const lang of LANGUAGES) {
      const link = { ...LINK, lang, kinds: [...NOTICE_KINDS] };
      expect(askPage(link).match(/<li>[^<]{4,}<\/li>/g)).toHaveLength(NOTICE_KINDS.length);
      expect(donePage(link, 'mails')).not.toContain('undefined');
    }
  });
});
