import { createHash } from 'node:crypto';
import type { Lang, NoticeKind, Unsubscription } from '#libs/contracts';

interface Words {
  title: string;
  question: string;
  /** Names of kinds stand in a list below. */
  kinds: Record<NoticeKind, string>;
  off: string;
  mute(competence: string): string;
  done: string;
  muted(competence: string): string;
  note: string;
  unknown: string;
}

const WORDS: Record<Lang, Words> = {
  it: {
    title: 'Messaggi di Ceresio',
    question: 'Smettere di ricevere per e-mail questi avvisi?',
    kinds: {
      suggested: 'suggerimenti: qualcuno cerca o offre qualcosa che corrisponde al profilo',
      'suggestions-ready': 'suggerimenti trovati per una propria proposta',
      'interest-received': 'richieste di contatto',
      'interest-answered': 'risposte alle proprie richieste',
      'contact-open': 'contatti aperti',
      'interest-reminder': 'promemoria di richieste senza risposta',
      'interest-expired': 'richieste scadute',
      'interest-withdrawn': 'contatti chiusi',
      'help-answered': 'risposte del coordinamento',
      'alert-hit': 'ricerche salvate',
      'opportunity-expiring': 'proposte in scadenza',
      'address-refused': 'indirizzi e-mail che non funzionano',
      'webhook-disabled': 'webhook disattivati',
    },
    off: 'Niente più e-mail di questo tipo',
    mute: (competence) => `Niente più avvisi per la competenza «${competence}»`,
    done: 'Fatto: questi avvisi non arrivano più per e-mail.',
    muted: (competence) => `Fatto: niente più avvisi per la competenza «${competence}».`,
    note: 'Gli avvisi restano nella casella di Ceresio. Si può cambiare idea nelle preferenze.',
    unknown: 'Questo indirizzo non è valido, o è troppo vecchio.',
  },
  en: {
    title: 'Messages from Ceresio',
    question: 'Stop receiving these notices by e-mail?',
    kinds: {
      suggested: 'suggestions: somebody seeks or offers what fits your profile',
      'suggestions-ready': 'suggestions found for an opportunity of your own',
      'interest-received': 'requests for contact',
      'interest-answered': 'answers to your requests',
      'contact-open': 'contacts that were opened',
      'interest-reminder': 'reminders of requests without an answer',
      'interest-expired': 'requests that have expired',
      'interest-withdrawn': 'contacts that were closed',
      'help-answered': 'answers of the coordinators',
      'alert-hit': 'saved searches',
      'opportunity-expiring': 'opportunities that end soon',
      'address-refused': 'e-mail addresses that do not work',
      'webhook-disabled': 'webhooks that were switched off',
    },
    off: 'No more e-mails of this kind',
    mute: (competence) => `No more notices for the competence “${competence}”`,
    done: 'Done: these notices no longer come by e-mail.',
    muted: (competence) => `Done: no more notices for the competence “${competence}”.`,
    note: 'The notices stay in your Ceresio inbox. You can change your mind in the preferences.',
    unknown: 'This address is not valid, or too old.',
  },
  de: {
    title: 'Nachrichten von Ceresio',
    question: 'Diese Mitteilungen nicht mehr per E-Mail erhalten?',
    kinds: {
      suggested: 'Vorschläge: Jemand sucht oder bietet, was zum Profil passt',
      'suggestions-ready': 'Vorschläge zu einem eigenen Angebot oder Gesuch',
      'interest-received': 'Kontaktanfragen',
      'interest-answered': 'Antworten auf eigene Anfragen',
      'contact-open': 'geöffnete Kontakte',
      'interest-reminder': 'Erinnerungen an Anfragen ohne Antwort',
      'interest-expired': 'abgelaufene Anfragen',
      'interest-withdrawn': 'geschlossene Kontakte',
      'help-answered': 'Antworten der Koordination',
      'alert-hit': 'gespeicherte Suchen',
      'opportunity-expiring': 'Angebote und Gesuche, die bald ablaufen',
      'address-refused': 'E-Mail-Adressen, die nicht funktionieren',
      'webhook-disabled': 'abgeschaltete Webhooks',
    },
    off: 'Keine solchen E-Mails mehr',
    mute: (competence) => `Keine Mitteilungen mehr zur Kompetenz «${competence}»`,
    done: 'Erledigt: Diese Mitteilungen kommen nicht mehr per E-Mail.',
    muted: (competence) => `Erledigt: keine Mitteilungen mehr zur Kompetenz «${competence}».`,
    note: 'Die Mitteilungen bleiben im Posteingang von Ceresio. In den Einstellungen lässt sich das wieder ändern.',
    unknown: 'Diese Adresse ist ungültig oder zu alt.',
  },
  fr: {
    title: 'Messages de Ceresio',
    question: 'Ne plus recevoir ces avis par e-mail ?',
    kinds: {
      suggested: 'suggestions : quelqu’un cherche ou propose ce qui correspond au profil',
      'suggestions-ready': 'suggestions trouvées pour une de vos propositions',
      'interest-received': 'demandes de contact',
      'interest-answered': 'réponses à vos demandes',
      'contact-open': 'contacts ouverts',
      'interest-reminder': 'rappels de demandes sans réponse',
      'interest-expired': 'demandes expirées',
      'interest-withdrawn': 'contacts fermés',
      'help-answered': 'réponses de la coordination',
      'alert-hit': 'recherches enregistrées',
      'opportunity-expiring': 'propositions qui expirent bientôt',
      'address-refused': 'adresses e-mail qui ne fonctionnent pas',
      'webhook-disabled': 'webhooks désactivés',
    },
    off: 'Plus d’e-mails de ce type',
    mute: (competence) => `Plus d’avis pour la compétence « ${competence} »`,
    done: 'C’est fait : ces avis n’arrivent plus par e-mail.',
    muted: (competence) => `C’est fait : plus d’avis pour la compétence « ${competence} ».`,
    note: 'Les avis restent dans la boîte de Ceresio. On peut changer d’avis dans les préférences.',
    unknown: 'Cette adresse n’est pas valable, ou trop ancienne.',
  },
};

