import { findTerritory, foldLabel } from '#libs/competences';

// Phrases that tell the country of an institution; the first country with a hit counts. Places come before words of a language: a
// «Universitat» is Catalan or German, a «Université» Swiss, Belgian or French. Italy and Germany stand last, with their general words.
const COUNTRIES: [country: string, phrases: string][] = [
  [
    'CH',
    'zuerich, zurich, lausanne, geneve, basel, bern, universitaet bern, fribourg, neuchatel, svizzera italiana, scherrer, eidgenoessische, eidgenossische, ibm research gmbh, st gallen, luzern, spectroswiss, european organization for nuclear research',
  ],
  [
    'BE',
    'louvain, leuven, gent, bruxelles, brussel, liege, mons, antwerpen, hasselt, belgie, von karman, micro electronica',
  ],
  ['LU', 'luxembourg'],
  [
    'AT',
    'wien, innsbruck, graz, linz, leoben, salzburg, klagenfurt, austria, technologyaustria, oesterreichische, austrian',
  ],
  [
    'NL',
    'delft, eindhoven, utrecht, amsterdam, twente, leiden, groningen, maastricht, wageningen, tilburg, rotterdam, nijmegen, netherlands, stichting',
  ],
  ['IE', 'dublin, ireland, galway, cork, limerick'],
  [
    'GB',
    'cambridge, oxford, london, edinburgh, manchester, bristol, warwick, southampton, leeds, durham, birmingham, nottingham, sheffield, exeter, liverpool, sussex, glasgow, cardiff, newcastle, lancaster, heriot watt, strathclyde, reading, bath, swansea, portsmouth, belfast, surrey, leicester, keele, york, dundee, plymouth, hull, loughborough, huddersfield, aberdeen, cranfield, aston, st andrews, imperial college, goldsmiths, royal holloway, open university, east anglia, npl management, united kingdom, natural environment research, science and technology facilities, medium range weather',
  ],
  ['IL', 'weizmann, jerusalem, technion, tel aviv, bar ilan, ben gurion, haifa, herzliya'],
  ['DK', 'kobenhavns, kobenhavn, aarhus, aalborg, danmarks, syddansk, denmark'],
  ['SE', 'kungliga, lunds, uppsala, chalmers, goeteborgs, stockholms, linkopings, umea, karolinska'],
  ['NO', 'oslo, bergen, tromsoe, norges, norsk, simula'],
  ['FI', 'aalto, helsingin, jyvaskylan, tampereen, oulun, suomen, ilmatieteen, luonnonvarakeskus, tty'],
  ['EE', 'tartu, tallinna'],
  ['LV', 'latvijas'],
  ['PL', 'warszawski, polskiej, gdanski, politechnika, krakow'],
  ['CZ', 'av cr, karlova, masarykova, vysoke, vysoka, pardubice, ceske'],
  ['HU', 'magyar, budapesti, eotvos, szegedi, obudai'],
  ['RO', 'bucuresti, babes'],
  ['SI', 'ljubljani, jozef stefan'],
  ['HR', 'zagreb'],
  ['RS', 'institut za fiziku'],
  ['CY', 'cyprus, kyprou'],
  ['GR', 'hellas, athens, athinon, thessalonikis, kritis, kentro, institouto, demokritos'],
  ['TR', 'koc, bilkent, middle east technical'],
  [
    'PT',
    'lisboa, porto, minho, aveiro, nova de lisboa, nova id, instituto superior tecnico, telecomunicacoes, inesc, champalimaud, ciimar, neurociencias, iberico',
  ],
  [
    'ES',
    'barcelona, madrid, zaragoza, pais vasco, sevilla, valencia, valenciana, catalunya, catala, girona, castellon, granada, coruna, deusto, canarias, basque, donostia, imdea, nanogune, biomagune, ciencies fotoniques, consejo superior, agencia estatal, metodes numerics, bioenginyeria, universidad, fundacion, fundacio, asociacion, investigacio',
  ],
  [
    'FR',
    'centre national de la recherche, commissariat a l energie, ecole normale, ecole polytechnique, ecole centrale, ecole superieure, ecole nationale, ecole des hautes, sorbonne, paris, lyon, grenoble, strasbourg, nantes, bordeaux, montpellier, lille, toulouse, nice, rennes, orleans, lorraine, caen, clermont, cergy, versailles, pau, marseille, saint etienne, jean monnet, institut national de, institut francais, institut curie, institut mines, institut de physique, institut des hautes, eurecom, soleil, accelerateur national, office national, frontieres de la chimie, observatoire de paris, museum national, chambre de commerce, yncrea, methodes et processus, college de france, eiectricite, recherche agronomique',
  ],
  [
    'IT',
    'universita, politecnico, scuola, consiglio nazionale, istituto, alma mater, fondazione, consorzio, gran sasso, elettra, laboratorio europeo, alti studi, c r e a t e, enea, polihub, srl',
  ],
  [
    'DE',
    'max planck, frankfurt, universitatfrankfurt, fraunhofer, helmholtz, leibniz, universitaet, universitat, hochschule, universitaetsklinikum, universitaetsmedizin, institut fuer, institut fur, zentrum, forschungszentrum, forschungsverbund, karlsruher, bundesanstalt, desy, elektronen, gsi, charite, hits, jacobs, european molecular biology, gmbh, ggmbh, ev',
  ],
];

