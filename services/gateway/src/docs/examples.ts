/** Examples of the API description; firms and people in them are invented. They run as they stand. */
export const companyExample = {
  name: 'Tessitura Inventata Lariana S.r.l.',
  country: 'IT',
  territory: 'ITC42',
  town: 'Como',
  sizeClass: 'small',
  sectors: [{ scheme: 'ATECO2025', code: '13.20.00' }],
  languages: ['it', 'en'],
  text: 'Tessuti tecnici per filtrazione e protezione, dalla progettazione alla finitura.',
  offers: ['technical-textiles'],
  seeks: ['machine-vision'],
};

export const expertExample = {
  name: 'Ada Inventata',
  country: 'CH',
  role: 'researcher',
  affiliation: 'Laboratorio inventato di visione',
  territory: 'CH070',
  territories: ['CH070', 'ITC4'],
  languages: ['it', 'en', 'de'],
  competences: [{ competence: 'machine-vision', level: 'expert' }],
  evidence: [{ kind: 'project', title: 'Controllo ottico di tessuti in linea', year: 2025 }],
};

export const needExample = {
  type: 'TR',
  title: 'Visione artificiale per tessuti tecnici',
  summary:
    'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici, in collaborazione con un partner svizzero',
  lang: 'it',
  prefer: 'cross-border',
};

export const matchExample = { text: needExample.summary, seek: 'experts', limit: 5 };

export const alertExample = {
  name: 'Visione artificiale',
  seek: 'experts',
  text: 'Visione artificiale per il controllo di tessuti tecnici',
  rhythm: 'daily',
};

export const explainExample = {
  ...matchExample,
  filters: { country: 'CH' },
  subject: { type: 'expert', id: '01900000-0000-7000-8000-000000000001' },
};
