import { type Actor, actorSchema, EVERYWHERE, territorySchema } from '#libs/contracts';

/**
 * The role that the local issuer (development only) writes into its subjects: `firm:<id>` (an owner), `firm:<id>:editor`, `expert:<id>`, `coordinator` (everywhere),
 * `coordinator:<territory>,<territory>`, `facilitator:<territory>`, `facilitator:<cluster>:<territory>,<territory>`, `admin`. Undefined for anything else.
 */
export function localActor(subject: string): Actor | undefined {
  const parsed = actorSchema.safeParse(named(subject));
  return parsed.success ? parsed.data : undefined;
}

function named(subject: string): unknown {
  const [kind, id, more, ...rest] = subject.split(':');
  if (rest.length > 0) return undefined;
  switch (kind) {
    case 'firm':
      return { kind, id, role: more ?? 'owner' };
    case 'expert':
      return more === undefined ? { kind, id } : undefined;
    case 'coordinator':
      if (more !== undefined) return undefined;
      return { kind, territories: id === undefined ? EVERYWHERE : id.split(',') };
    case 'facilitator':
      return {
        kind,
        cluster: id,
        territories: more?.split(',') ?? (territorySchema.safeParse(id).success ? [id] : []),
      };
    case 'admin':
      return id === undefined ? { kind } : undefined;
    default:
      return undefined;
  }
}
