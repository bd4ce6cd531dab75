import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Taxonomy } from './taxonomy.js';

const taxonomy = Taxonomy.own();
const ids = (text: string, lang?: 'it' | 'en' | 'de' | 'fr') =>
  taxonomy.link(text, lang).concepts.map((concept) => concept.id);

// Invented needs in the words of small firms: the first competence, and the others that must be among the first four.
const NEEDS: [text: string, first: string, others?: string[]][] = [
  [
    'Vogliamo ridurre i fermi macchina con la manutenzione predittiva sulle nostre presse',
    'predictive-maintenance',
    ['metal-stamping'],
  ],
  [
    'Abbiamo bisogno di digitalizzare il magazzino e collegare il gestionale ERP',
    'erp',
    ['warehouse-management', 'digital-transformation'],
  ],
  ['Officina meccanica cerca partner per saldatura robotizzata di alluminio', 'welding', ['aluminium', 'machining']],
  ['Gemello digitale della nostra linea di stampaggio a iniezione', 'injection-moulding', ['digital-twin']],
  [
    'Cerco finanziamenti a fondo perduto per comprare un robot collaborativo',
    'collaborative-robots',
    ['public-grants'],
  ],
  ['Dobbiamo tingere seta con meno acqua', 'silk', ['dyeing', 'water-treatment']],
  ['Come facciamo a depositare un brevetto?', 'patent-strategy'],
  ['Ci serve un commercialista per l’IVA e la contabilità con la Svizzera', 'tax-accounting'],
  [
    'Stampa 3D di protesi ortopediche in titanio',
    'additive-manufacturing',
    ['implants-prosthetics', 'titanium-special-alloys'],
  ],
  ['Vorremmo certificarci ISO 9001 e ridurre gli scarti', 'iso-9001', ['quality-control']],
  ['Passaggio generazionale in una falegnameria: chi ci accompagna?', 'family-business', ['wood']],
  ['Sviluppo di una app per smartphone per prenotare camere in albergo', 'mobile-apps', ['hospitality']],
  ['Analisi delle vibrazioni su cuscinetti e riduttori', 'gears-transmissions', ['vibration-acoustics']],
  [
    'Wir möchten unsere Energiekosten senken und eine Photovoltaikanlage installieren',
    'energy-efficiency',
    ['photovoltaics'],
  ],
  ['Unser Betrieb sucht Unterstützung bei der Zulassung eines Medizinprodukts nach MDR', 'medical-device-regulation'],
  ['Wir brauchen Hilfe bei der SPS-Programmierung einer Montageanlage', 'plc-programming', ['assembly-automation']],
  [
    'Qualitätssicherung im Spritzguss mit Kamera und künstlicher Intelligenz',
    'artificial-intelligence',
    ['injection-moulding', 'machine-vision'],
  ],
  ['Bildverarbeitungssystem für die Textilprüfung', 'fabric-inspection', ['machine-vision']],
  ['Oberflaechenbeschichtung von Praezisionsdrehteilen', 'coatings', ['turning']],
  ['Fachkräftemangel: wie finden wir Lernende für die Schreinerei?', 'recruitment', ['wood', 'apprenticeships']],
  [
    'Markteintritt in Italien: wir suchen Vertriebspartner für Käse',
    'market-entry-italy',
    ['distribution', 'dairy-cheese'],
  ],
  [
    'Notre PME souhaite calculer son bilan carbone et préparer un rapport de durabilité',
    'sustainability-reporting',
    ['carbon-footprint'],
  ],
  [
    'Cherchons spécialiste en cybersécurité pour protéger nos machines connectées',
    'industrial-iot',
    ['cyber-security'],
  ],
  ['Nous voulons exporter nos fromages et cherchons un distributeur', 'export', ['dairy-cheese', 'distribution']],
  [
    'Décolletage de composants horlogers: contrôle par caméra des pièces',
    'watchmaking-jewellery',
    ['turning', 'machine-vision'],
  ],
  ['Recyclage des chutes de production de textiles et écoconception', 'circular-economy', ['sustainable-textiles']],
  ['We need help with a Horizon Europe proposal on biodegradable packaging', 'eu-funding', ['sustainable-packaging']],
  ['Small machine shop wants to start metal 3D printing', 'metal-additive', ['machining']],
  [
    'Looking for someone to analyse sensor data from our looms with machine learning',
    'machine-learning',
    ['weaving', 'sensors'],
  ],
  ['Freedom to operate before we license our patent', 'freedom-to-operate', ['licensing']],
  ['Our GMP cleanroom needs process validation', 'cleanroom', ['gmp']],
  ['We want to sell our furniture online and need an online shop', 'e-commerce', ['furniture']],
  ['Crittografia e sicurezza dei protocolli di comunicazione', 'industrial-communication', ['cryptography']],
  ['Kryptographie und Sicherheit von Protokollen', 'cryptography'],
  ['Cryptographie et sécurité des protocoles', 'cryptography'],
  ['Lawinenwarnung und Schneeforschung', 'snow-avalanches'],
  ['Avalanches et neige: prévision du risque', 'snow-avalanches'],
  ['Naturgefahren am Berg', 'natural-hazards'],
  ['soft robotics', 'soft-robotics'],
  ['Looking for a partner to test our new catalyst in a pilot plant', 'catalysis'],
  ['Catalizzatori per la produzione di idrogeno', 'hydrogen', ['catalysis']],
  ['Photonic chips for gas sensing', 'photonics'],
  ['Archéologie et numérisation du patrimoine', 'heritage-digitisation', ['archaeology']],
  ['Analyse des marchés financiers et risque de crédit', 'financial-markets'],
  ['Agricoltura di precisione nei vigneti con droni', 'precision-farming', ['drones', 'viticulture']],
  ['Wir suchen einen Lohnfertiger für Blechgehäuse', 'sheet-metal', ['make-or-buy']],
  ['Wer baut uns Spritzgussformen?', 'moulds'],
  ['Abwasserbehandlung in der Färberei', 'dyeing', ['water-treatment']],
  ['Retrofit einer alten Fräsmaschine', 'machine-tools', ['industrial-maintenance']],
  ['Entgraten mit Roboter', 'grinding', ['robotics']],
  ['découpe laser de tôles fines', 'sheet-metal', ['laser-processing']],
  ["moules d'injection pour pièces plastiques", 'moulds', ['injection-moulding']],
  ['traitement de surface de pièces horlogères', 'surface-treatment', ['watchmaking-jewellery']],
  ['remontées mécaniques et neige artificielle', 'ropeways', ['snow-avalanches']],
];

