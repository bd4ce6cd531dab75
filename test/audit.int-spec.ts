import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { audited } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { audit } from '../commands/audit.js';
import { grantRole, roleNamed } from '../commands/grant.js';
import { PLATFORM, type Running, running } from '../services/access/test/running.js';

describe('What operators do with access', () => {
  let access: Running;
  const target = uuidv7();
  const run = async (action: string, more: { from?: string; target?: string } = {}) => {
    const lines: string[] = [];
    const code = await audit(access.db.manager, { action, ...more }, (line) => lines.push(line));
    return { code, said: lines.join('\n') };
  };
  /** Whoever owns the table can take the guard away: that is what the chain is for. */
  const behindItsBack = async (sql: string) => {
    await access.db.query('ALTER TABLE audit_entry DISABLE TRIGGER audit_kept');
    await access.db.query(sql);
    await access.db.query('ALTER TABLE audit_entry ENABLE TRIGGER audit_kept');
  };

  beforeAll(async () => {
    access = await running();
    const act = { actor: 'admin', operation: 'test', targets: [target], requestId: 'r' };
    for (let i = 0; i < 8; i++) await access.publish(audited.companies, uuidv7(), act);
    await eventually(async () => expect((await run('verify')).said).toMatch(/^8 entries stand/));
  });
  afterAll(() => access.stop());

  it('the first administrator is made by a command, and that is in the log', async () => {
    const [issuer, subject] = ['https://id.example', 'first'];
    const person = await grantRole(access.db.manager, { issuer, subject, role: roleNamed('admin'), by: 'operator' });
    expect(await access.ask(PLATFORM, 'identify', { issuer, subject })).toMatchObject({
      person,
      roles: [{ kind: 'admin' }],
    });
    await eventually(async () =>
      expect((await run('list', { target: person })).said).toMatch(/operator {2}command\.grant/),
    );
  });

  it.each([
    ['admin'],
    ['coordinator'],
    ['coordinator:ITC43,CH070'],
    ['facilitator:lecco:ITC43'],
    [`expert:${target}`],
    [`firm:${target}:editor`],
  ])('%s is a role', (name) => {
    expect(roleNamed(name)).toMatchObject({ kind: name.split(':')[0] });
  });

  it('what is no role is refused', () => {
    for (const name of ['root', 'firm', 'firm:7', `firm:${target}:king`, 'coordinator:Lecco'])
      expect(() => roleNamed(name)).toThrow('is no role');
  });

  it('verifying notices what was changed, taken out, or cut off', async () => {
    const noted = /Note: (\S+)/.exec((await run('verify')).said)?.[1];
    expect(await run('verify', { from: noted! })).toMatchObject({ code: 0 });

    await behindItsBack(`UPDATE audit_entry SET actor = 'somebody' WHERE seq = 3`);
    expect(await run('verify')).toEqual({ code: 1, said: 'BROKEN: entry 3 is not what was written.' });
    await behindItsBack(`UPDATE audit_entry SET actor = 'admin' WHERE seq = 3`);
    expect((await run('verify')).code).toBe(0);

    const last = noted!.split(':')[0];
    await behindItsBack(`DELETE FROM audit_entry WHERE seq = ${last}`);
    expect((await run('verify')).code).toBe(0);
    expect(await run('verify', { from: noted! })).toMatchObject({
      code: 1,
      said: expect.stringContaining('were noted'),
    });

    await behindItsBack('DELETE FROM audit_entry WHERE seq = 5');
    expect(await run('verify')).toEqual({ code: 1, said: 'BROKEN: after entry 4 comes entry 6.' });
  });
});
