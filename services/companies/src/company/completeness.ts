import type { Company as CompanyView, Lang } from '#libs/contracts';

type Profile = Omit<CompanyView, 'completeness'>;

/** What a profile gains by each part, in percent, most useful for the matching first. They sum to 100. */
const STEPS: { field: string; gain: number; has: (profile: Profile) => boolean; text: Record<Lang, string> }[] = [
  {
    field: 'text',
    gain: 20,
    has: ({ text }) => text !== null,
    text: {
      it: "Descrivete l'impresa con parole vostre: che cosa fate, per chi, con quali mezzi.",
      en: 'Describe the firm in your own words: what you do, for whom, by which means.',
      de: 'Beschreiben Sie die Firma in eigenen Worten: was Sie tun, für wen, womit.',
      fr: "Décrivez l'entreprise avec vos mots : ce que vous faites, pour qui, avec quels moyens.",
    },
  },
  {
    field: 'offers',
    gain: 20,
    has: ({ offers }) => offers.length > 0,
    text: {
      it: 'Indicate le competenze che avete da offrire.',
      en: 'Name the competences that you can offer.',
      de: 'Nennen Sie die Kompetenzen, die Sie anbieten.',
      fr: 'Indiquez les compétences que vous pouvez offrir.',
    },
  },
  {
    field: 'seeks',
    gain: 10,
    has: ({ seeks }) => seeks.length > 0,
    text: {
      it: 'Indicate le competenze che cercate.',
      en: 'Name the competences that you look for.',
      de: 'Nennen Sie die Kompetenzen, die Sie suchen.',
      fr: 'Indiquez les compétences que vous recherchez.',
    },
  },
  {
    field: 'sectors',
    gain: 10,
    has: ({ sectors }) => sectors.length > 0,
    text: {
      it: "Aggiungete il settore con il codice ATECO o NOGA dell'impresa.",
      en: "Add the sector by the firm's ATECO or NOGA code.",
      de: 'Ergänzen Sie die Branche mit dem ATECO- oder NOGA-Code der Firma.',
      fr: "Ajoutez le secteur avec le code ATECO ou NOGA de l'entreprise.",
    },
  },
  {
    field: 'territory',
    gain: 10,
    has: ({ territory }) => territory !== null,
    text: {
      it: "Indicate la provincia o il cantone in cui ha sede l'impresa.",
      en: 'Give the province or canton where the firm is.',
      de: 'Geben Sie die Provinz oder den Kanton der Firma an.',
      fr: "Indiquez la province ou le canton de l'entreprise.",
    },
  },
  {
    field: 'contact',
    gain: 10,
    has: ({ contact }) => Boolean(contact?.email),
    text: {
      it: 'Aggiungete un indirizzo e-mail: resta riservato e serve ad avvisarvi.',
      en: 'Add an e-mail address: it stays private and lets us tell you of matches.',
      de: 'Ergänzen Sie eine E-Mail-Adresse: Sie bleibt vertraulich und dient Ihrer Benachrichtigung.',
      fr: 'Ajoutez une adresse e-mail : elle reste confidentielle et sert à vous avertir.',
    },
  },
  {
    field: 'languages',
    gain: 5,
    has: ({ languages }) => languages.length > 0,
    text: {
      it: 'Indicate le lingue in cui lavorate.',
      en: 'Name the languages that you work in.',
      de: 'Nennen Sie die Sprachen, in denen Sie arbeiten.',
      fr: 'Indiquez les langues dans lesquelles vous travaillez.',
    },
  },
  {
    field: 'people',
    gain: 5,
    has: ({ sizeClass }) => sizeClass !== null,
    text: {
      it: 'Indicate quante persone lavorano nell’impresa.',
      en: 'Say how many people work in the firm.',
      de: 'Geben Sie an, wie viele Personen in der Firma arbeiten.',
      fr: "Indiquez combien de personnes travaillent dans l'entreprise.",
    },
  },
  {
    field: 'identifiers',
    gain: 5,
    has: ({ identifiers }) => identifiers.length > 0,
    text: {
      it: "Aggiungete la partita IVA, il numero REA o l'IDI: evita i doppioni.",
      en: 'Add the VAT number, the REA number or the UID: it prevents duplicates.',
      de: 'Ergänzen Sie die MWST-Nummer, die REA-Nummer oder die UID: Das verhindert Doppeleinträge.',
      fr: 'Ajoutez le numéro de TVA, le numéro REA ou l’IDE : cela évite les doublons.',
    },
  },
  {
    field: 'website',
    gain: 5,
    has: ({ website }) => website !== null,
    text: {
      it: 'Aggiungete il sito web.',
      en: 'Add the web site.',
      de: 'Ergänzen Sie die Website.',
      fr: 'Ajoutez le site web.',
    },
  },
];

/** How complete a profile is, 0 to 100, and the missing part that would raise it most, told in the reader's language. */
export function completeness(profile: Profile, lang: Lang): CompanyView['completeness'] {
  const missing = STEPS.filter((step) => !step.has(profile));
  const percent = 100 - missing.reduce((sum, step) => sum + step.gain, 0);
  const [next] = missing.toSorted((a, b) => b.gain - a.gain);
  return { percent, nextStep: next ? { field: next.field, gain: next.gain, text: next.text[lang] } : null };
}
