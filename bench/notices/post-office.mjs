// A real SMTP server in a process of its own, to be killed. What it took is in the file before it says so, as a careful server does it.
import { appendFileSync } from 'node:fs';
import { SMTPServer } from 'smtp-server';

const [port, file] = process.argv.slice(2);
let open = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onConnect: (_session, done) => {
    open++;
    done();
  },
  onClose: () => {
    open--;
  },
  onData: (stream, session, done) => {
    const chunks = [];
    stream.on('data', (chunk) => chunks.push(chunk));
    stream.once('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const mail = {
        at: Date.now(),
        id: /^message-id:\s*<([^>]+)>/im.exec(raw)?.[1] ?? '',
        to: session.envelope.rcptTo[0]?.address.split('@')[0] ?? '',
        // Quoted-printable breaks lines where it likes.
        needs: [...new Set(raw.replaceAll('=\r\n', '').match(/N\d{6}N/g))],
      };
      appendFileSync(file, `${JSON.stringify(mail)}\n`);
      done();
    });
  },
});
server.on('error', () => {});
server.listen(Number(port), '127.0.0.1', () => process.send?.('listening'));
process.on('message', () => process.send?.({ open }));
process.on('disconnect', () => process.exit());
