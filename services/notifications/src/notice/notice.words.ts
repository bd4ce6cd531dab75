import type { Lang } from '#libs/contracts';

interface NoticeWords {
  seeks(who: string, what: string): string;
  offers(who: string, what: string): string;
  found(count: number, what: string): string;
  why: string;
  whyLater: string;
  next: { answerNeed: string; answerOffer: string; look: string };
  gone: { title: string; next: string };
  away: { title: string; next: string };
}

/** The words of notices. They avoid forms of address that would differ between a firm and a person. */
export const NOTICE_WORDS: Record<Lang, NoticeWords> = {
  it: {
    seeks: (who, what) => `${who} cerca: ${what}`,
    offers: (who, what) => `${who} offre: ${what}`,
    found: (count, what) => `${count === 1 ? '1 suggerimento' : `${count} suggerimenti`} per «${what}»`,
    why: 'Perché questo profilo:',
    whyLater: 'I motivi non sono disponibili in questo momento; si vedranno riaprendo l’avviso.',
    next: {
      answerNeed:
        'Che cosa fare ora: leggere la richiesta completa e il profilo dell’impresa. Se non è pertinente, basta metterla da parte.',
      answerOffer:
        'Che cosa fare ora: leggere l’offerta completa e il profilo dell’impresa. Se non interessa, basta metterla da parte.',
      look: 'Che cosa fare ora: guardare chi può aiutare e perché, e mettere da parte chi non è adatto.',
    },
    gone: {
      title: 'Una proposta che non è più disponibile',
      next: 'La proposta di questo avviso non è più pubblicata. Non c’è nulla da fare.',
    },
    away: {
      title: 'C’è una novità su una proposta',
      next: 'I dettagli non sono disponibili in questo momento: riaprire l’avviso tra poco.',
    },
  },
  en: {
    seeks: (who, what) => `${who} is looking for: ${what}`,
    offers: (who, what) => `${who} offers: ${what}`,
    found: (count, what) => `${count === 1 ? '1 suggestion' : `${count} suggestions`} for “${what}”`,
    why: 'Why this profile:',
    whyLater: 'The reasons cannot be shown at the moment; open the notice again a little later.',
    next: {
      answerNeed: 'What next: read the whole request and the firm’s profile. If it is not a fit, just set it aside.',
      answerOffer:
        'What next: read the whole offer and the firm’s profile. If it is of no interest, just set it aside.',
      look: 'What next: see who can help and why, and set aside those who do not fit.',
    },
    gone: {
      title: 'An opportunity that is no longer available',
      next: 'The opportunity of this notice is no longer published. There is nothing to do.',
    },
    away: {
      title: 'There is news about an opportunity',
      next: 'The details cannot be shown at the moment: open the notice again a little later.',
    },
  },
  de: {
    seeks: (who, what) => `${who} sucht: ${what}`,
    offers: (who, what) => `${who} bietet an: ${what}`,
    found: (count, what) => `${count === 1 ? '1 Vorschlag' : `${count} Vorschläge`} für «${what}»`,
    why: 'Warum dieses Profil:',
    whyLater: 'Die Gründe lassen sich im Moment nicht anzeigen; bitte die Mitteilung etwas später erneut öffnen.',
    next: {
      answerNeed:
        'Nächster Schritt: die vollständige Anfrage und das Profil der Firma lesen. Wenn es nicht passt, genügt es, sie beiseitezulegen.',
      answerOffer:
        'Nächster Schritt: das vollständige Angebot und das Profil der Firma lesen. Wenn es nicht interessiert, genügt es, es beiseitezulegen.',
      look: 'Nächster Schritt: ansehen, wer helfen kann und warum, und beiseitelegen, wer nicht passt.',
    },
    gone: {
      title: 'Ein Kooperationsangebot, das nicht mehr verfügbar ist',
      next: 'Was diese Mitteilung betraf, ist nicht mehr veröffentlicht. Es ist nichts zu tun.',
    },
    away: {
      title: 'Es gibt Neues zu einer Kooperation',
      next: 'Die Einzelheiten lassen sich im Moment nicht anzeigen: bitte die Mitteilung etwas später erneut öffnen.',
    },
  },
  fr: {
    seeks: (who, what) => `${who} recherche : ${what}`,
    offers: (who, what) => `${who} propose : ${what}`,
    found: (count, what) => `${count === 1 ? '1 suggestion' : `${count} suggestions`} pour « ${what} »`,
    why: 'Pourquoi ce profil :',
    whyLater: 'Les raisons ne peuvent pas être affichées pour le moment ; rouvrir l’avis un peu plus tard.',
    next: {
      answerNeed:
        'Et maintenant : lire la demande complète et le profil de l’entreprise. Si elle ne convient pas, il suffit de l’écarter.',
      answerOffer:
        'Et maintenant : lire l’offre complète et le profil de l’entreprise. Si elle n’intéresse pas, il suffit de l’écarter.',
      look: 'Et maintenant : voir qui peut aider et pourquoi, et écarter ceux qui ne conviennent pas.',
    },
    gone: {
      title: 'Une proposition qui n’est plus disponible',
      next: 'La proposition de cet avis n’est plus publiée. Il n’y a rien à faire.',
    },
    away: {
      title: 'Du nouveau au sujet d’une proposition',
      next: 'Les détails ne peuvent pas être affichés pour le moment : rouvrir l’avis un peu plus tard.',
    },
  },
};
