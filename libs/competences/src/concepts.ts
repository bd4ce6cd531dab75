import type { Concept } from './concept.js';
import advanced from './taxonomy/advanced.json' with { type: 'json' };
import energyEnvironment from './taxonomy/energy-environment.json' with { type: 'json' };
import finance from './taxonomy/finance.json' with { type: 'json' };
import foodConstructionLogistics from './taxonomy/food-construction-logistics.json' with { type: 'json' };
import ict from './taxonomy/ict.json' with { type: 'json' };
import industry40 from './taxonomy/industry40.json' with { type: 'json' };
import internationalisation from './taxonomy/internationalisation.json' with { type: 'json' };
import ipLaw from './taxonomy/ip-law.json' with { type: 'json' };
import lifeSciences from './taxonomy/life-sciences.json' with { type: 'json' };
import management from './taxonomy/management.json' with { type: 'json' };
import materials from './taxonomy/materials.json' with { type: 'json' };
import mechanics from './taxonomy/mechanics.json' with { type: 'json' };
import mechatronics from './taxonomy/mechatronics.json' with { type: 'json' };
import quality from './taxonomy/quality.json' with { type: 'json' };
import science from './taxonomy/science.json' with { type: 'json' };
import societyTrades from './taxonomy/society-trades.json' with { type: 'json' };
import textiles from './taxonomy/textiles.json' with { type: 'json' };

/** The project's own competences, one file a field of work. */
export const CONCEPTS: readonly Concept[] = [
  ...advanced,
  ...energyEnvironment,
  ...finance,
  ...foodConstructionLogistics,
  ...ict,
  ...industry40,
  ...internationalisation,
  ...ipLaw,
  ...lifeSciences,
  ...management,
  ...materials,
  ...mechanics,
  ...mechatronics,
  ...quality,
  ...science,
  ...societyTrades,
  ...textiles,
];
