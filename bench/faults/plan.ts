/** A write that was answered 2xx. */
export interface Acknowledged {
  operation: Operation;
  kind: 'company' | 'expert' | 'opportunity' | 'interest';
  id: string;
  /** As answered. */
  revision: number;
  key: string;
}

export type Operation =
  | 'create-company'
  | 'change-company'
  | 'create-expert'
  | 'change-expert'
  | 'draft'
  | 'publish'
  | 'close'
  | 'ask'
  | 'accept'
  | 'decline';

/** How often each is chosen, in per cent. Publications are few: each makes suggestions, and each suggestion notices and deliveries. */
export const MIX: Readonly<Record<Operation, number>> = {
  'create-company': 20,
  'change-company': 27,
  'create-expert': 5,
  'change-expert': 16,
  draft: 6,
  publish: 5,
  close: 3,
  ask: 9,
  accept: 5,
  decline: 4,
};

/** Something that was made, at the revision that was last answered. */
export interface Known {
  id: string;
  revision: number;
}

/** What one writer made and may change: its own, so that its revisions are its own as well. */
export interface Portfolio {
  companies: Known[];
  experts: Known[];
  drafts: (Known & { companyId: string })[];
  published: (Known & { companyId: string; askers: Set<string> })[];
  asked: { id: string; companyId: string }[];
}

const FIELDS = ['saldatura laser', 'visione artificiale', 'manutenzione predittiva', 'brevetti', 'tessuti tecnici'];
/** One write that is to be made, and what its answer means for its writer. */
export interface Plan {
  operation: Operation;
  kind: Acknowledged['kind'];
  as: string;
  method: 'POST' | 'PATCH';
  path: string;
  body: unknown;
  ifMatch?: number;
  settle(answer: Known): void;
}

/** Chooses what a writer does next, out of what it may do by now. */
export class Step {
  constructor(
    private readonly own: Portfolio,
    readonly random: () => number,
    readonly key: string,
    private readonly mix: Readonly<Record<Operation, number>>,
  ) {}

  plan(): Plan {
    let left = this.random() * 100;
    const wanted = (Object.entries(this.mix) as [Operation, number][]).find(([, weight]) => {
      left -= weight;
      return left < 0;
    })?.[0];
    return this.of(wanted ?? 'change-company') ?? this.of('change-company') ?? this.of('create-company')!;
  }

  private of(operation: Operation): Plan | undefined {
    const { own } = this;
    const base = { operation, method: 'POST' as const };
    const post = (
      kind: Acknowledged['kind'],
      as: string,
      path: string,
      body: unknown,
      settle: Plan['settle'],
    ): Plan => ({
      ...base,
      ...{ kind, as, path, body, settle },
    });
    const firm = this.pick(own.companies);
    const expert = this.pick(own.experts);
    switch (operation) {
      case 'create-company':
        return post('company', 'coordinator', '/v1/companies', this.company(), (answer) => own.companies.push(answer));
      case 'create-expert':
        return post('expert', 'coordinator', '/v1/experts', this.expert(), (answer) => own.experts.push(answer));
      case 'change-company':
        return (
          firm && this.change('company', `firm:${firm.id}`, `/v1/companies/${firm.id}`, firm, { town: this.word() })
        );
      case 'change-expert':
        return (
          expert &&
          this.change('expert', `expert:${expert.id}`, `/v1/experts/${expert.id}`, expert, { affiliation: this.word() })
        );
      case 'draft':
        return (
          firm &&
          post('opportunity', `firm:${firm.id}`, `/v1/companies/${firm.id}/opportunities`, this.need(), (answer) =>
            own.drafts.push({ ...answer, companyId: firm.id }),
          )
        );
      case 'publish':
      case 'close':
        return this.act(operation);
      case 'ask':
        return this.asking(expert);
      case 'accept':
      case 'decline': {
        const interest = take(own.asked, this.random);
        const body = operation === 'accept' ? {} : { reasonCode: 'not-my-field' };
        const path = `/v1/interests/${interest?.id}/${operation}`;
        return interest && post('interest', `firm:${interest.companyId}`, path, body, () => {});
      }
    }
  }

  private act(operation: 'publish' | 'close'): Plan | undefined {
    const { own } = this;
    const need = operation === 'publish' ? take(own.drafts, this.random) : this.closable();
    if (!need) return undefined;
    const path = `/v1/opportunities/${need.id}/${operation === 'publish' ? 'publish' : 'archive'}`;
    const settle = ({ id, revision }: Known) => {
      if (operation === 'publish') own.published.push({ id, revision, companyId: need.companyId, askers: new Set() });
    };
    return { operation, method: 'POST', kind: 'opportunity', as: `firm:${need.companyId}`, path, body: {}, settle };
  }

  // One that nobody asked about: closing withdraws open questions, and their answers would be refused with every right.
  private closable() {
    const free = this.own.published.filter(({ askers }) => askers.size === 0);
    const need = this.pick(free);
    if (need) this.own.published.splice(this.own.published.indexOf(need), 1);
    return need;
  }

  private asking(expert: Known | undefined): Plan | undefined {
    const { own } = this;
    const need = this.pick(own.published);
    if (!expert || !need || need.askers.has(expert.id)) return undefined;
    need.askers.add(expert.id);
    return {
      operation: 'ask',
      method: 'POST',
      kind: 'interest',
      as: `expert:${expert.id}`,
      path: `/v1/opportunities/${need.id}/interest`,
      body: { note: `Nota ${this.key}` },
      settle: ({ id }) => own.asked.push({ id, companyId: need.companyId }),
    };
  }

  private change(kind: 'company' | 'expert', as: string, path: string, one: Known, body: unknown): Plan {
    const settle = ({ revision }: Known) => {
      one.revision = revision;
    };
    const operation = `change-${kind}` as const;
    return { operation, kind, as, method: 'PATCH', path, body, ifMatch: one.revision, settle };
  }

  private pick<T>(items: readonly T[]): T | undefined {
    return items[Math.floor(this.random() * items.length)];
  }

  private word(): string {
    return `Luogo ${this.key}`;
  }

  private company() {
    return { name: `Officina Inventata ${this.key}`, country: this.random() < 0.5 ? 'IT' : 'CH' };
  }

  private expert() {
    const field = this.pick(FIELDS)!;
    const text = `Esperienza inventata di ${field}.`;
    return {
      name: `Esperto Inventato ${this.key}`,
      country: 'CH',
      languages: ['it'],
      competences: [field],
      text,
      capacity: 100,
    };
  }

  private need() {
    const field = this.pick(FIELDS)!;
    return { type: 'TR', title: `Fabbisogno ${this.key}`, summary: `Cerchiamo competenze di ${field}`, lang: 'it' };
  }
}

function take<T>(items: T[], random: () => number): T | undefined {
  return items.splice(Math.floor(random() * items.length), 1)[0];
}
