import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { mailListPage, mailPage } from './mail-page.js';

const KEEP = 500;

/** A mail that arrived, as its reader would see it. */
export interface CaughtMail {
  id: string;
  received: string;
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  headers: Record<string, string>;
}

/** A mail server for development and tests that delivers nothing: it keeps the last 500 mails in memory and shows them. */
export interface MailCatcher {
  /** For the sender: smtp://host:port */
  smtpUrl: string;
  /** For people and programs: a page, and `/api/v1/messages`, `/api/v1/message/:id`. */
  webUrl: string;
  /** Newest first. */
  mails(): CaughtMail[];
  clear(): void;
  close(): Promise<void>;
}

/** Starts a mail catcher; port 0 takes any free one. `refuse` may answer an error text for a recipient, who is then refused. */
export async function startMailCatcher(options: {
  host?: string;
  smtpPort?: number;
  webPort?: number;
  refuse?: (recipient: string) => string | undefined;
}): Promise<MailCatcher> {
  const { host = '127.0.0.1', smtpPort = 0, webPort = 0, refuse } = options;
  const mails: CaughtMail[] = [];
  let count = 0;
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo: ({ address }, _session, done) => {
      const refusal = refuse?.(address);
      done(refusal ? new Error(refusal) : null);
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const to = session.envelope.rcptTo.map((recipient) => recipient.address);
        read(Buffer.concat(chunks), to, String(++count)).then((mail) => {
          mails.unshift(mail);
          mails.length = Math.min(mails.length, KEEP);
          done();
        }, done);
      });
    },
  });
  smtp.on('error', () => {}); // A client that hangs up early is its own affair.
  await listen(smtp.server, smtpPort, host);
  const web = createServer((request, response) => answer(request.url ?? '/', mails, response));
  await listen(web, webPort, host);
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host;
  return {
    smtpUrl: `smtp://${shown}:${(smtp.server.address() as AddressInfo).port}`,
    webUrl: `http://${shown}:${(web.address() as AddressInfo).port}`,
    mails: () => [...mails],
    clear: () => {
      mails.length = 0;
    },
    close: async () => {
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((done) => smtp.close(done)),
        new Promise<void>((done) => web.close(() => done())),
      ]);
    },
  };
}

async function read(raw: Buffer, to: string[], id: string): Promise<CaughtMail> {
  const mail = await PostalMime.parse(raw);
  return {
    id,
    received: new Date().toISOString(),
    from: mail.from?.address ?? '',
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: Object.fromEntries(mail.headers.map(({ key, value }) => [key, value])),
  };
}

function answer(url: string, mails: CaughtMail[], response: ServerResponse): void {
  const path = url.split('?')[0] ?? '/';
  const mail = mails.find(({ id }) => path === `/api/v1/message/${id}` || path === `/mail/${id}`);
  if (path === '/') send(response, 200, 'text/html', mailListPage(mails));
  else if (path === '/health') send(response, 200, 'text/plain', 'ok');
  else if (path === '/api/v1/messages')
    send(response, 200, 'application/json', JSON.stringify({ total: mails.length, messages: mails.map(summary) }));
  else if (mail && path.startsWith('/api/')) send(response, 200, 'application/json', JSON.stringify(mail));
  else if (mail) send(response, 200, 'text/html', mailPage(mail));
  else send(response, 404, 'text/plain', 'There is no such mail.');
}

function summary({ id, received, from, to, subject, text }: CaughtMail) {
  return { id, received, from, to, subject, snippet: text.slice(0, 200) };
}

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    // A mail shown here is somebody's input: it may show itself, not act.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'",
    'x-content-type-options': 'nosniff',
  });
  response.end(body);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
