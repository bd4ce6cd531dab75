import { describe, expect, it } from '@jest/globals';
import type { Life, Mail } from './crew.js';
import { auditMails, auditWebhooks, type MailFigures } from './ledger.js';
import type { Person } from './world.js';

const NOON = Date.parse('2026-01-05T11:00:00Z');
const HOUR = 3_600_000;
const LIVES: Life[] = [
  { from: NOON - 10 * HOUR, service: 1, postOffice: 1, aheadMs: 0 },
  { from: NOON + HOUR / 2, service: 2, postOffice: 1, aheadMs: 0 },
];

function person(email: 'now' | 'daily' | 'never', needs: string[], mailsPerDay = 2): Person {
  const choice = {
    rhythms: { suggested: { email } },
    quietHours: { from: '20:00', to: '07:00' },
    timeZone: 'Europe/Rome',
    mailsPerDay,
  };
  return { kind: 'expert', id: 'ada', choice, needs: new Set(needs) };
}
const mail = (id: string, needs: string[], at = NOON): Mail => ({ at, id, to: 'ada', needs });
/** The figures that are not zero. */
function audit(who: Person, mails: Mail[]): Partial<MailFigures> {
  return Object.fromEntries(Object.entries(auditMails([who], mails, LIVES)).filter(([, figure]) => figure > 0));
}

describe('The books of a run', () => {
  it('are in order when everything was told once, in time', () => {
    const now = person('now', ['a', 'b']);
    expect(audit(now, [mail('1', ['a']), mail('2', ['b'])])).toEqual({ letters: 2, told: 2 });
    expect(audit(person('daily', ['a', 'b']), [mail('1', ['a', 'b'])])).toEqual({ letters: 1, told: 2 });
    expect(audit(person('never', ['a']), [])).toEqual({});
  });

  it('show what is lost, what nobody wanted and what was told twice', () => {
    expect(audit(person('now', ['a', 'b']), [mail('1', ['a'])])).toMatchObject({ lost: 1 });
    expect(audit(person('now', ['a']), [mail('1', ['a', 'x'])])).toMatchObject({ unwanted: 1 });
    expect(audit(person('never', ['a']), [mail('1', ['a'])])).toMatchObject({ unwanted: 1 });
    expect(audit(person('now', ['a']), [mail('1', ['a']), mail('2', ['a'])])).toMatchObject({ toldTwice: 1 });
  });

  it('count a letter that came twice, and ask for the death that explains it', () => {
    const twice = (later: number) => audit(person('now', ['a']), [mail('1', ['a']), mail('1', ['a'], NOON + later)]);
    expect(twice(HOUR)).toEqual({ letters: 1, told: 1, doubles: 1 });
    expect(twice(1000)).toEqual({ letters: 1, told: 1, doubles: 1, unexplained: 1 });
  });

  it('show what came at night, what was too much for a day, and a digest in pieces', () => {
    expect(audit(person('now', ['a']), [mail('1', ['a'], NOON + 8 * HOUR)])).toMatchObject({ inQuietHours: 1 });
    const three = [mail('1', ['a']), mail('2', ['b']), mail('3', ['c'])];
    expect(audit(person('now', ['a', 'b', 'c']), three)).toMatchObject({ aboveCap: 1 });
    const pieces = [mail('1', ['a']), mail('2', ['b'])];
    expect(audit(person('daily', ['a', 'b']), pieces)).toMatchObject({ brokenDigests: 1 });
  });

  it('compare what webhooks got with what they were to get', () => {
    const expected = new Map([['/hook', new Set(['a', 'b'])]]);
    const posted = (id: string, notice: string) => ({ at: NOON, path: '/hook', id, notice });
    const zero = { doubles: 0, lost: 0, unwanted: 0, underAnotherId: 0 };
    expect(auditWebhooks(expected, [posted('1', 'a'), posted('2', 'b')])).toEqual({ ...zero, messages: 2 });
    expect(auditWebhooks(expected, [posted('1', 'a'), posted('1', 'a'), posted('3', 'c')])).toEqual({
      messages: 2,
      doubles: 1,
      lost: 1,
      unwanted: 1,
      underAnotherId: 0,
    });
    const again = [posted('1', 'a'), posted('2', 'a'), posted('3', 'b')];
    expect(auditWebhooks(expected, again)).toMatchObject({ underAnotherId: 1 });
  });
});
