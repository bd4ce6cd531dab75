import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { learningRpc } from '#libs/contracts';
import { connectNats } from '#libs/messaging';
import { testNats } from '#libs/testing';
import type { Learned } from './learn/describe.js';
import { learnCommand } from './learn.js';

const COUNTS = { basedOn: '2026.2', version: null, judged: 260, used: 240, needs: 41, minNeeds: 20 };
const REPORT = {
  judged: 260,
  used: 240,
  needs: 41,
  comparisons: 512,
  folds: 5,
  seed: 1,
  ndcg10: { before: 0.7123, after: 0.8, p: 0.0001 },
  mrr: { before: 0.6, after: 0.65, p: 0.2 },
  pairwise: { before: 0.5, after: 0.75, p: 0.04 },
  parts: { before: { competences: 0.45, text: 0.35 }, after: { competences: 0.3, text: 0.5 } },
};

describe('The learn command', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let connection: Awaited<ReturnType<typeof connectNats>>;
  let answer: Learned;
  let asked: { ctx: { actor: unknown }; data: unknown };
  const run = (args: string[] = []) => learnCommand(args, { NATS_URL: nats.url });

  beforeAll(async () => {
    nats = await testNats();
    connection = await connectNats(nats.url, 'test');
    connection.subscribe(learningRpc.learn.subject, {
      callback: (_error, message) => {
        asked = message.json<{ data: typeof asked }>().data;
        message.respond(JSON.stringify({ id: '1', response: answer, isDisposed: true }));
      },
    });
    await connection.flush();
  });
  afterAll(async () => {
    await connection.close();
    await nats.stop();
  });

  it('shows figures and weights of before and after, and how to switch', async () => {
    answer = { ...COUNTS, outcome: 'proposed', version: '2026.2-learned.1', report: REPORT };
    const { out, code } = await run(['--min', '50', '--seed', '7']);
    expect(asked).toMatchObject({
      ctx: { actor: { kind: 'admin' } },
      data: { min: 50, seed: 7, dryRun: false, apply: false },
    });
    expect(code).toBe(0);
    expect(out).toContain('260 judged pairs, 240 of them about fit: 512 comparisons within 41 needs.');
    expect(out).toMatch(/nDCG@10 +0\.712 +0\.800 +<\.001/);
    expect(out).toMatch(/competences +0\.450 +0\.300\n +text +0\.350 +0\.500/);
    expect(out).toContain('PUT /v1/admin/weights/active {"version": "2026.2-learned.1"}');
  });

  it('says how many answers are missing, and why nothing was proposed; neither is an error', async () => {
    answer = { ...COUNTS, outcome: 'too-few', used: 40, needs: 3, report: null };
    const few = await run();
    expect(few).toMatchObject({ code: 0, out: expect.stringMatching(/160 more judged pairs.*17 more needs/s) });
    answer = { ...COUNTS, outcome: 'not-better', report: { ...REPORT, ndcg10: { ...REPORT.ndcg10, p: 0.3 } } };
    expect(await run()).toMatchObject({ code: 0, out: expect.stringContaining('may be chance (p 0.300') });
    answer = { ...COUNTS, outcome: 'better', report: REPORT };
    expect((await run(['--dry-run'])).out).toContain('nothing was written');
    expect(asked.data).toMatchObject({ dryRun: true });
  });

  it('says what is wrong with its call', async () => {
    for (const args of [['--min', 'many'], ['--seed', '0'], ['--dry-run', '--apply'], ['--surprise'], ['now']])
      expect(await run(args)).toMatchObject({ code: 2, error: expect.stringContaining('npm run -s learn') });
    expect(await run(['--help'])).toMatchObject({ code: 0, out: expect.stringContaining('--dry-run') });
    const nowhere = await learnCommand([], { CERESIO_DIR: '/nonexistent' });
    expect(nowhere).toMatchObject({ code: 1, error: expect.stringContaining('No running system') });
  });
});
