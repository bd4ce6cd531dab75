import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type CallContext, idSchema, Problem } from '#libs/contracts';
import { personKey } from '#libs/records';

/** The person behind a sign-in; met for the first time, they get an id. */
export async function meet(manager: EntityManager, issuer: string, subject: string, now: Date): Promise<string> {
  const hash = personKey(issuer, subject);
  const known = async () => {
    const [row] = await manager.query<{ id: string }[]>('SELECT id FROM person WHERE key_hash = $1', [hash]);
    return row?.id;
  };
  const id = await known();
  if (id) return id;
  await manager.query('INSERT INTO person (id, key_hash, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
    uuidv7(),
    hash,
    now,
  ]);
  return (await known())!;
}

/** The person who asks. Keys, and tokens that carry their role in themselves, are no persons. */
export async function personOf(manager: EntityManager, { subject }: CallContext): Promise<string> {
  const id = idSchema.safeParse(subject);
  const rows = id.success
    ? await manager.query<unknown[]>('SELECT 1 FROM person WHERE id = $1 FOR KEY SHARE', [id.data])
    : [];
  if (!id.success || rows.length === 0)
    throw new Problem('forbidden', 'This is for a person who has signed in with an account of their own.');
  return id.data;
}
