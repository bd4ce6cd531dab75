import type { Lang } from '#libs/contracts';

const list = (words: string): string[] => words.split(/\s+/).filter(Boolean);

/**
 * Words that name a competence in the right company and something quite different in most sentences: «fashion» and «mode»,
 * a bridge between two ideas, the turning of a page. Beside another word of a label they count fully; alone they name nothing. Folded form.
 */
export const EVERYDAY_WORDS: Record<Lang, readonly string[]> = {
  it: list(`energia ambiente acqua sicurezza controllo elastici elastico corde corda pizzi pizzo allarmi allarme montature liquidita budget costruzioni costruzione ponti ponte serre
    pasta cantieri cantiere finestre finestra consegne consegna acquisti acquisto personale successione eventi evento promozione comunicazione agenti agente localizzazione
    fusione soffiaggio telai telaio rinvenimento creativita acceleratore incubatore marginalita stage importante importanti importanza filiera debug servizi design fashion mercato lusso accelerazione
    architettura formazione ospitalita restauro leadership regia flotta sondaggi cloud reattori fissione ossidazione chip tempra antivirale diversificazione inventario
    personalizzazione ambientale meccanica resistenza rete reti linea squadra computer calcolo immagini immagine suono modello ricerca chiavi luce calore gas freddo aria
    cultura studio territorio certificazione negozio prova prove cervello sviluppo diagnosi rischio rischi fondi
    fisica storia libri comuni danza probabilita scuole borsa filosofia rumore bottiglie scatole confezioni ecosistema`),
  en: list(`energy environment water safety construction importing imports import spinning sourcing trains train lighting light programming promotion sensing arts art deliveries delivery
    turning cloud liquidity architecture reporting accelerator acceleration factoring bridges bridge interpreting accounting translation stores store shops shop hospitality bearings bearing
    heating funding concrete purchasing important importance universal brain clusters cluster glass rendering toys toy incentives incentive mortar restoration warehouse exhibitions contracts contract
    creativity incubator hiring storytelling margins margin travel presses press fashion grants grant mentoring alarms alarm boats polishing bottles bottle bolts ribbons ribbon lace stock springs spring casting cast
    blanking boring drilling grinding hardening lifts lift rust soles sole warping tanning bleaching inspection leadership teamwork coaching pricing procurement backup workflow
    usability ropes rope reorganisation turnaround diversification consortia sanctions exporting wiring controlling tooling computing productivity sales retailing insurance
    forecasting reliability watches watch wood retailer fitness workflow localisation privacy line lines window windows door doors network networks computer image images
    sound model shape space mode novel standard impact scale people food fabrics fabric calibration scaffolds scaffold collaboration transfer
    security risk risks search fluid communication lace gas heat cold air culture travel translation animals animal machinery 
    prototypes prototype prototyping enterprise ecology genetics presses piping lapping cancer crops crop hospitals hospital skin plastics plastic optics
    history education teaching tunnels tunnel seeds seed journals dance migration dams pumps pump membranes statistics probability balances processors democracy schools economic philosophy ecosystem`),
  de: list(`energie umwelt wasser sicherheit kontrolle fenster turen tur bau lager stoffe stoff spitzen spitze seile seil pressen bohren nahe mode gestaltung brucken brucke ausschuss personal messen messe
    budget liquiditat federn feder glas licht einrichtung umbau schnittstellen schnittstelle lieferungen lieferung marktplatze verkauf wicklungen beschaffung boote nieten
    architektur programmierung prognosen prognose finanzierung kreativitat reporting ausschreibungen handbucher vorhange erscheinungsbild architekten netz netze linie bild bilder risiko
    kultur weiterbildung bahnen ton modell haut statik luft gas warme kalte schulung laden geschaft prufung transport kosten pellets lokalisierung sanktionen wartung konfektion
    import ausfuhr einfuhr haltbarkeit gehirn stiche rendering
    einfuhrt einfuhren einfuhrung liefert liefern geschichte migration reifen verbrennung pumpen philosophie okosystem muttern gaste flaschen turbinen`),
  fr: list(`energie fil fils environnement eau securite controle fonte automatique mode modes serres serre cultures culture notices notice stages stage personnel succession trempe presses presse tournage rodage
    localisation construction ponts pont promotion sanctions elastiques elastique cordages fenetres fenetre encadrement maille mailles sauvegarde rectification budget liquidite livraisons livraison
    chantiers chantier trains train colles colle froid froide cloud evenementiel communication magasins magasin verre montures monture importer importation architecture programmation acquisitions
    logement formation creativite design accelerateur incubateur cerveau elevage mastics reseaux reseau image images son modele recherche peau air gaz chaleur risque risques plasturgie prevision boutique
    rediger leadership fiabilite optimisation vernis couture coaching reporting cliniques clinique tresorerie diversification cordage financements ligne communes commune histoire migrations balances probabilites barrages batiment montrer danse joints joint ecoles enseignement philosophie bourse bouteilles bouteille conditionnement ecosysteme lignes lumiere mortier marges marge`),
};