describe('linking a need to competences', () => {
  it.each([
    'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici, in collaborazione con un partner svizzero',
    'Wir suchen einen Experten für Bildverarbeitung, um Fehler auf technischen Textilien zu kontrollieren, zusammen mit einem Schweizer Partner',
    'Nous recherchons un expert en vision par ordinateur pour contrôler les défauts sur des textiles techniques, avec un partenaire suisse',
    'We are looking for a machine vision expert to check defects on technical textiles, together with a Swiss partner',
  ])('puts machine vision and technical textiles on top: %s', (need) => {
    expect(ids(need).slice(0, 2).sort()).toEqual(['machine-vision', 'technical-textiles']);
  });

  it.each(NEEDS)('understands «%s»', (need, first, others = []) => {
    const found = ids(need);
    expect(found[0]).toBe(first);
    expect(found.slice(0, 4)).toEqual(expect.arrayContaining(others));
  });

  it('gives the words that led to a competence as they stand in the text', () => {
    const vision = taxonomy
      .link('Serve Visione Artificiale per i nostri stampi')
      .concepts.find(({ id }) => id === 'machine-vision');
    expect(vision?.words).toEqual(['Visione', 'Artificiale']);
  });

  it('takes English and other terms in an Italian sentence', () => {
    const found = ids('Vorremmo capire se il machine learning e il digital twin servono alla nostra Kunststofftechnik');
    expect(found).toEqual(expect.arrayContaining(['machine-learning', 'digital-twin', 'polymers']));
  });

  it('takes a term of another language only when all of it stands there', () => {
    expect(ids('Vogliamo incontrarci al bar Quantum di Como')).toEqual([]);
    expect(ids('Vogliamo parlare di quantum technologies a Como')).toEqual(['quantum-computing']);
  });

  it('links AI in capitals, and neither «ai» nor «retail» to it', () => {
    expect(ids('Come usare AI nei nostri processi')).toContain('artificial-intelligence');
    expect(ids('Vendiamo ai negozi del retail')).not.toContain('artificial-intelligence');
    expect(ids('Vendiamo ai negozi del retail')).toContain('retail');
  });

  it('prefers the more specific competence where both explain the same words', () => {
    const found = ids('tessuti tecnici');
    expect(found).toContain('technical-textiles');
    expect(found).not.toContain('textiles');
    expect(ids('stampa 3D in metallo')).toEqual(['metal-additive']);
  });

  it.each([
    'gestione',
    'sistema di analisi',
    'sviluppo di un progetto',
    'processo industriale',
    'Entwicklung',
    'analysis and management',
    'gestion',
  ])('makes nothing of «%s» alone', (text) => {
    expect(ids(text)).toEqual([]);
  });

  it.each(['Buongiorno, come state?', 'La nonna prepara il pranzo della domenica', 'Guten Tag', ''])(
    'finds nothing in «%s»',
    (text) => {
      expect(ids(text)).toEqual([]);
    },
  );

  it('does not take one word out of a longer term for a competence of its own', () => {
    expect(ids('Our machine shop makes parts')).toEqual(['machining']);
  });

  it('does not join words that stand far apart', () => {
    const italian =
      'Lo stampaggio lo facciamo in casa con due persone, e per il vaccino ogni autunno tutti ricevono una iniezione';
    expect(ids(italian)).not.toContain('injection-moulding');
    expect(ids('stampaggio della plastica a iniezione')).toContain('injection-moulding');
    const english =
      'The carbon of our pencils comes from a small shop, and my neighbour says that every morning he eats some fibre';
    expect(ids(english)).not.toContain('composites');
  });

  it('takes two general words for a term only in its own order', () => {
    expect(ids('sviluppo di prodotti')).toEqual(['new-product-development']);
    expect(ids('We develop and sell. Our product is well known')).toEqual([]);
  });

  it.each([
    ['sicurezza dei protocolli', 'occupational-safety'],
    ["L'eau de la piscine est froide", 'water-treatment'],
    ['Wir brauchen neue Fenster in der Werkstatt', 'windows-doors'],
    ['Our shop wants more guests', 'retail'],
    ['The line is too short', 'automation'],
    ['Il controllo passa al nuovo socio', 'quality-control'],
    ['Die Kosten sind hoch, auch für Energie', 'energy'],
    ['Nous sommes en mode pause', 'fashion'],
  ])('does not take an everyday word for a competence: «%s»', (text, wrong) => {
    expect(ids(text)).not.toContain(wrong);
  });

  it('takes an everyday word that is all the text says, or that stands with another word of the term', () => {
    expect(ids('energia')).toEqual(['energy']);
    expect(ids('sicurezza sul lavoro')).toEqual(['occupational-safety']);
    expect(ids('mode', 'fr')).toEqual(['fashion']);
  });

  it('needs the very words of a term that is one telling word and a common one', () => {
    expect(ids('new materials for bridges')).toContain('materials');
    expect(ids('the materials were stored')).toEqual([]);
  });

  it('keeps words apart that only the stemmer joins', () => {
    expect(ids('The goods were stored and the page turned')).toEqual([]);
    expect(ids('Questo è importante per il progetto, da stampare subito')).toEqual([]);
    expect(ids('Bold designs of experiences')).not.toContain('six-sigma');
  });

  it('finds two trades in one German compound', () => {
    expect(ids('Schweissroboter')).toEqual(expect.arrayContaining(['welding', 'robotics']));
  });

  // An invented page of the kind that grants and projects are described in, about nothing in the taxonomy.
  const page = `The elegant formation of distant planets is a riddle. In this programme we turn to novel models of dust and light,
    build bridges between theory and data, and store the released energy of the impact in a budget that changes with the
    structure of the environment. People have led similar studies, yet the importance of sources, the standard of the art and
    the stages of growth remain unknown. We will travel to the site, calibrate the devices and draw a map of clouds
    in space. The university will support training, and the results will be of universal interest to a broad community.`;

  it('finds nothing in a page that has many words of competences and speaks of none', () => {
    expect(ids(page)).toEqual([]);
  });

  it('finds what such a page is about, surer the more often it says so', () => {
    const once = taxonomy.link(`${page} One passage is about graphene.`).concepts;
    const often = taxonomy.link(`Graphene. ${page} We grow graphene, and graphene membranes.`).concepts;
    expect(once.map(({ id }) => id)).toEqual(['nanotechnology']);
    expect(often.map(({ id }) => id)).toEqual(['nanotechnology']);
    expect(often[0]?.weight).toBeGreaterThan(once[0]?.weight ?? 1);
    expect(ids(`${page} Customers come from textiles.`)).toEqual([]);
    expect(ids(`${page} This industry knows many chemical names.`)).toEqual([]);
    expect(ids(`${page} We know the chemical industry.`)).toEqual(['chemistry']);
  });

  it('does not take one word for another that only looks like it', () => {
    expect(ids('vogliamo passare ai fatti')).toEqual([]);
    expect(ids('the anterior part of the line, in addition to the one we founded')).toEqual([]);
  });

  it('reads German written without umlauts', () => {
    expect(ids('Wir lassen das Tuch faerben', 'de')).toContain('dyeing');
  });

  it('forgives a slip of the pen', () => {
    expect(ids('cerchiamo esperto di sladatura e tornittura')).toEqual(expect.arrayContaining(['welding', 'turning']));
  });

  it('gives at most eight, best first, with weights between 0 and 1', () => {
    const long = NEEDS.map(([need]) => need).join('. ');
    const { concepts } = taxonomy.link(long);
    expect(concepts.length).toBeLessThanOrEqual(8);
    expect(concepts.map(({ weight }) => weight)).toEqual(concepts.map(({ weight }) => weight).sort((a, b) => b - a));
    for (const { weight, words } of concepts) {
      expect(weight).toBeGreaterThan(0);
      expect(weight).toBeLessThanOrEqual(1);
      expect(words.length).toBeGreaterThan(0);
    }
  });

  it('finds every concept by each of its preferred labels', () => {
    const missed = taxonomy
      .concepts()
      .flatMap(({ id, labels }) =>
        (['it', 'en', 'de', 'fr'] as const)
          .filter((lang) => ids(labels[lang][0] ?? '', lang)[0] !== id)
          .map((lang) => `${id} (${lang})`),
      );
    expect(missed).toEqual([]);
  });

  it('never throws, and gives the same answer twice', () => {
    const word = fc.constantFrom(
      'visione',
      'Textilien',
      'AI',
      "dell'",
      '🙂',
      '\ud800',
      'machine',
      '4.0',
      '-',
      'ß',
      'tissus',
      'é',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.array(word, { maxLength: 40 }).map((all) => all.join(' ')),
        ),
        (text) => {
          expect(taxonomy.link(text)).toEqual(taxonomy.link(text));
        },
      ),
    );
    taxonomy.link('tessuti tecnici '.repeat(5_000));
  });
});
