import type { Lang } from '#libs/contracts';

/** Words for the reasons. `{…}` is filled from the parameters, with labels in the reader's language. Worded so that both sides can read them. */
export const REASON_TEXTS: Record<string, Record<Lang, string>> = {
  'competence-match': {
    it: 'Competenza richiesta e dimostrata: {competence}{level}{evidence}',
    en: 'Competence asked for and shown: {competence}{level}{evidence}',
    de: 'Gesuchte und belegte Kompetenz: {competence}{level}{evidence}',
    fr: 'Compétence demandée et démontrée : {competence}{level}{evidence}',
  },
  'competence-near': {
    it: 'Competenza vicina a «{competence}»: {by}{level}{evidence}',
    en: 'Competence close to “{competence}”: {by}{level}{evidence}',
    de: 'Verwandt mit «{competence}»: {by}{level}{evidence}',
    fr: 'Compétence proche de « {competence} » : {by}{level}{evidence}',
  },
  'competence-shared': {
    it: 'Competenza che avete in comune: {competence}{level}{evidence}',
    en: 'Competence that both have: {competence}{level}{evidence}',
    de: 'Kompetenz, die beide haben: {competence}{level}{evidence}',
    fr: 'Compétence que les deux possèdent : {competence}{level}{evidence}',
  },
  'seeks-yours': {
    it: 'Cerca ciò che voi offrite: {competences}',
    en: 'Looks for what the asking firm offers: {competences}',
    de: 'Sucht, was die anfragende Firma bietet: {competences}',
    fr: 'Cherche ce que propose l’entreprise : {competences}',
  },
  'seeks-yours-in-words': {
    it: 'Cerca, con le stesse parole, ciò che voi offrite: {competences}',
    en: 'Looks, in the same words, for what the asking firm offers: {competences}',
    de: 'Sucht mit denselben Worten, was die anfragende Firma bietet: {competences}',
    fr: 'Cherche, avec les mêmes mots, ce que propose l’entreprise : {competences}',
  },
  'text-match': {
    it: 'Parole in comune: {words}{meant}{evidence}',
    en: 'Words in common: {words}{meant}{evidence}',
    de: 'Gemeinsame Wörter: {words}{meant}{evidence}',
    fr: 'Mots en commun : {words}{meant}{evidence}',
  },
  'text-meant': {
    it: 'Lo stesso in un’altra lingua: {words}{evidence}',
    en: 'The same in another language: {words}{evidence}',
    de: 'Dasselbe in einer anderen Sprache: {words}{evidence}',
    fr: 'La même chose dans une autre langue : {words}{evidence}',
  },
  'text-alike': {
    it: 'Formulazione simile{evidence}',
    en: 'Similar wording{evidence}',
    de: 'Ähnlich formuliert{evidence}',
    fr: 'Formulation proche{evidence}',
  },
  'text-related': {
    it: 'Entrambi parlano di «{through}»{evidence}',
    en: 'Both speak of “{through}”{evidence}',
    de: 'Beide sprechen von «{through}»{evidence}',
    fr: 'Tous deux parlent de « {through} »{evidence}',
  },
  'text-more': {
    it: 'E in altre {count} prove: {words}',
    en: 'And in {count} further pieces of evidence: {words}',
    de: 'Und in {count} weiteren Nachweisen: {words}',
    fr: 'Et dans {count} autres preuves : {words}',
  },
  'competences-more': {
    it: 'Altre {count} competenze richieste o vicine: {competences}',
    en: '{count} further competences asked for, or close to these: {competences}',
    de: '{count} weitere gesuchte oder verwandte Kompetenzen: {competences}',
    fr: '{count} autres compétences demandées, ou proches : {competences}',
  },
  'sector-same': {
    it: 'Stesso settore: {sector}',
    en: 'Same sector: {sector}',
    de: 'Gleiche Branche: {sector}',
    fr: 'Même secteur : {sector}',
  },
  'sector-near': {
    it: 'Settore vicino: {sector}',
    en: 'Sector nearby: {sector}',
    de: 'Verwandte Branche: {sector}',
    fr: 'Secteur proche : {sector}',
  },
  'sector-upstream': {
    it: 'Settore a monte nella filiera: {sector}',
    en: 'Sector upstream in the supply chain: {sector}',
    de: 'Vorgelagerte Branche in der Lieferkette: {sector}',
    fr: 'Secteur en amont dans la filière : {sector}',
  },
  'sector-downstream': {
    it: 'Settore a valle nella filiera: {sector}',
    en: 'Sector downstream in the supply chain: {sector}',
    de: 'Nachgelagerte Branche in der Lieferkette: {sector}',
    fr: 'Secteur en aval dans la filière : {sector}',
  },
  'territory-near': {
    it: 'Vicino: {territory}',
    en: 'Nearby: {territory}',
    de: 'In der Nähe: {territory}',
    fr: 'À proximité : {territory}',
  },
  'territory-served': {
    it: 'Opera nel territorio: {territory}',
    en: 'Works in the territory: {territory}',
    de: 'Im Gebiet tätig: {territory}',
    fr: 'Intervient sur le territoire : {territory}',
  },
  'territory-wished': {
    it: 'Nel luogo indicato: {territory}',
    en: 'In the place asked for: {territory}',
    de: 'Am gewünschten Ort: {territory}',
    fr: 'Dans le lieu souhaité : {territory}',
  },
  'cross-border': {
    it: 'Oltre confine, come preferito: {country}',
    en: 'Across the border, as preferred: {country}',
    de: 'Jenseits der Grenze, wie gewünscht: {country}',
    fr: 'De l’autre côté de la frontière, comme souhaité : {country}',
  },
  'same-country': {
    it: 'Stesso paese, come preferito: {country}',
    en: 'Same country, as preferred: {country}',
    de: 'Gleiches Land, wie gewünscht: {country}',
    fr: 'Même pays, comme souhaité : {country}',
  },
  'language-common': {
    it: 'Lingua in comune: {language}',
    en: 'Language in common: {language}',
    de: 'Gemeinsame Sprache: {language}',
    fr: 'Langue commune : {language}',
  },
  available: { it: 'Disponibile ora', en: 'Available now', de: 'Jetzt verfügbar', fr: 'Disponible maintenant' },
  'answers-reliably': {
    it: 'Risponde in tempo alle richieste',
    en: 'Answers requests in time',
    de: 'Beantwortet Anfragen rechtzeitig',
    fr: 'Répond à temps aux demandes',
  },
  'many-open-requests': {
    it: 'Ha già molte richieste aperte',
    en: 'Has many open requests already',
    de: 'Hat schon viele offene Anfragen',
    fr: 'A déjà beaucoup de demandes en cours',
  },
  away: {
    it: 'Assente fino al {until}',
    en: 'Away until {until}',
    de: 'Abwesend bis {until}',
    fr: 'Indisponible jusqu’au {until}',
  },
  'takes-no-requests': {
    it: 'Per ora non prende richieste',
    en: 'Takes no requests for now',
    de: 'Nimmt zurzeit keine Anfragen an',
    fr: 'Ne prend pas de demandes pour l’instant',
  },
};

