/** Where things are in the portal: screens link to one another by these. */
export const addressOf = {
  suggestion: (id: string) => `/suggestions/${id}`,
  /** An expression of interest: the question, its answer, the contact. */
  interest: (id: string) => `/interests/${id}`,
  /** The search, with a need in words already. */
  find: (need?: string) => (need ? `/find?${new URLSearchParams({ q: need })}` : '/find'),
  opportunity: (id: string) => `/opportunities/${id}`,
  /** The own firm's needs and offers. */
  opportunities: '/opportunities',
  inbox: '/inbox',
  preferences: '/preferences',
  profile: '/profile',
  /** A firm's or an expert's profile, for who accompanies them. */
  profileOf: (kind: 'firm' | 'expert', id: string) => `/profile/${kind}/${id}`,
} as const;
