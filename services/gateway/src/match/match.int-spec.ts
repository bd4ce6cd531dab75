import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller } from '@nestjs/common';
import {
  type CallContext,
  companiesRpc,
  type ExplainRequest,
  expertsRpc,
  matchingRpc,
  opportunitiesRpc,
  type Ranked,
  type SubjectType,
} from '#libs/contracts';
import { Rpc } from '#libs/service';
import { testNats } from '#libs/testing';
import { TestGateway } from '../../test/test-gateway.js';

const id = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const ranked = (rank: number, type: SubjectType, n: number): Ranked => ({
  rank,
  score: 1 - rank / 10,
  subject: { type, id: id(n), country: 'CH', territory: 'CH070' },
  parts: { competences: 0.5, text: 0.1, sector: 0, territory: 0.1, language: 0.1, availability: 0.1 },
  reasons: [],
  missing: [],
});
const FACTS = { languages: ['it' as const], sectors: ['62'] };
const found = (...given: Parameters<typeof ranked>) => {
  const one = ranked(...given);
  return { ...one, subject: { ...one.subject, ...FACTS } };
};
const stored = (n: number, expert: number, opportunityId: string, weightsVersion: string) => ({
  ...ranked(4, 'expert', expert),
  id: id(n),
  revision: 1,
  state: 'open' as const,
  opportunityId,
  companyId: id(2),
  anonymous: false,
  weightsVersion,
  createdAt: '2026-01-01T00:00:00.000Z',
});
const card = (n: number, name: string) => ({ id: id(n), name, country: 'CH', territory: 'CH070' });
const understood = { lang: 'it' as const, competences: [], prefer: 'none' as const, country: null, partners: null };
const asked: { ids: string[]; ctx: CallContext }[] = [];

@Controller()
class Owners {
  @Rpc(matchingRpc.match)
  match() {
    return {
      understood,
      items: [
        found(1, 'expert', 1),
        found(2, 'expert', 9),
        found(3, 'company', 2),
        found(4, 'opportunity', 3),
        found(5, 'opportunity', 4),
        found(6, 'opportunity', 5),
      ],
      weightsVersion: 'test',
      degraded: false,
    };
  }
  @Rpc(matchingRpc.explain)
  explain({ subject }: ExplainRequest) {
    const { rank, ...one } = found(1, 'expert', 1);
    const hidden = subject.id === id(8);
    return {
      ...one,
      subject: { ...one.subject, id: subject.id },
      understood,
      rank: hidden ? null : rank,
      of: 3,
      relevance: 0.5,
      obstacles: hidden ? [{ code: 'not-listed' as const, params: {}, text: 'Non è pubblicato' }] : [],
      weightsVersion: 'test',
      degraded: false,
    };
  }
  @Rpc(matchingRpc.suggestions)
  suggestions(data: { opportunityId?: string; seek?: string }) {
    const one = stored(20, 1, data.opportunityId ?? id(3), data.seek ?? 'none');
    return { items: [one, stored(20, 9, one.opportunityId, one.weightsVersion)], nextCursor: null };
  }
  @Rpc(matchingRpc.suggestion)
  suggestion(data: { id: string }) {
    return { ...stored(20, data.id === id(20) ? 1 : 9, id(3), 'none'), id: data.id };
  }
  @Rpc(expertsRpc.cards)
  experts({ ids }: { ids: string[] }, ctx: CallContext) {
    asked.push({ ids, ctx });
    return { items: [{ ...card(1, 'Ada Inventata'), affiliation: 'Laboratorio inventato' }], rest: [] };
  }
  @Rpc(companiesRpc.cards)
  companies() {
    return { items: [card(2, 'Officina Inventata')], rest: [] };
  }
  @Rpc(opportunitiesRpc.cards)
  opportunities() {
    const need = {
      id: id(3),
      type: 'TR' as const,
      state: 'published' as const,
      title: 'Visione artificiale',
      summary: 'Cerchiamo aiuto',
      lang: 'it' as const,
      expiresAt: null,
      anonymous: false,
      country: 'CH',
      territory: 'CH070',
      company: card(2, 'Officina Inventata'),
    };
    const hidden = { ...need, id: id(5), anonymous: true, company: null };
    return { items: [need, hidden, { ...need, id: id(4), state: 'on-hold' as const }], rest: [] };
  }
}

