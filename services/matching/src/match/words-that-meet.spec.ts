import { describe, expect, it } from '@jest/globals';
import type { Lang } from '#libs/contracts';
import { candidate, copy, evidence, frequenciesOf, need, scaleOf } from './people.fixture.js';
import { WEIGHTS } from './ranking.weights.js';
import { score } from './score.js';

type Case = [need: string, evidence: string, lang: Lang, evidenceLang?: Lang];

// Other evidence in each language, so that words have a rarity: invented, like everybody in these tests.
const OTHERS: Record<Lang, string[]> = {
  it: ['Consulenza fiscale per negozi', 'Corsi di nuoto', 'Trasporti alpini', 'Giardini pensili'],
  en: ['Tax advice for shops', 'Swimming lessons', 'Mountain transport', 'Roof gardens'],
  de: ['Steuerberatung für Läden', 'Schwimmkurse', 'Bergtransporte', 'Dachgärten'],
  fr: ['Conseil fiscal pour commerces', 'Cours de natation', 'Transports alpins', 'Jardins suspendus'],
};

const MEET: Case[] = [
  // Elision, apostrophes of every kind, accents and case.
  ['Esperto dell’automazione', 'Automazione', 'it'],
  ["Esperto dell'automazione", 'Automazione', 'it'],
  ['AUTOMAZIONE', 'automazione', 'it'],
  ['un’analisi d’acqua', 'Analisi dell’acqua', 'it'],
  ['controllo qualita', 'Controllo qualità', 'it'],
  ['QUALITÀ', 'qualita', 'it'],
  ['l’emballage', 'Emballages', 'fr'],
  ['contrôle de l’étanchéité', 'Controle d’etancheite', 'fr'],
  ['procédés d’électroérosion', 'electroerosion', 'fr'],
  ['Strassenbau', 'Straßenbau', 'de'],
  ['Schweissen', 'Schweißen', 'de'],
  ['Käserei', 'kaserei', 'de'],
  // Number, gender and endings.
  ['filato', 'filati', 'it'],
  ['tessuti', 'tessuto', 'it'],
  ['macchine tessili', 'macchina tessile', 'it'],
  ['brevetto', 'brevetti', 'it'],
  ['stampaggio', 'stampaggi', 'it'],
  ['yarn', 'yarns', 'en'],
  ['coating', 'coatings', 'en'],
  ['molding', 'moulding', 'en'],
  ['optimization', 'optimisation', 'en'],
  ['batteries', 'battery', 'en'],
  ['Garn', 'Garne', 'de'],
  ['Werkzeuge', 'Werkzeug', 'de'],
  ['Beschichtungen', 'Beschichtung', 'de'],
  ['fils', 'fil', 'fr'],
  ['soudure', 'soudures', 'fr'],
  ['moules', 'moule', 'fr'],
  // German compounds and their parts.
  ['Qualitätsprüfung', 'Prüfung der Qualität', 'de'],
  ['Prüfung der Qualität', 'Qualitätsprüfung', 'de'],
  ['Textilmaschinen', 'Maschinen für Textilien', 'de'],
  ['Energiespeicher', 'Speicher für Energie', 'de'],
  ['Wasseraufbereitung', 'Aufbereitung von Wasser', 'de'],
  ['Spritzgusswerkzeuge', 'Werkzeuge für den Spritzguss', 'de'],
  ['Schweissroboter', 'Schweissen mit Robotern', 'de'],
  ['Pruefung', 'Prüfung', 'de'],
  // Acronyms, hyphens and names.
  ['AI per il controllo', 'AI', 'it'],
  ['PLC', 'Programmazione PLC', 'it'],
  ['e-commerce', 'ecommerce', 'en'],
  ['X-ray', 'X-ray inspection', 'en'],
  ['ISO 9001', 'Certificazione ISO 9001', 'it'],
  ['CO2', 'Bilancio CO2', 'it'],
  // Across languages.
  ['visione artificiale', 'machine vision', 'it', 'en'],
  ['maschinelles Sehen', 'visione artificiale', 'de', 'it'],
  ['contrôle qualité', 'Qualitätskontrolle', 'fr', 'de'],
  ['brevetto', 'patent', 'it', 'en'],
  ['Garne', 'filati', 'de', 'it'],
  ['filati', 'yarns', 'it', 'en'],
  ['saldatura', 'Schweissen', 'it', 'de'],
  ['soudage', 'saldatura', 'fr', 'it'],
  ['formaggio', 'Käse', 'it', 'de'],
  ['imballaggio', 'Verpackung', 'it', 'de'],
  ['packaging', 'imballaggio', 'en', 'it'],
  ['Kryptographie', 'cryptography', 'de', 'en'],
];

const DO_NOT_MEET: Case[] = [
  ['AI', 'retail', 'en'],
  ['AI', 'Vendita ai negozi al dettaglio', 'it'],
  ['IT', 'it is a shop', 'en'],
  ['LED', 'They led a team', 'en'],
  ['REACH', 'We reach customers', 'en'],
  ['seta', 'setup', 'it', 'en'],
  ['MES', 'Mes clients', 'fr'],
  ['KI', 'Kiosk', 'de'],
  ['store', 'restored furniture', 'en'],
  ['der die das und', 'Schmuck', 'de'],
];

/** What the evidence is worth for the need by competences and words, 0..1. */
function relevance([wanted, shown, lang, evidenceLang = lang]: Case): number {
  const holder = copy({ languages: [evidenceLang], competences: [], evidence: [evidence('1', shown)] });
  const others = (Object.keys(OTHERS) as Lang[]).flatMap((one) =>
    OTHERS[one].map((text) => copy({ languages: [one], competences: [], evidence: [evidence('1', text)] })),
  );
  const frequencies = frequenciesOf([holder, ...others]);
  return score(need({ text: wanted, lang }, {}), candidate(holder, frequencies), scaleOf(frequencies)).relevance;
}

describe('Words', () => {
  it.each(MEET)('meet: «%s» and «%s» (%s)', (...pair) => {
    expect(relevance(pair)).toBeGreaterThan(0.15);
  });

  it.each(DO_NOT_MEET)('do not meet: «%s» and «%s» (%s)', (...pair) => {
    expect(relevance(pair)).toBeLessThan(WEIGHTS.floor);
  });
});