const STYLE = `body{font:16px/1.5 Helvetica,Arial,sans-serif;color:#1d2733;background:#eef2f4;margin:0;padding:16px}main{background:#fff;max-width:552px;margin:16px auto;padding:24px}h1{font-size:20px;line-height:1.35;margin:0 0 16px}ul{padding-left:20px}button{font:inherit;color:#fff;background:#0b5c6b;border:0;border-radius:4px;padding:12px 20px;margin:0 0 12px;cursor:pointer;text-align:left;max-width:100%}button.second{color:#0b5c6b;background:#fff;border:1px solid #0b5c6b}button:focus-visible{outline:3px solid #1d2733;outline-offset:2px}p.note{color:#445360;font-size:14px;margin-bottom:0}`;

/** Nothing but this page's own style, and forms that lead back here. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`;

/** The page that asks, with a button for each way out. Opening it changes nothing. */
export function askPage({ lang, kinds, competence, done }: Unsubscription): string {
  const words = WORDS[lang];
  if (done && !competence) return page(lang, [p(words.done), note(words.note)]);
  const list = kinds.map((kind) => `<li>${escapeHtml(words.kinds[kind])}</li>`).join('');
  return page(lang, [
    p(words.question),
    `<ul>${list}</ul>`,
    done ? p(words.done) : button(words.off, 'mails', ''),
    competence ? button(words.mute(competence), 'mute', ' class="second"') : '',
    note(words.note),
  ]);
}

/** The page after it was done. */
export function donePage({ lang, competence }: Unsubscription, act: 'mails' | 'mute'): string {
  const words = WORDS[lang];
  return page(lang, [p(act === 'mute' && competence ? words.muted(competence) : words.done), note(words.note)]);
}

export function unknownPage(lang: Lang): string {
  return page(lang, [p(WORDS[lang].unknown)]);
}

function page(lang: Lang, content: string[]): string {
  const { title } = WORDS[lang];
  return `<!doctype html>
<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${content.join('')}</main></body>
</html>
`;
}

const p = (text: string): string => `<p>${escapeHtml(text)}</p>`;
const note = (text: string): string => `<p class="note">${escapeHtml(text)}</p>`;

function button(label: string, act: string, attributes: string): string {
  return `<form method="post"><input type="hidden" name="act" value="${act}"><button${attributes}>${escapeHtml(label)}</button></form>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}
