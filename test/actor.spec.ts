import { describe, expect, it } from '@jest/globals';
import {
  type Actor,
  actorName,
  callerName,
  EVERYWHERE,
  mayActFor,
  mayDispose,
  mayEdit,
  overseesAll,
} from '#libs/contracts';

const FIRM = '01900000-0000-7000-8000-00000000000a';
const OTHER = '01900000-0000-7000-8000-00000000000b';
const LECCO = { country: 'IT', territory: 'ITC43' };
const TICINO = { country: 'CH', territory: 'CH070' };
const coordinator = (...territories: string[]): Actor => ({ kind: 'coordinator', territories });
const facilitator: Actor = { kind: 'facilitator', cluster: 'lecco', territories: ['ITC43'] };
const owner: Actor = { kind: 'firm', id: FIRM, role: 'owner' };
const editor: Actor = { kind: 'firm', id: FIRM };
const key: Actor = { kind: 'account', id: OTHER, scopes: ['write'], firm: FIRM };

describe('Who acts for a firm or an expert', () => {
  it('is the firm itself and nobody of another firm, nor an expert with the same id', () => {
    for (const actor of [owner, editor, key]) {
      expect(mayActFor(actor, 'firm', FIRM)).toBe(true);
      expect(mayActFor(actor, 'firm', OTHER, LECCO)).toBe(false);
      expect(mayActFor(actor, 'expert', FIRM, LECCO)).toBe(false);
    }
    expect(mayActFor({ kind: 'account', id: FIRM, scopes: ['write'] }, 'firm', FIRM)).toBe(false);
  });

  it.each<[string[], boolean, boolean]>([
    [['ITC43'], true, false],
    [['ITC4'], true, false],
    [['IT'], true, false],
    [['ITC42'], false, false],
    [['CH'], false, true],
    [['ITC42', 'CH070'], false, true],
    [[], false, false],
    [[...EVERYWHERE], true, true],
  ])('is a coordinator of its territory: %j', (territories, lecco, ticino) => {
    expect(mayActFor(coordinator(...territories), 'firm', FIRM, LECCO)).toBe(lecco);
    expect(mayActFor(coordinator(...territories), 'expert', FIRM, TICINO)).toBe(ticino);
  });

  it('is each coordinator of a country where nothing more than that is known, and those of everywhere where nothing is', () => {
    expect(mayActFor(coordinator('ITC43'), 'firm', FIRM, { country: 'IT', territory: null })).toBe(true);
    expect(mayActFor(coordinator('CH070'), 'firm', FIRM, { country: 'IT', territory: null })).toBe(false);
    expect(mayActFor(coordinator('ITC43'), 'firm', FIRM, null)).toBe(false);
    expect(mayActFor(coordinator('*'), 'firm', FIRM, null)).toBe(true);
  });

  it('is a facilitator for the firms of the cluster, without writing their profile', () => {
    expect(mayActFor(facilitator, 'firm', FIRM, LECCO)).toBe(true);
    expect(mayActFor(facilitator, 'firm', FIRM, TICINO)).toBe(false);
    expect(mayActFor(facilitator, 'expert', FIRM, LECCO)).toBe(false);
    expect(mayEdit(facilitator, 'firm', FIRM, LECCO)).toBe(false);
    expect(mayDispose(facilitator, 'firm', FIRM, LECCO)).toBe(false);
  });

  it('decides over it as a whole only as its owner', () => {
    expect(mayDispose(owner, 'firm', FIRM)).toBe(true);
    for (const actor of [editor, key]) {
      expect(mayEdit(actor, 'firm', FIRM)).toBe(true);
      expect(mayDispose(actor, 'firm', FIRM)).toBe(false);
    }
    expect(mayDispose(coordinator('ITC43'), 'firm', FIRM, LECCO)).toBe(true);
    expect(mayDispose(coordinator('ITC43'), 'firm', FIRM, TICINO)).toBe(false);
  });
});

describe('Who keeps everything', () => {
  it('is an administrator, a service, or a coordinator of all territories, and never a facilitator', () => {
    const everything: Actor[] = [{ kind: 'admin' }, { kind: 'service', name: 'x' }, coordinator('*')];
    for (const actor of everything) expect(overseesAll(actor)).toBe(true);
    for (const actor of [coordinator('IT', 'CH'), owner, key, { ...facilitator, territories: ['*'] }])
      expect(overseesAll(actor)).toBe(false);
  });
});

describe('The name of a caller', () => {
  it('tells two members of a firm apart, and coordinators by their territories', () => {
    expect(actorName(coordinator('*'))).toBe('coordinator');
    expect(actorName(coordinator('ITC43', 'CH'))).toBe('coordinator:ITC43,CH');
    expect(callerName({ actor: owner, subject: 'p1' })).not.toBe(callerName({ actor: owner, subject: 'p2' }));
    expect(callerName({ actor: owner })).toBe(`firm:${FIRM}`);
  });
});
