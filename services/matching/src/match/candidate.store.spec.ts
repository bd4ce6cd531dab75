import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { Frequencies } from '../frequency/frequencies.js';
import type { Features } from '../index/features.js';
import { CandidateStore } from './candidate.store.js';
import type { Knowledge } from './knowledge.service.js';

const ID = '01900000-0000-7000-8000-000000000001';
const row = (title: string, analysis: string) => ({
  ...{ type: 'expert', id: ID, revision: 1, owner: null, country: 'IT', territory: null, languages: ['it'], analysis },
  features: {
    evidence: [{ id: 'profile', kind: 'profile', title, lang: 'it', stems: [], length: 1, concepts: [] }],
    seeks: [],
    sectors: [],
    served: [],
  } satisfies Features,
});

describe('Candidates kept in memory', () => {
  let rows: ReturnType<typeof row>[];
  let reads: number;
  let knowledge: { frequencies: Frequencies; reading: { version: string } };
  let store: CandidateStore;
  const title = async () => (await store.load('expert', [{ id: ID, revision: 1 }]))[0]?.offers.evidence[0]?.title;
  beforeEach(() => {
    rows = [row('before', 'own')];
    reads = 0;
    knowledge = { frequencies: new Frequencies(), reading: { version: 'own' } };
    const query = async () => {
      reads++;
      return rows;
    };
    store = new CandidateStore({ query } as unknown as DataSource, knowledge as unknown as Knowledge);
  });

  it('are read once for a revision', async () => {
    expect([await title(), await title()]).toEqual(['before', 'before']);
    expect(reads).toBe(1);
  });

  it('are read again after an import, though their revision stays, and not kept until they are analysed with it', async () => {
    expect(await title()).toBe('before');
    knowledge.reading = { version: 'imported' };
    expect(await title()).toBe('before');
    rows = [row('after', 'imported')];
    expect([await title(), await title()]).toEqual(['after', 'after']);
    expect(reads).toBe(3);
  });

  it('are weighed anew when words have become much rarer or commoner', async () => {
    await title();
    knowledge.frequencies.apply([{ kind: 'pieces', scope: 'it', key: '', holders: 1000 }]);
    await title();
    knowledge.frequencies.apply([{ kind: 'pieces', scope: 'it', key: '', holders: 1001 }]);
    await title();
    expect(reads).toBe(2);
  });
});
