import { describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/contracts';
import { describeOffline } from '../docs/offline.js';
import { accessDoc } from './access-doc.js';
import { checkRoute, mayUse } from './route-guard.js';
import { ROUTES } from './route-table.js';

const FIRM = '01900000-0000-7000-8000-00000000000a';
const OTHER = '01900000-0000-7000-8000-00000000000b';
const key = (scopes: ('read' | 'match' | 'write')[], firm?: string): Actor => ({
  ...{ kind: 'account', id: OTHER, scopes },
  ...(firm && { firm }),
});
const may = (operation: string, actor: Actor, id?: string) => mayUse(ROUTES[operation]!, actor, id);

describe('The guard of the routes', () => {
  it('does not let the gateway start with a route that nobody has thought about', () => {
    expect(() => checkRoute('GET', '/v1/new', {})).toThrow(/route table/);
    expect(() => checkRoute('GET', '/v1/new', { operation: 'toString' })).toThrow(/route table/);
    expect(() => checkRoute('GET', '/v1/new', undefined)).toThrow(/route table/);
    expect(() => checkRoute('GET', '/health/live', { public: true })).not.toThrow();
    expect(() => checkRoute('GET', '/v1/companies', { operation: 'listCompanies' })).not.toThrow();
  });

  it('tells by the path alone whose firm it is, whether the firm exists or not', () => {
    const owner: Actor = { kind: 'firm', id: FIRM, role: 'owner' };
    expect(may('eraseCompany', owner, FIRM)).toBe(true);
    expect(may('eraseCompany', owner, OTHER)).toBe(false);
    expect(may('eraseCompany', { kind: 'firm', id: FIRM }, FIRM)).toBe(false);
    expect(may('updateCompany', { kind: 'firm', id: FIRM }, FIRM)).toBe(true);
    expect(may('updateExpert', owner, FIRM)).toBe(false);
    expect(may('updateCompany', { kind: 'expert', id: FIRM }, FIRM)).toBe(false);
  });

  it('lets a key do what its scopes say, for its firm', () => {
    expect(may('listCompanies', key(['read']))).toBe(true);
    expect(may('listCompanies', key(['write']))).toBe(false);
    expect(may('match', key(['match']))).toBe(true);
    expect(may('updateCompany', key(['write'], FIRM), FIRM)).toBe(true);
    expect(may('updateCompany', key(['write'], FIRM), OTHER)).toBe(false);
    expect(may('updateCompany', key(['write']), FIRM)).toBe(false);
    expect(may('eraseCompany', key(['read', 'match', 'write'], FIRM), FIRM)).toBe(false);
  });

  it('lets people without a role become somebody, and nothing else', () => {
    const open = Object.keys(ROUTES).filter((operation) => may(operation, key([]), FIRM));
    expect(open.sort()).toEqual([
      'acceptInvitation',
      'confirmClaimByCode',
      'createClaim',
      'listClaims',
      'listMemberships',
      'signOutEverywhere',
    ]);
  });

  it('gives the webhooks of the whole platform to who keeps all of it', () => {
    expect(may('createWebhook', { kind: 'coordinator', territories: ['*'] })).toBe(true);
    expect(may('createWebhook', { kind: 'coordinator', territories: ['IT', 'CH'] })).toBe(false);
  });

  it('never takes anybody for a service', () => {
    for (const operation of Object.keys(ROUTES))
      expect(may(operation, { kind: 'service', name: 'gateway' })).toBe(false);
  });

  it('has a row for every described route and no other', async () => {
    expect(() => accessDoc({ paths: { '/v1/new': { get: { operationId: 'new', responses: {} } } } })).toThrow();
    expect(accessDoc(await describeOffline())).toContain('`DELETE /companies/{id}`');
  });
});
