import { describe, expect, it } from '@jest/globals';
import { analyseIn } from './analysis.js';
import { foldLabel } from './fold.js';
import { Taxonomy } from './taxonomy.js';

const taxonomy = Taxonomy.own();
const LANGS = ['it', 'en', 'de', 'fr'] as const;

describe('the taxonomy', () => {
  it('holds at least 400 competences under stable readable ids', () => {
    expect(taxonomy.size).toBeGreaterThanOrEqual(400);
    expect(new Set(taxonomy.concepts().map(({ id }) => id)).size).toBe(taxonomy.size);
    for (const { id } of taxonomy.concepts()) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
  });

  it('names every competence in four languages, in words that can be searched', () => {
    const wrong = taxonomy.concepts().flatMap(({ id, labels }) =>
      LANGS.flatMap((lang) => {
        const mute = labels[lang].filter((label) => analyseIn(label, lang).stems.length === 0);
        return labels[lang].length === 0 ? [`${id} has no ${lang} label`] : mute.map((label) => `${id}: ${label}`);
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each(LANGS)('gives no %s label to two competences', (lang) => {
    const holders = new Map<string, string>();
    const twice: string[] = [];
    for (const { id, labels } of taxonomy.concepts()) {
      for (const label of labels[lang]) {
        const known = holders.get(foldLabel(label));
        if (known) twice.push(`${label}: ${known}, ${id}`);
        holders.set(foldLabel(label), id);
      }
    }
    expect(twice).toEqual([]);
  });

  it('hangs every competence under an existing one, without circles, at NACE divisions that are two digits', () => {
    for (const { id, broader, nace } of taxonomy.concepts()) {
      if (broader) expect(taxonomy.get(broader)?.id).toBe(broader);
      expect(taxonomy.ancestors(id)).not.toContain(id);
      for (const division of nace) expect(division).toMatch(/^\d{2}$/);
    }
  });

  it('gives labels by language, preferred first, and ancestors from near to far', () => {
    expect(taxonomy.label('machine-vision', 'it')).toBe('visione artificiale');
    expect(taxonomy.label('machine-vision', 'de')).toBe('Bildverarbeitung');
    expect(taxonomy.label('no-such', 'it')).toBeUndefined();
    expect(taxonomy.labels('technical-textiles', 'it')[0]).toBe('tessuti tecnici');
    expect(taxonomy.labels('technical-textiles')).toContain('technische Textilien');
    expect(taxonomy.ancestors('metal-additive')).toEqual(['additive-manufacturing', 'mechanical-engineering']);
  });

  it('knows how near two competences are', () => {
    expect(taxonomy.relation('welding', 'welding')).toBe(1);
    expect(taxonomy.relation('metal-additive', 'additive-manufacturing')).toBe(0.6);
    expect(taxonomy.relation('additive-manufacturing', 'metal-additive')).toBe(0.6);
    expect(taxonomy.relation('turning', 'milling')).toBe(0.3);
    expect(taxonomy.relation('turning', 'dyeing')).toBe(0);
    expect(taxonomy.relation('textiles', 'ict')).toBe(0);
    expect(taxonomy.relation('welding', 'no-such')).toBe(0);
  });

  it('resolves ids, labels in any language and case, singular and plural', () => {
    expect(taxonomy.resolve('machine-vision')).toBe('machine-vision');
    expect(taxonomy.resolve('Visione Artificiale')).toBe('machine-vision');
    expect(taxonomy.resolve('technische textilien')).toBe('technical-textiles');
    expect(taxonomy.resolve('tessuto tecnico')).toBe('technical-textiles');
    expect(taxonomy.resolve('controle qualite')).toBe('quality-control');
    expect(taxonomy.resolve('arte della supercazzola')).toBeUndefined();
    expect(taxonomy.resolve('')).toBeUndefined();
    expect(taxonomy.resolve('__proto__')).toBeUndefined();
  });

  it('knows which own competence an ESCO skill means, and lets no more than two claim the same', () => {
    expect(taxonomy.ownOf('http://data.europa.eu/esco/skill/3a2d5b45-56e4-4f5a-a55a-4a4a65afdc43')).toBe(
      'machine-learning',
    );
    expect(taxonomy.ownOf('http://data.europa.eu/esco/skill/no-such')).toBeUndefined();
    const claims = new Map<string, number>();
    for (const { closeMatch } of taxonomy.concepts()) {
      expect(closeMatch).not.toEqual([]);
      for (const uri of closeMatch ?? []) {
        expect(uri).toMatch(/^http:\/\/data\.europa\.eu\/esco\/skill\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
        claims.set(uri, (claims.get(uri) ?? 0) + 1);
      }
    }
    expect(claims.size).toBeGreaterThan(300);
    expect(Math.max(...claims.values())).toBeLessThanOrEqual(2);
  });

  it('gives the stems that find a competence in texts of each language', () => {
    const stems = taxonomy.stemsOf('machine-vision');
    expect(stems.get('it')?.slice(0, 2)).toEqual(analyseIn('visione artificiale', 'it').stems);
    expect(stems.get('de')).toEqual(expect.arrayContaining(analyseIn('Bildverarbeitung', 'de').stems));
    expect(taxonomy.stemsOf('no-such').size).toBe(0);
  });
});

describe('autocomplete', () => {
  const ids = (query: string, lang: 'it' | 'en' | 'de' | 'fr' = 'it') =>
    taxonomy.search(query, lang, 5).map(({ id }) => id);

  it('finds labels by their beginning', () => {
    expect(taxonomy.search('visione art', 'it', 5)[0]).toMatchObject({
      id: 'machine-vision',
      label: 'visione artificiale',
      lang: 'it',
      broader: 'automation',
    });
  });

  it('finds a label of another language and shows it in the one asked for', () => {
    expect(taxonomy.search('Bildverarb', 'it', 5)[0]).toMatchObject({
      id: 'machine-vision',
      label: 'visione artificiale',
      matched: { label: 'Bildverarbeitung', lang: 'de' },
    });
  });

  it('finds the beginning of any word of a label, and puts whole labels first', () => {
    expect(ids('artificiale')).toContain('machine-vision');
    expect(ids('saldatura')[0]).toBe('welding');
  });

  it('forgives slips of the pen', () => {
    expect(ids('saldatrua')).toContain('welding');
    expect(ids('viisone artificiale')).toContain('machine-vision');
    expect(ids('Bildverabeitung', 'de')).toContain('machine-vision');
  });

  it('finds nothing for nothing, and no more than asked for', () => {
    expect(taxonomy.search('', 'it', 5)).toEqual([]);
    expect(taxonomy.search('🙂', 'it', 5)).toEqual([]);
    expect(taxonomy.search('s', 'it', 3)).toHaveLength(3);
    expect(taxonomy.search('s', 'it', 0)).toEqual([]);
  });
});
