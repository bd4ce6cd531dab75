/** The first steps of the portal's own paths: what the gateway answers with its page, at them and below. The portal's router has a screen for each. */
export const PORTAL_PATHS = [
  'find',
  'opportunities',
  'suggestions',
  'needs',
  'interests',
  'companies',
  'experts',
  'profile',
  'inbox',
  'preferences',
  'queue',
  'welcome',
  'signed-in',
] as const;
