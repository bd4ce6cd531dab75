import { execFile, spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Webhook } from 'standardwebhooks';
import { eventually } from '#libs/testing';
import { openStream } from './inbox-stream.js';
import { databaseUrl, natsEnvironment, type Platform, startPlatform } from './platform.js';

const root = join(import.meta.dirname, '..');

interface Interest {
  id: string;
  revision: number;
  state: string;
  dueAt: string;
  overdue: boolean;
  reasonCode: string | null;
  counterpart: { type: string; id: string | null; name: string | null; contact?: { name?: string; email?: string } };
  next: { suggestionId: string } | null;
}
interface Notice {
  id: string;
  kind: string;
  title: string;
  text: string;
  refs: { opportunityId?: string; suggestionId?: string; interestId?: string };
}
interface List<T> {
  items: T[];
}
interface Hook {
  headers: Record<string, string>;
  body: string;
}

// Invented, all three able to do what the need asks for.
const EXPERTS = {
  ada: {
    name: 'Ada Inventata',
    country: 'CH',
    territory: 'CH070',
    languages: ['it'],
    text: 'Visione artificiale e controllo dei difetti su tessuti tecnici, in linea e ad alta velocità.',
    contact: { name: 'Ada Inventata', email: 'ada@example.org', phone: '+41 91 000 00 00' },
  },
  bruno: {
    name: 'Bruno Esempio',
    country: 'IT',
    territory: 'ITC43',
    languages: ['it'],
    text: 'Visione artificiale per il controllo di difetti su tessuti tecnici e superfici stampate.',
    contact: { email: 'bruno@example.org' },
  },
  carla: {
    name: 'Carla Finta',
    country: 'CH',
    territory: 'CH070',
    languages: ['it', 'de'],
    text: 'Controllo dei difetti con visione artificiale su tessuti tecnici e non tessuti.',
    contact: { email: 'carla@example.org' },
  },
} as const;
type Key = keyof typeof EXPERTS;
const NEED = {
  type: 'TR',
  title: 'Controllo difetti su tessuti tecnici',
  summary: 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici',
  lang: 'it',
};

