import type { Because, Lang } from '#libs/contracts';

type Words = Record<Exclude<Because['code'], 'competence' | 'alert'>, string> & {
  competence(name: string): string;
  alert(name: string): string;
};

/** Why somebody is told. */
export const BECAUSE_WORDS: Record<Lang, Words> = {
  it: {
    competence: (name) => `Questo avviso arriva perché il profilo ha la competenza «${name}».`,
    match: 'Questo avviso arriva perché il profilo corrisponde a questa proposta.',
    owner: 'Questo avviso arriva perché la proposta è dell’impresa.',
    asked: 'Questo avviso arriva perché la richiesta è rivolta a questo profilo.',
    asker: 'Questo avviso arriva perché la richiesta è partita da questo profilo.',
    side: 'Questo avviso arriva perché questo profilo è una delle due parti.',
    alert: (name) => `Questo avviso arriva per la ricerca salvata «${name}».`,
    channel: 'Questo avviso arriva perché riguarda il modo in cui gli avvisi raggiungono questo profilo.',
  },
  en: {
    competence: (name) => `You get this because your competence “${name}” matches.`,
    match: 'You get this because your profile fits this opportunity.',
    owner: 'You get this because your firm published this opportunity.',
    asked: 'You get this because the request is addressed to you.',
    asker: 'You get this because you sent the request.',
    side: 'You get this because you are one of the two sides.',
    alert: (name) => `You get this because of your saved search “${name}”.`,
    channel: 'You get this because it is about how notices reach you.',
  },
  de: {
    competence: (name) => `Sie erhalten dies, weil Ihre Kompetenz «${name}» passt.`,
    match: 'Sie erhalten dies, weil Ihr Profil hierzu passt.',
    owner: 'Sie erhalten dies, weil Ihre Firma dies veröffentlicht hat.',
    asked: 'Sie erhalten dies, weil sich die Anfrage an Sie richtet.',
    asker: 'Sie erhalten dies, weil die Anfrage von Ihnen kam.',
    side: 'Sie erhalten dies, weil Sie eine der beiden Seiten sind.',
    alert: (name) => `Sie erhalten dies wegen Ihrer gespeicherten Suche «${name}».`,
    channel: 'Sie erhalten dies, weil es darum geht, wie Mitteilungen Sie erreichen.',
  },
  fr: {
    competence: (name) => `Vous recevez cet avis parce que votre compétence « ${name} » correspond.`,
    match: 'Vous recevez cet avis parce que votre profil correspond à cette proposition.',
    owner: 'Vous recevez cet avis parce que votre entreprise a publié cette proposition.',
    asked: 'Vous recevez cet avis parce que la demande vous est adressée.',
    asker: 'Vous recevez cet avis parce que la demande vient de vous.',
    side: 'Vous recevez cet avis parce que vous êtes l’une des deux parties.',
    alert: (name) => `Vous recevez cet avis pour votre recherche enregistrée « ${name} ».`,
    channel: 'Vous recevez cet avis parce qu’il concerne la façon dont les avis vous parviennent.',
  },
};
