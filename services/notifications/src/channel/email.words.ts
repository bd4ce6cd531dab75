import type { Lang } from '#libs/contracts';

interface EmailWords {
  greeting(name: string): string;
  openLabel: string;
  suggestionsLabel: string;
  /** There are no web pages yet, and a mail must not pretend that there are. `docs` is an address. */
  linkNote(docs: string): string;
  footerSuggested: string;
  footerOwner: string;
}

/** What a mail says around its notice. */
export const EMAIL_WORDS: Record<Lang, EmailWords> = {
  it: {
    greeting: (name) => `Gentile ${name},`,
    openLabel: 'La proposta completa',
    suggestionsLabel: 'I suggerimenti',
    linkNote: (docs) =>
      `L’indirizzo è quello dell’API di Ceresio, che chiede il token di accesso: si apre con il portale o il programma in uso. Documentazione: ${docs}`,
    footerSuggested:
      'Questo messaggio arriva perché il profilo è pubblicato su Ceresio e corrisponde a questa proposta.',
    footerOwner: 'Questo messaggio arriva perché l’impresa ha pubblicato questa proposta su Ceresio.',
  },
  en: {
    greeting: (name) => `Dear ${name},`,
    openLabel: 'The whole opportunity',
    suggestionsLabel: 'The suggestions',
    linkNote: (docs) =>
      `The address belongs to Ceresio’s API and asks for your access token: open it with the portal or program you use. Documentation: ${docs}`,
    footerSuggested: 'You get this message because your profile is published on Ceresio and fits this opportunity.',
    footerOwner: 'You get this message because your firm published this opportunity on Ceresio.',
  },
  de: {
    greeting: (name) => `Guten Tag ${name}`,
    openLabel: 'Zum vollständigen Text',
    suggestionsLabel: 'Zu den Vorschlägen',
    linkNote: (docs) =>
      `Die Adresse gehört zur API von Ceresio und verlangt das Zugangstoken: Sie lässt sich mit dem Portal oder Programm öffnen, das Sie verwenden. Dokumentation: ${docs}`,
    footerSuggested: 'Sie erhalten diese Nachricht, weil Ihr Profil auf Ceresio veröffentlicht ist und hierzu passt.',
    footerOwner: 'Sie erhalten diese Nachricht, weil Ihre Firma dies auf Ceresio veröffentlicht hat.',
  },
  fr: {
    greeting: (name) => `Bonjour ${name},`,
    openLabel: 'La proposition complète',
    suggestionsLabel: 'Les suggestions',
    linkNote: (docs) =>
      `L’adresse est celle de l’API de Ceresio, qui demande votre jeton d’accès : ouvrez-la avec le portail ou le programme que vous utilisez. Documentation : ${docs}`,
    footerSuggested:
      'Vous recevez ce message parce que votre profil est publié sur Ceresio et correspond à cette proposition.',
    footerOwner: 'Vous recevez ce message parce que votre entreprise a publié cette proposition sur Ceresio.',
  },
};
