import { Controller } from '@nestjs/common';
import { companySaved } from '#libs/contracts';
import { type EventContext, OnEvent } from '../src/index.js';
import { testService } from './test-service.js';

// A process that dies in the handling of one company's event. Arguments: database, NATS, the company's id.
const [databaseUrl, natsUrl, deadly] = process.argv.slice(2) as [string, string, string];

@Controller()
class Killer {
  @OnEvent(companySaved)
  async saved({ companyId }: { companyId: string }, { manager }: EventContext): Promise<void> {
    await manager.query('INSERT INTO effect (company_id) VALUES ($1)', [companyId]);
    if (companyId === deadly) process.kill(process.pid, 'SIGKILL');
  }
}

await testService('matching', databaseUrl, natsUrl, [Killer]);
process.stdout.write('ready\n');
