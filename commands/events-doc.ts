import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EVENTS, type EventContract } from '#libs/contracts';
import { CONSUMERS } from '#libs/messaging';

const FILE = join('docs', 'events.md');

/** docs/events.md, from the contracts and the wiring of consumers. */
export function eventsDoc(events: readonly EventContract[], consumers: Record<string, readonly string[]>): string {
  const owners = [...new Set(events.map((event) => event.owner))].sort();
  const parts = owners.map((owner) => {
    const heardBy = Object.keys(consumers).filter((service) => consumers[service]!.includes(owner.toUpperCase()));
    const rows = events
      .filter((event) => event.owner === owner)
      .sort((a, b) => (a.subject < b.subject ? -1 : 1))
      .map((event) => `| \`${event.subject}.<id>\` | ${fieldsOf(event).join(', ')} | ${event.doc} |`);
    const heard = heardBy.length > 0 ? heardBy.join(', ') : 'nobody yet';
    return `## ${owner}\n\nStream \`${owner.toUpperCase()}\`, delivered to: ${heard}.\n\n| Subject | Fields | Meaning |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `<!-- Written by \`npm run docs:events\` from libs/contracts; changes by hand are lost. -->
# Events

What services tell each other. An event carries ids, revisions, codes and figures, never text, names or contact data: who needs more asks the owner.
Within a version only optional fields are added; anything else is a new version beside the old one. The envelope is that of CloudEvents 1.0.

${parts.join('\n')}`;
}

function fieldsOf(event: EventContract): string[] {
  const schema = z.toJSONSchema(event.data, { io: 'output', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string; enum?: unknown[]; format?: string }>;
    required?: string[];
  };
  return Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const kind = field.enum
      ? field.enum.map((value) => `\`${value}\``).join(' or ')
      : (field.format ?? field.type ?? 'any');
    return `${name}${schema.required?.includes(name) ? '' : '?'}: ${kind}`;
  });
}

if (import.meta.main) {
  const text = eventsDoc(EVENTS, CONSUMERS);
  if (process.argv.includes('--check')) {
    if (readFileSync(FILE, 'utf8') !== text) {
      process.stderr.write(`${FILE} is out of date: npm run docs:events\n`);
      process.exitCode = 1;
    }
  } else {
    mkdirSync('docs', { recursive: true });
    writeFileSync(FILE, text);
    process.stdout.write(`${FILE} is written\n`);
  }
}
