import { parseArgs } from 'node:util';
import { startMailCatcher } from '#libs/engines';

const HELP = `Catches mails instead of delivering them, and shows them as a page and as JSON.

  node dist/commands/mail-catcher.js           listens on HOST, SMTP_PORT (1025) and PORT (8025)
  node dist/commands/mail-catcher.js --list    prints what the one that runs there has caught`;

const { HOST = '127.0.0.1', SMTP_PORT = '1025', PORT = '8025' } = process.env;
const { values } = parseArgs({ options: { list: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) {
  process.stdout.write(`${HELP}\n`);
} else if (values.list) {
  const answer = await fetch(`http://127.0.0.1:${PORT}/api/v1/messages`);
  const { messages } = (await answer.json()) as { messages: { received: string; to: string[]; subject: string }[] };
  for (const { received, to, subject } of messages) process.stdout.write(`${received}  ${to.join(', ')}  ${subject}\n`);
} else {
  const catcher = await startMailCatcher({ host: HOST, smtpPort: Number(SMTP_PORT), webPort: Number(PORT) });
  process.stdout.write(`Mails to ${catcher.smtpUrl} are shown at ${catcher.webUrl}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void catcher.close());
}
