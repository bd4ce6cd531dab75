import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '#libs/engines';
import { eventually } from '#libs/testing';

const root = join(import.meta.dirname, '..', '..');

/** A mail as the server took it. */
export interface Mail {
  at: number;
  id: string;
  to: string;
  needs: string[];
}

/** From when on which life of which process, and how far its clock was ahead. */
export interface Life {
  from: number;
  service: number;
  postOffice: number;
  aheadMs: number;
}

/** The sender and the mail server, each a process of its own that dies by SIGKILL. Nothing else is ended than what was started here. */
export class Crew {
  readonly lives: Life[] = [];
  private service?: ChildProcess;
  private postOffice?: ChildProcess;
  private smtpPort = 0;
  private counts = { service: 0, postOffice: 0 };

  constructor(
    private readonly dir: string,
    private readonly env: Record<string, string>,
    private aheadMs: number,
  ) {}

  /** What time it is for the sender. */
  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  get kills(): { service: number; postOffice: number } {
    return { service: this.counts.service - 1, postOffice: this.counts.postOffice - 1 };
  }

  mails(): Mail[] {
    const lines = readFileSync(this.mailFile, 'utf8').split('\n').filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Mail);
  }

  async start(): Promise<void> {
    this.smtpPort = await freePort();
    await this.openPostOffice();
    await this.startService();
  }

  /** Kills the sender and starts it again, its clock put forward to `to`, or by more than the life of what the dead one held. */
  async killService(to?: Date): Promise<void> {
    await killed(this.service);
    // What it had handed to the mail server is taken or dropped before anything of the next life happens.
    await eventually(() => this.quiet());
    this.aheadMs = Math.max(this.aheadMs + 240_000, to ? to.getTime() - Date.now() : 0);
    await this.startService();
  }

  async killPostOffice(): Promise<void> {
    await killed(this.postOffice);
    await this.openPostOffice();
  }

  async stop(): Promise<void> {
    await killed(this.service);
    await killed(this.postOffice);
  }

  private get mailFile(): string {
    return join(this.dir, 'mails.jsonl');
  }

  private begin(): void {
    this.lives.push({ from: Date.now(), ...this.counts, aheadMs: this.aheadMs });
  }

  private async startService(): Promise<void> {
    const internalPort = await freePort();
    this.counts.service++;
    this.begin();
    this.service = spawn(process.execPath, [join(root, 'dist/services/notifications/src/main.js')], {
      env: {
        PATH: process.env.PATH,
        NODE_COMPILE_CACHE: join(this.dir, 'compile-cache'),
        LOG_LEVEL: 'error',
        SMTP_URL: `smtp://127.0.0.1:${this.smtpPort}`,
        INTERNAL_PORT: String(internalPort),
        CLOCK_AHEAD_MS: String(this.aheadMs),
        ...this.env,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    await eventually(
      async () => {
        const { ok } = await fetch(`http://127.0.0.1:${internalPort}/health/ready`);
        if (!ok) throw new Error('The notifications are not ready');
      },
      { timeout: 90_000 },
    );
  }

  private async openPostOffice(): Promise<void> {
    this.counts.postOffice++;
    this.begin();
    const program = join(import.meta.dirname, 'post-office.mjs');
    this.postOffice = fork(program, [String(this.smtpPort), this.mailFile], { cwd: root, execArgv: [] });
    await once(this.postOffice, 'message');
  }

  private async quiet(): Promise<void> {
    this.postOffice?.send('open?');
    const [{ open }] = (await once(this.postOffice!, 'message')) as [{ open: number }];
    if (open > 0) throw new Error(`${open} connections are still open`);
  }
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