/** The same reasons where what they would name is missing: no word in common, or a concept that is no longer in the imported taxonomy. */
export const UNNAMED_TEXTS: Record<string, Record<Lang, string>> = {
  'text-related': {
    it: 'Argomento affine{evidence}',
    en: 'Related subject{evidence}',
    de: 'Verwandtes Thema{evidence}',
    fr: 'Sujet apparenté{evidence}',
  },
  'text-more': {
    it: 'E in altre {count} prove qualcosa di simile',
    en: 'And something similar in {count} further pieces of evidence',
    de: 'Und Ähnliches in {count} weiteren Nachweisen',
    fr: 'Et quelque chose de semblable dans {count} autres preuves',
  },
};

/** Words that the evidence has in its own language only, after those in common. */
export const MEANT_TEXTS: Record<Lang, string> = {
  it: '; in un’altra lingua: ',
  en: '; in another language: ',
  de: '; in einer anderen Sprache: ',
  fr: ' ; dans une autre langue : ',
};

export const LEVEL_TEXTS: Record<string, Record<Lang, string>> = {
  basic: { it: 'livello base', en: 'basic level', de: 'Grundkenntnisse', fr: 'niveau de base' },
  advanced: { it: 'livello avanzato', en: 'advanced level', de: 'fortgeschritten', fr: 'niveau avancé' },
  expert: { it: 'livello esperto', en: 'expert level', de: 'Expertenniveau', fr: 'niveau expert' },
};

/** What a piece of evidence is called; with a title it follows in quotes. */
export const EVIDENCE_TEXTS: Record<string, Record<Lang, string>> = {
  competences: {
    it: 'competenza dichiarata',
    en: 'declared competence',
    de: 'angegebene Kompetenz',
    fr: 'compétence déclarée',
  },
  offers: {
    it: 'offerta dell’impresa',
    en: 'what the firm offers',
    de: 'Angebot der Firma',
    fr: 'offre de l’entreprise',
  },
  seeks: {
    it: 'ricerca dell’impresa',
    en: 'what the firm looks for',
    de: 'Gesuch der Firma',
    fr: 'recherche de l’entreprise',
  },
  profile: { it: 'profilo', en: 'profile', de: 'Profil', fr: 'profil' },
  need: { it: 'proposta', en: 'opportunity', de: 'Angebot/Gesuch', fr: 'proposition' },
  project: { it: 'progetto', en: 'project', de: 'Projekt', fr: 'projet' },
  publication: { it: 'pubblicazione', en: 'publication', de: 'Publikation', fr: 'publication' },
  patent: { it: 'brevetto', en: 'patent', de: 'Patent', fr: 'brevet' },
  certificate: { it: 'certificato', en: 'certificate', de: 'Zertifikat', fr: 'certificat' },
  work: { it: 'lavoro', en: 'work', de: 'Arbeit', fr: 'travail' },
  teaching: { it: 'insegnamento', en: 'teaching', de: 'Lehre', fr: 'enseignement' },
};
