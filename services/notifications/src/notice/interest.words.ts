import type { DeclineReason, Lang } from '#libs/contracts';

interface InterestWords {
  received(who: string, what: string): string;
  halfTime(who: string, what: string): string;
  dayBefore(who: string, what: string): string;
  accepted(who: string, what: string): string;
  declined(who: string, what: string): string;
  contactOpen(who: string, what: string): string;
  expiredForAsker(who: string, what: string): string;
  expiredForAsked(who: string, what: string): string;
  withdrawn(who: string, what: string): string;
  /** A side whose name stays hidden until both have accepted. `where` is a country. */
  hidden(where: string): string;
  /** A side whose name cannot be found out. */
  somebody: string;
  /** What the other side wrote. */
  note(text: string): string;
  reason(reason: string): string;
  reasons: Record<DeclineReason, string>;
  next: {
    answer(until: string): string;
    settled: string;
    contact: string;
    declined: string;
    expiredForAsker: string;
    expiredForAsked: string;
    withdrawn: string;
    nextBest: string;
  };
}

/** What notices about expressions of interest say. Names stand where no grammar bends them: a firm that stays unnamed is a phrase. */
export const INTEREST_WORDS: Record<Lang, InterestWords> = {
  it: {
    received: (who, what) => `${who} vorrebbe parlare di «${what}»`,
    halfTime: (who, what) => `${who} aspetta ancora una risposta su «${what}»`,
    dayBefore: (who, what) => `Ultimo giorno: ${who} aspetta una risposta su «${what}»`,
    accepted: (who, what) => `${who} ha accettato: «${what}»`,
    declined: (who, what) => `${who} ha detto di no: «${what}»`,
    contactOpen: (who, what) => `Il contatto è aperto: ${who} – «${what}»`,
    expiredForAsker: (who, what) => `${who} non ha risposto in tempo: «${what}»`,
    expiredForAsked: (who, what) => `Il termine è passato: ${who} non ha avuto risposta su «${what}»`,
    withdrawn: (who, what) => `Il contatto è stato chiuso: ${who} – «${what}»`,
    hidden: (where) => `un’impresa anonima della regione (${where})`,
    somebody: 'qualcuno',
    note: (text) => `Messaggio: «${text}»`,
    reason: (reason) => `Motivo: ${reason}.`,
    reasons: {
      'not-my-field': 'non è il suo campo',
      'no-capacity': 'al momento non ha disponibilità',
      'conflict-of-interest': 'c’è un conflitto di interessi',
      'too-early': 'è troppo presto',
      'unclear-description': 'la descrizione non è chiara',
      'wrong-territory-or-language': 'territorio o lingua non adatti',
      'commercial-terms': 'le condizioni commerciali non vanno bene',
      other: 'altro',
    },
    next: {
      answer: (until) =>
        `Che cosa fare ora: accettare o rifiutare (ultimo giorno: ${until}). Anche un no aiuta: chi aspetta può rivolgersi ad altri.`,
      settled: 'La richiesta non è più aperta. Non c’è nulla da fare.',
      contact: 'Che cosa fare ora: aprire la richiesta, dove si trovano i recapiti, e fissare un primo colloquio.',
      declined: 'Non c’è altro da fare per questa richiesta.',
      expiredForAsker: 'La richiesta è chiusa.',
      expiredForAsked:
        'La richiesta è chiusa. Se l’interesse c’è ancora, si può rispondere alla proposta finché è pubblicata.',
      withdrawn: 'I recapiti non sono più visibili. Non c’è nulla da fare.',
      nextBest: 'Che cosa fare ora: chiedere al prossimo suggerimento, già pronto: basta una richiesta.',
    },
  },
  en: {
    received: (who, what) => `${who} would like to talk about “${what}”`,
    halfTime: (who, what) => `${who} is still waiting for an answer about “${what}”`,
    dayBefore: (who, what) => `Last day: ${who} is waiting for an answer about “${what}”`,
    accepted: (who, what) => `${who} has accepted: “${what}”`,
    declined: (who, what) => `${who} has said no: “${what}”`,
    contactOpen: (who, what) => `The contact is open: ${who} – “${what}”`,
    expiredForAsker: (who, what) => `${who} has not answered in time: “${what}”`,
    expiredForAsked: (who, what) => `Time is up: ${who} got no answer about “${what}”`,
    withdrawn: (who, what) => `The contact has been closed: ${who} – “${what}”`,
    hidden: (where) => `an anonymous firm of the region (${where})`,
    somebody: 'somebody',
    note: (text) => `Message: “${text}”`,
    reason: (reason) => `Reason: ${reason}.`,
    reasons: {
      'not-my-field': 'it is not their field',
      'no-capacity': 'they have no capacity at the moment',
      'conflict-of-interest': 'there is a conflict of interest',
      'too-early': 'it is too early',
      'unclear-description': 'the description is not clear',
      'wrong-territory-or-language': 'territory or language do not fit',
      'commercial-terms': 'the commercial terms do not fit',
      other: 'other',
    },
    next: {
      answer: (until) =>
        `What next: accept or decline by ${until}. A no helps too: whoever is waiting can turn to others.`,
      settled: 'The request is no longer open. There is nothing to do.',
      contact: 'What next: open the request, where the contact details are, and arrange a first talk.',
      declined: 'There is nothing else to do for this request.',
      expiredForAsker: 'The request is closed.',
      expiredForAsked:
        'The request is closed. If there is still interest, the opportunity can be answered while it is published.',
      withdrawn: 'The contact details can no longer be seen. There is nothing to do.',
      nextBest: 'What next: ask the next suggestion, which is ready: one request is enough.',
    },
  },
  de: {
    received: (who, what) => `${who} möchte sprechen über «${what}»`,
    halfTime: (who, what) => `${who} wartet noch auf eine Antwort zu «${what}»`,
    dayBefore: (who, what) => `Letzter Tag: ${who} wartet auf eine Antwort zu «${what}»`,
    accepted: (who, what) => `${who} hat zugesagt: «${what}»`,
    declined: (who, what) => `${who} hat abgesagt: «${what}»`,
    contactOpen: (who, what) => `Der Kontakt ist offen: ${who} – «${what}»`,
    expiredForAsker: (who, what) => `${who} hat nicht rechtzeitig geantwortet: «${what}»`,
    expiredForAsked: (who, what) => `Die Frist ist vorbei: ${who} hat keine Antwort erhalten zu «${what}»`,
    withdrawn: (who, what) => `Der Kontakt wurde geschlossen: ${who} – «${what}»`,
    hidden: (where) => `eine ungenannte Firma der Region (${where})`,
    somebody: 'jemand',
    note: (text) => `Nachricht: «${text}»`,
    reason: (reason) => `Grund: ${reason}.`,
    reasons: {
      'not-my-field': 'nicht das eigene Fachgebiet',
      'no-capacity': 'im Moment keine Kapazität',
      'conflict-of-interest': 'ein Interessenkonflikt',
      'too-early': 'es ist zu früh',
      'unclear-description': 'die Beschreibung ist nicht klar',
      'wrong-territory-or-language': 'Gebiet oder Sprache passen nicht',
      'commercial-terms': 'die geschäftlichen Bedingungen passen nicht',
      other: 'anderes',
    },
    next: {
      answer: (until) =>
        `Nächster Schritt: bis zum ${until} zusagen oder absagen. Auch eine Absage hilft: Wer wartet, kann sich an andere wenden.`,
      settled: 'Die Anfrage ist nicht mehr offen. Es ist nichts zu tun.',
      contact:
        'Nächster Schritt: die Anfrage öffnen, dort stehen die Kontaktdaten, und ein erstes Gespräch vereinbaren.',
      declined: 'Für diese Anfrage ist nichts weiter zu tun.',
      expiredForAsker: 'Die Anfrage ist geschlossen.',
      expiredForAsked:
        'Die Anfrage ist geschlossen. Besteht weiterhin Interesse, lässt sich auf das Angebot antworten, solange es veröffentlicht ist.',
      withdrawn: 'Die Kontaktdaten sind nicht mehr sichtbar. Es ist nichts zu tun.',
      nextBest: 'Nächster Schritt: den nächsten Vorschlag anfragen, er steht bereit; eine Anfrage genügt.',
    },
  },
  fr: {
    received: (who, what) => `${who} souhaite parler de « ${what} »`,
    halfTime: (who, what) => `${who} attend encore une réponse sur « ${what} »`,
    dayBefore: (who, what) => `Dernier jour : ${who} attend une réponse sur « ${what} »`,
    accepted: (who, what) => `${who} a accepté : « ${what} »`,
    declined: (who, what) => `${who} a répondu non : « ${what} »`,
    contactOpen: (who, what) => `Le contact est ouvert : ${who} – « ${what} »`,
    expiredForAsker: (who, what) => `${who} n’a pas répondu à temps : « ${what} »`,
    expiredForAsked: (who, what) => `Le délai est passé : ${who} n’a pas eu de réponse sur « ${what} »`,
    withdrawn: (who, what) => `Le contact a été fermé : ${who} – « ${what} »`,
    hidden: (where) => `une entreprise anonyme de la région (${where})`,
    somebody: 'quelqu’un',
    note: (text) => `Message : « ${text} »`,
    reason: (reason) => `Raison : ${reason}.`,
    reasons: {
      'not-my-field': 'ce n’est pas son domaine',
      'no-capacity': 'pas de disponibilité en ce moment',
      'conflict-of-interest': 'il y a un conflit d’intérêts',
      'too-early': 'c’est trop tôt',
      'unclear-description': 'la description n’est pas claire',
      'wrong-territory-or-language': 'le territoire ou la langue ne conviennent pas',
      'commercial-terms': 'les conditions commerciales ne conviennent pas',
      other: 'autre',
    },
    next: {
      answer: (until) =>
        `Et maintenant : accepter ou refuser (dernier jour : ${until}). Un non aide aussi : qui attend peut s’adresser à d’autres.`,
      settled: 'La demande n’est plus ouverte. Il n’y a rien à faire.',
      contact: 'Et maintenant : ouvrir la demande, où se trouvent les coordonnées, et convenir d’un premier entretien.',
      declined: 'Il n’y a rien d’autre à faire pour cette demande.',
      expiredForAsker: 'La demande est close.',
      expiredForAsked:
        'La demande est close. Si l’intérêt demeure, on peut répondre à la proposition tant qu’elle est publiée.',
      withdrawn: 'Les coordonnées ne sont plus visibles. Il n’y a rien à faire.',
      nextBest: 'Et maintenant : demander à la suggestion suivante, déjà prête ; une seule demande suffit.',
    },
  },
};
