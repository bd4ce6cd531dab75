import type { Lang } from '#libs/contracts';

const list = (words: string): string[] => words.split(/\s+/).filter(Boolean);

// All in folded form (no accents). Function words are the language's own; a word of another language is not one of them.
const FUNCTION_WORDS: Record<Lang, string[]> = {
  it: list(`sta state stiamo stanno sto a ad ai al alla alle agli allo anche ancora avere abbiamo abbia avete aveva c che chi ci ciascuno cio come con contro cosa cui
    da dagli dai dal dalla dalle dallo degli dei del della delle dello dentro di dopo dove e ed era erano essere essi esse fa fare fino fra
    gia gli ha hai hanno ho i il in invece io la le lei li lo loro lui ma mediante meno mentre mi mia mie miei mio molto molti molte ne negli nei nel
    nella nelle nello no noi nostra nostre nostri nostro nulla o od ogni ognuno oltre oppure per perche piu poco poi prima proprio puo quale quali quando
    quanto quasi quel quella quelle quelli quello questa queste questi questo qui sara se sei sempre senza si sia siamo siano siete sono sopra sotto su sua sue sugli
    sui sul sulla sulle sullo suo suoi tali tale tanto te ti tra tramite tu tua tue tuo tuoi tutta tutte tutti tutto un una uno va verso vi via voi vostra
    vostro nonche presso circa entro cosi tipo vari varie diversi diverse alcuni alcune altro altri altra altre nuovo nuova nuovi nuove po inoltre etc ecc essa esso vorremmo`),
  en: list(`a about above across after again all along also although always am among an and any are around as at be because been before being between both but
    by can could did do does doing don down during each either etc every few for from further had has have having he her here his how i if in into is it its
    itself just like made make many may me might more most much must my neither new no nor not now of off often on once one only or other others our out over own
    please same she should since so some such than that the their them then there these they this those through to too toward under until up upon us use
    very via was we well were what when where whether which while who whom whose why will with within without would yet you your`),
  de: list(`ab aber alle allem allen aller alles als also am an andere anderen anderer auch auf aus ausser bei beim beide bin bis bist bzw da dabei dadurch dafur damit danach
    dann daran darauf daraus darin das dass dazu dein dem den denn der deren des dessen dich die dies diese diesem diesen dieser dieses dir doch dort du durch eben
    ein eine einem einen einer eines einige einigen er es etwa etwas euch euer fur ganz gegen gerne gut hat hatte haben habe hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren
    ihrer im in indem ins ist ja je jede jedem jeden jeder jedes jene kann kein keine keinen konnen konnte kunftig man mehr mein mich mir mit mochte mochten muss mussen nach neben
    neu neue neuen neuer neues nicht nichts noch nun nur ob oder ohne sehr sein seine seinen seiner seit selbst sich sie sind so solche soll sollen sollte sowie sowohl sondern
    statt um und uns unser unsere unserem unseren unserer unter usw vom von vor war waren warum was weil welche welchem welchen welcher wenn werden wer wie wieder wir wird wo
    wollen will wollte wurde wurden zu zum zur zwar zwischen uber z b sonst sei bereits mittels rund innerhalb ca`),
  fr: list(`a afin ai ainsi alors apres au aucun aucune aussi autre autres aux avant avec avoir avons ayant c car ce ceci cela celle celles celui ces cet cette ceux chaque chez comme
    comment contre d dans de depuis des deux donc dont du elle elles en encore entre est et etaient etait etant etc ete etes etre eu eux fait faire font il ils j je jusqu l la le les leur leurs lors
    lorsque lui m ma mais meme mes mieux moins mon n ne ni nos notre nous nouveau nouveaux nouvelle nouvelles on ont or ou par parce pas pendant peu peut peuvent plus pour pourquoi pouvoir pres
    qu quand que quel quelle quelles quels qui quoi s sa sans se selon ses si son sont sous sur t ta te tel telle tes tous tout toute toutes tres tu un une vers via voici vos votre vous y etre
    aujourd hui voudrions souhaitons souhaite lequel laquelle lesquels certains certaines plusieurs`),
};

// What every need says and none is about: asking, the asker, the one asked for.
const NEED_WORDS: Record<Lang, string[]> = {
  it: list(`cerchiamo cerco cerca cercare cercando cercasi ricerchiamo vogliamo voglio vorrei dobbiamo desideriamo desidera
    serve servono servirebbe bisogno necessita necessitiamo abbisogna interessati interessata interessato disponibile
    esperto esperta esperti esperte consulente consulenti professionista professionisti specialista specialisti
    azienda aziende impresa imprese ditta societa pmi collaborazione collaborazioni collaborare partners
    aiuto aiutarci aiutare aiuta supportarci supporto sostegno affiancamento competenza competenze
    possibilmente preferibilmente grazie buongiorno salve capace capaci grado insieme oggi attualmente nostro trovare
    trova trovi migliorare fabbisogno`),
  en: list(`looking seeking seek seeks look need needs needed want wants wish searching find finding expert experts expertise
    specialist specialists consultant consultants professional company companies firm firms enterprise enterprises sme
    smes collaboration collaborate collaborations collaborating cooperation cooperate provider providers help helps
    helping support interested experienced skilled someone somebody hello thanks able based currently improve
    improving`),
  de: list(`suche suchen sucht gesucht suchend brauchen brauche braucht benotigen benotigt wunschen experte experten expertin
    expertinnen fachmann fachleute fachperson fachpersonen spezialist spezialisten berater beraterin firma firmen
    unternehmen unternehmens betrieb betriebe kmu zusammenarbeit zusammenarbeiten kooperation kooperationen
    kooperieren partnern partnerin partnerfirma hilfe helfen hilft unterstutzung unterstutzen unterstutzt erfahrene
    erfahrenen kenntnisse jemand jemanden kompetenz kompetenzen danke finden verbessern`),
  fr: list(`recherchons recherchent cherchons cherche chercher cherchent besoin besoins avons voulons veut experte expertes
    specialiste specialistes conseiller entreprise entreprises societe societes pme collaborer collaborons cooperer
    partenaire partenaires partenariat partenariats aide aider soutien competence competences experimente trouver
    quelqu ameliorer merci bonjour`),
};
const COMPANY_FORMS = list('spa srl srls sagl gmbh ag sarl sas snc ltd inc llc partner partners partnership');

