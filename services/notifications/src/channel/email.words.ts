import type { Lang } from '#libs/contracts';

interface EmailWords {
  greeting(name: string): string;
  labels: { opportunity: string; suggestions: string; interest: string; alert: string; webhook: string };
  /** There are no web pages yet, and a mail must not pretend that there are. `docs` is an address. */
  linkNote(docs: string): string;
  digest: { subject(count: number, first: string): string; title(count: number): string; intro: string };
  /** The way out: a page on which mails of this kind, or those for one reason, are switched off. */
  off: string;
  offOrMute: string;
  preferences(address: string): string;
}

/** What a mail says around its notices. */
export const EMAIL_WORDS: Record<Lang, EmailWords> = {
  it: {
    greeting: (name) => `Gentile ${name},`,
    labels: {
      opportunity: 'La proposta completa',
      suggestions: 'I suggerimenti',
      interest: 'La richiesta',
      alert: 'La ricerca salvata',
      webhook: 'Il webhook',
    },
    linkNote: (docs) =>
      `Gli indirizzi sono quelli dell’API di Ceresio, che chiede il token di accesso: si aprono con il portale o il programma in uso (documentazione): ${docs}`,
    digest: {
      subject: (count, first) => (count === 1 ? first : `${count} avvisi – ${first}`),
      title: (count) => (count === 1 ? 'Un avviso da Ceresio' : `${count} avvisi da Ceresio`),
      intro: 'Ecco, in un solo messaggio, quello che si è raccolto.',
    },
    off: 'Niente più messaggi di questo tipo:',
    offOrMute: 'Niente più messaggi di questo tipo, o non per questa competenza:',
    preferences: (address) => `Quando e come arrivano gli avvisi si sceglie nelle preferenze: ${address}`,
  },
  en: {
    greeting: (name) => `Dear ${name},`,
    labels: {
      opportunity: 'The whole opportunity',
      suggestions: 'The suggestions',
      interest: 'The request',
      alert: 'The saved search',
      webhook: 'The webhook',
    },
    linkNote: (docs) =>
      `The addresses belong to Ceresio’s API and ask for your access token: open them with the portal or program you use (documentation): ${docs}`,
    digest: {
      subject: (count, first) => (count === 1 ? first : `${count} notices – ${first}`),
      title: (count) => (count === 1 ? 'A notice from Ceresio' : `${count} notices from Ceresio`),
      intro: 'Here is what has gathered, in one message.',
    },
    off: 'No more messages of this kind:',
    offOrMute: 'No more messages of this kind, or not for this competence:',
    preferences: (address) => `When and how notices reach you is your choice, in the preferences: ${address}`,
  },
  de: {
    greeting: (name) => `Guten Tag ${name}`,
    labels: {
      opportunity: 'Zum vollständigen Text',
      suggestions: 'Zu den Vorschlägen',
      interest: 'Zur Anfrage',
      alert: 'Zur gespeicherten Suche',
      webhook: 'Zum Webhook',
    },
    linkNote: (docs) =>
      `Die Adressen gehören zur API von Ceresio und verlangen das Zugangstoken: Sie lassen sich mit dem Portal oder Programm öffnen, das Sie verwenden (Dokumentation): ${docs}`,
    digest: {
      subject: (count, first) => (count === 1 ? first : `${count} Mitteilungen – ${first}`),
      title: (count) => (count === 1 ? 'Eine Mitteilung von Ceresio' : `${count} Mitteilungen von Ceresio`),
      intro: 'Hier ist, was sich angesammelt hat, in einer Nachricht.',
    },
    off: 'Keine solchen Nachrichten mehr:',
    offOrMute: 'Keine solchen Nachrichten mehr, oder nicht zu dieser Kompetenz:',
    preferences: (address) => `Wann und wie Mitteilungen Sie erreichen, bestimmen Sie in den Einstellungen: ${address}`,
  },
  fr: {
    greeting: (name) => `Bonjour ${name},`,
    labels: {
      opportunity: 'La proposition complète',
      suggestions: 'Les suggestions',
      interest: 'La demande',
      alert: 'La recherche enregistrée',
      webhook: 'Le webhook',
    },
    linkNote: (docs) =>
      `Les adresses sont celles de l’API de Ceresio, qui demande votre jeton d’accès : ouvrez-les avec le portail ou le programme que vous utilisez (documentation) : ${docs}`,
    digest: {
      subject: (count, first) => (count === 1 ? first : `${count} avis – ${first}`),
      title: (count) => (count === 1 ? 'Un avis de Ceresio' : `${count} avis de Ceresio`),
      intro: 'Voici, en un seul message, ce qui s’est rassemblé.',
    },
    off: 'Plus de messages de ce type :',
    offOrMute: 'Plus de messages de ce type, ou pas pour cette compétence :',
    preferences: (address) => `Quand et comment les avis vous parviennent se choisit dans les préférences : ${address}`,
  },
};
