import type { Ask, Stage } from '../tour.js';

interface Made {
  id: string;
}
interface Interest extends Made {
  state: string;
  dueAt: string;
  reasonCode: string | null;
  counterpart: { id: string; name: string | null; contact?: { name?: string; email?: string } };
  next: { suggestionId: string } | null;
}
interface List<T> {
  items: T[];
}
interface Suggestion extends Made {
  score: number;
  subject: { id: string; name: string };
  reasons: { text: string }[];
}
interface Notice {
  kind: string;
  title: string;
  refs: { interestId?: string; suggestionId?: string };
}
interface Disclosure {
  act: string;
  of: { kind: string };
  to: { kind: string };
  at: string;
}

// All invented; the addresses lead nowhere.
const FIRM = {
  name: 'Tessitura Inventata del Tour',
  country: 'IT',
  territory: 'ITC42',
  languages: ['it'],
  contact: { name: 'Rosa Inventata', email: 'rosa@tour.example', phone: '+39 031 000000' },
};
const expert = (name: string, territory: string, email: string) => ({
  ...{ name, territory, country: territory.slice(0, 2), languages: ['it'], contact: { email } },
  competences: ['machine-vision', 'fabric-inspection', 'technical-textiles'],
  text: 'Visione artificiale per controllare difetti su tessuti tecnici, in linea.',
});
const EXPERTS = [
  expert('Ada Inventata del Tour', 'CH070', 'ada@tour.example'),
  expert('Bruno Inventato del Tour', 'ITC43', 'bruno@tour.example'),
];
const NEED = {
  type: 'TR',
  title: 'Controllo difetti su tessuti tecnici',
  summary: 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici',
  lang: 'it',
};

/** Plays it from the need to the open contacts, with a no on the way. */
export async function play(stage: Stage, keep: boolean): Promise<void> {
  const { ask, say } = stage;
  const firm = (await ask<Made>('coordinator', 'POST', '/v1/companies', FIRM)).id;
  const experts: string[] = [];
  try {
    for (const one of EXPERTS) experts.push((await ask<Made>('coordinator', 'POST', '/v1/experts', one)).id);
    say(`A firm and two experts, invented: «${FIRM.name}», «${EXPERTS.map(({ name }) => name).join('», «')}»\n`);
    await tell(stage, firm, experts);
  } finally {
    if (keep) say(`\nThey stay: npm run -s token -- --as firm:${firm}`);
    else await clear(ask, firm, experts, say);
  }
}

