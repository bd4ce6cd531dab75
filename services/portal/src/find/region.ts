/** Corners that neighbours share, by longitude and latitude: simplified by hand, to be recognised and no more. */
const P = {
  leman: [7.3, 46.38],
  diablerets: [7.52, 46.36],
  bern: [7.85, 46.5],
  furka: [8.42, 46.6],
  nufenen: [8.45, 46.45],
  simplon: [8.12, 46.22],
  rosa: [7.88, 45.93],
  bernard: [7.45, 45.9],
  gotthard: [8.62, 46.58],
  lukmanier: [8.85, 46.58],
  rheinwald: [9.04, 46.48],
  mesolcina: [9.02, 46.24],
  jorio: [9.12, 46.12],
  lugano: [9.01, 46.0],
  chiasso: [9.04, 45.83],
  stabio: [8.9, 45.86],
  tresa: [8.8, 46.0],
  zenna: [8.72, 46.11],
  centovalli: [8.45, 46.25],
  toedi: [9.0, 46.78],
  falknis: [9.6, 46.92],
  silvretta: [10.2, 46.84],
  umbrail: [10.46, 46.55],
  livigno: [10.1, 46.55],
  poschiavo: [10.14, 46.26],
  maloja: [9.66, 46.32],
  spluegen: [9.27, 46.46],
  chiavenna: [9.26, 46.24],
  baveno: [8.6, 45.9],
  mottarone: [8.38, 45.82],
  sesia: [8.35, 45.55],
  vercelli: [8.5, 45.32],
  ticino: [8.84, 45.34],
  magenta: [8.78, 45.55],
  sesto: [8.62, 45.72],
  saronno: [9.02, 45.62],
  appiano: [8.95, 45.74],
  cantu: [9.22, 45.7],
  bellagio: [9.26, 45.97],
  colico: [9.4, 46.14],
  legnone: [9.52, 46.02],
  cisano: [9.48, 45.76],
  adda: [9.5, 45.58],
  desio: [9.2, 45.57],
  lodi: [9.42, 45.33],
  treviglio: [9.68, 45.42],
  oglio: [10.0, 45.62],
  iseo: [10.1, 45.9],
  aprica: [10.16, 46.03],
  gavia: [10.48, 46.26],
} as const satisfies Record<string, readonly [number, number]>;
type Corner = keyof typeof P;

const BORDERS: Record<string, readonly Corner[]> = {
  CH012: ['leman', 'diablerets', 'bern', 'furka', 'nufenen', 'simplon', 'rosa', 'bernard'],
  CH070: [
    ...(['nufenen', 'furka', 'gotthard', 'lukmanier', 'rheinwald', 'mesolcina', 'jorio', 'lugano'] as const),
    ...(['chiasso', 'stabio', 'tresa', 'zenna', 'centovalli'] as const),
  ],
  CH056: [
    ...(['gotthard', 'toedi', 'falknis', 'silvretta', 'umbrail', 'livigno', 'poschiavo', 'maloja'] as const),
    ...(['spluegen', 'chiavenna', 'jorio', 'mesolcina', 'rheinwald', 'lukmanier'] as const),
  ],
  ITC14: ['nufenen', 'centovalli', 'zenna', 'baveno', 'mottarone', 'rosa', 'simplon'],
  ITC15: ['baveno', 'sesto', 'magenta', 'ticino', 'vercelli', 'sesia', 'mottarone'],
  ITC41: ['zenna', 'tresa', 'stabio', 'appiano', 'saronno', 'magenta', 'sesto', 'baveno'],
  ITC42: [
    ...(['stabio', 'chiasso', 'lugano', 'jorio', 'chiavenna', 'colico', 'bellagio', 'cantu'] as const),
    ...(['saronno', 'appiano'] as const),
  ],
  ITC43: ['bellagio', 'colico', 'legnone', 'cisano', 'cantu'],
  ITC44: [
    ...(['chiavenna', 'spluegen', 'maloja', 'poschiavo', 'livigno', 'umbrail', 'gavia', 'aprica'] as const),
    ...(['legnone', 'colico'] as const),
  ],
  ITC4D: ['saronno', 'cantu', 'cisano', 'adda', 'desio'],
  ITC4C: ['magenta', 'saronno', 'desio', 'adda', 'lodi', 'ticino'],
  ITC46: ['legnone', 'aprica', 'iseo', 'oglio', 'treviglio', 'adda', 'cisano'],
};

/** Where the two countries meet, from the west to the east. */
const BORDER: readonly Corner[] = [
  ...(['leman', 'bernard', 'rosa', 'simplon', 'nufenen', 'centovalli', 'zenna', 'tresa', 'stabio'] as const),
  ...(['chiasso', 'lugano', 'jorio', 'chiavenna', 'spluegen', 'maloja', 'poschiavo', 'livigno', 'umbrail'] as const),
];

export const SIZE = { width: 336, height: 282 };

/** North of here lie large territories, south of it small ones: these are given more room than they have. */
const PARALLEL = 46.15;
const project = ([longitude, latitude]: readonly [number, number]): [number, number] => {
  const north = Math.min(46.96 - latitude, 46.96 - PARALLEL) * 132;
  const south = Math.max(PARALLEL - latitude, 0) * 196;
  return [Math.round((longitude - 7.26) * 102), Math.round(north + south)];
};
const at = (corner: Corner) => project(P[corner]);

/** As on number plates and road signs: names have no room. */
const SHORT: Record<string, string> = {
  CH012: 'VS',
  CH070: 'TI',
  CH056: 'GR',
  ITC14: 'VCO',
  ITC15: 'NO',
  ITC41: 'VA',
  ITC42: 'CO',
  ITC43: 'LC',
  ITC44: 'SO',
  ITC4D: 'MB',
  ITC4C: 'MI',
  ITC46: 'BG',
};

/** Where the middle of a shape is no place for its name. */
const NAMED_AT: Record<string, readonly [number, number]> = { ITC44: [9.84, 46.14] };

export interface Area {
  code: string;
  short: string;
  path: string;
  /** Where its name stands. */
  x: number;
  y: number;
}

/** The territories of the border region, as shapes. */
export const AREAS: readonly Area[] = Object.entries(BORDERS).map(([code, corners]) => {
  const points = corners.map(at);
  const place = NAMED_AT[code];
  const [x, y] = place ? project(place) : middle(points);
  return { code, short: SHORT[code] ?? code, path: `M${points.map((point) => point.join(' ')).join('L')}Z`, x, y };
});

export const BORDER_LINE = `M${BORDER.slice(1)
  .map((corner) => at(corner).join(' '))
  .join('L')}`;

/** The centre of a shape's area, which lies inside of it for all that are drawn here. */
function middle(points: readonly [number, number][]): [number, number] {
  let [area, x, y] = [0, 0, 0];
  points.forEach(([x1, y1], i) => {
    const [x2, y2] = points[(i + 1) % points.length] ?? [0, 0];
    const cross = x1 * y2 - x2 * y1;
    area += cross;
    x += (x1 + x2) * cross;
    y += (y1 + y2) * cross;
  });
  return [Math.round(x / (3 * area)), Math.round(y / (3 * area))];
}
