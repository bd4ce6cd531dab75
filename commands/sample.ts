import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import {
  companiesRpc,
  companyCreateSchema,
  expertCreateSchema,
  expertsRpc,
  type OpportunityCreate,
  opportunitiesRpc,
  opportunityCreateSchema,
} from '#libs/contracts';
import { type Broker, type BrokerAddress, brokerAddress, openBroker } from './broker.js';
import { projectRoot } from './directory.js';
import { COMPANY_FIELDS } from './import/company-fields.js';
import { EXPERT_FIELDS } from './import/expert-fields.js';
import { prepare, type Ready } from './import/prepare.js';
import { readTable } from './import/read-table.js';
import { batches, sendAll } from './import/send.js';
import { readCompanies, readExperts } from './import/template.js';

const SOURCE = 'sample';
const CONSENT = 'Invented people of the sample network';
/** All firms publish at the same moment, on a machine that is still busy starting everything. */
const PATIENCE = { timeoutMs: 30_000 };

const opportunitiesSchema = z.object({ items: z.array(opportunityCreateSchema.extend({ company: z.string() })) });
type SampleOpportunity = z.infer<typeof opportunitiesSchema>['items'][number];

/** What `loadSample` needs: the system's broker, and where to tell what it does. */
export interface SampleOptions {
  broker: BrokerAddress;
  log: (line: string) => void;
}

/** What became of the sample network. `needId` is the published need that the first steps show, `companyId` its firm. */
export interface LoadedSample {
  loaded: boolean;
  companies: number;
  experts: number;
  opportunities: number;
  companyId: string;
  needId: string;
}

/**
 * Brings the sample network into the running system: firms, experts, published needs and offers, all invented. A second run finds them there and
 * adds nothing; a run that was cut off is completed by the next one. Rejects when the services cannot be reached or refuse a row.
 */
export async function loadSample({ broker: address, log }: SampleOptions): Promise<LoadedSample> {
  const broker = await openBroker(address, 'sample');
  try {
    return await load(broker, log);
  } finally {
    await broker.close();
  }
}

async function load(broker: Broker, log: (line: string) => void): Promise<LoadedSample> {
  const { rpc, ctx } = broker;
  const folder = join(projectRoot(), 'sample');
  const opportunities = opportunitiesSchema.parse(
    JSON.parse(readFileSync(join(folder, 'opportunities.json'), 'utf8')),
  ).items;
  const companies = prepare(
    readCompanies([await readTable(join(folder, 'companies.json'))]).drafts,
    companyCreateSchema,
    COMPANY_FIELDS,
  );
  const experts = prepare(
    readExperts([await readTable(join(folder, 'experts.json'))]).drafts,
    expertCreateSchema,
    EXPERT_FIELDS,
  );
  const ids = new Map<string, string>();
  const sentCompanies = await send(companies.ready, COMPANY_FIELDS, async (rows) => {
    const answer = await rpc.call(companiesRpc.import, { source: SOURCE, rows }, ctx, PATIENCE);
    for (const { row, id } of answer.results) if (id) ids.set(rows[row - 1]?.externalKey ?? '', id);
    return answer;
  });
  const sentExperts = await send(experts.ready, EXPERT_FIELDS, (rows) =>
    rpc.call(expertsRpc.import, { source: SOURCE, consentBasis: CONSENT, rows }, ctx, PATIENCE),
  );
  const firms = [...new Set(opportunities.map(({ company }) => company))];
  const published = await Promise.all(
    firms.map((firm) =>
      publishAll(
        broker,
        idOf(ids, firm),
        opportunities.filter(({ company }) => company === firm),
      ),
    ),
  );
  const added = published.reduce((sum, firm) => sum + firm.added, 0);
  const loaded = sentCompanies.created + sentExperts.created + added > 0;
  log(
    loaded
      ? `sample network: ${companies.ready.length} firms, ${experts.ready.length} experts, ${opportunities.length} needs and offers, all invented`
      : 'sample network: there already',
  );
  return {
    loaded,
    companies: companies.ready.length,
    experts: experts.ready.length,
    opportunities: opportunities.length,
    companyId: idOf(ids, firms[0] ?? ''),
    needId: published[0]?.first ?? '',
  };
}

async function send<T>(
  ready: readonly Ready<T>[],
  fields: Parameters<typeof sendAll>[2],
  call: Parameters<typeof sendAll<T>>[1],
) {
  const sent = await sendAll(batches(ready), call, fields, () => {});
  const [issue] = sent.issues;
  if (issue) throw new Error(`${issue.file}, element ${issue.row}, ${issue.column}: ${issue.wrong}`);
  return sent;
}

function idOf(ids: Map<string, string>, firm: string): string {
  const id = ids.get(firm);
  if (!id) throw new Error(`The sample has no firm ${firm}.`);
  return id;
}

/** Publishes what a firm has not published yet; known by type and title, since idempotency keys are kept for some days only. */
async function publishAll({ rpc, ctx }: Broker, companyId: string, wanted: readonly SampleOpportunity[]) {
  const known = await rpc.call(opportunitiesRpc.list, { companyId, limit: 100 }, ctx, PATIENCE);
  let added = 0;
  let first: string | undefined;
  for (const { company, ...opportunity } of wanted) {
    const key = `sample:${company}:${opportunity.type}:${opportunity.title}`.slice(0, 180);
    const existing = known.items.find(({ type, title }) => type === opportunity.type && title === opportunity.title);
    const draft = existing ?? (await create(opportunity, key));
    if (!existing) added++;
    // A draft is what a run leaves that was cut off here; what a person has held or archived since stays so.
    if (draft.state === 'draft')
      await rpc.call(
        opportunitiesRpc.act,
        { id: draft.id, action: 'publish' },
        { ...ctx, idempotencyKey: `${key}:publish` },
        PATIENCE,
      );
    first ??= draft.id;
  }
  return { added, first };

  function create(opportunity: OpportunityCreate, key: string) {
    return rpc.call(opportunitiesRpc.create, { companyId, opportunity }, { ...ctx, idempotencyKey: key }, PATIENCE);
  }
}

if (import.meta.main) {
  await loadSample({ broker: brokerAddress(process.env), log: (line) => process.stdout.write(`${line}\n`) });
}