async function tell(stage: Stage, firm: string, experts: string[]): Promise<void> {
  const { ask, say, until, mailsTo } = stage;
  const asFirm = `firm:${firm}`;
  const need = await ask<Made>(asFirm, 'POST', `/v1/companies/${firm}/opportunities`, NEED);
  await ask(asFirm, 'POST', `/v1/opportunities/${need.id}/publish`, {});
  step(say, `POST /v1/opportunities/${need.id}/publish`, 'published');

  const path = `/v1/opportunities/${need.id}/suggestions`;
  const found = await until('suggestions', async () => {
    const { items } = await ask<List<Suggestion>>(asFirm, 'GET', `${path}?limit=100`);
    const ours = items.filter(({ subject }) => experts.includes(subject.id));
    return ours.length === experts.length ? ours : undefined;
  });
  step(say, `GET ${path}`, ...found.map((one) => `${one.score} ${one.subject.name}: ${one.reasons[0]?.text}`));

  const [first] = found;
  const asked = first!.subject.id;
  await told(stage, asked, 'suggested', ({ suggestionId }) => suggestionId === first!.id);
  const one = await ask<Interest>(asFirm, 'POST', `/v1/suggestions/${first!.id}/interest`, { note: 'Ci sentiamo?' });
  step(say, `POST /v1/suggestions/${first!.id}/interest`, `${one.state}, an answer is due by ${one.dueAt}`);
  await told(stage, asked, 'interest-received', ({ interestId }) => interestId === one.id);

  const no = await ask<Interest>(`expert:${asked}`, 'POST', `/v1/interests/${one.id}/decline`, {
    reasonCode: 'not-my-field',
  });
  step(say, `POST /v1/interests/${one.id}/decline`, `${no.state}: ${no.reasonCode}`);
  const next = await until(
    'the next best',
    async () => (await ask<Interest>(asFirm, 'GET', `/v1/interests/${one.id}`)).next ?? undefined,
  );
  step(say, `GET /v1/interests/${one.id}, as the firm`, `next best: suggestion ${next.suggestionId}`);

  const two = await ask<Interest>(asFirm, 'POST', `/v1/suggestions/${next.suggestionId}/interest`, {
    note: 'Ci sentiamo?',
  });
  step(
    say,
    `POST /v1/suggestions/${next.suggestionId}/interest`,
    `${two.state} to ${two.counterpart.name}; contact of the other side: ${contactOf(two)}`,
  );
  // Whoever it is, perhaps of the sample network: a development token speaks for anybody.
  const second = two.counterpart.id;
  const yes = await ask<Interest>(`expert:${second}`, 'POST', `/v1/interests/${two.id}/accept`, {});
  step(say, `POST /v1/interests/${two.id}/accept`, `${yes.state}; contact of the other side: ${contactOf(yes)}`);
  await until('the notice of the answer', async () => {
    const { items } = await ask<List<Notice>>(asFirm, 'GET', '/v1/inbox');
    return items.find(({ kind, refs }) => kind === 'interest-answered' && refs.interestId === two.id);
  });
  const open = await ask<Interest>(asFirm, 'GET', `/v1/interests/${two.id}`);
  step(say, `GET /v1/interests/${two.id}, as the firm`, `contact of the other side: ${contactOf(open)}`);

  const ledger = await ask<List<Disclosure>>(asFirm, 'GET', `/v1/interests/${two.id}/disclosures`);
  step(
    say,
    `GET /v1/interests/${two.id}/disclosures`,
    ...ledger.items.map(({ act, of, to, at }) => `${at} ${act}: contact of the ${of.kind} to the ${to.kind}`),
  );
  const load = await ask<object>('coordinator', 'GET', `/v1/experts/${asked}/load`);
  step(say, `GET /v1/experts/${asked}/load, as a coordinator`, JSON.stringify(load));
  for (const { contact } of [FIRM, EXPERTS[experts.indexOf(asked)]!]) {
    const subjects = await until(`a mail to ${contact.email}`, async () => {
      const mails = await mailsTo(contact.email);
      return mails.length > 0 ? mails : undefined;
    });
    step(say, `Mails to ${contact.email}`, ...subjects.reverse());
  }
}

/** Waits for the notice that tells an expert. */
async function told(
  { ask, say, until }: Stage,
  expertId: string,
  kind: string,
  isIt: (refs: Notice['refs']) => boolean,
): Promise<void> {
  const notice = await until(`the notice ${kind}`, async () => {
    const { items } = await ask<List<Notice>>(`expert:${expertId}`, 'GET', '/v1/inbox');
    return items.find((one) => one.kind === kind && isIt(one.refs));
  });
  step(say, 'GET /v1/inbox, as the expert', `${notice.kind}: ${notice.title}`);
}

function step(say: Stage['say'], request: string, ...answers: string[]): void {
  say(request);
  for (const answer of answers) say(`  → ${answer}`);
}

function contactOf({ counterpart }: Interest): string {
  return counterpart.contact ? JSON.stringify(counterpart.contact) : 'not yet';
}

async function clear(ask: Ask, firm: string, experts: string[], say: Stage['say']): Promise<void> {
  for (const id of experts) await ask('coordinator', 'DELETE', `/v1/experts/${id}`);
  await ask('coordinator', 'DELETE', `/v1/companies/${firm}`);
  say('\nThe invented firm and experts are erased again (--keep leaves them).');
}
