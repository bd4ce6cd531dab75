import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MatchAnswer } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

const NEED = {
  it: 'Cerchiamo un esperto di visione artificiale per controllare difetti su tessuti tecnici, in collaborazione con un partner svizzero',
  de: 'Wir suchen einen Experten für maschinelles Sehen, um Fehler an technischen Textilien zu erkennen, in Zusammenarbeit mit einem Schweizer Partner',
  fr: 'Nous cherchons un expert en vision par ordinateur pour contrôler les défauts sur des textiles techniques, en collaboration avec un partenaire suisse',
  en: 'We are looking for a machine vision expert to inspect defects on technical textiles, together with a Swiss partner',
};

const ids = (answer: MatchAnswer) => answer.items.map((item) => item.subject.id);

describe('Matching a need with experts', () => {
  let service: Running;
  const planted: string[] = [];
  beforeAll(async () => {
    service = await running();
    const { owners } = service;
    planted.push(
      await owners.expert({
        country: 'CH',
        territory: 'CH070',
        languages: ['it', 'de'],
        competences: [competence('machine-vision', 'expert'), competence('technical-textiles', 'advanced')],
        text: 'Sistemi di visione per il controllo dei difetti nella tessitura.',
      }),
      await owners.expert({
        languages: ['de'],
        country: 'CH',
        territory: 'CH040',
        evidence: [
          {
            id: '01900000-0000-7000-8000-000000000001',
            kind: 'project',
            title: 'Bildverarbeitung zur Fehlererkennung an technischen Textilien',
            text: 'Kameras prüfen Gewebe aus Glasfaser während der Herstellung.',
            year: 2023,
            url: null,
            competences: [],
          },
        ],
      }),
      await owners.expert({
        languages: ['en'],
        competences: [competence('machine vision'), competence('fabric-inspection')],
        text: 'Computer vision for textile inspection, defect detection on woven fabrics.',
      }),
      await owners.expert({
        languages: ['fr'],
        text: 'Vision par ordinateur et contrôle optique de textiles techniques.',
      }),
    );
    for (const [name, text] of [
      ['patent-strategy', 'Strategie brevettuali e licenze per piccole imprese.'],
      ['energy-efficiency', 'Diagnosi energetiche e pompe di calore negli stabilimenti.'],
      ['lean-management', 'Organizzazione snella delle linee di montaggio.'],
      ['export', 'Ingresso nei mercati esteri e reti di distribuzione.'],
      ['cloud-computing', 'Migrazione al cloud di sistemi gestionali.'],
      ['food-safety', 'Sicurezza alimentare e tracciabilità nel lattiero-caseario.'],
      ['crowdfunding', 'Campagne di raccolta fondi e finanza alternativa.'],
      ['hydrogen', 'Celle a combustibile e stoccaggio di idrogeno.'],
    ]) {
      await owners.expert({ competences: [competence(name!)], text: text! });
    }
    await eventually(() => service.settled());
  });
  afterAll(() => service.stop());

  it.each(['it', 'de', 'fr', 'en'] as const)(
    'puts machine-vision and textile experts on top of the need in %s',
    async (lang) => {
      const answer = await service.match({ text: NEED[lang] }, undefined, lang);
      expect(answer.degraded).toBe(false);
      expect(answer.understood.lang).toBe(lang);
      expect(answer.understood.competences.map((one) => one.id)).toEqual(
        expect.arrayContaining(['machine-vision', 'technical-textiles']),
      );
      expect(new Set(ids(answer).slice(0, 4))).toEqual(new Set(planted));
      for (const item of answer.items) {
        const sum = item.reasons.reduce((all, reason) => all + reason.weight, 0);
        expect(sum).toBeCloseTo(item.score, 6);
        expect(Object.values(item.parts).reduce((all, part) => all + part, 0)).toBeCloseTo(item.score, 6);
      }
    },
  );

  it('x', async () => {
    for (const lang of ['it', 'de'] as const) {
      const answer = await service.match({ text: NEED[lang] }, undefined, lang);
      console.log(
        JSON.stringify(answer.understood),
        answer.items
          .map(
            (i) =>
              `${planted.indexOf(i.subject.id)} ${i.score} ${JSON.stringify(i.parts)}\n   ${i.reasons.map((r) => `${r.weight} ${r.text}`).join('\n   ')}`,
          )
          .join('\n'),
      );
    }
    const t = performance.now();
    for (let i = 0; i < 30; i++) await service.match({ text: NEED.it });
    console.log('ms', (performance.now() - t) / 30);
  });
});
