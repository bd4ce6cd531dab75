import type { AccountScope } from '#libs/contracts';

/**
 * What one kind of caller may do with a route:
 * `yes` always · `no` never (403) · `own` with what is theirs, else 403 · `hidden` with what is theirs, else 404 as if there were none · `absent` 404, as if
 * there were none · `whole` those who keep all territories, else 403.
 * "Theirs" is their firm or profile and what belongs to it; for coordinators and facilitators what lies in their territories.
 */
export type Cell = 'yes' | 'no' | 'own' | 'hidden' | 'absent' | 'whole';

/** The kinds of callers, as the columns of the table. A `key` without a firm owns nothing. */
export const COLUMNS = ['owner', 'editor', 'expert', 'facilitator', 'coordinator', 'admin', 'key'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Rule {
  /** What a key must be good for. */
  scope: AccountScope;
  /** The path names a firm or an expert: whose, the guard sees itself. Everything else is decided by the service that owns it. */
  of?: 'firm' | 'expert';
  /** Also for people who have signed in and have no role yet. */
  newcomers?: true;
  cells: Record<Column, Cell>;
}

/** A row: who is not named may not. `firm` stands for owners, editors and keys of a firm, `members` for owners and editors. */
type Row = Partial<Record<Column | 'firm' | 'members' | 'all', Cell>>;

const rule = (
  scope: AccountScope,
  { all, firm, members, ...row }: Row,
  more: Pick<Rule, 'of' | 'newcomers'> = {},
): Rule => {
  const no = Object.fromEntries(COLUMNS.map((column) => [column, all ?? 'no'])) as Rule['cells'];
  const cells = {
    ...no,
    ...(firm && { owner: firm, editor: firm, key: firm }),
    ...(members && { owner: members, editor: members }),
    ...row,
  };
  return { scope, ...more, cells };
};

const staff: Row = { facilitator: 'hidden', coordinator: 'hidden', admin: 'yes' };
const open = (scope: AccountScope = 'read') => rule(scope, { all: 'yes' });
const opportunity = rule('write', { firm: 'hidden', expert: 'absent', ...staff });
const alert = (cell: Cell) => rule('write', { members: cell, expert: cell });
const person: Row = { members: 'yes', expert: 'yes', facilitator: 'yes', coordinator: 'yes', admin: 'yes' };
const notices = (cell: Cell, others: Cell) =>
  rule('read', { members: cell, expert: cell, facilitator: others, coordinator: others, admin: others });
const webhook = (cell: Cell) => rule('write', { owner: cell, expert: cell, coordinator: 'whole', admin: cell });

/** Every route of the API by its operationId. What is not here does not exist: the gateway does not start with a route that is missing. */
export const ROUTES: Readonly<Record<string, Rule>> = {
  createCompany: rule('write', { coordinator: 'own', admin: 'yes' }),
  listCompanies: open(),
  getCompany: open(),
  updateCompany: rule('write', { firm: 'own', coordinator: 'hidden', admin: 'yes' }, { of: 'firm' }),
  eraseCompany: rule('write', { owner: 'own', coordinator: 'hidden', admin: 'yes' }, { of: 'firm' }),
  createOpportunity: opportunity,
  listOpportunities: open(),
  getOpportunity: rule('read', { firm: 'hidden', expert: 'absent', ...staff }),
  updateOpportunity: opportunity,
  publishOpportunity: opportunity,
  holdOpportunity: opportunity,
  renewOpportunity: opportunity,
  archiveOpportunity: opportunity,

  createExpert: rule('write', { coordinator: 'own', admin: 'yes' }),
  listExperts: open(),
  getExpert: open(),
  updateExpert: rule('write', { expert: 'own', coordinator: 'hidden', admin: 'yes' }, { of: 'expert' }),
  eraseExpert: rule('write', { expert: 'own', coordinator: 'hidden', admin: 'yes' }, { of: 'expert' }),

  findCompetences: open(),
  match: open('match'),
  explainMatch: open('match'),
  listSuggestionsOfOpportunity: rule('read', { firm: 'hidden', expert: 'absent', ...staff }),
  listSuggestionsOfCompany: rule(
    'read',
    { firm: 'own', facilitator: 'own', coordinator: 'own', admin: 'yes' },
    { of: 'firm' },
  ),
  listSuggestionsOfExpert: rule('read', { expert: 'own', coordinator: 'own', admin: 'yes' }, { of: 'expert' }),
  getSuggestion: rule('read', { firm: 'hidden', expert: 'hidden', ...staff }),
  dismissSuggestion: rule('write', { firm: 'hidden', expert: 'hidden', ...staff }),

  createAlert: alert('yes'),
  listAlerts: alert('yes'),
  getAlert: alert('hidden'),
  updateAlert: alert('hidden'),
  removeAlert: alert('hidden'),

  expressInterestInSuggestion: rule('write', { firm: 'hidden', expert: 'hidden' }),
  expressInterestInOpportunity: rule('write', { firm: 'hidden', expert: 'absent' }),
  listInterests: rule('read', { firm: 'yes', expert: 'yes', facilitator: 'yes', coordinator: 'yes', admin: 'yes' }),
  getInterest: rule('read', { firm: 'hidden', expert: 'hidden', ...staff }),
  updateInterest: rule('write', staff),
  acceptInterest: rule('write', { firm: 'hidden', expert: 'hidden' }),
  declineInterest: rule('write', { firm: 'hidden', expert: 'hidden' }),
  withdrawInterest: rule('write', { firm: 'hidden', expert: 'hidden' }),
  listDisclosures: rule('read', { firm: 'hidden', expert: 'hidden', ...staff }),
  getExpertLoad: rule('read', { expert: 'hidden', coordinator: 'hidden', admin: 'yes' }),
  listLoads: rule('read', { coordinator: 'yes', admin: 'yes' }),

  createHelpRequest: rule('write', { firm: 'hidden', expert: 'hidden' }),
  listHelpRequests: rule('read', { firm: 'yes', expert: 'yes', facilitator: 'yes', coordinator: 'yes', admin: 'yes' }),
  getHelpRequest: rule('read', { firm: 'hidden', expert: 'hidden', ...staff }),
  answerHelpRequest: rule('write', staff),
  withdrawHelpRequest: rule('write', { firm: 'hidden', expert: 'hidden' }),

  listNotices: notices('yes', 'yes'),
  streamNotices: notices('yes', 'yes'),
  updateNotice: notices('hidden', 'absent'),
  muteNotice: notices('hidden', 'absent'),
  getPreferences: notices('yes', 'no'),
  putPreferences: notices('yes', 'no'),
  listMutes: notices('yes', 'no'),
  removeMute: notices('hidden', 'no'),

  createWebhook: webhook('yes'),
  listWebhooks: webhook('yes'),
  getWebhook: webhook('hidden'),
  deleteWebhook: webhook('hidden'),
  rotateWebhookSecret: webhook('hidden'),
  enableWebhook: webhook('hidden'),
  replayWebhook: webhook('hidden'),
  testWebhook: webhook('hidden'),
  listWebhookDeliveries: webhook('hidden'),

  signOutEverywhere: rule('write', person, { newcomers: true }),
  listMemberships: rule('read', { all: 'yes' }, { newcomers: true }),
  grantRole: rule('write', { admin: 'yes' }),
  endMembership: rule('write', { members: 'hidden', expert: 'hidden', ...staff }),
  listMembers: rule('write', { owner: 'own', coordinator: 'hidden', admin: 'yes' }, { of: 'firm' }),
  // Whatever they are already, and whichever firm it is: that a claim is right a coordinator says, and a link was given to somebody. Programs do neither.
  createClaim: rule('write', person, { newcomers: true }),
  listClaims: rule('read', { all: 'yes' }, { newcomers: true }),
  confirmClaimByCode: rule(
    'write',
    { members: 'hidden', expert: 'hidden', facilitator: 'hidden', coordinator: 'hidden', admin: 'hidden' },
    { newcomers: true },
  ),
  confirmClaim: rule('write', { coordinator: 'hidden', admin: 'yes' }),
  refuseClaim: rule('write', { coordinator: 'hidden', admin: 'yes' }),
  createInvitation: rule('write', { owner: 'own', coordinator: 'hidden', admin: 'yes' }, { of: 'firm' }),
  listInvitations: rule('write', { owner: 'own', coordinator: 'hidden', admin: 'yes' }, { of: 'firm' }),
  revokeInvitation: rule('write', { owner: 'hidden', coordinator: 'hidden', admin: 'yes' }),
  acceptInvitation: rule('write', person, { newcomers: true }),

  createKey: rule('write', { owner: 'hidden', admin: 'yes' }),
  listKeys: rule('write', { owner: 'yes', admin: 'yes' }),
  rotateKey: rule('write', { owner: 'hidden', admin: 'yes' }),
  revokeKey: rule('write', { owner: 'hidden', admin: 'yes' }),

  listConsents: rule('read', { members: 'yes', expert: 'yes' }),
  listConsenting: rule('read', { coordinator: 'yes', admin: 'yes' }),
  putConsent: rule('write', { owner: 'yes', expert: 'yes' }),
  createErasure: rule('write', { owner: 'hidden', expert: 'hidden', coordinator: 'hidden', admin: 'yes' }),
  getErasure: rule('read', { members: 'hidden', expert: 'hidden', coordinator: 'hidden', admin: 'yes' }),
  getExport: rule('read', { owner: 'hidden', expert: 'hidden', admin: 'yes' }),
  listAudit: rule('read', { admin: 'yes' }),

  listWeights: rule('read', { admin: 'yes' }),
  switchWeights: rule('write', { admin: 'yes' }),
};
