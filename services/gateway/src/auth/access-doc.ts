import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeOffline } from '../docs/offline.js';
import { type Cell, COLUMNS, ROUTES } from './route-table.js';

const FILE = join('docs', 'access.md');

const WORDS: Record<Cell, string> = {
  yes: 'yes',
  no: '–',
  own: 'own',
  hidden: 'own¹',
  absent: '–¹',
  whole: 'whole',
};

interface Operation {
  operationId?: string;
}

/** docs/access.md, from the route table and the description of the API. Throws where the two do not name the same routes. */
export function accessDoc(document: Pick<OpenAPIObject, 'paths'>): string {
  const found = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, { operationId = '' }]) => ({
      route: `${method.toUpperCase()} ${path.replace('/v1', '')}`,
      operationId,
    })),
  );
  const described = new Set(found.map(({ operationId }) => operationId));
  const stale = Object.keys(ROUTES).filter((operation) => !described.has(operation));
  if (stale.length > 0) throw new Error(`The route table has rows without a route: ${stale.join(', ')}`);
  const rows = found.map(({ route, operationId }) => {
    const rule = ROUTES[operationId];
    if (!rule) throw new Error(`${route} (${operationId}) is not in the route table`);
    const cells = COLUMNS.map((column) => WORDS[rule.cells[column]]);
    return `| \`${route}\` | ${cells.join(' | ')} | ${rule.scope}${rule.newcomers ? ', newcomers' : ''} |`;
  });
  return `<!-- Written by \`npm run docs:access\` from services/gateway/src/auth/route-table.ts; changes by hand are lost. -->
# Who may do what

The gateway works from this table and refuses what is not in it; it does not start with a route that is missing. What depends on whose an object is and where it
lies is decided by the service that owns it, by one rule (\`mayActFor\`, \`mayEdit\`, \`mayDispose\` in \`libs/contracts/src/actor.ts\`). \`test/access-matrix.int-spec.ts\` walks the table.

- **own**: with what is theirs; else 403. **own¹**: with what is theirs; else 404, in the words for what does not exist. **–¹**: 404. **–**: 403. **whole**: who keeps all territories.
- *Theirs* is the firm or the profile and what belongs to it. For a **coordinator** it is what lies in one of the territories, for a **facilitator** firms alone. A territory matches by its beginning, in either direction: what is
  placed in IT alone belongs to every coordinator in Italy. What is public (profiles, published opportunities) is read by everybody who has signed in.
- An **editor** does what the owner does, but does not erase the firm, invite, or keep webhooks and keys.
- A **key** (\`Authorization: Bearer ck_…\`) needs the scope of the last column; it acts for its firm, or for nobody. *Newcomers* are people who have signed in and have no role yet.
- Who has several roles picks one by the header \`X-Ceresio-Role\` (\`firm:<id>\`, \`expert:<id>\`, \`coordinator:ITC43\`, \`facilitator:<cluster>\`, \`admin\`); without it the one held longest counts.
- The subjects of the local issuer name the role: \`firm:<id>\` (owner), \`firm:<id>:editor\`, \`expert:<id>\`, \`coordinator\`, \`coordinator:ITC43,CH\`, \`facilitator:ITC43\`, \`facilitator:<cluster>:<territory>,<territory>\`, \`admin\`.
  Any other issuer's subjects mean nothing by themselves: roles come from the access service, and it is such people whom the test has walk the table.
- Claims, invitations and roles are for people with an account of their own: who has a subject of the local issuer gets 403 where the table says *yes* for claiming and accepting.

| Route under \`/v1\` | ${COLUMNS.join(' | ')} | scope |
|---|${COLUMNS.map(() => '---|').join('')}---|
${rows.join('\n')}
`;
}

if (import.meta.main) {
  const doc = accessDoc(await describeOffline());
  if (!process.argv.includes('--check')) writeFileSync(FILE, doc);
  else if (readFileSync(FILE, 'utf8') !== doc) {
    process.stderr.write(`${FILE} is out of date: npm run docs:access\n`);
    process.exitCode = 1;
  }
}
