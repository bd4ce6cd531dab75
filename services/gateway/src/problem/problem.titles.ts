import type { Lang, ProblemCode } from '#libs/contracts';

/** What a problem is called; the code is for programs, the title for people. */
export const PROBLEM_TITLES: Record<ProblemCode, Record<Lang, string>> = {
  'invalid-body': {
    it: 'I dati inviati non sono validi',
    en: 'The data sent are not valid',
    de: 'Die gesendeten Daten sind ungültig',
    fr: 'Les données envoyées ne sont pas valides',
  },
  'invalid-query': {
    it: 'I parametri della richiesta non sono validi',
    en: 'The query parameters are not valid',
    de: 'Die Abfrageparameter sind ungültig',
    fr: 'Les paramètres de la requête ne sont pas valides',
  },
  'invalid-path': {
    it: "L'indirizzo contiene un valore non valido",
    en: 'The address contains a value that is not valid',
    de: 'Die Adresse enthält einen ungültigen Wert',
    fr: "L'adresse contient une valeur non valide",
  },
  'invalid-header': {
    it: "Un'intestazione non è valida",
    en: 'A header is not valid',
    de: 'Eine Kopfzeile ist ungültig',
    fr: "Un en-tête n'est pas valide",
  },
  'malformed-json': {
    it: 'Il contenuto non è JSON valido',
    en: 'The body is not valid JSON',
    de: 'Der Inhalt ist kein gültiges JSON',
    fr: "Le contenu n'est pas du JSON valide",
  },
  unauthenticated: {
    it: 'Accesso non riconosciuto',
    en: 'Not signed in',
    de: 'Nicht angemeldet',
    fr: 'Accès non reconnu',
  },
  forbidden: {
    it: 'Operazione non consentita',
    en: 'Not allowed',
    de: 'Nicht erlaubt',
    fr: 'Opération non autorisée',
  },
  'not-found': { it: 'Non trovato', en: 'Not found', de: 'Nicht gefunden', fr: 'Introuvable' },
  'method-not-allowed': {
    it: 'Metodo non ammesso',
    en: 'Method not allowed',
    de: 'Methode nicht erlaubt',
    fr: 'Méthode non autorisée',
  },
  'not-acceptable': {
    it: 'Formato non disponibile',
    en: 'Format not available',
    de: 'Format nicht verfügbar',
    fr: 'Format non disponible',
  },
  conflict: { it: 'Conflitto', en: 'Conflict', de: 'Konflikt', fr: 'Conflit' },
  duplicate: { it: 'Esiste già', en: 'Exists already', de: 'Existiert bereits', fr: 'Existe déjà' },
  'wrong-state': {
    it: 'Non possibile nello stato attuale',
    en: 'Not possible in the present state',
    de: 'Im jetzigen Zustand nicht möglich',
    fr: "Impossible dans l'état actuel",
  },
  'revision-mismatch': {
    it: 'Modificato da altri nel frattempo',
    en: 'Changed by somebody else meanwhile',
    de: 'Inzwischen von anderen geändert',
    fr: 'Modifié entre-temps par quelqu’un d’autre',
  },
  'payload-too-large': {
    it: 'Contenuto troppo grande',
    en: 'Body too large',
    de: 'Inhalt zu gross',
    fr: 'Contenu trop volumineux',
  },
  'uri-too-long': {
    it: 'Indirizzo troppo lungo',
    en: 'Address too long',
    de: 'Adresse zu lang',
    fr: 'Adresse trop longue',
  },
  'unsupported-media-type': {
    it: 'Tipo di contenuto non supportato',
    en: 'Content type not supported',
    de: 'Inhaltstyp nicht unterstützt',
    fr: 'Type de contenu non pris en charge',
  },
  'idempotency-key-reused': {
    it: 'Chiave di idempotenza già usata per altri dati',
    en: 'Idempotency key already used for other data',
    de: 'Idempotenzschlüssel schon für andere Daten verwendet',
    fr: "Clé d'idempotence déjà utilisée pour d'autres données",
  },
  'if-match-required': {
    it: 'Manca If-Match',
    en: 'If-Match is missing',
    de: 'If-Match fehlt',
    fr: 'If-Match manque',
  },
  'too-many-requests': {
    it: 'Troppe richieste',
    en: 'Too many requests',
    de: 'Zu viele Anfragen',
    fr: 'Trop de requêtes',
  },
  internal: { it: 'Errore interno', en: 'Internal error', de: 'Interner Fehler', fr: 'Erreur interne' },
  unavailable: {
    it: 'Al momento non disponibile',
    en: 'Not available at the moment',
    de: 'Im Moment nicht verfügbar',
    fr: 'Indisponible pour le moment',
  },
  timeout: { it: 'Tempo scaduto', en: 'Time ran out', de: 'Zeit abgelaufen', fr: 'Délai dépassé' },
};
