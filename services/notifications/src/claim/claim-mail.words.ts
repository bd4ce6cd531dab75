import type { Lang } from '#libs/contracts';

interface ClaimWords {
  subject(firm: string): string;
  who(firm: string): string;
  /** The code stands below. */
  enter(until: string): string;
  otherwise: string;
  /** Ends with the address of the platform. */
  why(address: string): string;
}

/** What the mail about a claim says. */
export const CLAIM_WORDS: Record<Lang, ClaimWords> = {
  it: {
    subject: (firm) => `Codice di conferma per ${firm}`,
    who: (firm) => `Qualcuno che ha effettuato l’accesso a Ceresio chiede di gestire il profilo di ${firm}.`,
    enter: (until) => `Se è una richiesta Sua o di un collega, questo codice la conferma, fino al ${until}:`,
    otherwise:
      'Se non ne sa nulla, non occorre fare nulla. Non comunichi il codice a nessuno: chi lo inserisce diventa titolare del profilo.',
    why: (address) => `Scriviamo a questo indirizzo perché è quello del registro delle imprese. Ceresio: ${address}`,
  },
  en: {
    subject: (firm) => `Confirmation code for ${firm}`,
    who: (firm) => `Somebody who has signed in to Ceresio asks to keep the profile of ${firm}.`,
    enter: (until) => `If it was you or a colleague, this code confirms it, until ${until}:`,
    otherwise:
      'If you know nothing of it, you need not do anything. Give the code to nobody: whoever enters it becomes the owner of the profile.',
    why: (address) => `We write to this address because the commercial register has it. Ceresio: ${address}`,
  },
  de: {
    subject: (firm) => `Bestätigungscode für ${firm}`,
    who: (firm) => `Jemand, der bei Ceresio angemeldet ist, möchte das Profil von ${firm} führen.`,
    enter: (until) => `Wenn Sie oder jemand aus Ihrer Firma das waren, bestätigt es dieser Code, bis ${until}:`,
    otherwise:
      'Wenn Sie nichts davon wissen, müssen Sie nichts tun. Geben Sie den Code niemandem: Wer ihn eingibt, wird Inhaber des Profils.',
    why: (address) => `Wir schreiben an diese Adresse, weil sie im Handelsregister steht. Ceresio: ${address}`,
  },
  fr: {
    subject: (firm) => `Code de confirmation pour ${firm}`,
    who: (firm) => `Une personne connectée à Ceresio demande à gérer le profil de ${firm}.`,
    enter: (until) => `Si la demande vient de vous ou d’un collègue, ce code la confirme, jusqu’au ${until} :`,
    otherwise:
      'Si vous n’en savez rien, vous n’avez rien à faire. Ne donnez le code à personne : qui le saisit devient titulaire du profil.',
    why: (address) => `Nous écrivons à cette adresse parce que le registre du commerce l’indique. Ceresio : ${address}`,
  },
};
