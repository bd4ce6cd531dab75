import type { Lang } from '#libs/contracts';

interface NoticeWords {
  seeks(who: string, what: string): string;
  offers(who: string, what: string): string;
  found(count: number, what: string): string;
  why: string;
  whyLater: string;
  expires(what: string, until: string): string;
  alertHits(count: number, search: string): string;
  helpAnswered(what: string): string;
  addressRefused: { title: string; next: string };
  webhookDisabled: { title: string; next: string };
  next: {
    answerNeed: string;
    answerOffer: string;
    answerUnnamed: string;
    look: string;
    renew: string;
    alert: string;
    help: string;
  };
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
    expires: (what, until) => `La proposta «${what}» scade presto${until && ` (${until})`}`,
    alertHits: (count, search) =>
      `${count === 1 ? '1 nuovo risultato' : `${count} nuovi risultati`} per la ricerca «${search}»`,
    helpAnswered: (what) => `Il coordinamento ha risposto alla domanda su «${what}»`,
    addressRefused: {
      title: 'L’indirizzo e-mail del profilo non funziona',
      next: 'Il server di posta lo ha rifiutato, e nessun messaggio parte più. Che cosa fare ora: correggere l’indirizzo nel profilo; i messaggi riprendono da soli.',
    },
    webhookDisabled: {
      title: 'Un webhook è stato disattivato',
      next: 'L’indirizzo non risponde come dovrebbe, e non riceve più nulla. Che cosa fare ora: guardare gli ultimi invii, rimediare e riattivarlo.',
    },
    next: {
      answerNeed:
        'Che cosa fare ora: leggere la richiesta completa e il profilo dell’impresa. Se non è pertinente, basta metterla da parte.',
      answerOffer:
        'Che cosa fare ora: leggere l’offerta completa e il profilo dell’impresa. Se non interessa, basta metterla da parte.',
      answerUnnamed:
        'Che cosa fare ora: leggere il testo completo. Il nome dell’impresa si apre quando entrambe le parti accettano di parlarsi. Se non interessa, basta metterla da parte.',
      look: 'Che cosa fare ora: guardare chi può aiutare e perché, e mettere da parte chi non è adatto.',
      renew:
        'Che cosa fare ora: rinnovarla, se serve ancora. Senza rinnovo non sarà più pubblicata e le richieste aperte restano tali.',
      alert: 'Che cosa fare ora: guardare i nuovi risultati della ricerca. Ognuno viene annunciato una volta sola.',
      help: 'Che cosa fare ora: decidere. Domanda e risposta restano dove la domanda è stata fatta, e lì si può chiedere ancora.',
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
    expires: (what, until) => `The opportunity “${what}” ends soon${until && ` (${until})`}`,
    alertHits: (count, search) => `${count === 1 ? '1 new result' : `${count} new results`} for the search “${search}”`,
    helpAnswered: (what) => `A coordinator answered the question about “${what}”`,
    addressRefused: {
      title: 'The e-mail address of the profile does not work',
      next: 'The mail server refused it, and no message is sent any more. What next: correct the address in the profile; messages then begin again by themselves.',
    },
    webhookDisabled: {
      title: 'A webhook was switched off',
      next: 'Its address does not answer as it should, and receives nothing any more. What next: look at the last deliveries, mend it and enable it again.',
    },
    next: {
      answerNeed: 'What next: read the whole request and the firm’s profile. If it is not a fit, just set it aside.',
      answerOffer:
        'What next: read the whole offer and the firm’s profile. If it is of no interest, just set it aside.',
      answerUnnamed:
        'What next: read the whole text. The firm’s name opens when both sides agree to talk. If it is of no interest, just set it aside.',
      look: 'What next: see who can help and why, and set aside those who do not fit.',
      renew:
        'What next: renew it if it is still needed. Without that it is no longer published; requests that are open stay so.',
      alert: 'What next: look at the new results of the search. Each of them is announced once only.',
      help: 'What next: decide. Question and answer stay where the question was asked, and one can ask again there.',
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
    expires: (what, until) => `Das Angebot oder Gesuch «${what}» läuft bald ab${until && ` (${until})`}`,
    alertHits: (count, search) =>
      `${count === 1 ? '1 neues Ergebnis' : `${count} neue Ergebnisse`} zur Suche «${search}»`,
    helpAnswered: (what) => `Die Koordination hat die Frage zu «${what}» beantwortet`,
    addressRefused: {
      title: 'Die E-Mail-Adresse des Profils funktioniert nicht',
      next: 'Der Mailserver hat sie abgelehnt, und es geht keine Nachricht mehr hinaus. Nächster Schritt: die Adresse im Profil berichtigen; danach geht es von selbst weiter.',
    },
    webhookDisabled: {
      title: 'Ein Webhook wurde abgeschaltet',
      next: 'Seine Adresse antwortet nicht, wie sie soll, und erhält nichts mehr. Nächster Schritt: die letzten Zustellungen ansehen, den Fehler beheben und ihn wieder einschalten.',
    },
    next: {
      answerNeed:
        'Nächster Schritt: die vollständige Anfrage und das Profil der Firma lesen. Wenn es nicht passt, genügt es, sie beiseitezulegen.',
      answerOffer:
        'Nächster Schritt: das vollständige Angebot und das Profil der Firma lesen. Wenn es nicht interessiert, genügt es, es beiseitezulegen.',
      answerUnnamed:
        'Nächster Schritt: den vollständigen Text lesen. Der Name der Firma öffnet sich, wenn beide Seiten einem Gespräch zustimmen. Wenn es nicht interessiert, genügt es, es beiseitezulegen.',
      look: 'Nächster Schritt: ansehen, wer helfen kann und warum, und beiseitelegen, wer nicht passt.',
      renew:
        'Nächster Schritt: verlängern, falls es noch gebraucht wird. Sonst ist es nicht mehr veröffentlicht; offene Anfragen bleiben offen.',
      alert: 'Nächster Schritt: die neuen Ergebnisse der Suche ansehen. Jedes wird nur einmal angekündigt.',
      help: 'Nächster Schritt: entscheiden. Frage und Antwort bleiben dort, wo die Frage gestellt wurde; dort lässt sich auch weiterfragen.',
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
    expires: (what, until) => `La proposition « ${what} » expire bientôt${until && ` (${until})`}`,
    alertHits: (count, search) =>
      `${count === 1 ? '1 nouveau résultat' : `${count} nouveaux résultats`} pour la recherche « ${search} »`,
    helpAnswered: (what) => `La coordination a répondu à la question sur « ${what} »`,
    addressRefused: {
      title: 'L’adresse e-mail du profil ne fonctionne pas',
      next: 'Le serveur de messagerie l’a refusée, et aucun message ne part plus. Et maintenant : corriger l’adresse dans le profil ; les messages reprennent d’eux-mêmes.',
    },
    webhookDisabled: {
      title: 'Un webhook a été désactivé',
      next: 'Son adresse ne répond pas comme elle devrait et ne reçoit plus rien. Et maintenant : regarder les derniers envois, corriger et le réactiver.',
    },
    next: {
      answerNeed:
        'Et maintenant : lire la demande complète et le profil de l’entreprise. Si elle ne convient pas, il suffit de l’écarter.',
      answerOffer:
        'Et maintenant : lire l’offre complète et le profil de l’entreprise. Si elle n’intéresse pas, il suffit de l’écarter.',
      answerUnnamed:
        'Et maintenant : lire le texte complet. Le nom de l’entreprise s’ouvre quand les deux parties acceptent de se parler. Si elle n’intéresse pas, il suffit de l’écarter.',
      look: 'Et maintenant : voir qui peut aider et pourquoi, et écarter ceux qui ne conviennent pas.',
      renew:
        'Et maintenant : la renouveler si elle sert encore. Sinon elle ne sera plus publiée ; les demandes ouvertes le restent.',
      alert: 'Et maintenant : regarder les nouveaux résultats de la recherche. Chacun n’est annoncé qu’une fois.',
      help: 'Et maintenant : décider. La question et la réponse restent là où la question a été posée, et l’on peut y demander encore.',
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