const OF_ANY_LANGUAGE = [...Object.values(NEED_WORDS).flat(), ...COMPANY_FORMS];

/** Words without meaning in one language: its function words and, in any language, the words of asking. Folded form. */
export const STOP_WORDS: Record<Lang, ReadonlySet<string>> = {
  it: new Set([...FUNCTION_WORDS.it, ...OF_ANY_LANGUAGE]),
  en: new Set([...FUNCTION_WORDS.en, ...OF_ANY_LANGUAGE]),
  de: new Set([...FUNCTION_WORDS.de, ...OF_ANY_LANGUAGE]),
  fr: new Set([...FUNCTION_WORDS.fr, ...OF_ANY_LANGUAGE]),
};

/** How many of the folded words each language has for its own: function words and words of asking: the surest sign in a short text. */
export function functionWordCounts(words: readonly string[]): Record<Lang, number> {
  const counts = { it: 0, en: 0, de: 0, fr: 0 };
  for (const lang of Object.keys(counts) as Lang[]) {
    const own = OWN_WORDS[lang];
    for (const word of words) if (own.has(word)) counts[lang]++;
  }
  return counts;
}

const OWN_WORDS: Record<Lang, ReadonlySet<string>> = {
  it: new Set([...FUNCTION_WORDS.it, ...NEED_WORDS.it]),
  en: new Set([...FUNCTION_WORDS.en, ...NEED_WORDS.en]),
  de: new Set([...FUNCTION_WORDS.de, ...NEED_WORDS.de]),
  fr: new Set([...FUNCTION_WORDS.fr, ...NEED_WORDS.fr]),
};

/**
 * Words that occur in every field and so tell none: they count for a third in linking and never make a match alone. Folded form.
 */
export const GENERIC_WORDS: Record<Lang, readonly string[]> = {
  it: list(`visione artificiale monitoraggio continuo continua rischio crescita non gestione gestire sistema sistemi analisi analizzare sviluppo sviluppare controllo controlli controllare processo processi prodotto prodotti tecnologia tecnologie tecnologico tecnologica tecnico tecnica tecnici tecniche
    servizio servizi progetto progetti progettare soluzione soluzioni innovazione innovativo innovativa innovativi digitale digitali industriale industriali industria macchina macchine impianto impianti produzione produttivo produttivi
    produrre materiale materiali ricerca consulenza metodo metodi modello modelli piano strumento strumenti applicazione applicazioni dati verifica valutazione ottimizzazione integrazione integrato integrata intelligente intelligenti
    avanzato avanzati avanzata mercato internazionale formazione strategia strategico strategica lavoro cliente clienti costi attivita realizzazione utilizzo uso settore aziendale pianificazione studio base alta alto fornitore fornitori miglioramento esperienza conoscenza conoscenze aiuti italia italiano italiana svizzera svizzero svizzeri ticino ticinese qualita industriali estero controllare`),
  en: list(`vision artificial monitoring monitor continuous growth check management manage managing system systems analysis analyse development develop developing control process processes processing product products technology technologies technical service services project projects
    solution solutions innovation innovative digital industrial industry machine machines plant production manufacturing material materials research consulting method methods model models plan planning tool tools application
    applications data evaluation assessment optimisation optimization integration integrated smart advanced market international training strategy strategic work customer customers cost costs design engineering high based study testing supplier suppliers knowledge experience search italy italian swiss switzerland quality control global`),
  de: list(`kunstlich kunstliche kontinuierlich kontinuierliche uberwachung management system systeme systemen verwaltung analyse analysen entwicklung entwickeln kontrolle kontrollieren prufung prufen steuerung prozess prozesse produkt produkte produkten technologie technologien technik technisch technische
    technischen technischer dienstleistung dienstleistungen projekt projekte losung losungen innovation innovativ innovative digital digitale digitalen industrie industriell industrielle maschine maschinen anlage anlagen produktion fertigung herstellung
    material materialien werkstoff werkstoffe forschung beratung methode methoden modell modelle plan planung werkzeuge anwendung anwendungen daten bewertung optimierung integration intelligent intelligente markt international internationale
    schulung strategie strategisch arbeit kunden kosten hoch einsatz nutzung studie lieferant lieferanten erfahrung wissen italien italienisch italienische schweiz schweizer schweizerische qualitat`),
  fr: list(`artificielle artificiel continu continue surveillance non gestion gerer systeme systemes analyse analyser developpement developper controle controler processus procede procedes produit produits technologie technologies technologique technique techniques service services projet projets
    solution solutions innovation innovant innovante numerique numeriques industriel industrielle industriels industrielles industrie machine machines installation production fabrication materiau materiaux recherche conseil methode methodes modele
    modeles plan planification outil outils application applications donnees evaluation optimisation integration integre intelligent intelligente avance avances marche international internationale formation strategie strategique travail client
    clients cout couts conception etude haute haut fournisseur fournisseurs connaissance connaissances experience suisse suisses italie italien italienne qualite`),
};