describe('Told and answered', () => {
  let platform: Platform;
  let receiver: Server;
  const hooks: Hook[] = [];
  const ids = {} as Record<Key, string>;
  let firm: string;
  const asFirm = () => `firm:${firm}`;
  const as = (key: Key) => `expert:${ids[key]}`;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += chunk));
      request.on('end', () => {
        hooks.push({ headers: request.headers as Record<string, string>, body });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
    platform = await startPlatform(['--no-sample'], {
      WEBHOOK_PORTS: String((receiver.address() as AddressInfo).port),
      WEBHOOK_ALLOW_PRIVATE: 'true',
    });
    for (const [key, expert] of Object.entries(EXPERTS)) ids[key as Key] = await made('/v1/experts', expert);
    firm = await made('/v1/companies', {
      name: 'Tessitura Inventata',
      country: 'IT',
      territory: 'ITC42',
      languages: ['it'],
      contact: { name: 'Rosa Inventata', email: 'tessitura@example.org' },
    });
  }, 180_000);
  afterAll(async () => {
    await platform?.stop();
    receiver?.close();
  });

  const made = async (path: string, body: unknown, by = 'coordinator'): Promise<string> => {
    const answer = await platform.ask<{ id: string }>(by, 'POST', path, body);
    expect(answer.status).toBe(201);
    return answer.body.id;
  };
  const publish = async (): Promise<string> => {
    const id = await made(`/v1/companies/${firm}/opportunities`, NEED, asFirm());
    expect((await platform.ask(asFirm(), 'POST', `/v1/opportunities/${id}/publish`, {})).status).toBe(200);
    return id;
  };
  const suggested = (opportunityId: string): Promise<Map<string, string>> =>
    eventually(async () => {
      const { body } = await platform.ask<List<{ id: string; subject: { id: string } }>>(
        asFirm(),
        'GET',
        `/v1/opportunities/${opportunityId}/suggestions`,
      );
      const found = new Map(body.items.map(({ id, subject }) => [subject.id, id]));
      for (const id of Object.values(ids)) expect([...found.keys()]).toContain(id);
      return found;
    });
  const interest = async (by: string, id: string) =>
    (await platform.ask<Interest>(by, 'GET', `/v1/interests/${id}`)).body;
  const noticeOf = (by: string, kind: string, refs: Notice['refs']): Promise<Notice> =>
    eventually(async () => {
      const { body } = await platform.ask<List<Notice>>(by, 'GET', '/v1/inbox?limit=100');
      const found = body.items.filter((one) => one.kind === kind && matches(one.refs, refs));
      expect([kind, found.length]).toEqual([kind, 1]);
      return found[0]!;
    });
  const mailsTo = async (address: string): Promise<string[]> => {
    const { mail } = platform.run();
    const { messages } = (await (await fetch(`${mail}/api/v1/messages`)).json()) as {
      messages: { id: string; to: string[] }[];
    };
    const theirs = messages.filter((message) => message.to.includes(address));
    return Promise.all(
      theirs.map(async ({ id }) => {
        const { text } = (await (await fetch(`${mail}/api/v1/message/${id}`)).json()) as { text: string };
        return text;
      }),
    );
  };

  it('a need finds an expert, who is told by event stream, mail and webhook, says yes, and both know each other', async () => {
    const stream = await openStream(platform, as('ada'));
    const hook = await platform.ask<{ secret: string }>(as('ada'), 'POST', '/v1/webhooks', {
      url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/ceresio`,
    });
    expect(hook.status).toBe(201);
    const heard = async (notice: Notice) => {
      await eventually(() => expect(stream.text()).toContain(notice.id));
      const arrived = await eventually(() => {
        const found = hooks.find(({ body }) => body.includes(notice.id));
        expect(found).toBeDefined();
        return found!;
      });
      const message = new Webhook(hook.body.secret).verify(arrived.body, arrived.headers) as { data: object };
      expect(message.data).toMatchObject({ id: notice.id, kind: notice.kind, recipient: { id: ids.ada } });
      expect(arrived.body).not.toContain('Tessitura');
    };

    const opportunityId = await publish();
    const suggestionId = (await suggested(opportunityId)).get(ids.ada)!;
    await heard(await noticeOf(as('ada'), 'suggested', { suggestionId }));
    await eventually(async () => expect((await mailsTo('ada@example.org')).join('\n')).toContain(NEED.title));

    const asked = await platform.ask<Interest>(asFirm(), 'POST', `/v1/suggestions/${suggestionId}/interest`, {
      note: 'Possiamo sentirci la prossima settimana?',
    });
    expect(asked).toMatchObject({ status: 201, body: { state: 'submitted', overdue: false } });
    const { id } = asked.body;
    await heard(await noticeOf(as('ada'), 'interest-received', { interestId: id }));
    await eventually(async () =>
      expect((await mailsTo('ada@example.org')).some((text) => text.includes('Tessitura Inventata'))).toBe(true),
    );
    expect(await interest(asFirm(), id)).not.toHaveProperty('counterpart.contact');
    expect(await interest(as('ada'), id)).not.toHaveProperty('counterpart.contact');
    expect((await platform.ask(as('bruno'), 'GET', `/v1/interests/${id}`)).status).toBe(404);

    const accepted = await platform.ask<Interest>(as('ada'), 'POST', `/v1/interests/${id}/accept`, {});
    expect(accepted).toMatchObject({ status: 200, body: { state: 'taken-over' } });
    await noticeOf(asFirm(), 'interest-answered', { interestId: id });
    await eventually(async () =>
      expect((await mailsTo('tessitura@example.org')).some((text) => text.includes('Ada Inventata'))).toBe(true),
    );
    expect((await interest(asFirm(), id)).counterpart).toMatchObject({
      ...{ id: ids.ada, name: 'Ada Inventata' },
      contact: { email: 'ada@example.org', phone: '+41 91 000 00 00' },
    });
    expect((await interest(as('ada'), id)).counterpart.contact).toEqual({
      name: 'Rosa Inventata',
      email: 'tessitura@example.org',
    });
    const { body } = await platform.ask<List<{ act: string; of: { id: string }; to: { id: string } }>>(
      asFirm(),
      'GET',
      `/v1/interests/${id}/disclosures`,
    );
    const lines = body.items.map(({ act, of, to }) => [act, of.id, to.id]);
    for (const act of ['opened', 'seen']) {
      expect(lines).toContainEqual([act, ids.ada, firm]);
      expect(lines).toContainEqual([act, firm, ids.ada]);
    }
    const load = await platform.ask('coordinator', 'GET', `/v1/experts/${ids.ada}/load`);
    expect(load.body).toMatchObject({ open: 1, asked: 1, responseRate: 1 });
    stream.close();
  });

  it('a no comes with its reason and with the next best; silence is reminded of, expires, and a coordinator sees it', async () => {
    const opportunityId = await publish();
    const suggestions = await suggested(opportunityId);
    const first = await made(`/v1/suggestions/${suggestions.get(ids.bruno)}/interest`, {}, asFirm());
    const declined = await platform.ask<Interest>(as('bruno'), 'POST', `/v1/interests/${first}/decline`, {
      reasonCode: 'not-my-field',
    });
    expect(declined).toMatchObject({ status: 200, body: { state: 'not-pertinent' } });
    await noticeOf(asFirm(), 'interest-answered', { interestId: first });
    const offered = await eventually(async () => {
      const { reasonCode, next } = await interest(asFirm(), first);
      expect(reasonCode).toBe('not-my-field');
      expect([suggestions.get(ids.ada), suggestions.get(ids.carla)]).toContain(next?.suggestionId);
      return next!.suggestionId;
    });
    const second = await made(`/v1/suggestions/${offered}/interest`, {}, asFirm());
    const silent: Key = suggestions.get(ids.ada) === offered ? 'ada' : 'carla';

    const [times] = await query<{ half_at: Date; day_before_at: Date; due_at: Date }>(
      'cooperation',
      'SELECT half_at, day_before_at, due_at FROM interest WHERE id = $1',
      [second],
    );
    await ahead(times!.half_at, () => noticeOf(as(silent), 'interest-reminder', { interestId: second }));
    await ahead(times!.day_before_at, () =>
      eventually(async () => {
        const { body } = await platform.ask<List<Notice>>(as(silent), 'GET', '/v1/inbox?limit=100');
        expect(body.items.filter(({ kind }) => kind === 'interest-reminder')).toHaveLength(2);
      }),
    );
    await ahead(times!.due_at, async () => {
      await noticeOf(asFirm(), 'interest-expired', { interestId: second });
    });
    expect(await interest(asFirm(), second)).toMatchObject({ state: 'expired', overdue: true });
    const late = await platform.ask<List<Interest>>('coordinator', 'GET', '/v1/interests?overdue=true');
    expect(late.body.items.map(({ id }) => id)).toEqual([second]);
    const load = await platform.ask('coordinator', 'GET', `/v1/experts/${ids[silent]}/load`);
    expect(load.body).toMatchObject({ responseRate: silent === 'ada' ? 0.5 : 0 });
  });

  it('the tour plays the same against a running platform', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'dist/commands/tour.js')], {
      cwd: root,
      env: { ...process.env, CERESIO_DIR: platform.dir },
    });
    for (const word of ['not-my-field', 'taken-over', 'contact', 'opened', 'seen']) expect(stdout).toContain(word);
  });

  /** A second copy of cooperation whose clock stands a little past a moment, as long as `until` needs it. */
  async function ahead(moment: Date, until: () => Promise<unknown>): Promise<void> {
    const copy = spawn(process.execPath, [join(root, 'dist/services/cooperation/src/main.js')], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: 'development',
        DATABASE_URL: await databaseUrl(platform, 'cooperation'),
        ...(await natsEnvironment(platform, 'cooperation')),
        INTERNAL_PORT: '0',
        CLOCK_AHEAD_MS: String(moment.getTime() - Date.now() + 1000),
      },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => copy.once('exit', resolve));
    try {
      await until();
    } finally {
      copy.kill('SIGTERM');
      await ended;
    }
  }

  async function query<T>(service: string, sql: string, parameters: unknown[]): Promise<T[]> {
    const client = new pg.Client({ connectionString: await databaseUrl(platform, service) });
    await client.connect();
    try {
      return (await client.query(sql, parameters)).rows as T[];
    } finally {
      await client.end();
    }
  }
});

function matches(refs: Notice['refs'], wanted: Notice['refs']): boolean {
  return Object.entries(wanted).every(([name, id]) => refs[name as keyof Notice['refs']] === id);
}
