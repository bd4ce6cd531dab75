import type { Lang, ObstacleCode } from '#libs/contracts';

/** Words for what keeps a subject out of an answer. `{…}` is filled from the parameters. */
export const OBSTACLE_TEXTS: Record<ObstacleCode, Record<Lang, string>> = {
  'not-listed': {
    it: 'Non è pubblicato: nessuno può trovarlo',
    en: 'Not published: nobody can find it',
    de: 'Nicht veröffentlicht: niemand kann es finden',
    fr: 'N’est pas publié : personne ne peut le trouver',
  },
  'not-indexed': {
    it: 'È nuovo o appena cambiato e sarà trovato tra poco',
    en: 'New, and not searchable yet: in a moment it will be',
    de: 'Neu und noch nicht auffindbar: gleich ist es so weit',
    fr: 'Nouveau et pas encore trouvable : il le sera dans un instant',
  },
  'own-firm': {
    it: 'Appartiene all’impresa che chiede',
    en: 'Belongs to the firm that asks',
    de: 'Gehört der anfragenden Firma',
    fr: 'Appartient à l’entreprise qui demande',
  },
  'not-a-need': {
    it: 'È un’offerta ({type}), non un fabbisogno',
    en: 'An offer ({type}), not a need',
    de: 'Ein Angebot ({type}), kein Bedarf',
    fr: 'C’est une offre ({type}), pas un besoin',
  },
  expired: {
    it: 'Scaduto il {expiresAt}',
    en: 'Expired on {expiresAt}',
    de: 'Abgelaufen am {expiresAt}',
    fr: 'Expiré le {expiresAt}',
  },
  'filter-country': {
    it: 'Escluso dal filtro del paese: {has}; chiesto: {asked}',
    en: 'Left out by the country filter: {has}; asked for: {asked}',
    de: 'Durch den Länderfilter ausgeschlossen: {has}; verlangt: {asked}',
    fr: 'Exclu par le filtre du pays : {has} ; demandé : {asked}',
  },
  'filter-territories': {
    it: 'Escluso dal filtro del territorio: {has}; chiesto: {asked}',
    en: 'Left out by the territory filter: {has}; asked for: {asked}',
    de: 'Durch den Gebietsfilter ausgeschlossen: {has}; verlangt: {asked}',
    fr: 'Exclu par le filtre du territoire : {has} ; demandé : {asked}',
  },
  'filter-languages': {
    it: 'Escluso dal filtro delle lingue: {has}; chieste: {asked}',
    en: 'Left out by the language filter: {has}; asked for: {asked}',
    de: 'Durch den Sprachfilter ausgeschlossen: {has}; verlangt: {asked}',
    fr: 'Exclu par le filtre des langues : {has} ; demandées : {asked}',
  },
  'filter-sectors': {
    it: 'Escluso dal filtro dei settori: {has}; chiesti: {asked}',
    en: 'Left out by the sector filter: {has}; asked for: {asked}',
    de: 'Durch den Branchenfilter ausgeschlossen: {has}; verlangt: {asked}',
    fr: 'Exclu par le filtre des secteurs : {has} ; demandés : {asked}',
  },
  'filter-competences': {
    it: 'Escluso dal filtro delle competenze: nessuna tra {asked}; ha: {has}',
    en: 'Left out by the competence filter: none of {asked}; has: {has}',
    de: 'Durch den Kompetenzfilter ausgeschlossen: nichts von {asked}; vorhanden: {has}',
    fr: 'Exclu par le filtre des compétences : aucune parmi {asked} ; possède : {has}',
  },
  'filter-available': {
    it: 'Escluso perché ora non è disponibile',
    en: 'Left out because not available now',
    de: 'Ausgeschlossen, weil zurzeit nicht verfügbar',
    fr: 'Exclu car indisponible pour le moment',
  },
  'not-among-candidates': {
    it: 'La ricerca non è arrivata qui: ha portato ad altri {candidates}, con parole e competenze più vicine',
    en: 'The search did not lead here: it led to {candidates} others, whose words and competences are nearer',
    de: 'Die Suche führte nicht hierher: sie fand {candidates} andere, deren Wörter und Kompetenzen näher liegen',
    fr: 'La recherche n’a pas mené ici : elle en a trouvé {candidates} autres, aux mots et compétences plus proches',
  },
  'below-floor': {
    it: 'Troppo lontano dalla richiesta: pertinenza {relevance}, ne serve almeno {least}',
    en: 'Too far from what is asked for: relevance {relevance}, at least {least} is needed',
    de: 'Zu weit von der Anfrage: Relevanz {relevance}, nötig ist mindestens {least}',
    fr: 'Trop loin de la demande : pertinence {relevance}, il faut au moins {least}',
  },
  'below-tail': {
    it: 'Troppo dietro al migliore: pertinenza {relevance} contro {best}, ne serve almeno {least}',
    en: 'Too far behind the best: relevance {relevance} against {best}, at least {least} is needed',
    de: 'Zu weit hinter dem Besten: Relevanz {relevance} gegen {best}, nötig ist mindestens {least}',
    fr: 'Trop loin du meilleur : pertinence {relevance} contre {best}, il faut au moins {least}',
  },
  outranked: {
    it: 'Al posto {rank}, l’elenco ne mostra {limit}: punteggio {score}, l’ultimo mostrato ha {lastScore} ({by} in più)',
    en: 'In place {rank}, while the list shows {limit}: score {score}, the last one shown has {lastScore} ({by} more)',
    de: 'Auf Platz {rank}, gezeigt werden {limit}: Wertung {score}, der letzte gezeigte hat {lastScore} ({by} mehr)',
    fr: 'À la place {rank}, la liste en montre {limit} : score {score}, le dernier affiché a {lastScore} ({by} de plus)',
  },
};
