import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { matchingRpc } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { brokerAddress, openBroker } from '../commands/broker.js';
import { type Platform, startPlatform } from './platform.js';

interface Match {
  understood: { lang: string };
  items: { rank: number; score: number; subject: { name: string }; parts: Record<string, number> }[];
}

interface Need {
  text: string;
  seek: 'experts' | 'partners';
  /** Who must come first; everybody in the sample would say so. */
  first: string;
  /** Who else belongs among the first three. */
  also?: string[];
}

// The people and firms are invented: sample/README.md.
const NEEDS: Need[] = [
  {
    text: 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici, in collaborazione con un partner svizzero',
    seek: 'experts',
    first: 'Ilaria Fontebasso',
    also: ['Margherita Valsolda', 'Reto Amsteg'],
  },
  {
    text: 'Le nostre presse si fermano senza preavviso: vogliamo prevedere i guasti dei cuscinetti con sensori di vibrazione',
    seek: 'experts',
    first: 'Tommaso Grignaschi',
  },
  {
    text: 'Wir müssen die technische Dokumentation nach MDR für ein Medizinprodukt erstellen',
    seek: 'experts',
    first: 'Annelies Rothbrunner',
  },
  {
    text: 'Nous voulons savoir si notre pompe est libre de droits et déposer un brevet',
    seek: 'experts',
    first: 'Édouard Malcantone',
  },
  {
    text: 'How can we recover heat from waste water in our dye house and cut gas use?',
    seek: 'experts',
    first: 'Silvano Premana',
    also: ['Luisella Albate'],
  },
  {
    text: 'Wir möchten unsere Möbel in der Deutschschweiz verkaufen und brauchen Hilfe mit Zoll und Vertrieb',
    seek: 'experts',
    first: 'Verena Sandmatt',
  },
  {
    text: 'Ci serve un MES per collegare i centri di lavoro e pianificare le commesse',
    seek: 'experts',
    first: 'Corrado Belledo',
  },
  {
    text: '3D printed steel inserts with conformal cooling for an injection mould',
    seek: 'experts',
    first: 'Noemi Barlassina',
    also: ['Dario Nesso'],
  },
  {
    text: 'Nach einem Ransomware-Angriff wollen wir das Produktionsnetz absichern',
    seek: 'experts',
    first: 'Fabrizio Tremenico',
  },
  {
    text: 'Analyse du cycle de vie de nos tissus et recyclage des chutes de soie',
    seek: 'experts',
    first: 'Giuditta Roveredo',
  },
  {
    text: 'Cerchiamo fornitori di telecamere per ispezione di tessuti',
    seek: 'partners',
    first: 'Lumera Optics',
    also: ['Pixelago'],
  },
  { text: 'Revêtement PVD de petites pièces décolletées', seek: 'partners', first: 'Galvanica Arno' },
];

const IN_FOUR_LANGUAGES = [
  NEEDS[0]!.text,
  'Wir suchen eine Expertin für Bildverarbeitung, um Fehler auf technischen Textilien zu erkennen, mit einem Schweizer Partner',
  'Nous cherchons un expert en vision artificielle pour contrôler les défauts sur des textiles techniques, avec un partenaire suisse',
  'We look for an expert in machine vision to check defects on technical fabrics, with a Swiss partner',
];

const YARNS_IN_FOUR_LANGUAGES = [
  'Cerchiamo competenze per automatizzare il controllo qualità dei filati',
  'We are looking for skills to automate the quality control of yarns',
  'Wir suchen Kompetenzen, um die Qualitätskontrolle von Garnen zu automatisieren',
  'Nous cherchons des compétences pour automatiser le contrôle qualité des fils',
];

describe('the sample network', () => {
  let platform: Platform;
  const ask = async (text: string, seek = 'experts', limit = 5): Promise<Match> => {
    const { status, body } = await platform.ask<Match>('coordinator', 'POST', '/v1/matches', { text, seek, limit });
    expect(status).toBe(200);
    return body;
  };
  const namesOf = (match: Match) => match.items.map(({ subject }) => subject.name);

  beforeAll(async () => {
    platform = await startPlatform([]);
    const broker = await openBroker(brokerAddress({ CERESIO_DIR: platform.dir }), 'ranking-test');
    try {
      await eventually(
        async () => {
          // The last firm and the last expert of the files, and nothing on its way to the index.
          expect(namesOf(await ask('PVD Galvanik ohne Chrom VI, Verschleissprüfung'))).toContain('Ursina Calanca');
          expect(namesOf(await ask('microstampaggio a iniezione in camera bianca', 'partners'))).toContain(
            'Monteceneri Stampaggi Tecnici',
          );
          expect(await broker.rpc.call(matchingRpc.lag, {}, broker.ctx)).toMatchObject({ dirty: 0 });
        },
        { timeout: 60_000 },
      );
    } finally {
      await broker.close();
    }
  }, 200_000);
  afterAll(() => platform?.stop(), 60_000);

  it.each(NEEDS)('answers «$text» with $first', async ({ text, seek, first, also = [] }) => {
    const names = namesOf(await ask(text, seek));
    expect(names[0]).toBe(first);
    expect(names.slice(0, 3)).toEqual(expect.arrayContaining(also));
  });

  it('answers the same need in four languages with the same three experts', async () => {
    for (const text of IN_FOUR_LANGUAGES) {
      expect(new Set(namesOf(await ask(text, 'experts', 3)))).toEqual(
        new Set(['Ilaria Fontebasso', 'Reto Amsteg', 'Margherita Valsolda']),
      );
    }
  });

  it('answers a need for the quality of yarns alike in four languages: four of five are the same', async () => {
    const answers = await Promise.all(YARNS_IN_FOUR_LANGUAGES.map(async (text) => namesOf(await ask(text))));
    for (const one of answers)
      for (const other of answers) expect(one.filter((name) => other.includes(name)).length).toBeGreaterThanOrEqual(4);
  });

  it('gives unrelated needs at most one expert in common', async () => {
    const answers = await Promise.all(
      NEEDS.filter(({ seek }) => seek === 'experts').map(async ({ text }) => new Set(namesOf(await ask(text)))),
    );
    // Each stands for a field that has nothing to do with the others: patents, timetables of a factory, attacks on its network.
    const [patents, planning, attack] = [answers[3]!, answers[6]!, answers[8]!];
    for (const [one, other] of [
      [patents, planning],
      [planning, attack],
      [patents, attack],
    ] as const) {
      expect([...one].filter((name) => other.has(name)).length).toBeLessThanOrEqual(1);
    }
  });

  it('leaves needs unanswered for which nobody is there', async () => {
    expect(namesOf(await ask('Rezept für Apfelkuchen'))).toEqual([]);
    expect(namesOf(await ask('Cerchiamo un idraulico per il bagno'))).toEqual([]);
  });
});