const TABLE = COUNTRIES.map(
  ([country, phrases]) => [country, phrases.split(', ').map((phrase) => ` ${phrase} `)] as const,
);

/** Country of an institution by the words of its name; undefined when none of them tells. */
export function countryOfInstitution(name: string): string | undefined {
  const padded = ` ${foldLabel(name)} `;
  return TABLE.find(([, phrases]) => phrases.some((phrase) => padded.includes(phrase)))?.[0];
}

// Where a name does not hold its town, and bodies with seats all over a country, whose place is nowhere in particular.
const SEATS: Record<string, string> = {
  sapienza: 'Roma',
  'svizzera italiana': 'Ticino',
  insubria: 'Varese',
  eidgenoessische: 'Zürich',
  eidgenossische: 'Zürich',
  cattolica: 'Milano',
  bicocca: 'Milano',
  bocconi: 'Milano',
  'alma mater': 'Bologna',
  'normale superiore': 'Pisa',
  'istituto italiano di tecnologia': 'Genova',
  basilicata: 'Potenza',
  marche: 'Ancona',
  calabria: 'Cosenza',
  molise: 'Campobasso',
  salento: 'Lecce',
  'piemonte orientale': 'Vercelli',
  scherrer: 'Aargau',
  'ibm research': 'Zürich',
  sissa: 'Trieste',
  elettra: 'Trieste',
  polihub: 'Milano',
};
const EVERYWHERE = /\b(?:consiglio nazionale|istituto nazionale|enea|consorzio)\b/;

/** NUTS code of the province or canton where an Italian or Swiss institution sits; undefined where the name does not tell. */
export function territoryOfInstitution(name: string, country: string): string | undefined {
  if (country !== 'IT' && country !== 'CH') return undefined;
  const folded = foldLabel(name);
  if (EVERYWHERE.test(folded)) return undefined;
  for (const [words, town] of Object.entries(SEATS)) if (folded.includes(words)) return findTerritory(town, country);
  const words = folded.split(' ');
  // Two words before one («Reggio Emilia»), later words first: towns stand at the end.
  for (let at = words.length - 1; at >= 0; at--) {
    const place =
      (at > 0 && findTerritory(`${words[at - 1]} ${words[at]}`, country)) || findTown(words[at] ?? '', country);
    if (place) return place;
  }
  return undefined;
}

// Short words («di», «la») are signs of provinces too.
function findTown(word: string, country: string): string | undefined {
  return word.length > 3
    ? (findTerritory(word.replace(/ue/g, 'ü'), country) ?? findTerritory(word, country))
    : undefined;
}