describe('A ranked answer', () => {
  let nats: Awaited<ReturnType<typeof testNats>>;
  let gateway: TestGateway;

  beforeAll(async () => {
    nats = await testNats();
    gateway = await TestGateway.start(nats.url, [Owners]);
  });
  afterAll(async () => {
    await gateway.stop();
    await nats.stop();
  });

  it('has the names that the owners give, without those they no longer show, and closes the ranks', async () => {
    const { status, body } = await gateway.ask('coordinator', 'POST', '/v1/matches', {
      text: 'visione',
      seek: 'experts',
    });
    expect(status).toBe(200);
    const facts = { country: 'CH', territory: 'CH070', ...FACTS };
    expect(body.items.map((item: Ranked) => [item.rank, item.subject])).toEqual([
      [1, { type: 'expert', id: id(1), name: 'Ada Inventata', affiliation: 'Laboratorio inventato', ...facts }],
      [2, { type: 'company', id: id(2), name: 'Officina Inventata', ...facts }],
      [
        3,
        {
          type: 'opportunity',
          id: id(3),
          name: 'Visione artificiale',
          company: { id: id(2), name: 'Officina Inventata' },
          ...facts,
        },
      ],
      [4, { type: 'opportunity', id: id(5), name: 'Visione artificiale', company: null, ...facts }],
    ]);
    expect(asked).toEqual([
      { ids: [id(1), id(9)], ctx: expect.objectContaining({ actor: { kind: 'service', name: 'gateway' } }) },
    ]);
  });

  it('that is stored is joined the same way; experts are the default for an opportunity', async () => {
    const { body } = await gateway.ask(`firm:${id(2)}`, 'GET', `/v1/opportunities/${id(3)}/suggestions`);
    expect(body).toMatchObject({
      items: [{ id: id(20), rank: 4, state: 'open', weightsVersion: 'experts', subject: { name: 'Ada Inventata' } }],
      nextCursor: null,
    });
    expect(body.items).toHaveLength(1);
    const partners = await gateway.ask(`firm:${id(2)}`, 'GET', `/v1/opportunities/${id(3)}/suggestions?seek=partners`);
    expect(partners.body.items[0].weightsVersion).toBe('partners');
  });

  it('of a stored suggestion alone has its name too, and is unknown where its owner no longer shows it', async () => {
    const one = (n: number) => gateway.ask(`firm:${id(2)}`, 'GET', `/v1/suggestions/${id(n)}`);
    expect(await one(20)).toMatchObject({ status: 200, body: { id: id(20), subject: { name: 'Ada Inventata' } } });
    expect(await one(21)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('asks for something to go by', async () => {
    const { status, body } = await gateway.ask('coordinator', 'POST', '/v1/matches', { seek: 'experts' });
    expect([status, body.errors[0].pointer]).toEqual([400, '/text']);
  });

  it('for one subject alone has its name; what its owner no longer shows is unknown, but to those who may know of it', async () => {
    const explained = (n: number) =>
      gateway.ask('coordinator', 'POST', '/v1/matches/explain', {
        text: 'visione',
        seek: 'experts',
        subject: { type: 'expert', id: id(n) },
      });
    expect(await explained(1)).toMatchObject({
      status: 200,
      body: { rank: 1, of: 3, subject: { id: id(1), name: 'Ada Inventata' }, obstacles: [] },
    });
    expect(await explained(9)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    const { status, body } = await explained(8);
    expect([status, body.rank, body.subject.name, body.obstacles[0].code]).toEqual([
      200,
      null,
      undefined,
      'not-listed',
    ]);
  });

  it('asks for a subject of the kind that is sought, and for partners only where partners are sought', async () => {
    const subject = { type: 'company', id: id(2) };
    const wrong = await gateway.ask('coordinator', 'POST', '/v1/matches/explain', {
      text: 'visione',
      seek: 'experts',
      subject,
    });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([400, '/subject/type']);
    const body = { text: 'visione', seek: 'experts', partners: 'alike' };
    const partners = await gateway.ask('coordinator', 'POST', '/v1/matches', body);
    expect([partners.status, partners.body.errors[0].pointer]).toEqual([400, '/partners']);
  });
});
