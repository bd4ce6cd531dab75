import { describe, expect, it } from '@jest/globals';
import { counterpartOf, ownerHidden } from './teaser.js';

const AT = new Date('2026-03-02T10:00:00Z');
const OWNER = '01900000-0000-7000-8000-000000000001';
const EXPERT = '01900000-0000-7000-8000-000000000002';
const owner = { kind: 'firm', id: OWNER } as const;
const expert = { kind: 'expert', id: EXPERT } as const;
// Invented.
const firmCard = { id: OWNER, name: 'Tessitura Inventata', country: 'IT', territory: 'ITC43' };
const expertCard = { id: EXPERT, name: 'Ada Inventata', country: 'CH', territory: 'CH070' };
const secret = { anonymous: true, acceptedAt: null, ownerId: OWNER };

describe('What one side sees of the other', () => {
  it('an unnamed owner shows its country and region and nothing else', () => {
    expect(counterpartOf(secret, owner, firmCard, false)).toEqual({
      type: 'company',
      id: null,
      name: null,
      country: 'IT',
      territory: 'ITC4',
    });
  });

  it('a Swiss region is all that is said of an unnamed Swiss firm', () => {
    const swiss = { ...firmCard, country: 'CH', territory: 'CH070' };
    expect(counterpartOf(secret, owner, swiss, false).territory).toBe('CH0');
  });

  it('the owner is named once both have accepted, and stays so', () => {
    expect(counterpartOf({ ...secret, acceptedAt: AT }, owner, firmCard, false)).toMatchObject({
      id: OWNER,
      name: 'Tessitura Inventata',
      territory: 'ITC43',
    });
  });

  it('coordinators see the owner', () => {
    expect(counterpartOf(secret, owner, firmCard, true).name).toBe('Tessitura Inventata');
  });

  it('the other side of an anonymous opportunity is not hidden: its profile is public', () => {
    expect(counterpartOf(secret, expert, expertCard, false)).toMatchObject({ id: EXPERT, name: 'Ada Inventata' });
  });

  it('only anonymous opportunities hide anybody', () => {
    expect(counterpartOf({ ...secret, anonymous: false }, owner, firmCard, false).id).toBe(OWNER);
    expect(ownerHidden({ anonymous: false, acceptedAt: null })).toBe(false);
  });
});
